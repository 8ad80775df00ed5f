"""Draws a day: when which films come, what batches they are painted in, and when machines are taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.fleet.inputs import Inputs
from schemas.payloads import BATCH_SHOTS
from workflows.scene import BATCHES_AT_ONCE, SCENES_AT_ONCE

DAY_S = 86_400.0
_MINUTES = 1440


@dataclass(frozen=True)
class Day:
    """One day of films. Every policy gets the same: the same films, painted in the same time, the same losses."""

    arrivals: list[float]
    """When each film's pictures may begin, in seconds of the day, ascending."""
    first_batch: list[int]
    """Index of each film's first batch; one more entry ends the last film."""
    windows: list[int]
    """How many batches of each film may be in flight: four of a scene, of eight scenes at once."""
    pictures: list[int]
    """Of each batch: how many, 1 to 6."""
    paces: list[float]
    """Of each batch: seconds a picture."""
    losses: list[tuple[float, int]]
    """When which pool of machines is taken back: seconds, number of the pool; ascending."""

    @property
    def films(self) -> int:
        """How many films come."""
        return len(self.arrivals)

    @property
    def work_s(self) -> float:
        """Seconds of a GPU that all pictures take."""
        return float(np.dot(self.pictures, self.paces))


def by_the_film(day: Day) -> Day:
    """Let each film be one message, painted whole by one machine, as the specification's messages are to the letter.

    Its first batch is then its last one, too.
    """
    pictures = np.add.reduceat(day.pictures, day.first_batch[:-1])
    seconds = np.add.reduceat(np.multiply(day.pictures, day.paces), day.first_batch[:-1])
    return replace(
        day,
        first_batch=list(range(day.films + 1)),
        windows=[1] * day.films,
        pictures=pictures.tolist(),
        paces=(seconds / pictures).tolist(),
    )


def draw(inputs: Inputs, *, load: float = 1.0, seed: int = 1) -> Day:
    """Draw a day.

    Args:
        inputs: What it is drawn from.
        load: Times `films_per_day`.
        seed: Another one gives another day.
    """
    chance = np.random.default_rng([seed, round(load * 1000)])
    arrivals = _arrivals(inputs, load, chance)
    lengths = inputs.film_median_s * np.exp(inputs.film_sigma * chance.standard_normal(len(arrivals)))
    shots = np.ceil(np.minimum(lengths, inputs.film_longest_s) / inputs.shot_s).astype(np.int64)
    scene = max(1, round(inputs.scene_shots))
    counts, windows, pictures = _batches(shots, scene)
    slow = chance.random(len(pictures)) < inputs.slow_share
    return Day(
        arrivals=arrivals.tolist(),
        first_batch=[0, *np.cumsum(counts).tolist()],
        windows=windows.tolist(),
        pictures=pictures.tolist(),
        paces=np.where(slow, inputs.picture_slow_s, inputs.picture_fast_s).tolist(),
        losses=_losses(inputs, chance),
    )


def _arrivals(inputs: Inputs, load: float, chance: np.random.Generator) -> NDArray[np.float64]:
    """Draw a gamma renewal process whose clock runs as fast as the day's curve says."""
    expected = inputs.films_per_day * load
    gaps = chance.gamma(inputs.burst_shape, 1 / inputs.burst_shape, size=int(expected * 1.5 + 200))
    drawn = np.cumsum(gaps)
    minutes = np.arange(_MINUTES + 1) / _MINUTES
    # The peak is at noon of a day that begins in its valley.
    wave = ((1 - np.cos(2 * np.pi * minutes)) / 2) ** inputs.day_power
    rate = inputs.day_valley + (inputs.day_peak - inputs.day_valley) * wave
    passed = np.concatenate([[0.0], np.cumsum((rate[1:] + rate[:-1]) / 2)])
    clock = passed / passed[-1] * expected
    return np.interp(drawn[drawn < expected], clock, minutes * DAY_S)


def _batches(shots: NDArray[np.int64], scene: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Divide films into scenes and scenes into batches, as SceneWorkflow does.

    Returns:
        How many batches each film has, how many of them may be in flight, and the pictures of each batch.
    """
    in_scene = -(-scene // BATCH_SHOTS)
    scenes = -(-shots // scene)
    last = shots - (scenes - 1) * scene
    counts = (scenes - 1) * in_scene + -(-last // BATCH_SHOTS)
    film = np.repeat(np.arange(len(shots)), counts)
    number = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    within = np.where(number // in_scene == scenes[film] - 1, last[film], scene)
    pictures = np.minimum(BATCH_SHOTS, within - (number % in_scene) * BATCH_SHOTS)
    return counts, BATCHES_AT_ONCE * np.minimum(SCENES_AT_ONCE, scenes), pictures


def _losses(inputs: Inputs, chance: np.random.Generator) -> list[tuple[float, int]]:
    """Draw when each pool is taken back, for as long as anybody may still work: three days."""
    losses: list[tuple[float, int]] = []
    for pool in range(max(1, round(inputs.spot_pools))):
        at = chance.exponential(inputs.spot_life_h * 3600)
        while at < 3 * DAY_S:
            losses.append((float(at), pool))
            at += chance.exponential(inputs.spot_life_h * 3600)
    return sorted(losses)
