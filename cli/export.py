"""`studio export`: a finished film for an editor's program."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from uuid import UUID

from activities.artifacts import ArtifactCache
from activities.shot_states import shot_reports
from api.usecases.fetch_cut import Finished, fetch_media, film_script, finished_film
from api.usecases.versions import newest_and_current
from cli import output
from cli.client import Client, connected
from cli.lab import Lab
from cli.orders import printable
from cli.sheet import without_font
from cli.tokens import tokens_of
from film.edit.timeline import read_timeline
from film.edit.watermark import mark_of
from film.export import FORMATS, Reel, export, make_reel
from film.export.formats import write_whole
from film.export.media import render_clip, write_frames
from film.export.reel import MEDIA
from film.export.storyboard import Script, write_storyboard
from film.prompting import style_named
from schemas.artifact import graphics_key
from schemas.enums import ExportFormat, Paper
from schemas.errors import InvalidRequest
from schemas.timeline import EncoderSettings

_LOST = {
    ExportFormat.FRAMES: "everything but the pictures",
    ExportFormat.PDF: "all of a shot but its first frame, and sound",
}
"""What is lost by the formats that are no timeline."""


def export_film(job_id: UUID, to: ExportFormat, out: Path | None, paper: Paper = Paper.A4) -> None:
    """Write a finished film as another program reads it, and say what was lost on the way.

    Args:
        job_id: The job.
        to: The format.
        out: The folder to write into; by default one named after the film, here.
        paper: What a storyboard is printed on.

    Raises:
        InvalidRequest: There is no such job, its film is not finished, or the folder cannot be used.
        ArtifactMissing: The film's pictures or clips are gone from the store.
    """
    if out is not None and out.exists() and not out.is_dir():
        raise InvalidRequest(f"{printable(out)} is no folder; name one with -o, new or not.")
    with tempfile.TemporaryDirectory(prefix="studio-export-") as scratch:
        finished, reel, script, media = asyncio.run(_fetched(job_id, Path(scratch), to))
        name = re.sub(r"[^\w-]+", "_", reel.cut.title).strip("_")[:60] or "film"
        folder = out or Path(name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            encoder = EncoderSettings(watermark=mark_of(finished.film.options.tier))
            if script is not None:
                document = _print(reel, script, encoder, media, folder / f"{name}.pdf", paper)
            else:
                document = _write(reel, to, folder, name, media, encoder)
        except OSError as error:
            raise InvalidRequest(f"{printable(folder)} cannot be written: {error.strerror or error}.") from error
    output.say(f"{printable(document)} holds {len(reel.clips)} shots, {reel.cut.frames} frames.")
    for line in FORMATS[to].lost(reel) if to in FORMATS else [_LOST[to]]:
        output.say(f"Not in it: {line}.")


def _media_of(reel: Reel, to: ExportFormat) -> dict[str, str]:
    """What a format needs: for each sha256 its key in the store."""
    keys: dict[str, str] = {}
    if to not in FORMATS or FORMATS[to].media:
        keys |= {clip.item.media_sha256: clip.item.media_key for clip in reel.clips}
    if to in FORMATS and FORMATS[to].media and reel.cut.soundtrack is not None:
        keys |= {clip.media_sha256: clip.media_key for clip in reel.cut.soundtrack.clips}
    return keys


async def _fetched(
    job_id: UUID, scratch: Path, to: ExportFormat
) -> tuple[Finished, Reel, Script | None, dict[str, Path]]:
    async with connected(Lab().up()) as client:
        finished = await finished_film(job_id, db=client.db, store=client.store)
        reel = make_reel(read_timeline(finished.timeline))
        script = await _script(job_id, finished, client) if to is ExportFormat.PDF else None
        own = {digest: graphics_key(finished.film.project_id, digest) for digest in reel.cut.files}
        keys = _media_of(reel, to) | (own if to in {ExportFormat.FRAMES, ExportFormat.PDF} else {})
        return finished, reel, script, await fetch_media(keys, scratch, store=client.store)


async def _script(job_id: UUID, finished: Finished, client: Client) -> Script:
    breakdown, text, style = await film_script(finished, store=client.store)
    look = (style or style_named(finished.film.options.style)).title
    _, current = await newest_and_current(job_id, db=client.db)
    if current is None:
        return Script(breakdown, text, look)
    cache = ArtifactCache(client.db, client.store)
    reports = await shot_reports(current, current, cache=cache, tokens=tokens_of(client.settings))
    return Script(breakdown, text, look, {report.id: report.drawn for report in reports if report.drawn is not None})


def _print(
    reel: Reel, script: Script, encoder: EncoderSettings, media: dict[str, Path], path: Path, paper: Paper
) -> Path:
    made = write_storyboard(reel, script, encoder, media, paper=paper)
    write_whole(path, made.pdf)
    if made.missing:
        output.tell(without_font(made.missing))
    return path


def _write(
    reel: Reel, to: ExportFormat, folder: Path, name: str, media: dict[str, Path], encoder: EncoderSettings
) -> Path:
    if to is ExportFormat.FRAMES:
        write_frames(reel, encoder, media, folder, lambda _: None)
        return folder
    if FORMATS[to].media:
        (folder / MEDIA).mkdir(exist_ok=True)
        with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
            made = [pool.submit(render_clip, clip, reel.cut, encoder, media, folder / clip.url) for clip in reel.clips]
            for done in made:
                done.result()
        for sha256, url in reel.sounds.items():
            shutil.copyfile(media[sha256], folder / url)
    return export(reel, to, folder, name)
