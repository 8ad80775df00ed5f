"""Hour and weather turn within a story's scenes."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.prompting.skies import turns_in
from film.script import read
from schemas.enums import TimeOfDay, Weather

_HILL = "At noon Nell and Bo walked over the moor. Bo carried the flag.\n\nNell laughed. {}\n\nBo looked at Nell.\n"


def _skies(turn: str) -> list[tuple[TimeOfDay, Weather]]:
    film = direct(read(_HILL.format(turn), "hill.txt"))
    prompts = write_prompts(film, style="cinematic", width=320, height=180, project_seed=0).prompts
    return [(one.picture.time_of_day, one.picture.weather) for one in prompts if one.picture is not None]


def test_weather_comes_where_it_is_told_and_stays() -> None:
    skies = _skies("Then the fog came down, and Nell saw nothing.")
    assert skies[0][1] is Weather.CLEAR
    assert skies[-1][1] is Weather.FOG


def test_it_grows_dark_where_it_is_told_and_stays_so() -> None:
    skies = _skies("The light began to fail.")
    assert skies[0][0] is TimeOfDay.DAY
    assert skies[-1][0] is TimeOfDay.DUSK


def test_where_nothing_turns_a_scene_has_one_sky() -> None:
    assert len(set(_skies("Nell sat down."))) == 1


def test_what_turned_does_not_hold_for_ever() -> None:
    text = (
        "At noon Nell walked over the moor.\n\nThe light began to fail.\n\nIn the kitchen Nell sat down.\n\n"
        "On the moor Nell stood and looked around.\n"
    )
    film = direct(read(text, "moor.txt"))
    prompts = write_prompts(film, style="cinematic", width=320, height=180, project_seed=0).prompts
    times = {one.scene: one.picture.time_of_day for one in prompts if one.picture is not None}
    assert [times[index] for index in sorted(times)] == [TimeOfDay.DUSK, TimeOfDay.DUSK, TimeOfDay.DAY]


@pytest.mark.parametrize(
    ("action", "turns"),
    [
        ("It began to rain.", [(None, Weather.RAIN)]),
        ("The rain stopped and the sun came out.", [(None, Weather.CLOUDY), (None, Weather.CLEAR)]),
        ("The moon came out between the clouds.", [(TimeOfDay.NIGHT, None)]),
        ("She lit the lamp before dark.", [(TimeOfDay.DUSK, None)]),
        ("The light was on in the hall.", []),
    ],
)
def test_turns(action: str, turns: list[tuple[TimeOfDay | None, Weather | None]]) -> None:
    assert turns_in(action) == turns
