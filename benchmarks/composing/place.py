"""Where films are composed for `benchmarks.compose`, how ours are, and how ways are held against each other."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path

import cv2

from benchmarks.composing import others
from benchmarks.composing.material import painted
from benchmarks.composing.others import Took
from film.edit.encode import render_segment
from film.edit.join import join_segments
from film.edit.segments import plan_segments
from schemas.timeline import Cut, EncoderSettings, Segment

CLOSE_RUNS = 9
"""How often something is measured whose reach is within 5 % of 1."""

Way = Callable[[], Took]
"""Makes a film, or a part of what that takes."""


@dataclass(frozen=True)
class Place:
    """Where films are composed: a folder in memory, and processes that are warm."""

    folder: Path
    pool: Pool
    size: tuple[int, int]
    shots: int
    runs: int
    quick: bool
    presets: tuple[str, ...]
    """Those with which films are held against bare FFmpeg's."""

    def close_runs(self) -> int:
        """How often something is measured whose reach is close to 1."""
        return self.runs if self.quick else max(self.runs, CLOSE_RUNS)


def render(segment: Segment, stills: Mapping[str, Path], out: Path) -> float:
    """Encode one segment, in whatever process this is called; return the CPU seconds it took."""
    began = time.process_time()
    render_segment(segment, stills, out, lambda _: None)
    return time.process_time() - began


def draw(segment: Segment, stills: Mapping[str, Path]) -> float:
    """Paint all frames of one segment, encode none, and return the CPU seconds it took."""
    cv2.setNumThreads(1)  # as whoever renders does
    began = time.process_time()
    for _ in painted(segment, stills):
        pass
    return time.process_time() - began


def ours(place: Place, cut: Cut, stills: dict[str, Path], encoder: EncoderSettings, out: Path) -> Took:
    """Render, encode and join a film as the service does."""
    began, joining = time.perf_counter(), others.children_cpu()
    segments = plan_segments(cut, encoder)
    paths = [place.folder / f"segment-{index}.mp4" for index in range(len(segments))]
    tasks = [(segment, stills, path) for segment, path in zip(segments, paths, strict=True)]
    tasks.sort(key=lambda task: -task[0].frames)
    cpu: list[float] = place.pool.starmap(render, tasks, chunksize=1)
    join_segments(paths, None, out, "bench", rate=cut.fps)
    return Took(time.perf_counter() - began, sum(cpu) + others.children_cpu() - joining)


def drawing(place: Place, segments: Sequence[Segment], stills: dict[str, Path]) -> Took:
    """Paint the frames of a film in the same processes and the same order as `ours`, and encode none."""
    began = time.perf_counter()
    tasks = [(segment, stills) for segment in sorted(segments, key=lambda segment: -segment.frames)]
    cpu: list[float] = place.pool.starmap(draw, tasks, chunksize=1)
    return Took(time.perf_counter() - began, sum(cpu))


def in_turns(ways: Mapping[str, Way], runs: int) -> dict[str, Took]:
    """Measure ways in turns; medians of wall and of CPU seconds."""
    took: dict[str, list[Took]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            took[name].append(way())
    return {
        name: Took(statistics.median(one.wall for one in all_), statistics.median(one.cpu for one in all_))
        for name, all_ in took.items()
    }


def ratio(over: float, under: float, digits: int = 3) -> float:
    """Divide, and round."""
    return round(over / under, digits)


def seconds(took: Took) -> dict[str, float]:
    """Write down what something took."""
    return {"wall": round(took.wall, 2), "cpu": round(took.cpu, 2)}
