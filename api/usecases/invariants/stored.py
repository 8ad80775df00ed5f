"""Invariants between the database and the store: films that play, rows with their objects, objects with their rows."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from api.usecases.invariants.base import Checked, Installation, counted
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.stored import StoredKeys
from infrastructure.retention import expired, fading
from infrastructure.storage import Stored
from infrastructure.sweeping import orphans
from schemas.errors import StudioError
from schemas.jobs import FilmOptions


async def films(on: Installation) -> Checked:
    """Play every finished film; its digest is the recorded one."""
    async with on.db.begin() as session:
        jobs = await Jobs(session).completed_jobs()
    faults, played = [], 0
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        path = Path(folder) / "final.mp4"
        for job in jobs:
            if job.completed_at is not None and expired(job.completed_at):
                continue
            played += 1
            try:
                await on.store.get_file(job.output_key or "", path, sha256=job.output_sha256)
                on.play(path, FilmOptions.model_validate(job.options), (job.summary or {}).get("frames", 0))
            except StudioError as error:
                faults.append(f"job {job.job_id} is completed, but its film is not well: {error}")
            finally:
                path.unlink(missing_ok=True)
    gone = len(jobs) - played
    said = f"{counted(played, 'film')} played" + (f", {gone:,} more than the store keeps for their age" if gone else "")
    return Checked(played, said, faults)


async def objects(on: Installation) -> Checked:
    """Hold the store's objects against rows, in both directions; and look for uploads that nobody finishes."""
    stored: set[str] = set()
    before = datetime.now(UTC) - on.orphan_age

    def looking(page: list[Stored]) -> None:
        stored.update(one.key for one in page)

    faults, young = [], 0
    async for found in orphans(on.db, on.store, looking):
        for one in found:
            if one.written_at >= before:
                young += 1
            else:
                faults.append(f"object {one.key} has no row")
    for upload in await on.store.open_uploads():
        if upload.begun_at < before:
            faults.append(f"an upload of {upload.key} was begun at {upload.begun_at:%Y-%m-%d %H:%M} and never finished")
    async with on.db.begin() as session:
        async for row in StoredKeys(session).named():
            aged = expired(row.written_at) or fading(row.key, row.written_at)
            # What was stored since the list was begun is asked for by itself.
            if row.key not in stored and not aged and not await on.store.exists(row.key):
                faults.append(f"{row.what} names {row.key}, but there is no such object")
    making = f", {young:,} of them in the making" if young else ""
    return Checked(len(stored), f"{counted(len(stored), 'object')}{making}", faults)
