"""Stage 1: a script becomes a breakdown."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

from temporalio import activity

from activities.answers import StoredAnswers
from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import Heart, heartbeats
from film.direction import direct
from film.direction.model import Director, direct_with
from film.script import read
from schemas.artifact import ArtifactRef
from schemas.enums import DirectedBy
from schemas.jobs import FilmInput
from schemas.payloads import DIRECTOR_NOTES, SCENE_TITLES, AnalyzeResult
from schemas.script import Breakdown
from schemas.stages import Stage

TITLE_LENGTH = 40
"""Characters of a scene's title that the workflow is told."""
NOTE_LENGTH = 300
"""Characters of a note on the direction that the workflow is told."""


@dataclass
class ScriptActivities:
    """Reads and directs scripts."""

    deps: Deps

    @activity.defn
    async def analyze_script(self, film: FilmInput) -> AnalyzeResult:
        """Read the script and direct it: by the rules, or by a language model where one is set.

        Raises:
            InvalidScript: It holds nothing that can be shown.
        """
        async with heartbeats() as heart:
            ref, breakdown = await self._breakdown(film, heart)
        shots = Counter(shot.scene for shot in breakdown.shots)
        return AnalyzeResult(
            breakdown=ref,
            title=breakdown.title,
            frames=breakdown.frames,
            scene_shots=tuple(shots[scene.index] for scene in breakdown.scenes),
            scene_titles=_titles(breakdown),
            directed_by=breakdown.direction.by,
            director_model=breakdown.direction.model,
            director_notes=_notes(breakdown),
        )

    async def _breakdown(self, film: FilmInput, heart: Heart) -> tuple[ArtifactRef, Breakdown]:
        """Find the breakdown, or make it.

        What a model directed throughout is kept for every film that asks the same model for the same script. Where
        the rules took over, it is kept for this job alone: its retries get the same film, the next job asks again.
        """
        cache, director = self.deps.artifacts, self.deps.director
        shared, own = script_specs(film, director)
        found = await cache.find(film.project_id, Stage.SCRIPT, [own, shared], "json")
        for spec in (own, shared):
            if spec in found:
                return found[spec], await cache.load(Breakdown, found[spec])
        text = (await cache.read(film.script)).decode("utf-8")
        breakdown = await asyncio.to_thread(_analyze, text, film)
        if director is not None:
            answers = StoredAnswers(cache, film.project_id, director.model.identity)
            breakdown = await direct_with(
                director, breakdown, answers=answers, tell=lambda done, of: heart.says("directed", done, of)
            )
        whole = director is None or breakdown.direction.by is DirectedBy.MODEL
        spec = shared if whole else own
        return await cache.keep_document(film.project_id, Stage.SCRIPT, spec, breakdown), breakdown


def script_specs(film: FilmInput, director: Director | None) -> tuple[str, str]:
    """Hash what a film's breakdown depends on.

    Returns:
        The spec that all films share which are directed alike, and the one that is this job's own, for what depends
        on a model's failures, too. Without a model they are the same.
    """
    spec: dict[str, Any] = {
        "script": film.script.sha256,
        "name": film.file_name,
        "title": film.title,
        "fps": film.options.fps,
    }
    if director is None:
        rules = stage_spec(film, Stage.SCRIPT, spec)
        return rules, rules
    spec["director"] = director.model.identity
    own = {**spec, "job": str(film.job_id), "rev": film.rev}
    return stage_spec(film, Stage.SCRIPT, spec), stage_spec(film, Stage.SCRIPT, own)


def _titles(breakdown: Breakdown) -> tuple[str, ...]:
    places = {location.id: location.name for location in breakdown.locations}
    scenes = breakdown.scenes[:SCENE_TITLES]
    titles = (" ".join((scene.heading or places[scene.location]).split()) for scene in scenes)
    return tuple(_cut(title, TITLE_LENGTH) for title in titles)


def _notes(breakdown: Breakdown) -> tuple[str, ...]:
    notes = breakdown.direction.notes
    told = tuple(_cut(note, NOTE_LENGTH) for note in notes[:DIRECTOR_NOTES])
    more = len(notes) - DIRECTOR_NOTES
    return (*told, f"and {more} {'note' if more == 1 else 'notes'} more") if more > 0 else told


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _analyze(text: str, film: FilmInput) -> Breakdown:
    return direct(read(text, film.file_name), fps=film.options.fps)
