"""What each shot of a film is: what the film shows, held against what its newest revision asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from activities.artifacts import ArtifactCache, stage_spec
from activities.forecast import prompts_of, takes_of
from activities.s1_script import cast_of, script_spec
from activities.s3_keyframes import thumbnail_spec
from activities.takes import PlannedTake
from film.direction import direct
from film.direction.edits import apply_edits, remembered
from film.direction.identity import scene_numbers
from film.prompting.tokens import TokenCounter
from film.script import read
from infrastructure.db.tables import VersionRow
from schemas.artifact import ArtifactRef
from schemas.edits import Edits, compose
from schemas.jobs import FilmInput
from schemas.script import Breakdown
from schemas.stages import Stage
from schemas.versions import ShotReport, ShotState


@dataclass(frozen=True)
class _Side:
    """A version, with its shots planned."""

    breakdown: Breakdown
    edits: Edits
    takes: dict[str, PlannedTake]
    """By key."""

    def shown(self, key: str) -> tuple[object, ...]:
        """What of a shot its version shows: the picture's name, its length and its move."""
        take = self.takes[key]
        return take.first, take.shot.frames, take.move, take.shot.transition_in, take.shot.transition_out


async def shot_reports(
    newest: VersionRow,
    current: VersionRow | None,
    *,
    cache: ArtifactCache,
    tokens: TokenCounter,
    decided: Mapping[str, Any] | None = None,
) -> list[ShotReport]:
    """Say of each shot of a film's newest revision what it is.

    Args:
        newest: The newest revision, whether it has a film or not.
        current: The version that is the job's film; None before there is one.
        cache: Where pictures are looked up.
        tokens: How prompts are measured, as the workers do.
        decided: What was decided about shots of the newest revision, as `seeds` and `stand_ins` by number, while it has
            no summary that says so.

    Returns:
        The shots in the order of the newest revision.
    """
    new = await _side(newest, cache, tokens, decided or {})
    same = current is not None and current.rev == newest.rev
    old = new if same else None if current is None else await _side(current, cache, tokens)
    shots = new.breakdown.shots
    specs = [new.takes[shot.key].first for shot in shots]
    film = newest.film_input
    found = await cache.find(film.project_id, Stage.KEYFRAMES, specs, "png")
    small = {spec: thumbnail_spec(film, spec) for spec in found}
    thumbnails = await cache.known(film.project_id, Stage.KEYFRAMES, list(small.values()))
    scenes = {scene.index: scene for scene in new.breakdown.scenes}
    numbers = scene_numbers(new.breakdown.scenes)
    moved = {place.shot for place in new.edits.order}
    reports = []
    for shot in shots:
        spec = new.takes[shot.key].first
        picture, thumbnail = found.get(spec), thumbnails.get(small.get(spec, ""))
        edit = new.edits.shots.get(shot.key)
        scene = scenes[shot.scene]
        reports.append(
            ShotReport(
                id=shot.id,
                key=shot.key,
                scene=shot.scene,
                slugline=scene.heading or f"{numbers[shot.scene]} {scene.location}".strip(),
                size=shot.size,
                drawn=drawn if (drawn := new.takes[shot.key].prompt.picture.size) is not shot.size else None,
                frames=shot.frames,
                seconds=shot.duration_s,
                state=_state(shot.key, new, old, stands=picture is not None),
                edited=(*(edit.words if edit else ()), *(("order",) if shot.key in moved else ())),
                words=" / ".join(filter(None, (shot.action.strip(), *(line.text.strip() for line in shot.dialogue)))),
                picture=picture and picture.key,
                thumbnail=thumbnail and thumbnail.key,
            )
        )
    return reports


def _state(key: str, new: _Side, old: _Side | None, *, stands: bool) -> ShotState:
    edit = new.edits.shots.get(key)
    if edit is not None and edit.stand_in:
        return ShotState.FAILED
    if old is None or key not in old.takes:
        return ShotState.MISSING
    if new.shown(key) != old.shown(key):
        return ShotState.STALE
    return ShotState.CURRENT if stands else ShotState.MISSING


async def _side(
    version: VersionRow, cache: ArtifactCache, tokens: TokenCounter, decided: Mapping[str, Any] | None = None
) -> _Side:
    film, summary = version.film_input, version.summary or decided or {}
    edits = Edits() if film.edits is None else await cache.load(Edits, film.edits)
    script = await _script(film, summary, cache)
    edited = (await asyncio.to_thread(apply_edits, script, edits)).breakdown
    edits = compose(edits, remembered(edited, summary.get("seeds", {}), summary.get("stand_ins", ())))
    prompts = await prompts_of(film, script, edits, cache, tokens)
    takes = takes_of(film, edited, prompts, edits)
    return _Side(edited, edits, {take.shot.key: take for take in takes.values()})


async def _script(film: FilmInput, summary: Mapping[str, Any], cache: ArtifactCache) -> Breakdown:
    """Find the breakdown of a version's script; the rules direct one that has none yet."""
    told = summary.get("script_breakdown")
    ref = film.breakdown if told is None else ArtifactRef.model_validate(told)
    if ref is None:
        spec = stage_spec(film, Stage.SCRIPT, script_spec(film))
        ref = (await cache.find(film.project_id, Stage.SCRIPT, [spec], "json")).get(spec)
    if ref is not None:
        return await cache.load(Breakdown, ref)
    text = (await cache.read(film.script)).decode("utf-8")
    kept, options = await cast_of(film, cache), film.options
    return await asyncio.to_thread(
        lambda: direct(read(text, film.file_name), fps=options.fps, runtime_s=options.runtime_s, kept=kept)
    )
