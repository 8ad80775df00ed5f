"""Stage 1: a script becomes a breakdown."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

from temporalio import activity

from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import heartbeats
from film.direction import direct
from film.script import read
from schemas.jobs import FilmInput
from schemas.payloads import SCENE_TITLES, AnalyzeResult
from schemas.script import Breakdown
from schemas.stages import Stage

TITLE_LENGTH = 40
"""Characters of a scene's title that the workflow is told."""


@dataclass
class ScriptActivities:
    """Reads and directs scripts."""

    deps: Deps

    @activity.defn
    async def analyze_script(self, film: FilmInput) -> AnalyzeResult:
        """Read the script and direct it.

        Raises:
            InvalidScript: It holds nothing that can be shown.
            InvalidRequest: Not everything in it can be said in the runtime that is asked for.
        """
        cache = self.deps.artifacts
        spec = stage_spec(
            film,
            Stage.SCRIPT,
            {
                "script": film.script.sha256,
                "name": film.file_name,
                "title": film.title,
                "fps": film.options.fps,
                "runtime_s": film.options.runtime_s,
            },
        )
        async with heartbeats():
            found = await cache.find(film.project_id, Stage.SCRIPT, [spec], "json")
            if spec in found:
                ref = found[spec]
                breakdown = await cache.load(Breakdown, ref)
            else:
                text = (await cache.read(film.script)).decode("utf-8")
                breakdown = await asyncio.to_thread(_analyze, text, film)
                ref = await cache.keep_document(film.project_id, Stage.SCRIPT, spec, breakdown)
        shots = Counter(shot.scene for shot in breakdown.shots)
        return AnalyzeResult(
            breakdown=ref,
            title=breakdown.title,
            frames=breakdown.frames,
            scene_shots=tuple(shots[scene.index] for scene in breakdown.scenes),
            scene_titles=_titles(breakdown),
        )


def _titles(breakdown: Breakdown) -> tuple[str, ...]:
    places = {location.id: location.name for location in breakdown.locations}
    scenes = breakdown.scenes[:SCENE_TITLES]
    titles = (" ".join((scene.heading or places[scene.location]).split()) for scene in scenes)
    return tuple(title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…" for title in titles)


def _analyze(text: str, film: FilmInput) -> Breakdown:
    return direct(read(text, film.file_name), fps=film.options.fps, runtime_s=film.options.runtime_s)
