"""What is made while the collector pauses counts as old afterwards."""

from __future__ import annotations

import gc

import pytest

from film.collecting import uncollected


def _generation(thing: object) -> int:
    return next(number for number in range(3) if any(thing is one for one in gc.get_objects(generation=number)))


def test_what_was_made_is_old_and_nothing_was_walked_over() -> None:
    walks = gc.get_stats()[2]["collections"]
    with uncollected():
        assert not gc.isenabled()
        made = [[number] for number in range(50_000)]
    assert gc.isenabled()
    assert _generation(made[-1]) == 2
    assert gc.get_stats()[2]["collections"] == walks


def test_it_ends_with_the_outermost_and_after_an_error() -> None:
    with uncollected():
        with pytest.raises(ValueError, match="x"), uncollected():
            raise ValueError("x")
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_somebody_keeps_from_collections_stays_there() -> None:
    gc.freeze()
    try:
        with uncollected():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
