"""What the keyframe activity costs around the painter, on real servers.

    python -m benchmarks.activity [--runs 7]

A batch of four by the tiny model (VAE of 8×, 128×128, 8 steps, guidance, CPU, one thread), prompts not known before.
`activity_over_bare`: CPU time of this process from the moment at which the activity asks its renderer for the pictures
until it has them, thread and hand-over included, over the bare `StableDiffusionXLPipeline` call on the same prompts,
seeds and batch with PNGs by Pillow. `activity_whole_over_bare`: the same of the whole activity, with the rows of
`renders`, the look at each picture, and what the clients of PostgreSQL and S3 cost in this process, which does not
depend on what is painted. Medians of the ratios of runs, the ways taking turns at going first. `bit_identical`:
whether what lies in the store has the pixels of the bare call.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from temporalio.testing import ActivityEnvironment

from activities.deps import Deps
from activities.renderers import Drawing
from activities.s3_keyframes import KeyframeActivities, keyframe_spec
from benchmarks.painting import bare, specs
from infrastructure.db.migrate import upgrade
from infrastructure.db.repositories import Jobs, Projects, Users
from infrastructure.ids import new_id
from schemas.artifact import ArtifactRef
from schemas.enums import Angle, IntExt, Place, RendererName, ShotSize, TimeOfDay, Weather
from schemas.jobs import FilmInput, FilmOptions
from schemas.painting import Painting, PaintingDevice
from schemas.payloads import KeyframesInput, ShotOrder
from schemas.prompt import FilmPrompts, KeyframeSpec, Palette, Picture, ShotPrompt
from schemas.stages import Stage, stage_versions
from tests import servers
from workers.dependencies import dependencies
from workers.gpu.painting import PaintingThread, ReferencePictures

SIDE, STEPS, BATCH = 128, 8, 4


class Watched:
    """A painter's thread, with a watch on what it takes."""

    def __init__(self, thread: PaintingThread) -> None:
        self.name, self.batch = thread.name, thread.batch
        self._thread = thread
        self.seconds = 0.0

    async def draw(
        self, wanted: Sequence[KeyframeSpec], references: Mapping[str, bytes], report: Callable[[str], None]
    ) -> list[Drawing | Exception]:
        """Paint; see `activities.renderers.KeyframeRenderer`."""
        began = time.process_time()
        try:
            return await self._thread.draw(wanted, references, report)
        finally:
            self.seconds = time.process_time() - began


def _prompt(number: int, spec: KeyframeSpec) -> ShotPrompt:
    palette = Palette(sky="#aabbcc", ground="#334455", accent="#cc3333", shadow="#111122", light="#fff0cc")
    picture = Picture(
        int_ext=IntExt.EXT,
        place=Place.SEA,
        time_of_day=TimeOfDay.DAY,
        weather=Weather.CLEAR,
        size=ShotSize.WS,
        angle=Angle.EYE,
        palette=palette,
        layout_seed=1,
    )
    words = {key: getattr(spec, key) for key in ("positive", "negative", "positive_2", "negative_2", "seed")}
    return ShotPrompt(
        shot=f"s001-{number + 1:03d}", scene=0, width=SIDE, height=SIDE, style="cinematic", picture=picture, **words
    )


async def _film(deps: Deps, painting: Painting) -> FilmInput:
    async with deps.db.begin() as session:
        user = await Users(session).ensure_local()
        project = await Projects(session).ensure(user.user_id, str(new_id()), "benchmark")
        film = FilmInput(
            job_id=new_id(),
            project_id=project.project_id,
            user_id=user.user_id,
            title="benchmark",
            script=ArtifactRef(key="none", sha256="0" * 64, bytes=1, media_type="text/plain"),
            file_name="none.fountain",
            options=FilmOptions(renderer=RendererName.SDXL, width=SIDE, height=SIDE, painting=painting),
            versions=stage_versions(),
        )
        await Jobs(session).create(film)
    return film


async def _run(deps: Deps, watched: Watched, wanted: Sequence[KeyframeSpec]) -> tuple[float, float, list[bytes]]:
    """Run the activity once: CPU seconds of the painting in it, and of all of it, and the pictures as stored."""
    painting = wanted[0].painting
    assert painting is not None
    film = await _film(deps, painting)
    prompts = [_prompt(number, spec) for number, spec in enumerate(wanted)]
    document = FilmPrompts(style="cinematic", width=SIDE, height=SIDE, prompts=tuple(prompts))
    ref = await deps.artifacts.keep_document(film.project_id, Stage.PROMPTS, new_id().hex * 2, document)
    orders = tuple(ShotOrder(shot=prompt.shot) for prompt in prompts)
    given = KeyframesInput(film=film, prompts=ref, orders=orders)
    began = time.process_time()
    result = await ActivityEnvironment().run(KeyframeActivities(deps).draw_keyframes, given)
    whole = time.process_time() - began
    assert result.drawn == len(wanted), result
    for prompt, spec in zip(prompts, wanted, strict=True):
        assert keyframe_spec(prompt, film.options) == spec
    keys = [f"jobs/{film.job_id}/scenes/scene_001_shot_{number + 1:03d}.png" for number in range(len(wanted))]
    return watched.seconds, whole, [await deps.store.get_bytes(key) for key in keys]


async def _measure(folder: Path, runs: int) -> dict[str, Any]:
    import torch
    from diffusers import StableDiffusionXLPipeline

    from film.diffusion.loading import quiet
    from film.render.sdxl.painter import load_painter
    from film.render.sdxl.tiny import write_tiny

    torch.set_num_threads(1)
    manifest = write_tiny(folder / "tiny")
    pictures = ReferencePictures()
    painter = load_painter(folder / "tiny", manifest, PaintingDevice(device="cpu", batch=BATCH))
    watched = Watched(PaintingThread(painter, BATCH, pictures))
    with quiet():
        pipeline = StableDiffusionXLPipeline.from_pretrained(
            folder / "tiny", use_safetensors=True, local_files_only=True
        )
    pipeline.set_progress_bar_config(disable=True)
    times: dict[str, list[float]] = {"painting": [], "whole": [], "bare": []}
    same = True
    with servers.postgres() as dsn, servers.object_store() as store, servers.sqs() as queues:
        upgrade(dsn)
        settings = servers.settings_for(dsn, store, queues, folder)
        async with dependencies(settings, {RendererName.SDXL: watched}) as lent:
            deps = replace(lent)
            for run in range(runs + 1):
                wanted = specs(manifest, SIDE, STEPS, BATCH, first_seed=1000 * (run + 1))
                taken: dict[str, float] = {}
                made: dict[str, list[bytes]] = {}
                for way in ("bare", "activity") if run % 2 else ("activity", "bare"):
                    if way == "bare":
                        began = time.process_time()
                        made[way] = bare(pipeline, wanted)
                        taken[way] = time.process_time() - began
                    else:
                        taken["painting"], taken["whole"], made[way] = await _run(deps, watched, wanted)
                same = same and all(map(_equal, made["activity"], made["bare"]))
                if run:  # the first warms up
                    for name, seconds in taken.items():
                        times[name].append(seconds)
    return {
        "activity_over_bare": _ratio(times["painting"], times["bare"]),
        "activity_whole_over_bare": _ratio(times["whole"], times["bare"]),
        "bit_identical": same,
        "bare_s": round(statistics.median(times["bare"]), 3),
        "whole_s": round(statistics.median(times["whole"]), 3),
    }


def _equal(one: bytes, other: bytes) -> bool:
    ours, theirs = (cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR) for png in (one, other))
    return ours is not None and theirs is not None and np.array_equal(ours, theirs)


def _ratio(over: Sequence[float], under: Sequence[float]) -> float:
    return round(statistics.median(one / other for one, other in zip(over, under, strict=True)), 3)


def activity_figures(runs: int = 7) -> dict[str, Any]:
    """Measure the activity.

    Args:
        runs: How often; medians are given.
    """
    with tempfile.TemporaryDirectory(prefix="activity-") as place:
        return asyncio.run(_measure(Path(place), runs))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    print(json.dumps({**activity_figures(options.runs), "runs": options.runs}))


if __name__ == "__main__":
    main()
