from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from film.motion import StillCamera, ease, framing_at, plan_move
from film.motion.i420 import from_bgr
from schemas.enums import Movement, ShotSize, Side
from schemas.script import Shot, Span, Staging
from schemas.timeline import CameraMove, Framing
from tests.unit.motion.ideal import MOVES, WHOLE, offset, picture_at, rendered


def shot(movement: Movement, frames: int = 96, side: Side = Side.CENTRE) -> Shot:
    return Shot(
        id="s001-001",
        scene=0,
        size=ShotSize.MS,
        movement=movement,
        frames=frames,
        duration_s=frames / 24,
        span=Span(start=0, end=1),
        subjects=("anna",),
        staging=(Staging(character="anna", side=side),),
    )


def planned(movement: Movement, frames: int = 96, side: Side = Side.CENTRE) -> CameraMove:
    return plan_move(shot(movement, frames, side), width=1280, height=720, fps=24)


def inside(framing: Framing) -> bool:
    half = framing.scale / 2
    return all(half - 1e-9 <= centre <= 1 - half + 1e-9 for centre in (framing.x, framing.y))


@given(
    st.sampled_from(Movement),
    st.integers(1, 2000),
    st.sampled_from(Side),
    st.integers(1, 60),
    st.sampled_from([(64, 64), (1280, 720), (3840, 2160), (720, 1280)]),
)
def test_the_window_is_always_inside_the_picture(
    movement: Movement, frames: int, side: Side, fps: int, size: tuple[int, int]
) -> None:
    move = plan_move(shot(movement, frames, side), width=size[0], height=size[1], fps=fps)
    assert move.frames == frames
    for frame in (-20, 0, frames // 3, frames // 2, frames - 1, frames + 20):
        assert inside(framing_at(move, frame))


@pytest.mark.parametrize("movement", [kind for kind in Movement if kind is not Movement.STATIC])
@pytest.mark.parametrize("frames", [12, 24, 96, 240, 2000])
def test_a_move_is_large_enough_to_be_meant_and_slow_enough_to_be_read(movement: Movement, frames: int) -> None:
    move = planned(movement, frames)
    way = max(abs(move.end.x - move.start.x), abs(move.end.y - move.start.y), abs(move.end.scale - move.start.scale))
    assert 0.05 <= way + 1e-9 <= 0.2 + 2e-9
    assert way / (frames / 24) <= 0.12


def test_each_movement_goes_where_it_says() -> None:
    pan = planned(Movement.PAN_RIGHT)
    assert pan.end.x > pan.start.x
    assert pan.end.y == pan.start.y
    assert planned(Movement.PAN_LEFT).end.x < planned(Movement.PAN_LEFT).start.x
    assert planned(Movement.TILT_UP).end.y < planned(Movement.TILT_UP).start.y
    assert planned(Movement.TILT_DOWN).end.y > planned(Movement.TILT_DOWN).start.y
    assert planned(Movement.PUSH_IN).end.scale < planned(Movement.PUSH_IN).start.scale == 1.0
    assert planned(Movement.PULL_OUT).start.scale < planned(Movement.PULL_OUT).end.scale == 1.0


def test_a_push_in_goes_to_the_subject() -> None:
    ends = [planned(Movement.PUSH_IN, side=side).end.x for side in (Side.LEFT, Side.CENTRE, Side.RIGHT)]
    assert ends[0] < ends[1] == 0.5 < ends[2]


@pytest.mark.parametrize("frames", [1, 2, 11])
def test_a_shot_too_short_to_move_stands(frames: int) -> None:
    move = planned(Movement.PAN_LEFT, frames)
    assert move.start == move.end


def test_a_static_shot_stands_on_the_whole_picture() -> None:
    assert planned(Movement.STATIC).start == planned(Movement.STATIC).end == WHOLE


@pytest.mark.parametrize("movement", [Movement.PAN_LEFT, Movement.PAN_RIGHT, Movement.TILT_UP, Movement.TILT_DOWN])
@pytest.mark.parametrize("frames", [36, 61, 96, 150])
def test_a_steady_pan_lies_on_whole_pixels(movement: Movement, frames: int) -> None:
    move = planned(movement, frames)
    length = 720 if movement in (Movement.TILT_UP, Movement.TILT_DOWN) else 1280
    picture = length / move.start.scale
    places = []
    for frame in range(math.ceil(frames * 0.27), math.floor(frames * 0.73)):
        framing = framing_at(move, frame)
        centre = framing.y if length == 720 else framing.x
        places.append(centre * picture - length / 2)
    assert picture == pytest.approx(round(picture), abs=1e-6)
    assert np.abs(np.array(places) - np.rint(places)).max() < 1e-6
    assert len({round(step) for step in np.diff(places)}) == 1


def test_ease_starts_and_stops_gently_and_runs_steadily() -> None:
    way = np.array([ease(step / 1000) for step in range(-10, 1011)])
    speed = np.diff(way)
    assert way[0] == 0.0
    assert way[-1] == 1.0
    assert (speed >= 0).all()
    assert speed[11] < 1e-5
    assert speed[400:600].std() < 1e-9
    assert np.abs(np.diff(speed)).max() < 2e-5


def test_a_static_camera_gives_the_picture_itself_each_time() -> None:
    picture = picture_at(WHOLE, 320, 180)
    camera = StillCamera(picture, CameraMove(start=WHOLE, end=WHOLE, frames=9), 320, 180)
    for frame in (0, 4, 40):
        for plane, expected in zip(rendered(camera, frame, 320, 180), from_bgr(picture), strict=True):
            assert (plane == expected).all()


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
        ((0, 0, 255), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((255, 0, 0), (32, 240, 118)),
    ],
)
def test_colours_are_bt709_in_limited_range(colour: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    planes = from_bgr(np.full((16, 16, 3), colour, np.uint8))
    assert tuple(int(plane[4, 4]) for plane in planes) == pytest.approx(expected, abs=1)


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("size", [(322, 182)])
def test_the_camera_does_not_jitter_and_colours_stay_in_their_outlines(name: str, size: tuple[int, int]) -> None:
    start, end = MOVES[name]
    move = CameraMove(start=start, end=end, frames=96)
    camera = StillCamera(picture_at(WHOLE, *size), move, *size)
    luma, chroma = [], []
    for frame in range(30, 54):
        planes, ideal = rendered(camera, frame, *size), from_bgr(picture_at(framing_at(move, frame), *size))
        luma.append(offset(planes.y, ideal.y))
        chroma.append(offset(planes.u, ideal.u))
    away = np.array(luma)
    assert np.abs(away).max() < 0.65  # The standing point of a zoom lies on a whole sample.
    jitter = np.abs(np.diff(away, n=2, axis=0))
    assert jitter.mean() < 0.025
    assert jitter.max() < 0.15
    assert np.abs(np.array(chroma) - away / 2).max() < 0.05


def test_windows_reach_the_edges_without_inventing_any() -> None:
    size = (320, 180)
    framed = np.full((180, 320, 3), 200, np.uint8)
    for name, (start, end) in MOVES.items():
        camera = StillCamera(framed, CameraMove(start=start, end=end, frames=20), *size)
        for frame in range(-3, 23):
            planes = rendered(camera, frame, *size)
            assert np.ptp(planes.y) <= 1, name
            assert np.ptp(planes.u) == 0, name
