"""Camera moves that follow what happens."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.script import read
from schemas.enums import Movement, ShotSize


@pytest.mark.parametrize(
    ("told", "move"),
    [
        ("The gull flies high over the roofs.", Movement.TILT_UP),
        ("A kite climbs up and up.", Movement.TILT_UP),
        ("Smoke rises slowly into the clouds.", Movement.TILT_UP),
        ("A gull falls from the sky.", Movement.TILT_DOWN),
        ("A stone tumbles out of the wall.", Movement.TILT_DOWN),
    ],
)
def test_a_wide_shot_goes_up_with_what_rises_and_down_with_what_falls(told: str, move: Movement) -> None:
    film = direct(
        read(f"EXT. VILLAGE - DAY\n\n{told}\n\nTwo men talk.\n\nEXT. FIELD - DAY\n\nA man waits.\n", "a.fountain")
    )
    first = film.shots[0]
    assert (first.size in {ShotSize.EWS, ShotSize.WS}, first.movement) == (True, move)


@pytest.mark.parametrize("told", ["A man rises from the bench.", "Night falls.", "The crowd falls silent."])
def test_who_gets_up_and_what_falls_silent_moves_no_camera(told: str) -> None:
    film = direct(
        read(f"EXT. VILLAGE - DAY\n\n{told}\n\nTwo men talk.\n\nEXT. FIELD - DAY\n\nA man waits.\n", "a.fountain")
    )
    assert film.shots[0].movement not in {Movement.TILT_UP, Movement.TILT_DOWN}
