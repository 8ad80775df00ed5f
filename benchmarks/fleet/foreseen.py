"""What an hour of the day wants, as Prometheus knows it from the same hour of the days before."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from benchmarks.fleet.day import DAY_S, draw
from benchmarks.fleet.inputs import Inputs

DAYS = 7
WINDOW_S = 3 * 3600.0
LEAD_S = 600.0
"""As templates/_foreseen.tpl asks Prometheus: seven days, three hours each, whose middle is ten minutes ahead."""
_BIN_S = 300.0
_BEFORE = 10_000
"""Seeds of the days before: no day that is simulated has one of them."""


@lru_cache(maxsize=64)
def busy_before(inputs: Inputs, load: float) -> tuple[float, ...]:
    """Average how many machines were at work, by five minutes of the day, over the days before.

    Work is taken to be in hand when its film comes: within three hours it makes no difference.

    Args:
        inputs: What the days before were drawn from: as the day itself.
        load: Times `films_per_day`.
    """
    bins = round(DAY_S / _BIN_S)
    work = np.zeros(bins)
    for number in range(DAYS):
        day = draw(inputs, load=load, seed=_BEFORE + number)
        seconds = np.add.reduceat(np.multiply(day.pictures, day.paces), day.first_batch[:-1])
        at = np.minimum(np.asarray(day.arrivals) // _BIN_S, bins - 1).astype(np.int64)
        work += np.bincount(at, weights=seconds, minlength=bins)
    busy, half = work / DAYS / _BIN_S, round(WINDOW_S / _BIN_S) // 2
    around = np.concatenate([busy[-half:], busy, busy[:half]])
    return tuple(np.convolve(around, np.full(2 * half + 1, 1 / (2 * half + 1)), mode="valid").tolist())


def expected(inputs: Inputs, load: float, *, share: float, root: float) -> Callable[[float], float]:
    """Say how many machines the hour wants: so many as were at work, and so many roots of them to spare.

    A fleet that is twice as large needs less to spare for each machine: what comes by chance grows with the root.

    Args:
        inputs: Of the world.
        load: Times `films_per_day`.
        share: Of those that were at work.
        root: Of their root.
    """
    busy = busy_before(inputs, load)
    wanted = [share * each + root * math.sqrt(each) for each in busy]

    def at(now: float) -> float:
        return wanted[int((now + LEAD_S) % DAY_S // _BIN_S)] if now < DAY_S else 0.0

    return at
