"""A focus that moves within a shot: what is sharp, when, and how smoothly it changes."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from film.layers import FOCUS_DEPTH, Layer, LayeredPicture, LayerName
from film.motion import LayeredCamera, plan_move
from film.motion.easing import focused_at
from film.motion.focus import between, blurred, level
from film.motion.i420 import Planes, from_bgr
from film.motion.sheets import APERTURE
from film.render.storyboard.compose import draw_layers
from schemas.enums import FocusOn, Movement, ShotSize
from schemas.rate import NTSC, Rate
from schemas.script import Rack, Shot, Span
from schemas.timeline import CameraMove, FocusPull, Framing
from tests.effort import tries
from tests.unit.motion.ideal import MOVES, WHOLE, rendered
from tests.unit.motion.test_layers import COLOUR, DEPTHS, background, flat, picture, shapes
from tests.unit.motion.test_layers import SIZE as SMALL
from tests.unit.render.pictures import ANNA, figure, spec

Grey = NDArray[np.uint8]
SIZE = (640, 360)
LEFT, RIGHT = (slice(20, 340), slice(120, 280)), (slice(20, 200), slice(400, 520))
"""Where whoever is near is seen, and whoever is behind."""


Ends = tuple[Framing, Framing]


def pulling(start: float, end: float, frames: int = 40, ends: Ends = (WHOLE, WHOLE)) -> CameraMove:
    pull = FocusPull(start=start, end=end, first=4, frames=frames - 8)
    return CameraMove(start=ends[0], end=ends[1], frames=frames, focus=pull)


def two(focus_on: FocusOn = FocusOn.FAR) -> LayeredPicture:
    near, far = figure(ANNA, character="anna", side="left"), figure(side="right", facing="left")
    figures, behind = ((near, far), "tom") if focus_on is FocusOn.FAR else ((near,), "")
    shown: dict[str, Any] = {"place": "kitchen", "int_ext": "int", "size": "MS", "focus_on": focus_on, "behind": behind}
    return draw_layers(spec(*figures, width=SIZE[0], height=SIZE[1], **shown))


def sharpness(frame: Planes, part: tuple[slice, slice]) -> float:
    """Variance of the Laplacian: what edges there are, and how steep."""
    return float(cv2.Laplacian(frame.y[part], cv2.CV_64F).var())


@pytest.mark.parametrize("ends", [(WHOLE, WHOLE), MOVES["pan"], MOVES["push-in"], MOVES["pull-out"]])
def test_the_focus_moves_however_the_camera_does(ends: Ends) -> None:
    given_ = two()
    camera = LayeredCamera(given_, pulling(1.0, 2.0, ends=ends), *SIZE)
    for frame in (0, 39):
        move = pulling(1.0, 1.0, ends=ends), pulling(2.0, 2.0, ends=ends)
        near, far = (sharpness(rendered(LayeredCamera(given_, one, *SIZE), frame, *SIZE), LEFT) for one in move)
        assert near > 3 * far
        assert sharpness(rendered(camera, frame, *SIZE), LEFT) == (near if frame == 0 else far)


def test_the_focus_goes_from_whoever_is_near_to_whoever_stands_behind() -> None:
    move = pulling(FOCUS_DEPTH[FocusOn.NEAR], FOCUS_DEPTH[FocusOn.FAR])
    camera = LayeredCamera(two(), move, *SIZE)
    frames = [rendered(camera, frame, *SIZE) for frame in range(0, 40, 3)]
    near, far = ([sharpness(frame, part) for frame in frames] for part in (LEFT, RIGHT))
    assert near[0] > 3 * near[-1]
    assert far[-1] > 3 * far[0]
    assert all(after <= before * 1.02 + 2 for before, after in zip(near, near[1:], strict=False))
    assert all(after >= before * 0.98 - 2 for before, after in zip(far, far[1:], strict=False))


def test_the_focus_goes_to_the_set_and_back() -> None:
    picture_ = two(FocusOn.SET)
    wall = (slice(60, 240), slice(420, 620))
    for start, end in ((FocusOn.NEAR, FocusOn.SET), (FocusOn.SET, FocusOn.NEAR)):
        camera = LayeredCamera(picture_, pulling(FOCUS_DEPTH[start], FOCUS_DEPTH[end]), *SIZE)
        first, last = rendered(camera, 0, *SIZE), rendered(camera, 39, *SIZE)
        sharp, soft = (first, last) if end is FocusOn.NEAR else (last, first)
        assert sharpness(sharp, wall) > 3 * sharpness(soft, wall)
        assert sharpness(soft, LEFT) > 2 * sharpness(sharp, LEFT)


@pytest.mark.parametrize("ends", [(WHOLE, WHOLE), MOVES["pan"], MOVES["push-in"]])
def test_its_ends_are_the_pictures_that_are_focused_there(ends: Ends) -> None:
    given_ = two()
    camera = LayeredCamera(given_, pulling(1.0, 2.0, ends=ends), *SIZE)
    for frame, depth in ((-3, 1.0), (0, 1.0), (4, 1.0), (35, 2.0), (39, 2.0), (60, 2.0)):
        resting = LayeredCamera(given_, pulling(depth, depth, ends=ends), *SIZE)
        for one, other in zip(rendered(camera, frame, *SIZE), rendered(resting, frame, *SIZE), strict=True):
            assert np.array_equal(one, other)


def test_what_is_in_focus_at_its_beginning_is_the_keyframe_itself() -> None:
    given_ = two()
    frame = rendered(LayeredCamera(given_, pulling(1.0, 2.0), *SIZE), 0, *SIZE)
    (face,) = [layer for layer in given_.layers if layer.name is LayerName.FIGURES]
    solid = cv2.erode(cv2.copyMakeBorder(face.image[:, :, 3], 1, 1, 1, 1, cv2.BORDER_CONSTANT), np.ones((5, 5)))
    rows, columns = np.nonzero(solid[1:-1, 1:-1] == 255)
    at = rows + face.at[1], columns + face.at[0]
    assert len(rows) > 5000
    assert np.abs(frame.y.astype(int) - from_bgr(given_.flatten()).y)[at].max() <= 2


@pytest.mark.parametrize("order", ["forwards", "at random"])
def test_frames_do_not_depend_on_the_order_in_which_they_are_made(order: str) -> None:
    given_, move = two(), pulling(1.0, 4.0)
    camera = LayeredCamera(given_, move, *SIZE)
    numbers = list(range(0, 40, 5))
    if order == "at random":
        np.random.default_rng(1).shuffle(numbers)
    for number in numbers:
        alone = rendered(LayeredCamera(given_, move, *SIZE), number, *SIZE)
        for one, other in zip(rendered(camera, number, *SIZE), alone, strict=True):
            assert np.array_equal(one, other)


def test_nothing_pops_between_one_blur_and_the_next() -> None:
    camera = LayeredCamera(two(), pulling(1.0, 4.0, frames=80), *SIZE)
    frames = [rendered(camera, frame, *SIZE).y.astype(float) for frame in range(80)]
    changes = np.array([np.abs(after - before).max() for before, after in zip(frames, frames[1:], strict=False)])
    assert 8 < changes.max() < 25
    assert np.abs(np.diff(changes)).max() <= 8


@pytest.mark.parametrize("sigma", [0.6, 1.1, 2.3, 3.9, 5.2, 7.7, 11.0, 17.0])
def test_what_lies_between_two_blurs_is_as_wide_as_was_asked_for(sigma: float) -> None:
    point = np.zeros((181, 181), np.uint8)
    point[60:121, 60:121] = 255
    number, weight = between(sigma)
    low, high = (blurred(point, level(n)) if n else point for n in (number, number + 1))
    mean = low * (1 - weight) + high * weight
    ideal = cv2.GaussianBlur(point.astype(np.float32), (0, 0), sigma)
    assert np.abs(mean - ideal).max() < 0.05 * 255
    assert np.abs(mean - ideal).mean() < 0.003 * 255


@given(sigma=st.floats(0, 400))
def test_blurs_go_over_into_each_other(sigma: float) -> None:
    number, weight = between(sigma)
    assert 0.0 <= weight <= 1.0
    steep, less, wanted = (1 / np.hypot(width, 0.5) for width in (level(number), level(number + 1), sigma))
    assert (1 - weight) * steep + weight * less == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("name", ["standing", "pan", "push-in"])
def test_layers_of_one_colour_leave_no_halo_out_of_focus(name: str) -> None:
    layers = [shapes(COLOUR, LayerName(kind), depth, seed) for seed, (kind, depth) in enumerate(DEPTHS)]
    move = pulling(1.0, 6.0, frames=20, ends=MOVES.get(name, (WHOLE, WHOLE)))
    camera = LayeredCamera(picture(background(flat(COLOUR)), *layers), move, *SMALL)
    expected = [int(plane[0, 0]) for plane in from_bgr(flat(COLOUR))]
    for frame in range(-2, 22, 3):
        for plane, colour in zip(rendered(camera, frame, *SMALL), expected, strict=True):
            assert np.abs(plane.astype(int) - colour).max() <= 5


def test_a_blur_spreads_beyond_what_is_drawn_and_not_beyond_the_picture() -> None:
    ball = cv2.circle(np.zeros((60, 60, 4), np.uint8), (30, 30), 20, (255, 255, 255, 255), -1)
    for at in ((130, 60), (0, 0), (262, 122)):
        layer = Layer(LayerName.FIGURES, np.asarray(ball, np.uint8), at, 1.0)
        given_ = picture(background(flat((0, 0, 0))), layer)
        sharp, soft = (rendered(LayeredCamera(given_, pulling(f, f), *SMALL), 0, *SMALL).y for f in (1.0, 1000.0))
        light = [float((plane.astype(int) - 16).clip(0).sum()) for plane in (sharp, soft)]
        assert light[1] == pytest.approx(light[0], rel=0.06)
        assert (soft > 20).sum() > 1.1 * (sharp > 20).sum()


distances = st.floats(0.001, 1000.0)


@settings(max_examples=tries(60, 12), deadline=None)
@given(
    start=distances,
    end=distances,
    first=st.integers(0, 60),
    frames=st.integers(1, 60),
    depths=st.lists(distances, min_size=0, max_size=7),
    frame=st.integers(-100, 200),
)
def test_any_distances_give_a_frame(
    start: float, end: float, first: int, frames: int, depths: list[float], frame: int
) -> None:
    pull = FocusPull(start=start, end=end, first=first, frames=frames)
    move = CameraMove(start=WHOLE, end=WHOLE, frames=48, focus=pull)
    low, high = sorted((1.0 / start, 1.0 / end))
    assert low - 1e-9 <= focused_at(move, frame) <= high + 1e-9
    layers = [shapes(COLOUR, LayerName.MIDDLE, depth, 3) for depth in sorted(depths, reverse=True)]
    camera = LayeredCamera(picture(background(flat(COLOUR), 1000.0), *layers), move, *SMALL)
    colour = from_bgr(flat(COLOUR)).y[0, 0]
    assert np.abs(rendered(camera, frame, *SMALL).y.astype(int) - int(colour)).max() <= 2 + 2 * len(layers)


@given(
    frames=st.integers(1, 600),
    fps=st.sampled_from([1, 12, 24, 30, 60, 120, *NTSC.values()]),
    end=st.sampled_from(FocusOn),
)
def test_a_planned_pull_ends_within_its_shot(frames: int, fps: Rate, end: FocusOn) -> None:
    shot = racked(frames=frames, rack=Rack(start=FocusOn.NEAR, end=end))
    move = plan_move(shot, width=640, height=360, fps=fps)
    assert move.focus is not None
    assert move.focus.first + move.focus.frames <= frames
    assert focused_at(move, frames - 1) == 1.0 / FOCUS_DEPTH[end]
    assert frames < 6 or focused_at(move, 0) == 1.0
    assert move.deep


def racked(**fields: object) -> Shot:
    plain = {"id": "s001-001", "scene": 0, "size": ShotSize.MS, "frames": 72, "duration_s": 3.0}
    rack = Rack(start=FocusOn.NEAR, end=FocusOn.SET)
    return Shot.model_validate({**plain, "span": Span(start=0, end=1), "rack": rack, **fields})


def test_a_camera_that_moves_while_the_focus_does_is_planned_as_well() -> None:
    move = plan_move(racked(movement=Movement.PUSH_IN), width=640, height=360, fps=24)
    assert move.start != move.end
    assert move.focus is not None
    assert CameraMove.model_validate_json(move.model_dump_json()) == move
    assert "focus" not in move.model_copy(update={"focus": None}).model_dump()


def test_the_aperture_is_wide_enough_to_be_seen_and_keeps_a_face_a_face() -> None:
    near, far = 1.0 / FOCUS_DEPTH[FocusOn.NEAR], 1.0 / FOCUS_DEPTH[FocusOn.FAR]
    assert 4.0 <= APERTURE * (near - far) <= 12.0
