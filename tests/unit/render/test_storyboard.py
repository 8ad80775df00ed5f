"""Everything the vocabulary can ask for is drawn, and looks like nothing else in it."""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations
from typing import Any

import cv2
import numpy as np
import pytest

from film.prompting import styles
from film.prompting.thing_names import THINGS
from film.render import check_keyframe
from film.render.storyboard import draw_keyframe
from schemas.enums import (
    Angle,
    Expression,
    FigureKind,
    Place,
    Pose,
    RendererName,
    ShotSize,
    Side,
    TimeOfDay,
    Weather,
)
from schemas.errors import InvalidRequest
from schemas.prompt import KeyframeSpec
from tests.effort import some
from tests.unit.render.pictures import ANNA, TOM, apart, creature, differing, figure, pixels, planes, spec


def all_apart(pictures: dict[Any, Any], least: float) -> None:
    flat = {name: planes(image) for name, image in pictures.items()}
    shares = {
        (str(one), str(other)): 3 * differing(flat[one], flat[other]) / flat[one].size
        for one, other in combinations(flat, 2)
    }
    too_near = {pair: round(share, 4) for pair, share in shares.items() if share < least}
    assert not too_near


@pytest.mark.parametrize("int_ext", ["int", "ext"])
def test_every_place_is_drawn_and_none_is_like_another(int_ext: str) -> None:
    from film.render.storyboard.sets_indoor import INDOOR
    from film.render.storyboard.sets_outdoor import OUTDOOR

    assert set(INDOOR) | set(OUTDOOR) == set(Place)
    table = INDOOR if int_ext == "int" else OUTDOOR
    sets = {place: pixels(spec(place=place, int_ext=int_ext)) for place in table if place is not Place.HOUSE}
    all_apart(sets, 0.10)


@pytest.mark.parametrize("place", list(Place))
def test_every_place_can_be_asked_for_inside_and_outside(place: Place) -> None:
    for int_ext in ("int", "ext", "int_ext"):
        keyframe = spec(place=place, int_ext=int_ext, width=160, height=90)
        check_keyframe(draw_keyframe(keyframe), 160, 90)


@pytest.mark.parametrize(
    ("field", "values", "least"),
    [("time_of_day", TimeOfDay, 0.3), ("weather", Weather, 0.02), ("size", ShotSize, 0.2), ("angle", Angle, 0.2)],
)
def test_time_weather_size_and_angle_are_seen(field: str, values: type[StrEnum], least: float) -> None:
    asked: dict[StrEnum, dict[str, Any]] = {value: {field: value} for value in values}
    all_apart({value: pixels(spec(figure(), **changes)) for value, changes in asked.items()}, least)


def test_every_pose_is_seen_from_the_side_and_from_the_front() -> None:
    for facing in (Side.RIGHT, Side.CENTRE):
        drawn = {pose: pixels(spec(figure(pose=pose, facing=facing), size="FS")) for pose in some(Pose)}
        all_apart(drawn, 0.003)


def test_every_expression_is_seen_in_a_close_shot() -> None:
    all_apart({mood: pixels(spec(figure(expression=mood), size="CU")) for mood in Expression}, 0.003)


def test_every_kind_of_body_is_seen() -> None:
    for size in ("FS", "MCU"):
        all_apart({kind: pixels(spec(figure(creature(kind)), size=size)) for kind in FigureKind}, 0.01)


def test_every_thing_is_seen() -> None:
    all_apart(
        {thing: pixels(spec(props=(thing,), size="CU", place="room", int_ext="int")) for thing in some(THINGS)}, 0.005
    )


def test_a_thing_is_seen_in_a_hand() -> None:
    assert apart(pixels(spec(figure(), size="MS")), pixels(spec(figure(), size="MS", props=("letter",)))) > 0.01


def test_styles_look_different() -> None:
    all_apart({style: pixels(spec(figure(), style=style, place="village")) for style in styles()}, 0.05)


def test_noir_is_grey() -> None:
    image = pixels(spec(figure(ANNA), style="noir"))
    assert np.abs(image[:, :, 0] - image[:, :, 2]).mean() < 12


def test_characters_are_told_apart_and_sides_are_kept() -> None:
    anna, tom = pixels(spec(figure(ANNA), size="MS")), pixels(spec(figure(TOM), size="MS"))
    assert apart(anna, tom) > 0.1
    left = pixels(spec(figure(ANNA, side="left"), figure(TOM, side="right"), size="FS"))
    middle = left.shape[1] // 2
    red = (left[:, :, 2] - left[:, :, 0] > 60) & (left[:, :, 2] - left[:, :, 1] > 60)
    assert red[:, :middle].sum() > 4 * red[:, middle:].sum()


def test_figures_grow_from_size_to_size() -> None:
    def share(size: ShotSize) -> float:
        return apart(pixels(spec(figure(side="centre"), size=size)), pixels(spec(size=size)))

    wide, full, close = share(ShotSize.WS), share(ShotSize.FS), share(ShotSize.CU)
    assert share(ShotSize.EWS) < wide < full < close


def test_equal_specs_give_equal_bytes_and_other_seeds_other_pictures() -> None:
    assert draw_keyframe(spec(figure())) == draw_keyframe(spec(figure()))
    assert apart(pixels(spec(figure(), seed=1)), pixels(spec(figure(), seed=2))) > 0.01


def test_a_place_stays_the_same_place_and_another_is_another() -> None:
    here = pixels(spec(place="village", layout_seed=1, weather="cloudy", seed=4))
    assert apart(here, pixels(spec(place="village", layout_seed=2, weather="cloudy", seed=4))) > 0.08


def test_a_stand_in_shows_the_place_alone() -> None:
    empty, peopled = spec(size="MS"), spec(figure(), crowd=True, size="MS", stand_in=True)
    assert apart(pixels(empty), pixels(peopled)) < 0.2
    assert apart(pixels(spec(figure(), size="MS")), pixels(peopled)) > 0.1


def test_a_crowd_is_seen() -> None:
    assert apart(pixels(spec()), pixels(spec(crowd=True))) > 0.02


@pytest.mark.parametrize(
    "size",
    [(64, 64), (66, 130), (180, 320), (478, 200), (1280, 720), pytest.param((3840, 2160), marks=pytest.mark.slow)],
)
def test_any_size_is_filled(size: tuple[int, int]) -> None:
    width, height = size
    png = draw_keyframe(spec(figure(side="left"), figure(ANNA, side="right"), width=width, height=height))
    check_keyframe(png, width, height)
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    assert image is not None
    assert image.shape == (height, width, 3)


def test_a_spec_without_a_plan_is_refused() -> None:
    painted = KeyframeSpec(renderer=RendererName.SDXL, width=64, height=64, seed=1, positive="a street")
    with pytest.raises(InvalidRequest, match="picture plan"):
        draw_keyframe(painted)
