"""A keyframe is its layers, each whole and in its place and depth."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import cv2
import numpy as np
import pytest

from film.layers import LENS, Image, Layer, LayeredPicture, LayerName, read_layers
from film.render.storyboard import draw_keyframe, draw_layers, draw_with_layers
from film.render.storyboard.raster import rasterise
from schemas.enums import Angle, FigureKind, Place, RendererName, ShotSize, Side, Weather
from schemas.errors import InvalidRequest, RenderRefused
from schemas.prompt import KeyframeSpec
from schemas.script import Look
from tests.effort import some
from tests.unit.render.pictures import ANNA, TOM, apart, figure, pixels, spec

FIGURES = LayerName.FIGURES
MIA = Look(kind=FigureKind.CHILD, top="#4c8c4a")


def named(picture: LayeredPicture, name: LayerName) -> list[Layer]:
    return [layer for layer in picture.layers if layer.name is name]


def without(picture: LayeredPicture, name: LayerName) -> LayeredPicture:
    left = tuple(layer for layer in picture.layers if layer.name is not name)
    return LayeredPicture(picture.width, picture.height, left)


SPECS = [
    spec(figure(ANNA), weather="rain", crowd=True, size="MS"),
    spec(figure(ANNA), figure(TOM, side="right"), size="CU", angle="low", style="noir", place="forest"),
    spec(figure(ANNA), place="kitchen", int_ext="int", angle="dutch", time_of_day="night", style="watercolor"),
    spec(figure(ANNA), place="park", angle="overhead", weather="snow", props=("chair",)),
    spec(props=("lantern",), size="ECU", angle="high", place="sea", width=180, height=320),
]


@pytest.mark.parametrize("keyframe", SPECS, ids=range(len(SPECS)))
def test_a_keyframe_is_what_its_layers_are_together(keyframe: KeyframeSpec) -> None:
    picture = draw_layers(keyframe)
    assert (picture.flatten() == pixels(keyframe)).all()
    png, file = draw_with_layers(keyframe)
    assert png == draw_keyframe(keyframe)
    assert (read_layers(file).flatten() == picture.flatten()).all()
    assert draw_with_layers(keyframe) == (png, file)


@pytest.mark.parametrize("angle", Angle)
def test_the_ground_is_whole_and_depth_falls_towards_the_camera(angle: Angle) -> None:
    cells = [*product(Place, (ShotSize.WS,)), *product((Place.STREET, Place.KITCHEN, Place.SPACE), ShotSize)]
    for (place, size), int_ext in product(some(cells), ("int", "ext")):
        drawn = spec(figure(), place=place, size=size, int_ext=int_ext, angle=angle, width=128, height=72)
        picture = draw_layers(drawn)
        ground = picture.layers[0]
        assert ground.name is LayerName.BACKGROUND
        assert ground.image.shape == (72, 128, 4)
        assert (ground.image[:, :, 3] == 255).all()
        assert all(far.depth > near.depth for far, near in pairwise(picture.layers)), (place, size)
        for layer in picture.layers:
            (x, y), (height, width) = layer.at, layer.image.shape[:2]
            assert x + width <= 128
            assert y + height <= 72
            assert min(x, y) >= 0
            assert layer.image.dtype == np.uint8


@pytest.mark.parametrize("size", [ShotSize.WS, ShotSize.MCU])
@pytest.mark.parametrize("angle", [Angle.EYE, Angle.OVERHEAD, Angle.LOW, Angle.DUTCH])
def test_figures_stand_alone_before_a_set_without_holes(angle: Angle, size: ShotSize) -> None:
    asked: dict[str, Any] = {"angle": angle, "size": size, "place": "village"}
    peopled = draw_layers(spec(figure(ANNA), **asked))
    (alone,) = named(peopled, FIGURES)
    assert alone.depth == 1.0
    bare = without(peopled, FIGURES).flatten().astype(np.int16)
    whole = peopled.flatten().astype(np.int16)
    covered = np.zeros(whole.shape[:2], bool)
    (x, y), (height, width) = alone.at, alone.image.shape[:2]
    covered[y : y + height, x : x + width] = alone.image[:, :, 3] > 0
    assert (bare[~covered] == whole[~covered]).all()
    assert apart(bare, whole) > 0.005
    # Nothing of her red is left where she was taken away.
    assert ((bare[:, :, 2] - bare[:, :, 1]) > 90).mean() < 0.3 * ((whole[:, :, 2] - whole[:, :, 1]) > 90).mean()


def test_the_sky_is_farther_than_the_set_and_the_set_than_the_figures() -> None:
    depths = [layer.depth for layer in draw_layers(spec(figure(), place="village")).layers]
    sky, scene, people, lens = depths
    assert sky > 10 * scene
    assert scene > people == 1.0
    assert lens == LENS


def test_a_room_is_a_background_and_the_nearer_the_camera_the_farther_behind() -> None:
    grounds = []
    for size in ShotSize:
        picture = draw_layers(spec(figure(), place="kitchen", int_ext="int", size=size))
        assert not named(picture, LayerName.MIDDLE)
        grounds.append((list(ShotSize).index(size), picture.layers[0].depth))
    assert len({depth for _, depth in grounds}) == len(grounds)


def test_a_crowd_out_of_focus_stands_between_the_figure_and_the_set() -> None:
    picture = draw_layers(spec(figure(ANNA), crowd=True, size="MS", place="kitchen", int_ext="int"))
    (crowd,) = named(picture, LayerName.MIDDLE)
    assert 1.0 < crowd.depth < picture.layers[0].depth


@pytest.mark.parametrize("weather", [Weather.RAIN, Weather.SNOW, Weather.WIND])
def test_what_falls_is_nearer_than_the_figures(weather: Weather) -> None:
    picture = draw_layers(spec(figure(), weather=weather))
    (falling,) = named(picture, LayerName.FOREGROUND)
    assert LENS < falling.depth < 1.0
    assert not named(draw_layers(spec(figure())), LayerName.FOREGROUND)


def test_the_vignette_is_on_the_lens_and_darkens_the_corners_alone() -> None:
    picture = draw_layers(spec(figure(), width=640, height=360))
    (vignette,) = named(picture, LayerName.LENS)
    alpha = vignette.image[:, :, 3]
    assert alpha[180, 320] == 0
    assert alpha[0, 0] > 40


def test_every_layer_has_the_styles_colours() -> None:
    for layer in draw_layers(spec(figure(ANNA), style="noir", weather="rain")).layers:
        seen = layer.image[layer.image[:, :, 3] > 60].astype(np.int16)
        if len(seen):
            assert np.abs(seen[:, 0] - seen[:, 2]).mean() < 14, layer.name


def test_all_layers_of_a_night_are_exposed_alike() -> None:
    """Were each exposed by itself, a figure would be as bright before a black set as before a lit one."""

    def face(place: str) -> float:
        asked: dict[str, Any] = {"place": place, "int_ext": "int", "time_of_day": "night", "size": "CU"}
        (layer,) = named(draw_layers(spec(figure(TOM, side=Side.CENTRE), **asked)), FIGURES)
        return float(layer.image[layer.image[:, :, 3] == 255][:, :3].mean())

    assert face("cave") > face("kitchen") + 3


def test_a_tilt_moves_figures_with_their_ground() -> None:
    def left_edge(angle: Angle) -> int:
        (layer,) = named(draw_layers(spec(figure(side="left"), size="MS", angle=angle, width=640, height=360)), FIGURES)
        return layer.at[0]

    # Looking up, the camera draws the top of the frame together and spreads the bottom, where most of a figure is.
    assert left_edge(Angle.LOW) < left_edge(Angle.HIGH) < left_edge(Angle.EYE)


@pytest.mark.parametrize("size", ["MS", "MCU", "CU"])
@pytest.mark.parametrize("sides", [("left", "right"), ("right", "left"), ("centre", "centre")])
def test_whoever_stands_behind_is_sharp_on_a_layer_of_their_own(size: str, sides: tuple[str, str]) -> None:
    near, far = figure(ANNA, character="anna", side=sides[0]), figure(side=sides[1])
    plain: dict[str, Any] = {"place": "kitchen", "int_ext": "int", "size": size, "width": 640, "height": 360}
    drawn = draw_layers(spec(near, far, focus_on="far", behind="tom", **plain))
    assert [layer.depth for layer in drawn.layers] == [4.0, 2.0, 1.0, 0.0]
    behind = drawn.layers[1]
    seen = cv2.countNonZero(behind.image[:, :, 3])
    # They are seen, next to whoever is near and not hidden by them.
    assert seen > 0.015 * 640 * 360
    front = np.zeros((360, 640), np.uint8)
    (x, y), nearer = drawn.layers[2].at, drawn.layers[2].image
    front[y : y + nearer.shape[0], x : x + nearer.shape[1]] = nearer[:, :, 3]
    (x, y), rows, columns = behind.at, behind.image.shape[0], behind.image.shape[1]
    free = cv2.countNonZero(behind.image[:, :, 3] & ~front[y : y + rows, x : x + columns])
    assert free > 0.5 * seen
    assert sharpness(drawn.layers[0].image) > 2 * sharpness(draw_layers(spec(near, far, **plain)).layers[0].image)


def sharpness(image: Image) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(image, cv2.COLOR_BGRA2GRAY), cv2.CV_64F).var())


def test_the_thing_that_the_focus_goes_to_stands_behind() -> None:
    plain: dict[str, Any] = {"place": "forest", "size": "MS", "props": ("lantern",), "width": 640, "height": 360}
    drawn = draw_layers(spec(figure(side="left"), focus_on="set", **plain))
    assert [layer.depth for layer in drawn.layers] == [4.0, 4.0, 1.0, 0.0]
    near = draw_layers(spec(figure(side="left"), focus_on="near", **plain))
    assert 4.0 not in [layer.depth for layer in near.layers[1:]]


@pytest.mark.parametrize("size", [(16, 16), (64, 64), (66, 130), (478, 200)])
def test_layers_come_in_any_size(size: tuple[int, int]) -> None:
    width, height = size
    for angle in Angle:
        drawn = spec(figure(), figure(ANNA, side="right"), width=width, height=height, angle=angle, weather="storm")
        assert draw_layers(drawn).flatten().shape == (height, width, 3)


def test_layers_need_a_plan() -> None:
    painted = KeyframeSpec(renderer=RendererName.SDXL, width=64, height=64, seed=1, positive="a street")
    for draw in (draw_layers, draw_with_layers):
        with pytest.raises(InvalidRequest, match="picture plan"):
            draw(painted)


def test_what_the_rasteriser_cannot_read_is_refused() -> None:
    with pytest.raises(RenderRefused, match="does not read"):
        rasterise("<svg ", 8, 8)


def test_the_rasteriser_keeps_colours_and_their_alpha() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="1" height="1" fill="#336699"/></svg>'
    image = rasterise(svg, 40, 20)
    assert image.shape == (20, 40, 4)
    assert tuple(image[10, 5]) == (0x99, 0x66, 0x33, 255)
    assert image[10, 35, 3] == 0
    assert cv2.countNonZero(image[:, :, 3]) == 400


def heights(keyframe: KeyframeSpec) -> tuple[float, float]:
    """How tall the figure on the left is, and the one on the right, in pixels: from the ground to the top."""
    (layer,) = named(draw_layers(keyframe), FIGURES)
    alpha = np.zeros((keyframe.height, keyframe.width), np.uint8)
    (x, y), (rows, columns) = layer.at, layer.image.shape[:2]
    alpha[y : y + rows, x : x + columns] = layer.image[:, :, 3]
    halves = alpha[:, : keyframe.width // 2], alpha[:, keyframe.width // 2 :]
    left, right = (np.flatnonzero((half > 200).any(axis=1)) for half in halves)
    ground = max(left[-1], right[-1])
    return float(ground - left[0]), float(ground - right[0])


@pytest.mark.parametrize("speaks", ["mia", "tom"])
def test_a_child_is_as_tall_beside_an_adult_in_a_medium_shot_as_in_a_wide_one(speaks: str) -> None:
    def share(size: str) -> float:
        mia = figure(MIA, side="left", facing="right", speaks=speaks == "mia")
        tom = figure(TOM, side="right", facing="left", speaks=speaks == "tom")
        # Upright, so that a medium shot shows them down to their feet.
        left, right = heights(spec(mia, tom, size=size, width=360, height=640))
        return left / right

    assert share("MS") == pytest.approx(share("WS"), abs=0.03)
    assert share("MS") < 0.8
