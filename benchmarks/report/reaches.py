"""The benchmarks and what each is to reach: the one place that says so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Sense(StrEnum):
    """On which side of its bound a figure is good."""

    AT_MOST = "≤"
    AT_LEAST = "≥"
    EXACTLY = "="


@dataclass(frozen=True)
class Reach:
    """A figure that a benchmark prints, and what it is to be."""

    key: str
    """Where it stands in the benchmark's JSON; a dot leads into an object."""
    meaning: str
    bound: float
    sense: Sense = Sense.AT_MOST

    def measured(self, result: Mapping[str, Any]) -> float | None:
        """Find the figure in what the benchmark printed; None where it was not measured."""
        found: Any = result
        for part in self.key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None

    def met(self, measured: float) -> bool:
        """Whether a figure is as good as it is to be."""
        if self.sense is Sense.AT_MOST:
            return measured <= self.bound
        return measured >= self.bound if self.sense is Sense.AT_LEAST else measured == self.bound

    def share(self, measured: float) -> float:
        """Say how much of its bound a figure takes up: 1 is the bound, less is better, whatever its sense.

        Returns:
            A ratio from 0 up; infinite where a bound of 0 is exceeded.
        """
        if self.sense is Sense.EXACTLY and measured == self.bound:
            return 1.0
        over, under = (self.bound, measured) if self.sense is Sense.AT_LEAST else (measured, self.bound)
        return over / under if under else math.inf


@dataclass(frozen=True)
class Benchmark:
    """A module of `benchmarks` that prints one JSON object."""

    name: str
    title: str
    reaches: tuple[Reach, ...]
    beside: Mapping[str, str] = field(default_factory=dict)
    """What is told beside them and is to reach nothing: a key of the benchmark's JSON, and what it means."""
    arguments: tuple[str, ...] = ("--json",)

    @property
    def command(self) -> str:
        """How it is run."""
        return " ".join(("python -m", f"benchmarks.{self.name}", *self.arguments))


BENCHMARKS = (
    Benchmark(
        "compose",
        "Composition, 1080p24",
        (
            Reach("compose_over_bare.medium", "wall time over bare FFmpeg x264 of the same ready frames", 0.92),
            Reach("compose_over_bare.veryfast", "the same with preset veryfast", 1.10),
            Reach("vmaf_least", "VMAF of the film against its rendered frames", 95, Sense.AT_LEAST),
            Reach("moviepy_over_ours", "the same film by moviepy 2, over ours", 10, Sense.AT_LEAST),
            Reach("giant_graph_over_ours", "the same film as one filter graph, over ours", 1.2, Sense.AT_LEAST),
            Reach("extras_over_plain", "watermark, fades and burnt subtitles over none", 1.04),
            Reach("jitter_px", "camera jitter, pixels a frame squared", 0.025),
            Reach("segmented_size_over_single", "bytes in segments over bytes in one piece", 1.01),
            Reach("ssim_delta", "how much less similar segments are", 0.001),
        ),
    ),
    Benchmark(
        "scale",
        "1,500 shots over 10",
        (
            Reach("ms_per_frame_1500_over_10", "wall time a frame", 1.05),
            Reach("peak_rss_1500_over_10", "peak memory of the worker's processes", 1.10),
            Reach("mb_per_added_shot", "peak memory for each added shot, MB", 0.1),
            Reach("film_history_events_1500", "events in the film's history", 1500),
            Reach("film_history_mb_1500", "MB of the film's history", 1),
        ),
    ),
    Benchmark(
        "revise",
        "Revision, 40 shots of 6 s",
        (
            Reach("one_of_40_over_full", "one changed shot over the whole film", 0.15),
            Reach("no_change_over_full", "no change over the whole film", 0.03),
            Reach("shots_redrawn", "shots drawn for one changed shot", 1, Sense.EXACTLY),
            Reach("reorder_redrawn", "shots drawn for another order", 0, Sense.EXACTLY),
        ),
    ),
    Benchmark(
        "orchestration",
        "Orchestration",
        (
            Reach("orchestrated_over_bare", "a film through the lab over the same craft alone", 1.02),
            Reach("ms_per_sequential_activity", "ms for an activity, one after another", 15),
            Reach("ms_per_parallel_activity", "ms for an activity, 50 in flight", 3),
        ),
    ),
    Benchmark(
        "api",
        "The HTTP face",
        (
            Reach(
                "job_read_over_hello_1", "a film's state over a bare hello, a second, one process", 0.35, Sense.AT_LEAST
            ),
            Reach("job_read_over_hello_2", "the same with two processes", 0.60, Sense.AT_LEAST),
            Reach("own_hello_over_bare_hello", "our hello over a bare one", 0.85, Sense.AT_LEAST),
            Reach("read_p99_under_logins_over_idle", "99th percentile while people sign in, over idle", 4),
            Reach("sse_kib_per_client", "KiB for each stream of events", 40),
            Reach("sse_fanout_ms_1000", "ms from an event until 1,000 know", 50),
            Reach("reservations_per_s", "reservations a second", 1000, Sense.AT_LEAST),
        ),
    ),
    Benchmark(
        "pictures",
        "Pictures",
        (
            Reach("storyboard_ms_per_keyframe_720p", "ms of one core for a keyframe and its layers", 200),
            Reach("activity_over_bare", "painting within the activity over the bare call", 1.05),
            Reach("batch4_over_singles", "a batch of four over four singles", 0.8),
            Reach("jitter_px", "camera jitter of every move, pixels a frame squared", 0.025),
        ),
        beside={
            "activity_whole_over_bare": "as `activity_over_bare`, of the whole activity: rows, checks and clients, too"
        },
    ),
    Benchmark(
        "analysis",
        "Script analysis",
        (
            Reach("feature_s", "seconds of one core for 120 pages, prompts included", 1.0),
            Reach("long_over_short", "time a page of 1,000 pages over short scripts", 1.2),
        ),
        arguments=(),
    ),
    Benchmark(
        "fleet_simulation",
        "The fleet, simulated",
        (
            Reach(
                "p95_film_tickets_over_queue_depth",
                "95th percentile of the time to a film, tickets over the specification's queue depth",
                0.5,
            ),
            Reach("gpu_hours_tickets_over_queue_depth", "GPU-hours, tickets over queue depth", 1.0),
            Reach("p95_film_tickets_over_ideal", "95th percentile of the time to a film, tickets over the ideal", 1.2),
        ),
    ),
    Benchmark(
        "film",
        "The example film",
        (Reach("wall_over_duration", "wall time over its length, lab start included", 0.35),),
        arguments=(),
    ),
)
"""In the order of the table."""


def benchmark(name: str) -> Benchmark:
    """Find a benchmark by its name."""
    return next(one for one in BENCHMARKS if one.name == name)
