"""What the simulation is told of the world: `inputs.toml`, and each of its numbers halved and doubled."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

PATH = Path(__file__).with_name("inputs.toml")


@dataclass(frozen=True)
class Inputs:
    """The numbers of `inputs.toml`, by their names there; their units and sources stand there too."""

    films_per_day: float
    day_peak: float
    day_valley: float
    burst_shape: float
    film_median_s: float
    film_mean_s: float
    film_longest_s: float
    shot_s: float
    scene_shots: float
    picture_fast_s: float
    picture_slow_s: float
    slow_share: float
    cold_start_s: float
    cold_start_sigma: float
    spot_life_h: float
    spot_pools: float
    spot_notice_s: float

    def __post_init__(self) -> None:
        """Refuse what no day can be drawn from."""
        if not self.day_valley <= 1 <= self.day_peak:
            raise ValueError("day_valley and day_peak are times the day's mean: one is at most 1, the other at least.")
        if self.film_mean_s < self.film_median_s:
            raise ValueError("film_mean_s is under film_median_s: a lognormal's mean is at least its median.")

    @property
    def film_sigma(self) -> float:
        """Standard deviation of the logarithm of a film's length: a lognormal's mean is its median × exp(σ² / 2)."""
        return math.sqrt(2 * math.log(self.film_mean_s / self.film_median_s))

    @property
    def day_power(self) -> float:
        """How pointed the day's peak is: the power of a raised cosine that gives peak, valley and a mean of 1.

        The mean of ((1 + cos) / 2)^k over a turn is Γ(k + ½) / (√π Γ(k + 1)), which falls with k: halving finds k.
        """
        swing = self.day_peak - self.day_valley
        if not swing:
            return 1.0
        share, low, high = (1 - self.day_valley) / swing, 0.0, 200.0
        for _ in range(60):
            middle = (low + high) / 2
            mean = math.exp(math.lgamma(middle + 0.5) - math.lgamma(middle + 1)) / math.sqrt(math.pi)
            low, high = (middle, high) if mean > share else (low, middle)
        return (low + high) / 2


def load(path: Path = PATH) -> Inputs:
    """Read the committed inputs.

    Raises:
        ValueError: An input is missing or unknown, or has no source.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    names = {field.name for field in fields(Inputs)}
    if names != set(table):
        raise ValueError(f"{path.name}: missing or unknown are {', '.join(sorted(names ^ set(table)))}.")
    if unsourced := [name for name, entry in table.items() if not entry.get("source", "").strip()]:
        raise ValueError(f"{path.name}: no source says where {', '.join(unsourced)} are from.")
    return Inputs(**{name: float(entry["value"]) for name, entry in table.items()})


TOGETHER: dict[str, tuple[str, ...]] = {
    "film_length": ("film_median_s", "film_mean_s"),
    "film_tail": ("film_mean_s",),
    "picture_s": ("picture_fast_s", "picture_slow_s"),
}
"""Inputs that are halved and doubled under another name: a median alone would change the tail, too."""


def varied(inputs: Inputs) -> Iterator[tuple[str, float, Inputs]]:
    """Halve and double each input.

    Yields:
        Its name, the factor, and the inputs with it. Of the day's curve, it is the swing about the mean that is halved
        and doubled, `day_swing`: a valley of twice its height would lie above the mean.
    """
    alone = [field.name for field in fields(Inputs) if not field.name.startswith(("day_", "picture_"))]
    groups = {name: (name,) for name in alone if name not in ("film_median_s", "film_mean_s")} | TOGETHER
    for factor in (0.5, 2.0):
        for name, members in groups.items():
            yield name, factor, replace(inputs, **{each: getattr(inputs, each) * factor for each in members})
        yield (
            "day_swing",
            factor,
            replace(
                inputs,
                day_peak=1 + (inputs.day_peak - 1) * factor,
                day_valley=1 - (1 - inputs.day_valley) * factor,
            ),
        )
