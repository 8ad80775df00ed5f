"""The fewest GPU-hours for 95 of 100 films to be whole in time, if no machine is ordered for a film that has come.

    python -m benchmarks.fleet.bound [SECONDS]

Where the time is shorter than nearly every start, a film is painted by machines that stand there when it comes, whose
number cannot depend on a film that nobody has seen. Each film is given all of them, without a rest between batches, and
their number follows the day's curve in the best way there is. Whoever does worse in any of this needs more hours.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks.fleet.day import draw
from benchmarks.fleet.inputs import Inputs, load

SHARE = 0.95
_SEEDS = range(1, 21)
_MINUTES = 288
_STEP = 0.1


def least_hours(inputs: Inputs, seconds: float) -> float:
    """Compute them, by Lagrange: each time of day gets machines for as long as another one saves more films than λ.

    Args:
        inputs: Of the world.
        seconds: In which a film must be whole.

    Returns:
        GPU-hours a day.
    """
    days = [draw(inputs, seed=seed) for seed in _SEEDS]
    work = np.sort(
        np.concatenate([np.add.reduceat(np.multiply(day.pictures, day.paces), day.first_batch[:-1]) for day in days])
    )
    machines = np.arange(0, 40, _STEP)
    in_time = np.searchsorted(work, machines * seconds, side="right") / len(work)
    wave = ((1 - np.cos(2 * np.pi * np.arange(_MINUTES) / _MINUTES)) / 2) ** inputs.day_power
    rate = inputs.day_valley + (inputs.day_peak - inputs.day_valley) * wave
    rate /= rate.mean()
    hours = float("inf")
    for price in np.geomspace(1e-4, 0.5, 400):
        best = np.argmax(rate[:, None] * in_time - price * machines, axis=1)
        if float((rate * in_time[best]).mean()) < SHARE:
            break
        hours = float(machines[best].mean()) * 24
    return hours


if __name__ == "__main__":
    sys.stdout.write(f"{least_hours(load(), float(sys.argv[1]) if len(sys.argv) > 1 else 381):.0f}\n")
