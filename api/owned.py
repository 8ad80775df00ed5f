"""Whose a film is: what is somebody else's is not there."""

from __future__ import annotations

from uuid import UUID

from api.services import Services
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.tables import JobRow
from schemas.errors import NotFound
from schemas.people import Principal


async def owned_job(uses: Services, principal: Principal, job_id: UUID) -> JobRow:
    """Find a film of somebody's.

    Args:
        uses: The services.
        principal: Who asks.
        job_id: The job.

    Raises:
        NotFound: There is no such film, or it is somebody else's: the two are not told apart.
    """
    async with uses.db.begin() as session:
        job = await Jobs(session).owned(principal.user_id, job_id)
    if job is None:
        raise unknown_job()
    return job


def unknown_job() -> NotFound:
    """What is said of a film that is not there, or is somebody else's."""
    return NotFound("There is no such film.")
