from __future__ import annotations

import pytest

from film.direction import direct
from film.script import read


def cast_of(action: str, before: str = "") -> list[str]:
    breakdown = direct(read(f"EXT. FIELD - DAY\n\n{before}{action}\n", "x.fountain"))
    return [character.id for character in breakdown.characters]


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("A woman sleeps.", ["woman"]),
        ("Two old soldiers wait by the road.", ["soldier"]),
        ("Rain. A small dog runs past. The dog barks.", ["dog"]),
        ("Children throw snowballs.", ["child"]),
        ("Girls dance.", ["girl"]),
        ("The king of nothing. Rain.", []),
        ("Man overboard.", []),
        ("The kingdom wakes.", []),
    ],
)
def test_whoever_acts_without_a_name_is_somebody(action: str, who: list[str]) -> None:
    assert cast_of(action) == who


def test_who_is_described_by_a_noun_is_not_somebody_else() -> None:
    assert cast_of("The woman sits.", "GRETA, a blonde woman, walks in.\n\n") == ["greta"]


def test_they_are_in_the_picture() -> None:
    breakdown = direct(read("EXT. FIELD - DAY\n\nA woman sleeps.\n", "x.fountain"))
    assert any(shot.subjects == ("woman",) for shot in breakdown.shots)
