"""The films that a stranger sees first."""

from __future__ import annotations

from pathlib import Path

import pytest

from film.direction import direct
from film.script import decode, read
from schemas.enums import Movement, TransitionKind, Weather
from schemas.script import Breakdown
from tests.unit.direction.test_invariants import check_dialogue, check_references, check_spans, check_times

_EXAMPLES = Path(__file__).parents[3] / "examples"
_LENGTHS = {"the_last_ferry.fountain": (60, 75), "the_clockmakers_bird.md": (40, 90), "idea.txt": (15, 40)}


def film_of(name: str) -> Breakdown:
    text = decode((_EXAMPLES / name).read_bytes(), name)
    play = read(text, name)
    check_spans(text, play.elements)
    return direct(play)


@pytest.mark.parametrize("name", _LENGTHS)
def test_an_example_is_a_film_worth_seeing(name: str) -> None:
    film = film_of(name)
    check_dialogue(film)
    check_times(film)
    check_references(film)
    shortest, longest = _LENGTHS[name]
    assert shortest <= film.runtime_s <= longest
    assert len(film.shots) * 60 >= 10 * film.runtime_s
    moves = [shot.movement for shot in film.shots]
    assert sum(move is not Movement.STATIC for move in moves) >= 0.8 * len(moves)
    assert len(set(moves)) >= 4
    assert all(one is not other for one, other in zip(moves, moves[1:], strict=False))
    assert len({shot.size for shot in film.shots}) >= 4
    assert len({(scene.place, scene.time_of_day) for scene in film.scenes}) >= 3
    assert film.shots[0].transition_in is TransitionKind.FADE
    assert film.shots[-1].transition_out is TransitionKind.FADE


def test_the_last_ferry() -> None:
    film = film_of("the_last_ferry.fountain")
    assert 6 <= len(film.scenes) <= 10
    assert len(film.shots) >= 14
    assert [person.name for person in film.characters] == ["NILA", "OTTO", "BISCUIT", "LENA"]
    assert any(shot.transition_in is TransitionKind.DISSOLVE for shot in film.shots)
    assert len({scene.weather for scene in film.scenes}) >= 3


def test_the_clockmakers_bird() -> None:
    film = film_of("the_clockmakers_bird.md")
    assert [(one.name, one.aliases) for one in film.characters] == [
        ("Emil", ("Old Emil",)), ("bird", ()), ("Ida", ("girl",)),
    ]  # fmt: skip


def test_an_idea_is_developed_from_its_own_words() -> None:
    film = film_of("idea.txt")
    assert [person.name for person in film.characters] == ["fisherman", "dog"]
    assert len(film.shots) >= 5
    assert any(scene.weather is Weather.STORM for scene in film.scenes)
    spoken = [line for shot in film.shots for line in shot.dialogue]
    assert "".join(line.text for line in spoken) == "An old fisherman befriends a dog on a stormy beach."
