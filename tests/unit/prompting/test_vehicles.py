"""What somebody drives is drawn as what it is called, and in the colour that is told of it."""

from __future__ import annotations

import pytest

from film.direction import direct
from film.prompting import write_prompts
from film.prompting.colours import COLOURS
from film.prompting.vehicles import DRAWN_AS, LIVERY, VEHICLES, vehicle_told
from film.prompting.verbs import MOUNTS
from film.render.storyboard.glyphs import GLYPHS
from film.render.storyboard.vehicles import CARS
from film.script import read
from schemas.enums import Place, ShotSize
from schemas.prompt import Picture

CAST = "EXT. ROAD - DAY\n\nMARA, 30, a woman in a red coat, waits.\n\n"


def last(action: str, heading: str = CAST) -> Picture:
    film = direct(read(f"{heading}{action}\n", "a.fountain"))
    return write_prompts(film, style="cinematic", width=64, height=64, project_seed=0).prompts[-1].picture


def painted(picture: Picture) -> dict[str, str]:
    return dict(zip(picture.props, picture.paints, strict=False))


def test_every_vehicle_can_be_drawn() -> None:
    assert set(VEHICLES) == set(CARS) <= set(MOUNTS)
    assert set(DRAWN_AS) | set(LIVERY) <= set(GLYPHS)
    assert set(DRAWN_AS.values()) <= set(VEHICLES)


@pytest.mark.parametrize(
    ("action", "vehicle"),
    [
        ("Mara drives the car.", "car"),
        ("Mara drives a truck.", "truck"),
        ("Mara drives the old lorry up the hill.", "truck"),
        ("Mara drives a van.", "van"),
        ("Mara drives the ambulance.", "van"),
        ("Mara drives the school bus.", "bus"),
        ("Mara drives a tractor.", "tractor"),
        ("Mara drives on.", "car"),
    ],
)
def test_who_drives_sits_in_what_is_told(action: str, vehicle: str) -> None:
    assert [figure.on for figure in last(action).figures] == [vehicle]


def test_who_drives_on_drives_what_they_drove() -> None:
    assert [figure.on for figure in last("Mara drives a truck.\n\nMara drives on.").figures] == ["truck"]


def test_a_vehicle_has_the_colour_that_is_told() -> None:
    assert painted(last("Mara drives a blue truck."))["truck"] == COLOURS["blue"]
    assert painted(last("Mara drives the ambulance."))["van"] == LIVERY["ambulance"]


def test_a_scene_in_a_lorry_is_seen_in_a_lorry() -> None:
    picture = last("Mara looks at the road.", "INT. TRUCK - DAY\n\nMARA, 30, waits.\n\n")
    assert [figure.on for figure in picture.figures] == ["truck"]
    assert picture.place is Place.ROAD
    assert picture.size is ShotSize.WS


@pytest.mark.parametrize(
    ("action", "thing"),
    [
        ("A van stops at the gate.", "van"),
        ("A police car stops at the gate.", "police car"),
        ("A yellow taxi waits.", "taxi"),
        ("A tractor crosses the field.", "tractor"),
        ("The fire truck stops.", "fire engine"),
    ],
)
def test_vehicles_that_stand_about_are_what_they_are(action: str, thing: str) -> None:
    assert thing in last(action).props


def test_the_cab_of_a_lorry_is_no_taxi() -> None:
    assert "taxi" not in last("A man leans out of the cab of the truck.").props


def test_words_name_the_first_vehicle() -> None:
    assert vehicle_told("the bus behind the car") == "bus"
    assert vehicle_told("a cart") == ""
