from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from film.motion.flow import FlowRefusal, inbetweens
from schemas.errors import MotionRefused

Image = NDArray[np.uint8]
WIDTH, HEIGHT = 320, 180


def cloth(seed: int, *, coarse: float = 3.0) -> Image:
    """A picture with something to see everywhere."""
    noise = np.random.default_rng(seed).integers(0, 256, (HEIGHT * 2, WIDTH * 2, 3)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), coarse)
    return np.asarray(20 + (soft - soft.min()) * (215 / np.ptp(soft)), np.uint8)


def seen(picture: Image, move: NDArray[np.float64]) -> Image:
    """Look at the middle of a picture after it was moved by a 2 × 3 matrix about the middle."""
    middle = np.array([[1.0, 0.0, -WIDTH / 2], [0.0, 1.0, -HEIGHT / 2], [0.0, 0.0, 1.0]])
    back = np.array([[1.0, 0.0, WIDTH], [0.0, 1.0, HEIGHT], [0.0, 0.0, 1.0]])
    whole = np.vstack([move, [0.0, 0.0, 1.0]])
    matrix = (back @ np.linalg.inv(whole) @ middle)[:2]
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(picture, matrix, (WIDTH, HEIGHT), flags=how), np.uint8)


def shifted(time: float) -> NDArray[np.float64]:
    return np.array([[1.0, 0.0, 9.0 * time], [0.0, 1.0, -5.0 * time]])


def zoomed(time: float) -> NDArray[np.float64]:
    return np.array([[1.0 + 0.06 * time, 0.0, 0.0], [0.0, 1.0 + 0.06 * time, 0.0]])


def turned(time: float) -> NDArray[np.float64]:
    angle = 0.05 * time
    return np.array([[np.cos(angle), -np.sin(angle), 0.0], [np.sin(angle), np.cos(angle), 0.0]])


def error(one: Image, other: Image) -> float:
    inner = (slice(12, -12), slice(12, -12))
    return float(np.abs(one[inner].astype(float) - other[inner]).mean())


@pytest.mark.parametrize("move", [shifted, zoomed, turned])
def test_what_moves_is_where_it_should_be_at_each_frame(move: Callable[[float], NDArray[np.float64]]) -> None:
    picture = cloth(1)
    first, last = seen(picture, move(0.0)), seen(picture, move(1.0))
    for number, frame in enumerate(inbetweens(first, last, 8)):
        truth = seen(picture, move(number / 8))
        faded = np.rint(first * (1 - number / 8) + last.astype(float) * number / 8).astype(np.uint8)
        assert error(frame, truth) < 2.0
        if number in (3, 4, 5):
            assert error(frame, truth) < error(faded, truth) / 4


def test_a_thing_that_passes_covers_and_uncovers_without_a_smear() -> None:
    behind, thing = seen(cloth(1), shifted(0)), cloth(2)[:60, :50]

    def at(time: float) -> Image:
        picture = behind.copy()
        left = round(120 + 12 * time)
        picture[70:130, left : left + 50] = thing
        return picture

    for number, frame in enumerate(inbetweens(at(0.0), at(1.0), 6)):
        assert error(frame, at(number / 6)) < 3.0


def test_equal_keyframes_give_equal_frames() -> None:
    first, last = seen(cloth(1), shifted(0)), seen(cloth(1), shifted(1))
    one, other = list(inbetweens(first, last, 5)), list(inbetweens(first, last, 5))
    assert len(one) == 5
    assert all((a == b).all() for a, b in zip(one, other, strict=True))
    assert (one[0] == first).all()


def gone(first: Image) -> Image:
    return seen(cloth(9), shifted(0))


def far(first: Image) -> Image:
    return seen(cloth(1), np.array([[1.0, 0.0, 40.0], [0.0, 1.0, 0.0]]))


def brighter(first: Image) -> Image:
    return np.asarray(np.minimum(first.astype(int) + 60, 255), np.uint8)


def smaller(first: Image) -> Image:
    return first[:100]


def same(first: Image) -> Image:
    return first.copy()


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (gone, {FlowRefusal.INCONSISTENT}),
        (far, {FlowRefusal.FAR, FlowRefusal.INCONSISTENT}),
        (brighter, {FlowRefusal.UNLIKE, FlowRefusal.INCONSISTENT}),
        (smaller, {FlowRefusal.SIZE}),
        (same, {FlowRefusal.EQUAL}),
    ],
)
def test_what_is_not_nearly_the_same_is_refused_with_a_reason(
    other: Callable[[Image], Image], reasons: set[FlowRefusal]
) -> None:
    first = seen(cloth(1), shifted(0))
    with pytest.raises(MotionRefused, match="There are no in-betweens: the two keyframes") as caught:
        inbetweens(first, other(first), 8)
    assert caught.value.reason in reasons
