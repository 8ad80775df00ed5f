"""Stage 6, the sound: mixed once, kept under what it is mixed from, measured in the finished film."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from temporalio import activity

from activities import making
from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import Heart, heartbeats
from activities.s5_composition import DOWNLOADS_AT_ONCE
from film.edit.timeline import read_timeline
from film.sound.layout import unplaced
from film.sound.mastering import make_mix
from film.sound.verify import check_sound
from schemas.artifact import ArtifactRef
from schemas.enums import SoundCodec
from schemas.jobs import FilmInput
from schemas.payloads import MixInput, MixResult
from schemas.profiles import sound_of
from schemas.script import Breakdown
from schemas.sound import MixLevels, SoundFigures, SoundOrder, Soundtrack
from schemas.stages import Stage
from schemas.timeline import Cut, SegmentPlan


class Mixed(NamedTuple):
    """The sound of a film, mixed."""

    path: Path
    codec: SoundCodec
    levels: MixLevels


@dataclass
class SoundActivities:
    """Mixes."""

    deps: Deps

    @activity.defn
    async def mix_sound(self, given: MixInput) -> MixResult:
        """Mix the sound of a film while its pictures are encoded, unless it stands.

        Raises:
            ArtifactMissing: A sound is gone from the store.
            RenderRefused: A sound does not decode.
        """
        film, cut, deps = given.film, given.cut, self.deps
        async with heartbeats() as heart:
            with deps.scratch("sound") as folder:
                text = (await deps.artifacts.read(cut.timeline)).decode("utf-8")
                played = await asyncio.to_thread(read_timeline, text)
                plan = await deps.artifacts.load(SegmentPlan, cut.segments)
                codec = sound_of(plan.segments[0].encoder)
                mixed = await mixed_sound(deps, film, played, codec, folder, heart)
        return MixResult(heard=mixed is not None)


async def mixed_sound(
    deps: Deps, film: FilmInput, played: Cut, codec: SoundCodec, folder: Path, heart: Heart
) -> Mixed | None:
    """Fetch the sound of a film, or mix it where it does not stand.

    Another picture leaves it as it is, and other sound leaves the pictures.

    Args:
        deps: The worker's clients.
        film: The job.
        played: The film as it is cut.
        codec: How it is encoded.
        folder: Where files go.
        heart: Is told how far it is.

    Returns:
        The mix; None for a silent film.

    Raises:
        ArtifactMissing: A sound is gone from the store.
        RenderRefused: A sound does not decode.
    """
    track = played.soundtrack
    if track is None:
        return None
    made_from = track.spec(played.frames, played.fps, codec.value)
    # A row of the database names one artifact: what is known of the mix has a name of its own.
    spec, known = (stage_spec(film, Stage.POST, each) for each in (made_from, {**made_from, "levels": True}))
    out = folder / f"sound.{codec.extension}"
    found = await deps.artifacts.find(film.project_id, Stage.POST, [spec], codec.extension)
    notes = await deps.artifacts.find(film.project_id, Stage.POST, [known], "json")
    if spec in found and known in notes:
        making.reused(Stage.POST, 1)
        await deps.store.get_file(found[spec], out)
        return Mixed(out, codec, await deps.artifacts.load(MixLevels, notes[known]))
    async with making.acts_of_making(deps, film, Stage.POST, [making.Making("sound", spec)]):
        heart.says("fetching sounds")
        files = await _fetch(deps, track, folder)
        levels = await deps.pool.run_reporting(
            make_mix, track, files, played.frames, played.fps, codec, out, report=partial(heart.says, "mixing")
        )
        await deps.artifacts.keep_document(film.project_id, Stage.POST, known, levels)
        await deps.artifacts.keep_file(film.project_id, Stage.POST, spec, codec.extension, out, codec.media_type)
    return Mixed(out, codec, levels)


async def verify_sound(
    deps: Deps,
    film: FilmInput,
    path: Path,
    played: Cut,
    mixed: Mixed | None,
    breakdown: ArtifactRef | None,
    script: ArtifactRef | None,
) -> SoundFigures | None:
    """Measure what is heard in the finished film, and say what of the order is not in it.

    Args:
        deps: The worker's clients.
        film: The job.
        path: The film.
        played: The film as it is cut.
        mixed: Its sound.
        breakdown: What was directed, after its edits.
        script: What was directed before them.

    Raises:
        RenderRefused: It is not the sound that was mixed.
    """
    levels, codec = (None, SoundCodec.AAC) if mixed is None else (mixed.levels, mixed.codec)
    check = partial(check_sound, path, played.soundtrack, levels, codec, frames=played.frames, fps=played.fps)
    figures = await deps.pool.run(check)
    if figures is None or film.sound is None or breakdown is None:
        return figures
    order = await deps.artifacts.load(SoundOrder, film.sound)
    shots = await deps.artifacts.load(Breakdown, breakdown, again=False)
    before = shots if script is None else await deps.artifacts.load(Breakdown, script, again=False)
    lost = unplaced(order, shots, before)
    if not lost:
        return figures
    note = f"Voices for which the film as it was directed has no place were left out: {', '.join(lost[:5])}."
    return figures.model_copy(update={"notes": (*figures.notes, note)})


async def _fetch(deps: Deps, track: Soundtrack, folder: Path) -> dict[str, Path]:
    """Fetch the sounds, each once: sha256 → file."""
    window = asyncio.Semaphore(DOWNLOADS_AT_ONCE)

    async def fetch(sha256: str, key: str) -> tuple[str, Path]:
        async with window:
            path = folder / f"{sha256}.sound"
            await deps.store.get_file(key, path, sha256=sha256)
            return sha256, path

    wanted = {clip.media_sha256: clip.media_key for clip in track.clips}
    return dict(await asyncio.gather(*(fetch(sha256, key) for sha256, key in wanted.items())))
