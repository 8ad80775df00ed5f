"""Sets by their traits, dress by trade, things on their ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from film.prompting.trades import GARBS, HEADWEAR
from film.render.storyboard import draw_keyframe, raster
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.glyphs import GLYPHS
from film.render.storyboard.props import FEET, PAINTED, draw_glyph
from film.render.storyboard.sets_indoor import INDOOR_WITH
from film.render.storyboard.sets_outdoor import OUTDOOR_WITH
from film.render.storyboard.stage import Stage
from schemas.enums import FigureKind, Place, Side
from schemas.script import Look
from tests.unit.render.pictures import ANNA, TOM, apart, figure, pixels, spec

_SETS = [("int", *key) for key in INDOOR_WITH] + [("ext", *key) for key in OUTDOOR_WITH]


@pytest.mark.parametrize(("int_ext", "place", "trait"), _SETS)
def test_a_trait_makes_another_set_of_a_place(int_ext: str, place: Place, trait: str) -> None:
    plain = pixels(spec(place=place, int_ext=int_ext))
    assert apart(plain, pixels(spec(place=place, int_ext=int_ext, traits=(trait,)))) > 0.15


@pytest.mark.parametrize("place", ["street", "village", "park", "field", "beach", "house"])
def test_snow_on_the_ground_is_seen_without_falling(place: str) -> None:
    bare, white = pixels(spec(place=place)), pixels(spec(place=place, traits=("village", "snow")))
    low = bare.shape[0] * 3 // 4
    assert white[low:].mean() > bare[low:].mean() + 8


def test_palms_are_seen() -> None:
    assert apart(pixels(spec(place="beach")), pixels(spec(place="beach", traits=("palms",)))) > 0.02


def test_no_cars_stand_in_a_villages_street(monkeypatch: pytest.MonkeyPatch) -> None:
    from film.render.storyboard.kit import buildings

    parked: list[str] = []
    plain: Callable[..., None] = buildings.car

    def car(s: Stage, x: float, y: float, colour: str, **more: bool | float) -> None:
        parked.append(colour)
        plain(s, x, y, colour, **more)

    monkeypatch.setattr(buildings, "car", car)
    draw_keyframe(spec(place="street"))
    assert parked
    parked.clear()
    for traits in (("village",), ("period",), ("village", "snow")):
        draw_keyframe(spec(place="street", traits=traits))
    assert not parked


def silhouette(thing: str) -> npt.NDArray[Any]:
    canvas = Canvas()
    canvas.push("translate(100 100)")
    draw_glyph(canvas, thing, lambda colour: colour)
    canvas.pop()
    return raster.rasterise(canvas.svg(200, 200), 400, 400)[:, :, 3] > 40


def test_a_ferry_has_decks_where_a_boat_has_a_sail() -> None:
    def breadth(thing: str) -> float:
        """How much of the hull's length is filled on average in the layer above it."""
        rows = silhouette(thing).sum(axis=1)
        drawn = np.flatnonzero(rows)
        sixth = (drawn[-1] - drawn[0]) // 6
        return float(rows[drawn[0] + 3 * sixth : drawn[0] + 4 * sixth].mean() / rows.max())

    assert breadth("ferry") > 0.7
    assert breadth("boat") < 0.6
    sailcloth = {"#f6efe0", "#e0d3b8"}
    assert sailcloth <= {shape[1] for shape in GLYPHS["boat"]}
    assert not sailcloth & {shape[1] for shape in GLYPHS["ferry"]}


@pytest.mark.parametrize("thing", sorted(GLYPHS))
def test_a_thing_stands_on_what_is_under_it(thing: str) -> None:
    lowest = (np.flatnonzero(silhouette(thing).any(axis=1))[-1] + 1) / 2 - 100
    assert abs(lowest - FEET.get(thing, 48)) <= 1.5


@pytest.mark.parametrize("thing", sorted(PAINTED))
def test_a_things_paint_is_followed(thing: str) -> None:
    def shown(paint: str) -> npt.NDArray[Any]:
        return pixels(spec(props=(thing,), paints=(paint,), size="CU", place="room", int_ext="int"))

    assert apart(shown("#c0392f"), shown("#33629c")) > 0.004


@pytest.mark.parametrize("name", GARBS)
def test_garbs_are_seen_from_both_sides(name: str) -> None:
    for facing in (Side.CENTRE, Side.RIGHT):
        plain = pixels(spec(figure(TOM, facing=facing), size="MS"))
        worn = pixels(spec(figure(TOM.model_copy(update={"garb": name}), facing=facing), size="MS"))
        assert apart(plain, worn) > 0.002


@pytest.mark.parametrize("name", HEADWEAR)
def test_headwear_is_seen_from_both_sides(name: str) -> None:
    for facing in (Side.CENTRE, Side.RIGHT):
        plain = pixels(spec(figure(TOM, facing=facing), size="MS"))
        worn = pixels(spec(figure(TOM.model_copy(update={"headwear": name}), facing=facing), size="MS"))
        assert apart(plain, worn) > 0.004


@pytest.mark.parametrize("pose", ["stand", "walk"])
@pytest.mark.parametrize("size", ["MS", "FS", "WS"])
def test_a_bird_is_small_beside_a_human(size: str, pose: str) -> None:
    bird = figure(Look(kind=FigureKind.BIRD, top="#e0208f", build=0.64), side="right", pose=pose)
    person = figure(ANNA, side="left")
    alone, both = pixels(spec(person, size=size, seed=9)), pixels(spec(person, bird, size=size, seed=9))
    pink = (both[:, :, 2] > both[:, :, 1] + 60) & (both[:, :, 0] > both[:, :, 1] + 30)
    assert 0 < pink.sum() < 0.03 * pink.size
    assert apart(alone, both) > 0.0003


def test_a_door_has_its_wall_around_it() -> None:
    street = pixels(spec(place="street", size="CU"))
    shown = pixels(spec(place="street", size="CU", props=("open door",)))
    height, width = shown.shape[:2]
    corner = (slice(0, height // 4), slice(0, width // 5))
    assert apart(street[corner], shown[corner]) > 0.9
    # Beyond a close shot the set has doors of its own.
    assert apart(pixels(spec(place="street", size="WS")), pixels(spec(place="street", size="WS", props=("door",)))) == 0


def test_whoever_rows_sits_in_the_boat_that_is_told_of() -> None:
    def sea(paint: str) -> npt.NDArray[Any]:
        return pixels(spec(figure(TOM, side="centre"), place="sea", props=("rowboat",), paints=(paint,)))

    yellow = sea("#e0b03a")
    assert apart(yellow, sea("#33629c")) > 0.01
    assert apart(yellow, pixels(spec(figure(TOM, side="centre"), place="sea", props=(), seed=5))) < 0.1


@pytest.mark.parametrize("place", [Place.BEACH, Place.STREET, Place.SHIP, Place.VILLAGE, Place.FIELD])
def test_a_night_can_be_read(place: Place) -> None:
    for weather in ("clear", "storm"):
        image = pixels(spec(figure(TOM, side="centre"), place=place, time_of_day="night", weather=weather))
        assert image.mean() > 34
        assert image.std() > 14
