"""Stage 1: a script becomes a breakdown."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from temporalio import activity

from activities.answers import StoredAnswers
from activities.artifacts import ArtifactCache, stage_spec
from activities.deps import Deps
from activities.heartbeat import Heart, heartbeats
from film.direction import direct
from film.direction.edits import apply_edits
from film.direction.model import Director, direct_with
from film.edit.cards import runtime_of_shots
from film.script import read
from schemas.artifact import ArtifactRef
from schemas.base import canonical_json
from schemas.cast import CastMember, FilmCast
from schemas.edits import Edits
from schemas.enums import DirectedBy
from schemas.errors import ArtifactMissing
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
            InvalidRequest: Not everything in it can be said in the runtime that is asked for.
        """
        async with heartbeats() as heart:
            script, breakdown = await self._script(film, heart)
            ref, edits = script, Edits()
            if film.edits is not None:
                edits = await self.deps.artifacts.load(Edits, film.edits)
                ref, breakdown = await self._edited(film, script, breakdown, edits)
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
            script_breakdown=None if film.edits is None else script,
            stand_ins=_stand_ins(breakdown, edits),
        )

    async def _script(self, film: FilmInput, heart: Heart) -> tuple[ArtifactRef, Breakdown]:
        """Take the breakdown of the script that the revised version was made from, if it stands."""
        if film.breakdown is not None:
            with suppress(ArtifactMissing):  # expired meanwhile: it is made anew
                return film.breakdown, await self.deps.artifacts.load(Breakdown, film.breakdown, again=False)
        return await self._breakdown(film, heart)

    async def _edited(
        self, film: FilmInput, script: ArtifactRef, breakdown: Breakdown, edits: Edits
    ) -> tuple[ArtifactRef, Breakdown]:
        """Find the breakdown after its edits, or make it."""
        cache = self.deps.artifacts
        spec = stage_spec(film, Stage.SCRIPT, {"breakdown": script.sha256, "edits": edits.model_dump(mode="json")})
        found = await cache.find(film.project_id, Stage.SCRIPT, [spec], "json")
        if spec in found:
            return found[spec], await cache.load(Breakdown, found[spec], again=False)
        edited = (await asyncio.to_thread(apply_edits, breakdown, edits)).breakdown
        return await cache.keep_document(film.project_id, Stage.SCRIPT, spec, edited), edited

    async def _breakdown(self, film: FilmInput, heart: Heart) -> tuple[ArtifactRef, Breakdown]:
        """Find the breakdown, or make it."""
        cache, director = self.deps.artifacts, self.deps.director
        if director is not None:
            return await self._directed(film, director, heart)
        spec = stage_spec(film, Stage.SCRIPT, script_spec(film))
        found = await cache.find(film.project_id, Stage.SCRIPT, [spec], "json")
        if spec in found:
            return found[spec], await cache.load(Breakdown, found[spec], again=False)
        breakdown = await self._by_the_rules(film)
        return await cache.keep_document(film.project_id, Stage.SCRIPT, spec, breakdown), breakdown

    async def _directed(self, film: FilmInput, director: Director, heart: Heart) -> tuple[ArtifactRef, Breakdown]:
        """Find the breakdown that a model directed, or let it direct.

        A model says something else each time, so that the breakdown is named by what is in it, and two who make it
        at once do not overwrite each other's. A note says which one belongs to the script and the model: for all
        films, where the model directed throughout; for this job alone, where the rules took over. The next job then
        asks again for what is missing.
        """
        cache = self.deps.artifacts
        shared, own = directed_specs(film, director)
        notes = await cache.find(film.project_id, Stage.SCRIPT, [own, shared], "json")
        for note in (notes[spec] for spec in (own, shared) if spec in notes):
            with suppress(ArtifactMissing):  # replaced or expired meanwhile: it is made anew
                ref = await cache.load(ArtifactRef, note)
                return ref, await cache.load(Breakdown, ref, again=False)
        answers = StoredAnswers(cache, film.project_id, director.model.identity)
        breakdown = await direct_with(
            director,
            await self._by_the_rules(film),
            answers=answers,
            exact=film.options.runtime_s is not None,
            tell=lambda done, of: heart.says("directed", done, of),
        )
        content = hashlib.sha256(canonical_json(breakdown).encode("utf-8")).hexdigest()
        spec = stage_spec(film, Stage.SCRIPT, {"breakdown": content})
        ref = await cache.keep_document(film.project_id, Stage.SCRIPT, spec, breakdown)
        by_model = breakdown.direction.by is DirectedBy.MODEL
        await cache.keep_document(film.project_id, Stage.SCRIPT, shared if by_model else own, ref)
        return ref, breakdown

    async def _by_the_rules(self, film: FilmInput) -> Breakdown:
        text = (await self.deps.artifacts.read(film.script)).decode("utf-8")
        cast = await cast_of(film, self.deps.artifacts)
        return await asyncio.to_thread(_analyze, text, film, cast)


def script_spec(film: FilmInput) -> dict[str, Any]:
    """List what the rules' breakdown depends on."""
    return {
        "script": film.script.sha256,
        "name": film.file_name,
        "title": film.title,
        "fps": film.options.fps,
        "runtime_s": shots_runtime_s(film),
        **({} if film.cast is None else {"cast": film.cast.sha256}),
    }


async def cast_of(film: FilmInput, cache: ArtifactCache) -> tuple[CastMember, ...]:
    """Read who of a film its project keeps."""
    return () if film.cast is None else (await cache.load(FilmCast, film.cast)).members


def shots_runtime_s(film: FilmInput) -> float | None:
    """Say how long the shots shall last: the film's runtime less its cards."""
    return runtime_of_shots(film.options.runtime_s, film.options.graphics, film.options.fps)


def directed_specs(film: FilmInput, director: Director) -> tuple[str, str]:
    """Hash what a breakdown depends on that a model directs.

    Returns:
        The spec that all films share which are directed alike, and the one that is this job's own, for what depends
        on the model's failures, too.
    """
    spec = {**script_spec(film), "director": director.model.identity}
    own = {**spec, "job": str(film.job_id), "rev": film.rev}
    return stage_spec(film, Stage.SCRIPT, spec), stage_spec(film, Stage.SCRIPT, own)


def _stand_ins(breakdown: Breakdown, edits: Edits) -> tuple[str, ...]:
    return tuple(shot.id for shot in breakdown.shots if shot.key in edits.shots and edits.shots[shot.key].stand_in)


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


def _analyze(text: str, film: FilmInput, cast: Sequence[CastMember]) -> Breakdown:
    screenplay = read(text, film.file_name)
    return direct(screenplay, fps=film.options.fps, runtime_s=shots_runtime_s(film), kept=cast)
