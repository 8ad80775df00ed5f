"""What is copied from between samples is what a bilinear interpolation gives there, rounded to no side."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from film.motion.samplers import LEAST_SHIFT, shifted

ROWS, COLUMNS = 40, 60


def noise(seed: int) -> NDArray[np.uint8]:
    """A plane of any values."""
    return np.random.default_rng(seed).integers(0, 256, (ROWS, COLUMNS)).astype(np.uint8)


def exactly(plane: NDArray[np.uint8], left: float, top: float, rows: int, columns: int) -> NDArray[np.float64]:
    """Interpolate in floats, the border repeated."""

    def sample(down: int, across: int) -> NDArray[np.float64]:
        places = (np.arange(rows) + y + down, np.arange(columns) + x + across)
        inside = np.ix_(places[0].clip(0, ROWS - 1), places[1].clip(0, COLUMNS - 1))
        sampled: NDArray[np.float64] = plane[inside].astype(np.float64)
        return sampled

    x, y = int(np.floor(left)), int(np.floor(top))
    a, b = left - x, top - y
    upper = (1 - a) * sample(0, 0) + a * sample(0, 1)
    return np.asarray((1 - b) * upper + b * ((1 - a) * sample(1, 0) + a * sample(1, 1)), np.float64)


@pytest.mark.parametrize(("left", "top"), [(3.2, 5.6), (3.2, 5.0), (3.0, 5.6), (0.0, 0.9), (9.99, 9.99)])
def test_any_place_is_interpolated(left: float, top: float) -> None:
    plane, out = noise(3), np.zeros((30, 50), np.uint8)
    shifted(plane, left, top, out)
    # OpenCV counts in floats of 32 bits.
    assert np.abs(out - exactly(plane, left, top, 30, 50)).max() < 0.52


@pytest.mark.parametrize(("left", "top"), [(-3.0, 0.5), (-0.5, 2.0), (15.0, 10.5), (30.5, 2.0)])
def test_beyond_the_border_it_is_repeated(left: float, top: float) -> None:
    plane, out = noise(4), np.zeros((30, 40), np.uint8)
    shifted(plane, left, top, out)
    assert np.abs(out - exactly(plane, left, top, 30, 40)).max() < 0.6


@pytest.mark.parametrize(("left", "top"), [(3.0, 5.5), (3.5, 5.0), (3.0, 5.25), (3.25, 5.0), (4.0, 0.5)])
def test_halfway_between_samples_nothing_is_rounded_towards_a_neighbour(left: float, top: float) -> None:
    """It was, by an interpolation that took a whole place for one beside it: pictures trembled along with it."""
    plane, out = noise(1), np.zeros((30, 50), np.uint8)
    shifted(plane, left, top, out)
    assert np.array_equal(out, np.rint(exactly(plane, left, top, 30, 50)))


def test_what_lies_all_but_on_a_sample_is_copied() -> None:
    plane, out = noise(2), np.zeros((30, 50), np.uint8)
    for off in (-0.5 * LEAST_SHIFT, 0.0, 0.5 * LEAST_SHIFT):
        shifted(plane, 7.0 + off, 6.0 - off, out)
        assert np.array_equal(out, plane[6:36, 7:57])
