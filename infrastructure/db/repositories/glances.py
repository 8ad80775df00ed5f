"""What is polled: a film's state."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from infrastructure.db.glances import Glances
from schemas.enums import JobStatus

_JOB = """
    SELECT asked.number, job_id, project_id, input->>'title' AS title, status, progress, current_step, rev, version,
           last_seq, error_type, error_message, created_at, started_at, completed_at,
           status NOT IN ('completed', 'failed', 'cancelled') AND EXISTS (
               SELECT FROM moderation_items AS item
               WHERE item.job_id = jobs.job_id AND item.rev = jobs.rev AND item.state = 'open'
           ) AS held
    FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (job, owner, number)
    JOIN jobs ON job_id = asked.job AND user_id = asked.owner
"""


class JobGlance(NamedTuple):
    """How a film stands."""

    job_id: UUID
    project_id: UUID
    title: str
    status: JobStatus
    progress: int
    current_step: str | None
    rev: int
    version: int | None
    last_seq: int
    error_type: str | None
    error_message: str | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    held: bool
    """Whether it waits for a moderator."""


class JobGlances:
    """Films, as whoever polls them sees them."""

    def __init__(self, glances: Glances) -> None:
        self._glances = glances

    async def owned(self, user_id: UUID, job_id: UUID) -> JobGlance | None:
        """Find a film of a user.

        Args:
            user_id: The user.
            job_id: The job.

        Returns:
            How it stands; None where the user has no such film.

        Raises:
            DependencyDown: The database does not answer.
        """
        row = await self._glances.row(_JOB, job_id, user_id)
        if row is None:
            return None
        _, job, project, title, status, *rest = row
        return JobGlance(job, project, title, JobStatus(status), *rest)
