"""What is full first when there are more films: `python -m benchmarks.fleet.saturation` prints docs/scaling.md's table.

Each row is a demand at the day's peak and the limit that it meets. Demands follow from the inputs of the simulation,
the chart, and what the code does; limits have their source in the document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fleet.chart import CHART, read, values
from benchmarks.fleet.day import DAY_S, draw
from benchmarks.fleet.inputs import load
from workers.dependencies import DATABASE_CONNECTIONS

LOADS = (1, 10, 100, 1000)
HISTORIES = Path(__file__).parents[2] / "temporal-dev" / "histories"
FPS, SEGMENT_S = 24, 10
CORE_S_A_FRAME = 0.040
"""Two encoders of one thread each made a frame of 1080p, rendered and encoded, in 20 ms (notes, 1.3)."""
EVENTS_AN_ACTIVITY = 6
API_REQUESTS, API_DIRECT = 10 + 10, 4 + 1
"""Connections of an API process under load: its pool and as many again; those for looks, and the one that listens."""
GPU_CONNECTIONS = 2
"""A GPU worker has one activity in hand, and asks for another."""
ADDRESSES_A_NODE = 7
"""Its own, a worker's, three of daemons, two kept warm; with the CNI's default it is at least 15 on a g5.xlarge."""
TIME_TO_FILM_S = 600
"""How long somebody watches a film being made; docs/benchmarks.md has the times."""


@dataclass(frozen=True)
class Film:
    """The mean film, in numbers."""

    seconds: float
    pictures: float
    batches: float
    scenes: float

    @property
    def segments(self) -> float:
        """Pieces that are encoded by themselves."""
        return max(1.0, self.seconds / SEGMENT_S)


@dataclass(frozen=True)
class Row:
    """A demand and its limit."""

    what: str
    fixed: float
    """Demand that does not grow with films."""
    growing: float
    """Demand at 1×, which does."""
    limit: float

    def at(self, times: float) -> float:
        """Demand at a load."""
        return self.fixed + self.growing * times

    @property
    def full_at(self) -> float:
        """The load at which the limit is met."""
        return (self.limit - self.fixed) / self.growing


@cache
def mean_film() -> Film:
    """Take the mean of some nine thousand drawn films."""
    day = draw(load(), load=20)
    batches = np.diff(day.first_batch)
    films = day.films
    pictures = sum(day.pictures) / films
    scenes = pictures / load().scene_shots
    return Film(pictures * load().shot_s, pictures, float(batches.mean()), max(1.0, scenes))


def events_of(film: Film) -> float:
    """Count the events in Temporal's histories: of a recorded film of two scenes, and what a longer one adds."""
    whole, scene = (_events(name) for name in ("plain.film", "plain.scene-001"))
    further = 2 * (film.batches - film.scenes) + (film.segments - 1)  # draw and record a batch; encode a segment
    return whole + scene * film.scenes + EVENTS_AN_ACTIVITY * further


def _events(name: str) -> int:
    return len(json.loads((HISTORIES / f"{name}.json").read_text(encoding="utf-8"))["events"])


def rows() -> Iterator[Row]:
    """Compute all of them, the one that is full first first."""
    inputs, chart, all_values, film = load(), read(), values(CHART), mean_film()
    rate = inputs.films_per_day / DAY_S * inputs.day_peak
    cpu, api = all_values["cpu"], all_values["api"]
    commits = 20 + 3 * (film.pictures + film.segments)
    puts = 2 * film.pictures + film.segments + 10
    found = [
        Row("IP addresses of two private /24", 8 * ADDRESSES_A_NODE, (chart.most + cpu["max"]) * ADDRESSES_A_NODE, 502),
        Row(
            "connections to PostgreSQL",
            api["max"] * API_DIRECT + _of_requests(all_values),
            chart.most * GPU_CONNECTIONS + cpu["max"] * 2 * DATABASE_CONNECTIONS,
            3604,
        ),
        Row(
            "CPU cores that render and encode",
            0,
            rate * film.seconds * FPS * CORE_S_A_FRAME,
            cpu["max"] * cpu["renderProcesses"],
        ),
        Row("events a second into Temporal's store", 0, rate * events_of(film), 1000),
        Row("commits a second, of 3,000 IOPS", 0, rate * commits, 3000),
        Row("objects a second put below one prefix", 0, rate * puts, 3500),
        Row("logins a second, one a film", 0, rate, api["max"] * 0.5 * 6),
        Row("tickets in flight, SQS", 0, chart.most, 120_000),
        Row("streams of events held open", 0, rate * TIME_TO_FILM_S, api["max"] * 4000),
    ]
    return iter(sorted(found, key=lambda row: row.full_at))


def _of_requests(all_values: dict[str, Any]) -> float:
    """Count the connections that requests to the API take of the database: by way of the pooler, its own."""
    pooler = all_values["pooler"]
    pooled: float = pooler["replicas"] * pooler["connections"]
    direct: float = all_values["api"]["max"] * API_REQUESTS
    return pooled if pooler["enabled"] else direct


def table() -> str:
    """Write the rows as docs/scaling.md has them."""
    head = "| at the day's peak | " + " | ".join(f"{times:,}×" for times in LOADS) + " | limit | full at |"
    lines = [head, "|---" * (len(LOADS) + 3) + "|"]
    for row in rows():
        cells = " | ".join(_bold(number(row.at(times)), row.at(times) > row.limit) for times in LOADS)
        lines.append(f"| {row.what} | {cells} | {number(row.limit)} | {number(row.full_at)}× |")
    return "\n".join(lines)


def _bold(text: str, full: bool) -> str:
    return f"**{text}**" if full else text


def number(value: float) -> str:
    """Write a number with two digits that mean something, and no more than it needs."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def described(film: Film) -> str:
    """Say what the mean film is."""
    return (
        f"The mean film: {film.seconds:.0f} s, {film.pictures:.0f} pictures in {film.batches:.1f} batches, "
        f"{film.segments:.0f} segments, {events_of(film):.0f} events in Temporal's histories."
    )


def main() -> int:
    """Print the mean film and the table."""
    sys.stdout.write(f"{described(mean_film())}\n\n{table()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
