"""Calling a film off."""

from __future__ import annotations

from uuid import UUID

from infrastructure.db.engine import Database
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.tables import CommandKind
from schemas.enums import JobStatus
from schemas.errors import InvalidRequest


async def cancel_film(job_id: UUID, *, db: Database) -> bool:
    """Ask for a film to be cancelled. Temporal is not waited for; the job's events tell when it has happened.

    Args:
        job_id: The job.
        db: The database.

    Returns:
        Whether there was anything left to cancel.

    Raises:
        InvalidRequest: There is no such job.
    """
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
        if job is None:
            raise InvalidRequest(f"There is no job {job_id}.")
        if JobStatus(job.status).terminal:
            return False
        await Commands(session).add(job_id, job.rev, CommandKind.CANCEL, {})
    return True
