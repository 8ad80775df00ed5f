"""`studio preview`: the film so far, while the rest is made."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from api.usecases.preview_film import FilmSoFar, film_so_far
from cli import output
from cli.client import Client, connected
from cli.lab import Lab
from cli.orders import check_output, printable
from film.edit.join import join_segments
from film.edit.preview import PLAYLIST, PreviewWriter
from schemas.errors import InvalidRequest
from schemas.rate import seconds_of

LOOK_S = 1.0
"""How often it is looked whether another segment stands."""


def preview(job_id: UUID, out: Path | None, folder: Path | None) -> None:
    """Write the film so far, as one file; or as a playlist that grows until the film is whole.

    Args:
        job_id: The job.
        out: The file to write.
        folder: The playlist's folder, instead.

    Raises:
        InvalidRequest: There is no such job, nothing of it stands, or it cannot be written there.
    """
    if folder is None:
        asyncio.run(_once(job_id, out))
        return
    if out is not None:
        raise InvalidRequest("Give -o for a file or --hls for a playlist that grows, not both.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidRequest(f"{printable(folder)} cannot be written: {error.strerror}.") from error
    asyncio.run(_follow(job_id, folder))


async def _once(job_id: UUID, out: Path | None) -> None:
    async with connected(Lab().up()) as client:
        found = await film_so_far(job_id, db=client.db, store=client.store)
        if not found.standing:
            raise InvalidRequest(f"Nothing of the film of job {job_id} is encoded yet; it is {found.status.value}.")
        container = found.segments[0].encoder.container
        path = out or Path(f"preview.{container}")
        check_output(path)
        with tempfile.TemporaryDirectory(prefix="studio-preview-") as scratch:
            paths = [await _fetch(client, found, index, Path(scratch)) for index in range(len(found.standing))]
            await asyncio.to_thread(write_file, found, paths, path)
    seconds, whole = seconds_of(found.frames(), found.segments[0].fps), seconds_of(_whole(found), found.segments[0].fps)
    output.say(f"{printable(path)} holds the first {seconds:.1f} of {whole:.1f} s, without sound and subtitles.")


def write_file(found: FilmSoFar, paths: Sequence[Path], path: Path) -> None:
    """Join the segments that stand into one file, without encoding.

    Args:
        found: What stands.
        paths: Their files.
        path: The file to write; it appears only when it is whole.
    """
    first = found.segments[0]
    part = path.with_name(f".{path.name}.part")
    try:
        join_segments(paths, None, part, found.film.title, rate=first.fps, container=first.encoder.container)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


async def _follow(job_id: UUID, folder: Path) -> None:
    writer: PreviewWriter | None = None
    async with connected(Lab().up()) as client:
        while True:
            found = await film_so_far(job_id, db=client.db, store=client.store)
            if writer is None and found.segments:
                writer = PreviewWriter(folder, found.segments[0].fps)
                _must_stream(found)
            if writer is not None:
                await _extend(client, found, writer, folder)
            if not found.growing:
                break
            await asyncio.sleep(LOOK_S)
    if writer is None or not writer.segments:
        raise InvalidRequest(f"Nothing of the film of job {job_id} was encoded; it is {found.status.value}.")
    writer.end()
    output.say(f"{printable(folder / PLAYLIST)} holds {len(found.standing)} of {len(found.segments)} segments.")


async def _extend(client: Client, found: FilmSoFar, writer: PreviewWriter, folder: Path) -> None:
    for index in range(writer.segments, len(found.standing)):
        with tempfile.TemporaryDirectory(prefix="studio-preview-") as scratch:
            path = await _fetch(client, found, index, Path(scratch))
            await asyncio.to_thread(writer.add, path, found.segments[index].frames)
        seconds = seconds_of(found.frames(index + 1), found.segments[0].fps)
        output.tell(f"{printable(folder / PLAYLIST)}: {seconds:.1f} s")


def _must_stream(found: FilmSoFar) -> None:
    if found.segments[0].encoder.container != "mp4":
        raise InvalidRequest("QuickTime cannot be streamed as HLS; write the film so far to a file with -o FILE.mov.")


async def _fetch(client: Client, found: FilmSoFar, index: int, folder: Path) -> Path:
    ref = found.standing[index]
    path = folder / f"segment_{index:05d}{Path(ref.key).suffix}"
    await client.store.get_file(ref, path)
    return path


def _whole(found: FilmSoFar) -> int:
    return found.frames(len(found.segments))
