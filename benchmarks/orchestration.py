"""What orchestration costs: a film through the lab over the same craft alone, and activities that do nothing.

    python -m benchmarks.orchestration [--json] [--quick] [--runs 9] [--only film|activities]

- `orchestrated_over_bare`: wall time of a film's workflow in a lab of real servers, from its start to its end, over
  that of the same functions of `film`, called in a pool of as many processes, with files in a folder: reading,
  directing, prompting, drawing, cutting, encoding, checking, joining. 150 shots at 1280×720, about six minutes of film
  and a minute of work on two cores. Ways take turns, each time with another seed; the median of the pairs' ratios.
- `ms_per_sequential_activity`, `ms_per_parallel_activity`: milliseconds for an activity that does nothing, of 200 one
  after another, and of 1,500 of which 50 are in flight, through the lab's Temporal with the lab's settings; worker and
  sandbox as films have them. Medians of five.

It takes about half an hour on two idle cores; `--quick` tries the code with a film of 12 shots.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

import psutil
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner

from benchmarks.laboratory import Laboratory, laboratory
from benchmarks.scale import SCENE, Shape
from benchmarks.trivial import NothingWorkflow, Rounds, nothing
from film.direction import direct
from film.edit.checked import render_checked_segment
from film.edit.cut import Media, make_cut
from film.edit.dialogue import check_dialogue, lines_of
from film.edit.join import join_segments
from film.edit.segments import plan_segments
from film.edit.timeline import read_timeline, write_timeline
from film.edit.verify import check_film
from film.motion import plan_move
from film.prompting import write_prompts
from film.script import read
from film.script.second_reader import read_again
from film.studio import draw
from schemas.jobs import FilmOptions
from schemas.payloads import BATCH_SHOTS
from schemas.prompt import ShotPrompt
from schemas.timeline import EncoderSettings, Segment
from workers.leaving import leave
from workflows.sandbox import sandboxed_runner

SHOTS, QUICK_SHOTS = 150, 12
RUNS = 9
SEQUENTIAL, PARALLEL = Rounds(count=200, at_once=1), Rounds(count=1500, at_once=50)
ACTIVITY_RUNS = 5
QUEUE, BARE_QUEUE = "nothing", "nothing-bare"
SCRIPT = Shape("scenes", SCENE)


def bare_film(pool: Pool, text: str, seed: int, out: Path) -> float:
    """Make a film with the craft alone, in a pool of processes, as the service does; return the seconds it took.

    Args:
        pool: The processes.
        text: The script.
        seed: Of the film.
        out: The film.
    """
    options, began = FilmOptions(seed=seed), time.perf_counter()
    width, height = options.width, options.height
    breakdown = direct(read(text, "scale.fountain"), fps=options.fps)
    prompts = write_prompts(
        breakdown, style=options.style, width=width, height=height, project_seed=options.seed
    ).prompts
    moves = {shot.id: plan_move(shot, width=width, height=height, fps=options.fps) for shot in breakdown.shots}
    moving = {shot for shot, move in moves.items() if move.deep}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        batches = [
            (prompts[first : first + BATCH_SHOTS], moving, folder) for first in range(0, len(prompts), BATCH_SHOTS)
        ]
        files: dict[str, Path] = {}
        media: dict[str, Media] = {}
        for made, named in pool.map(_draw, batches, chunksize=1):
            files |= made
            media |= named
        cut = read_timeline(write_timeline(make_cut(breakdown, moves, media, width=width, height=height)))
        segments = list(enumerate(plan_segments(cut, EncoderSettings())))
        tasks = [(segment, files, folder / f"{index}.mp4") for index, segment in segments]
        pool.map(_render, sorted(tasks, key=lambda task: -task[0].frames), chunksize=1)
        join_segments([task[2] for task in tasks], None, out, breakdown.title, rate=cut.fps)
        check_film(out, frames=cut.frames, fps=cut.fps, width=width, height=height)
        check_dialogue(out, lines_of(breakdown), read_again(text, breakdown.format))
    return time.perf_counter() - began


def _draw(task: tuple[tuple[ShotPrompt, ...], set[str], Path]) -> tuple[dict[str, Path], dict[str, Media]]:
    return draw(*task)


def _render(task: tuple[Segment, dict[str, Path], Path]) -> None:
    segment, files, out = task
    render_checked_segment(segment, files, out, lambda _: None)


def _warm(_: int) -> None:
    import cv2

    cv2.setNumThreads(1)


def films(shots: int, runs: int) -> dict[str, Any]:
    """Measure a film through the lab against the craft alone."""
    text, cores = SCRIPT.script(shots), os.cpu_count() or 1
    orchestrated, bare, cpu = [], [], []
    with laboratory() as lab, multiprocessing.get_context("spawn").Pool(cores) as pool:
        pool.map(_warm, range(cores), chunksize=1)
        script = lab.home / "scale.fountain"
        script.write_text(SCRIPT.script(QUICK_SHOTS), encoding="utf-8")
        _film(lab, script, 0)  # warms both up
        bare_film(pool, SCRIPT.script(QUICK_SHOTS), 0, lab.home / "bare.mp4")
        script.write_text(text, encoding="utf-8")
        for run in range(1, runs + 1):
            before = lab.cpu_s()
            orchestrated.append(_film(lab, script, run))
            with_lab, before = lab.cpu_s() - before, _own_cpu_s()
            bare.append(bare_film(pool, text, run, lab.home / "bare.mp4"))
            cpu.append((with_lab, _own_cpu_s() - before))
    ratios = [one / other for one, other in zip(orchestrated, bare, strict=True)]
    return {
        "orchestrated_over_bare": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "orchestrated_s": round(statistics.median(orchestrated), 2),
        "bare_s": round(statistics.median(bare), 2),
        "cpu_over_bare": round(statistics.median(one / other for one, other in cpu), 3),
        "orchestrated_cpu_s": round(statistics.median(one for one, _ in cpu), 2),
        "bare_cpu_s": round(statistics.median(other for _, other in cpu), 2),
        "shots": shots,
        "runs": runs,
    }


def _film(lab: Laboratory, script: Path, run: int) -> float:
    """Make a film that finds nothing made before; return the seconds of its workflow."""
    report = lab.film(script, "--project", f"{script.stat().st_size}-{run}", "--seed", str(run))
    return asyncio.run(lab.histories(report["workflow_id"]))[0].seconds


def _own_cpu_s() -> float:
    """CPU seconds of this process, of its pool, and of what ended beneath it, until now."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    pool = (psutil.Process(one.pid).cpu_times() for one in multiprocessing.active_children() if one.pid)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(one.user + one.system for one in pool)


async def _nothing(lab: Laboratory, rounds: Rounds, runs: int) -> dict[str, float]:
    """Measure milliseconds for an activity: as films have them, and by the SDK alone; the two take turns."""
    client = await lab.client()
    seconds: dict[str, list[float]] = {QUEUE: [], BARE_QUEUE: []}

    def worker(queue: str, runner: WorkflowRunner) -> Worker:
        return Worker(
            client,
            task_queue=queue,
            workflows=[NothingWorkflow],
            activities=[nothing],
            workflow_runner=runner,
            max_concurrent_activities=100,
        )

    async with worker(QUEUE, sandboxed_runner()), worker(BARE_QUEUE, UnsandboxedWorkflowRunner()):
        for run in range(runs + 1):
            for queue, taken in seconds.items():
                name = f"{queue}-{rounds.at_once}-{run}"
                taken.append(await client.execute_workflow(NothingWorkflow.run, rounds, id=name, task_queue=queue))
    # The first warms up.
    return {queue: round(statistics.median(taken[1:]) / rounds.count * 1000, 2) for queue, taken in seconds.items()}


def activities(runs: int) -> dict[str, Any]:
    """Measure activities that do nothing."""
    with laboratory() as lab:
        sequential = asyncio.run(_nothing(lab, SEQUENTIAL, runs))
        parallel = asyncio.run(_nothing(lab, PARALLEL, runs))
    return {
        "ms_per_sequential_activity": sequential[QUEUE],
        "ms_per_parallel_activity": parallel[QUEUE],
        "bare_ms_per_sequential_activity": sequential[BARE_QUEUE],
        "bare_ms_per_parallel_activity": parallel[BARE_QUEUE],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, which is what is printed anyway")
    parser.add_argument("--quick", action="store_true", help="a film of 12 shots, once: to try the code")
    parser.add_argument("--only", choices=["film", "activities"])
    parser.add_argument("--runs", type=int, default=None)
    options = parser.parse_args()
    runs = options.runs or (1 if options.quick else RUNS)
    result: dict[str, Any] = {}
    if options.only != "film":
        result |= activities(1 if options.quick else ACTIVITY_RUNS)
    if options.only != "activities":
        result |= films(QUICK_SHOTS if options.quick else SHOTS, runs)
    print(json.dumps({**result, "quick": options.quick}))


if __name__ == "__main__":
    main()
    leave(0)
