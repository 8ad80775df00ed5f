"""Stage 6, the sound: mixed once, kept under what it is mixed from, measured in the finished film."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import NamedTuple

from activities import making
from activities.artifacts import stage_spec
from activities.deps import Deps
from activities.heartbeat import Heart
from activities.s5_composition import DOWNLOADS_AT_ONCE
from film.sound.layout import unplaced
from film.sound.mastering import make_mix
from film.sound.verify import check_sound
from schemas.enums import SoundCodec
from schemas.jobs import FilmInput
from schemas.script import Breakdown
from schemas.sound import MixLevels, SoundFigures, SoundOrder, Soundtrack
from schemas.stages import Stage
from schemas.timeline import Cut


class Mixed(NamedTuple):
    """The sound of a film, mixed."""

    path: Path
    codec: SoundCodec
    levels: MixLevels


async def mix_sound(
    deps: Deps, film: FilmInput, played: Cut, codec: SoundCodec, folder: Path, heart: Heart
) -> Mixed | None:
    """Mix the sound of a film, unless it stands: another picture leaves it as it is, and it leaves the picture.

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
    spec = stage_spec(film, Stage.POST, track.spec(played.frames, played.fps, codec.value))
    out = folder / f"sound.{codec.extension}"
    found = await deps.artifacts.find(film.project_id, Stage.POST, [spec], codec.extension)
    notes = await deps.artifacts.find(film.project_id, Stage.POST, [spec], "json")
    if spec in found and spec in notes:
        await deps.store.get_file(found[spec], out)
        return Mixed(out, codec, await deps.artifacts.load(MixLevels, notes[spec]))
    async with making.acts_of_making(deps, film, Stage.POST, [making.Making("sound", spec)]):
        heart.says("fetching sounds")
        files = await _fetch(deps, track, folder)
        levels = await deps.pool.run_reporting(
            make_mix, track, files, played.frames, played.fps, codec, out, report=partial(heart.says, "mixing")
        )
        await deps.artifacts.keep_document(film.project_id, Stage.POST, spec, levels)
        await deps.artifacts.keep_file(film.project_id, Stage.POST, spec, codec.extension, out, codec.media_type)
    return Mixed(out, codec, levels)


async def verify_sound(
    deps: Deps, film: FilmInput, path: Path, played: Cut, mixed: Mixed | None, breakdown: Breakdown | None
) -> SoundFigures | None:
    """Measure what is heard in the finished film, and say what of the order is not in it.

    Args:
        deps: The worker's clients.
        film: The job.
        path: The film.
        played: The film as it is cut.
        mixed: Its sound.
        breakdown: What was directed.

    Raises:
        RenderRefused: It is not the sound that was mixed.
    """
    levels, codec = (None, SoundCodec.AAC) if mixed is None else (mixed.levels, mixed.codec)
    check = partial(check_sound, path, played.soundtrack, levels, codec, frames=played.frames, fps=played.fps)
    figures = await deps.pool.run(check)
    if figures is None or film.sound is None or breakdown is None:
        return figures
    lost = unplaced(await deps.artifacts.load(SoundOrder, film.sound), breakdown)
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
