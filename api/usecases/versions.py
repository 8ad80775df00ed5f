"""The versions of a film: what they are, and which of them is the job's."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from infrastructure.db.engine import Database
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import JobRow, VersionRow
from infrastructure.publishing import publish
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef
from schemas.errors import ArtifactMissing, InvalidRequest
from schemas.events import EventKind, NewEvent


async def versions_of(job_id: UUID, *, db: Database) -> tuple[JobRow, Sequence[VersionRow]]:
    """List a job's versions, in order.

    Raises:
        InvalidRequest: There is no such job.
    """
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
        if job is None:
            raise InvalidRequest(f"There is no job {job_id}.")
        return job, await Versions(session).of_job(job_id)


async def newest_and_current(job_id: UUID, *, db: Database) -> tuple[VersionRow, VersionRow | None]:
    """Find a job's newest revision, whether it has a film or not, and the version that is its film, if there is one.

    Raises:
        InvalidRequest: There is no such job.
    """
    job, found = await versions_of(job_id, db=db)
    by_number = {version.rev: version for version in found}
    return by_number[job.rev], None if job.version is None else by_number[job.version]


async def restore_version(job_id: UUID, version: int, *, db: Database, store: ObjectStore) -> ArtifactRef:
    """Make an earlier version the job's film again. Nothing is made for it; the others are kept.

    Args:
        job_id: The job.
        version: The version's number.
        db: The database.
        store: The store.

    Returns:
        The film.

    Raises:
        InvalidRequest: There is no such job or version, it has no film, or a revision is under way.
        ArtifactMissing: Its film has expired.
    """
    _, found = await versions_of(job_id, db=db)
    wanted = next((one for one in found if one.rev == version), None)
    film = None if wanted is None else wanted.film
    if wanted is None or film is None:
        have = ", ".join(str(one.rev) for one in found if one.film is not None) or "none"
        raise InvalidRequest(f"There is no film of version {version} of job {job_id}; there are: {have}.")
    if not await store.exists(film.key):
        raise ArtifactMissing(
            f"The film of version {version} has expired; `studio revise {job_id}` makes the one that counts anew."
        )
    async with db.begin() as session:
        job = await Jobs(session).lock(job_id)
        if job is None or not job.status.terminal:
            raise InvalidRequest(f"A revision of job {job_id} is under way: wait until it is finished, or cancel it.")
        if job.version != version or job.output != film:
            await Jobs(session).show(wanted, store.uri(film.key))
        await Events(session).record(
            NewEvent(
                job_id=job_id,
                rev=job.rev,
                key=f"r{job.rev}/restored/{job.last_seq + 1}",
                kind=EventKind.RESTORED,
                message=f"Version {version} is the film again.",
                data={"version": version},
            )
        )
    await publish(store, job_id, version)
    return film
