"""Jobs: asking for films, and finding what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import JobRow
from schemas.artifact import ArtifactRef
from schemas.enums import JobStatus
from schemas.jobs import FilmInput

_TERMINAL = [status for status in JobStatus if status.terminal]


class Jobs:
    """Film jobs. What happens to them is written by `Events.record`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def create(self, film_input: FilmInput) -> bool:
        """Create a job, queued. Creating the same job twice has the effect of creating it once.

        Args:
            film_input: What the workflow will be given. Its user and project exist.

        Returns:
            Whether the job is new; False where one with this id exists, which is left as it is.
        """
        created = await self._session.execute(
            insert(JobRow)
            .values(
                job_id=film_input.job_id,
                project_id=film_input.project_id,
                user_id=film_input.user_id,
                rev=film_input.rev,
                workflow_id=film_input.workflow_id,
                options=film_input.options.model_dump(mode="json"),
                input=film_input.model_dump(mode="json"),
            )
            .on_conflict_do_nothing(index_elements=["job_id"])
            .returning(col(JobRow.job_id))
        )
        return created.first() is not None

    async def get(self, job_id: UUID) -> JobRow | None:
        """Find a job by its id."""
        found = await self._session.scalars(
            select(JobRow).where(col(JobRow.job_id) == job_id), execution_options={"populate_existing": True}
        )
        return found.one_or_none()

    async def open_jobs(self) -> Sequence[JobRow]:
        """All jobs that have not come to an end, oldest first."""
        return await self._where(col(JobRow.status).not_in(_TERMINAL))

    async def completed_jobs(self) -> Sequence[JobRow]:
        """All jobs whose film can be downloaded, oldest first."""
        return await self._where(col(JobRow.status) == JobStatus.COMPLETED)

    async def _where(self, condition: Any) -> Sequence[JobRow]:
        found = await self._session.scalars(
            select(JobRow).where(condition).order_by(col(JobRow.created_at), col(JobRow.job_id))
        )
        return found.all()

    async def list_recent(self, limit: int) -> Sequence[JobRow]:
        """The newest jobs, newest first.

        Args:
            limit: How many at most.
        """
        found = await self._session.scalars(
            select(JobRow).order_by(col(JobRow.created_at).desc(), col(JobRow.job_id).desc()).limit(limit)
        )
        return found.all()

    async def finish(
        self, job_id: UUID, rev: int, output: ArtifactRef, summary: dict[str, Any], *, output_url: str | None = None
    ) -> bool:
        """Write down what a job delivers; the event that completes it may follow.

        Args:
            job_id: The job.
            rev: The revision that made the film.
            output: The film.
            summary: JSON-compatible figures about it.
            output_url: S3 URI of the film.

        Returns:
            Whether it was written; False where the job is unknown or already at another revision.
        """
        written = await self._session.execute(
            update(JobRow)
            .where(col(JobRow.job_id) == job_id, col(JobRow.rev) == rev)
            .values(
                output_key=output.key,
                output_sha256=output.sha256,
                output_bytes=output.bytes,
                output_media_type=output.media_type,
                output_url=output_url,
                summary=summary,
            )
            .returning(col(JobRow.job_id)),
            execution_options={"synchronize_session": False},
        )
        return written.first() is not None
