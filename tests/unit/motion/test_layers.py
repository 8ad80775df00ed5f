from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from film.layers import LENS, Layer, LayeredPicture, LayerName
from film.motion import LayeredCamera, StillCamera, framing_at
from film.motion.i420 import Planes, from_bgr
from film.motion.sheets import seen_from, sheets_of
from schemas.errors import RenderRefused
from schemas.timeline import CameraMove
from tests.unit.motion.ideal import MOVES, WHOLE, offset, picture_at, rendered

Image = NDArray[np.uint8]
SIZE = (322, 182)
GREY = (120, 120, 120)
COLOUR = (60, 140, 210)
INNER = (slice(50, 128), slice(90, 230))
"""What lies inside the box of `boxed` at every frame of each move, in luma samples; even."""


def opaque(image: Image) -> Image:
    return np.dstack([image, np.full(image.shape[:2], 255, np.uint8)])


def flat(colour: tuple[int, int, int], size: tuple[int, int] = SIZE) -> Image:
    return np.full((size[1], size[0], 3), colour, np.uint8)


def picture(*layers: Layer) -> LayeredPicture:
    return LayeredPicture(SIZE[0], SIZE[1], layers)


def background(image: Image, depth: float = 6.0) -> Layer:
    return Layer(LayerName.BACKGROUND, opaque(image), (0, 0), depth)


def boxed(image: Image, depth: float) -> Layer:
    """The picture but for its rim."""
    return Layer(LayerName.FIGURES, opaque(image[11:171, 21:301]), (21, 11), depth)


def shapes(colour: tuple[int, int, int], name: LayerName, depth: float, seed: int) -> Layer:
    """Soft and hard shapes of one colour, some at the picture's edges; what is transparent has another colour."""
    chance = np.random.default_rng(seed)
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    for _ in range(6):
        corners = (chance.random((5, 2)) * 1.4 - 0.2) * SIZE
        cv2.fillPoly(mask, [cv2.convexHull(corners.astype(np.int32))], int(chance.integers(90, 256)), cv2.LINE_AA)
    image = np.where(mask[..., None] > 0, np.array(colour, np.uint8), np.array((255, 0, 255), np.uint8))
    return Layer(name, np.dstack([image, mask]), (0, 0), depth)


def moving(name: str, frames: int = 96) -> CameraMove:
    start, end = MOVES[name]
    return CameraMove(start=start, end=end, frames=frames)


def inner(planes: Planes) -> Planes:
    rows, columns = INNER
    half = (slice(rows.start // 2, rows.stop // 2), slice(columns.start // 2, columns.stop // 2))
    return Planes(planes.y[INNER], planes.u[half], planes.v[half])


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize(("depth", "behind"), [(0.75, False), (1.0, False), (1.7, False), (4.0, False), (3.0, True)])
def test_no_layer_jitters_and_colours_stay_in_their_outlines(name: str, depth: float, behind: bool) -> None:
    move, whole = moving(name), picture_at(WHOLE, *SIZE)
    layers = [background(whole, depth)] if behind else [background(flat(GREY), 50.0), boxed(whole, depth)]
    camera = LayeredCamera(picture(*layers), move, *SIZE)
    closest = min(move.start.scale, move.end.scale)
    seen_at = max(depth, 3 * (1 - closest))  # The nearest that can be shown without magnifying it.
    luma, chroma = [], []
    for frame in range(30, 54):
        ideal = inner(from_bgr(picture_at(seen_from(framing_at(move, frame), seen_at), *SIZE)))
        planes = inner(rendered(camera, frame, *SIZE))
        luma.append(offset(planes.y, ideal.y))
        chroma.append(offset(planes.u, ideal.u))
    away = np.array(luma)
    assert np.abs(away).max() < 0.65  # The standing point of a zoom lies on a whole sample.
    jitter = np.abs(np.diff(away, n=2, axis=0))
    assert jitter.mean() < 0.025
    assert jitter.max() < 0.15
    assert np.abs(np.array(chroma) - away / 2).max() < 0.06


@pytest.mark.parametrize("name", MOVES)
def test_layers_of_one_colour_leave_no_halo_and_no_hole(name: str) -> None:
    layers = [shapes(COLOUR, LayerName(kind), depth, seed) for seed, (kind, depth) in enumerate(DEPTHS)]
    camera = LayeredCamera(picture(background(flat(COLOUR)), *layers), moving(name, 20), *SIZE)
    expected = [int(plane[0, 0]) for plane in from_bgr(flat(COLOUR))]
    for frame in range(-2, 22, 3):
        for plane, level in zip(rendered(camera, frame, *SIZE), expected, strict=True):
            away = np.abs(plane.astype(int) - level)
            assert away.max() <= 4
            assert away.mean() < 0.6


DEPTHS = (("middle", 2.5), ("figures", 1.0), ("foreground", 0.7), ("lens", LENS))


@pytest.mark.parametrize("name", ["push-in", "pull-out", "far into a detail"])
def test_a_whole_picture_is_the_flat_one_but_for_the_focus(name: str) -> None:
    layers = [shapes((20 * seed, 200, 90), LayerName(kind), depth, seed) for seed, (kind, depth) in enumerate(DEPTHS)]
    given = picture(background(picture_at(WHOLE, *SIZE)), *layers)
    move = moving(name)
    frame = 0 if move.start == WHOLE else 95
    layered = rendered(LayeredCamera(given, move, *SIZE), frame, *SIZE)
    still = rendered(StillCamera(given.flatten(), move, *SIZE), frame, *SIZE)
    for one, other in zip(layered, still, strict=True):
        assert np.abs(one.astype(int) - other).mean() < 1.5


def test_what_is_near_passes_what_is_far() -> None:
    ball = cv2.circle(np.zeros((60, 60, 4), np.uint8), (30, 30), 20, (255, 255, 255, 255), -1)
    places = []
    for depth in (0.7, 1.0, 2.0, 8.0):
        layer = Layer(LayerName.FIGURES, np.asarray(ball, np.uint8), (130, 60), depth)
        camera = LayeredCamera(picture(background(flat((0, 0, 0)), 900.0), layer), moving("pan"), *SIZE)
        centres = []
        for frame in (0, 95):
            rows, columns = np.nonzero(rendered(camera, frame, *SIZE).y > 128)
            centres.append((columns.mean(), rows.mean()))
        places.append(centres[1][0] - centres[0][0])
        assert abs(centres[1][1] - centres[0][1]) < 0.2
    scale = MOVES["pan"][0].scale
    way = (MOVES["pan"][0].x - MOVES["pan"][1].x) * SIZE[0]
    expected = [way / depth / (1 - (1 - scale) / depth) for depth in (0.7, 1.0, 2.0, 8.0)]
    assert places == pytest.approx(expected, abs=0.6)


def test_what_lies_on_the_lens_stays_where_it_is() -> None:
    spot = Layer(LayerName.LENS, np.full((20, 30, 4), 255, np.uint8), (100, 40), LENS)
    camera = LayeredCamera(picture(background(flat((0, 0, 0))), spot), moving("pan and zoom"), *SIZE)
    for frame in (0, 40, 95):
        luma = rendered(camera, frame, *SIZE).y
        assert (luma[40:60, 100:130] > 230).all()
        assert int((luma > 30).sum()) == 600


def test_layers_between_which_the_move_shows_nothing_are_one() -> None:
    depths = (40.0, 30.0, 5.0, 1.05, 1.0, 0.98)
    layers = [Layer(LayerName.MIDDLE, opaque(flat(GREY)), (0, 0), depth) for depth in depths]
    sheets = sheets_of(picture(*layers), moving("push-in"), 0.2)
    assert [sheet.depth for sheet in sheets] == [5.0, 1.0]
    assert [sheet.depth for sheet in sheets_of(picture(*layers), moving("pan"), 0.2)] == [30.0, 5.0, 1.0]
    assert len(sheets_of(picture(*layers[:2]), moving("pan"), 0.2)) == 1


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(RenderRefused, match="322×182 and the film 320×180"):
        LayeredCamera(picture(background(flat(GREY))), moving("pan"), 320, 180)
