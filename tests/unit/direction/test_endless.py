"""One line of a script may be as long as a line can be, and repeat itself: it is read, directed and given prompts."""

from __future__ import annotations

from contextlib import suppress

import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.script import read
from film.script.limits import MAX_LINE
from schemas.errors import InvalidScript
from tests.wild import ENDLESS, endless


def _made(text: str, name: str) -> int:
    """How many prompts a script gets."""
    film = direct(read(text, name), fps=24, runtime_s=None)
    return len(write_prompts(film, style="cinematic", width=1280, height=720, project_seed=0).prompts)


@pytest.mark.parametrize("shape", ENDLESS)
def test_lines_that_repeat_themselves_are_filmed(shape: str) -> None:
    assert _made(endless(shape, 2000), "a.txt") > 0


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("shape", ENDLESS)
def test_the_longest_lines_are_filmed(shape: str) -> None:
    # What reads a line again for each of its words or letters takes minutes here, not seconds.
    with suppress(InvalidScript):  # so many marks or quotations may be more than a script may have
        assert _made(endless(shape, MAX_LINE - 1000), "a.txt") > 0


def test_an_endless_cue_is_one_speaker() -> None:
    film = direct(read("INT. ROOM - DAY\n\n" + "BOB " * 2000 + "\nHi.\n", "a.fountain"), fps=24, runtime_s=None)
    assert [person.speeches for person in film.characters if person.speeches] in ([1], [])
