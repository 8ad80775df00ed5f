"""What a film of 1,500 shots costs over one of 10, made by the command in a lab of real servers.

    python -m benchmarks.scale [--json] [--quick] [--only scenes|one_scene|one_shot_scenes] [--shots 1500]

Three shapes: 50 scenes of 30 shots, one scene of 1,500, and 1,500 scenes of one. Each has a lab of its own, in which a
film warms up, then `FEW_RUNS` films of 10 shots of the same shape are made (medians), then the long one, once. Frames
are 64×64 at 12 a second, so that what grows with the number of shots is not hidden behind pixels.

Keys, the worst of the shapes, and each shape's own figures under its name:

- `ms_per_frame_1500_over_10`: wall time of all stages a frame of the film, of the long film over the short ones.
- `peak_rss_1500_over_10`, `mb_per_added_shot`: the sum of the peaks of the worker's processes (the one that speaks with
  Temporal, and its pool) after the long film over the same after the short ones; and what was added, for each shot.
- `film_history_events_1500`, `film_history_mb_1500`: of the long film's own workflow. `child_…` of its largest child.

It takes about half an hour on two idle cores; `--quick` makes 120 shots instead, in a few minutes, and reaches nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.laboratory import Laboratory, laboratory
from schemas.stages import Stage
from workers.leaving import leave

FEW, MANY, QUICK = 10, 1500, 120
FEW_RUNS, QUICK_RUNS = 5, 2
SCENE = 30
"""Shots of a scene where there are several of several."""
OPTIONS = ("--size", "64x64", "--fps", "12")
FPS = 12

_WHO = ("man", "woman", "boy", "girl", "dog", "sailor", "baker", "teacher", "farmer", "nurse")
_WHERE = ("KITCHEN", "HARBOUR", "STREET", "LIBRARY", "FIELD", "BEACH", "OFFICE", "BARN", "STATION", "ATTIC")
_WHAT = (
    "sits at the table",
    "walks to the window",
    "opens the door",
    "reads a letter",
    "holds a lamp",
    "looks at the sea",
    "drinks from a cup",
    "writes in a book",
    "sleeps on the chair",
    "runs along the wall",
)


@dataclass(frozen=True)
class Shape:
    """How many shots each scene of a film has."""

    name: str
    scene: int | None
    """Shots of a scene; None for all of them in one."""

    def script(self, shots: int) -> str:
        """Write a screenplay that the rules direct as so many shots: one for each paragraph of action."""
        scene = self.scene or shots
        runs = [min(scene, shots - first) for first in range(0, shots, scene)]
        return "Title: Scale\n\n" + "".join(_scene(number, run) for number, run in enumerate(runs))


SHAPES = (Shape("scenes", SCENE), Shape("one_scene", None), Shape("one_shot_scenes", 1))


def _scene(number: int, shots: int) -> str:
    place, time = _WHERE[number % 10], "DAY" if number % 3 else "NIGHT"
    heading = f"{'INT.' if number % 2 else 'EXT.'} {place} {number // 10 + 1} - {time}\n\n"
    lines = (
        f"A {_WHO[(number + shot) % 10]} {_WHAT[(3 * number + 7 * shot + shot // 10) % 10]}." for shot in range(shots)
    )
    return heading + "".join(f"{line}\n\n" for line in lines)


@dataclass(frozen=True)
class Made:
    """A film, and what it left behind."""

    report: dict[str, Any]
    peaks_mb: tuple[float, ...]
    """Peaks of the worker's processes until then, the largest first."""

    @property
    def peak_mb(self) -> float:
        """Their sum."""
        return sum(self.peaks_mb)

    @property
    def frames(self) -> int:
        """Its length."""
        seconds: float = self.report["duration_s"]
        return round(seconds * FPS)

    def ms_per_frame(self, *stages: Stage) -> float:
        """Milliseconds a frame of some stages, or of all."""
        seconds: dict[str, float] = self.report["stages"]
        return 1000 * sum(seconds[stage.value] for stage in stages or Stage) / self.frames


def measure(shape: Shape, shots: int, runs: int) -> dict[str, Any]:
    """Measure one shape.

    Args:
        shape: How many shots a scene has.
        shots: Of the long film.
        runs: How many short ones are made.
    """
    with laboratory() as lab:
        _film(lab, shape, FEW, 0)  # warms up
        few = [_film(lab, shape, FEW, run) for run in range(1, runs + 1)]
        many = _film(lab, shape, shots, 0)
        film, *children = asyncio.run(lab.histories(many.report["workflow_id"]))
        made = asyncio.run(lab.made(many.report["job_id"]))
    largest = max(children, key=lambda history: history.events)

    def grown(*stages: Stage) -> float:
        return round(many.ms_per_frame(*stages) / statistics.median(one.ms_per_frame(*stages) for one in few), 3)

    return {
        "ms_per_frame_1500_over_10": grown(),
        "peak_rss_1500_over_10": round(many.peak_mb / few[-1].peak_mb, 3),
        "mb_per_added_shot": round((many.peak_mb - few[-1].peak_mb) / (shots - FEW), 4),
        "film_history_events_1500": film.events,
        "film_history_mb_1500": round(film.megabytes, 3),
        "child_history_events": largest.events,
        "child_history_mb": round(largest.megabytes, 3),
        "children": len(children),
        "keyframes_1500_over_10": grown(Stage.KEYFRAMES, Stage.MOTION),
        "composition_1500_over_10": grown(Stage.COMPOSITION),
        "ms_per_shot": round(many.ms_per_frame() * many.frames / shots, 1),
        "ms_per_shot_of_few": round(statistics.median(one.ms_per_frame() * one.frames for one in few) / FEW, 1),
        "peaks_mb": {"few": [round(one) for one in few[-1].peaks_mb], "many": [round(one) for one in many.peaks_mb]},
        "stages_s": many.report["stages"],
        "shots": many.report["shots"],
        "scenes": many.report["scenes"],
        "frames": many.frames,
        "pictures_drawn": made[Stage.KEYFRAMES.value],
        "segments_encoded": made[Stage.COMPOSITION.value],
    }


def _film(lab: Laboratory, shape: Shape, shots: int, run: int) -> Made:
    """Make a film that shares nothing with those before it."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "scale.fountain"
        script.write_text(shape.script(shots), encoding="utf-8")
        project = ("--project", f"{shots}-{run}", "--seed", str(run))
        report = lab.film(script, *OPTIONS, *project)
    if report["shots"] != shots:
        raise RuntimeError(f"The script of {shots} shots was directed as {report['shots']}; write another.")
    return Made(report, tuple(lab.peaks_mb()))


WORST = (
    "ms_per_frame_1500_over_10",
    "peak_rss_1500_over_10",
    "mb_per_added_shot",
    "film_history_events_1500",
    "film_history_mb_1500",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, which is what is printed anyway")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} shots: to try the code, not to measure")
    parser.add_argument("--only", choices=[shape.name for shape in SHAPES], help="one shape alone")
    parser.add_argument("--shots", type=int, default=MANY)
    options = parser.parse_args()
    shots, runs = (QUICK, QUICK_RUNS) if options.quick else (options.shots, FEW_RUNS)
    shapes = {shape.name: measure(shape, shots, runs) for shape in SHAPES if options.only in (None, shape.name)}
    worst = {key: max(figures[key] for figures in shapes.values()) for key in WORST}
    print(json.dumps({**worst, **shapes, "few": FEW, "many": shots, "runs": runs, "quick": shots != MANY}))


if __name__ == "__main__":
    main()
    leave(0)
