"""Jobs: asking for films, and finding what was asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import JobRow, UserRow, VersionRow
from schemas.artifact import ArtifactRef
from schemas.edits import Changes
from schemas.enums import JobStatus, MotionKind, RendererName
from schemas.jobs import FilmInput

_TERMINAL = [status for status in JobStatus if status.terminal]


FEW = 5
"""From so many films on one can say how long they take."""

# A first version alone: a revision takes over most of what stands.
_PACE = text("""
    SELECT count(*) AS films,
           percentile_cont(0.1) WITHIN GROUP (ORDER BY taken) AS low,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY taken) AS high
    FROM (
        SELECT extract(epoch FROM completed_at - started_at) / nullif((summary->>'duration_s')::float, 0) AS taken
        FROM jobs
        WHERE status = 'completed' AND rev = 0 AND completed_at > clock_timestamp() - interval '30 days'
          AND options->>'renderer' = :renderer AND coalesce(options->>'motion', 'camera') = :motion
        ORDER BY completed_at DESC LIMIT 200
    ) AS lately WHERE taken IS NOT NULL
""")


class NamedFilm(NamedTuple):
    """A film, and whose it is."""

    title: str
    user_id: UUID
    email: str
    status: JobStatus
    rev: int


class JobStanding(NamedTuple):
    """How far a job is."""

    status: JobStatus
    last_seq: int
    """Number of its last event."""


class Jobs:
    """Film jobs. What happens to them is written by `Events.record`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def create(self, film_input: FilmInput, request_key: str | None = None) -> bool:
        """Create a job, queued. Creating the same job twice has the effect of creating it once.

        Args:
            film_input: What the workflow will be given. Its user and project exist.
            request_key: Of its first version; None where nobody will ask twice.

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
        new = created.first() is not None
        if new:
            await Versions(self._session).create(film_input, Changes(), request_key)
        return new

    async def lock(self, job_id: UUID) -> JobRow | None:
        """Find a job, and keep everybody else from moving it until the transaction ends."""
        found = await self._session.scalars(
            select(JobRow).where(col(JobRow.job_id) == job_id).with_for_update(key_share=True),
            execution_options={"populate_existing": True},
        )
        return found.one_or_none()

    async def ask_again(self, film_input: FilmInput) -> None:
        """Write down what the newest revision of a job asks for; its first event moves the job to it."""
        await self._session.execute(
            update(JobRow)
            .where(col(JobRow.job_id) == film_input.job_id)
            .values(
                options=film_input.options.model_dump(mode="json"),
                input=film_input.model_dump(mode="json"),
            ),
            execution_options={"synchronize_session": False},
        )

    async def show(self, version: VersionRow, output_url: str) -> None:
        """Make a version the film of its job: a restored one is what the job delivers.

        Args:
            version: A version that has a film.
            output_url: S3 URI of its film.
        """
        film = version.film
        if film is None:
            raise ValueError(f"version {version.rev} of job {version.job_id} has no film")
        await self._session.execute(
            update(JobRow)
            .where(col(JobRow.job_id) == version.job_id)
            .values(
                version=version.rev,
                status=JobStatus.COMPLETED,
                progress=100,
                error_type=None,
                error_message=None,
                output_key=film.key,
                output_sha256=film.sha256,
                output_bytes=film.bytes,
                output_media_type=film.media_type,
                output_url=output_url,
                summary=version.summary,
                completed_at=version.completed_at,
            ),
            execution_options={"synchronize_session": False},
        )

    async def named(self, job_ids: Collection[UUID]) -> dict[UUID, NamedFilm]:
        """Find what films are called, and whose they are; one that is gone is left out.

        Args:
            job_ids: The jobs.
        """
        title = col(JobRow.input)["title"].as_string()
        statement = (
            select(
                col(JobRow.job_id), title, col(UserRow.user_id), col(UserRow.email), col(JobRow.status), col(JobRow.rev)
            )
            .join(UserRow, col(UserRow.user_id) == col(JobRow.user_id))
            .where(col(JobRow.job_id).in_(job_ids))
        )
        found = (await self._session.execute(statement)).all()
        return {job_id: NamedFilm(title, *rest) for job_id, title, *rest in found}

    async def get(self, job_id: UUID) -> JobRow | None:
        """Find a job by its id."""
        found = await self._session.scalars(
            select(JobRow).where(col(JobRow.job_id) == job_id), execution_options={"populate_existing": True}
        )
        return found.one_or_none()

    async def standing(self, job_id: UUID) -> JobStanding | None:
        """Find out how far a job is: of a long film, what it was asked for and came to is a thousand times as much."""
        found = await self._session.execute(
            select(col(JobRow.status), col(JobRow.last_seq)).where(col(JobRow.job_id) == job_id)
        )
        row = found.one_or_none()
        return None if row is None else JobStanding(*row)

    async def owned(self, user_id: UUID, job_id: UUID) -> JobRow | None:
        """Find a job of a user."""
        found = await self._session.scalars(
            select(JobRow).where(col(JobRow.job_id) == job_id, col(JobRow.user_id) == user_id),
            execution_options={"populate_existing": True},
        )
        return found.one_or_none()

    async def page(
        self, user_id: UUID, limit: int, after: tuple[datetime, UUID] | None, project_id: UUID | None = None
    ) -> Sequence[JobRow]:
        """List a user's jobs, the newest first.

        Args:
            user_id: The user.
            limit: How many at most.
            after: When the last one that is known was created, and its id; None begins.
            project_id: Of which project; None for all.
        """
        statement = select(JobRow).where(col(JobRow.user_id) == user_id)
        if after is not None:
            statement = statement.where(tuple_(col(JobRow.created_at), col(JobRow.job_id)) < after)
        if project_id is not None:
            statement = statement.where(col(JobRow.project_id) == project_id)
        order = (col(JobRow.created_at).desc(), col(JobRow.job_id).desc())
        return (await self._session.scalars(statement.order_by(*order).limit(limit))).all()

    async def count_open(self, user_id: UUID) -> int:
        """Count a user's films that have not come to an end; nobody else counts them until this transaction ends.

        Two orders at once would otherwise each find the other's film not there yet.
        """
        await self._session.execute(
            select(col(UserRow.user_id)).where(col(UserRow.user_id) == user_id).with_for_update()
        )
        counted = await self._session.scalar(
            select(func.count())
            .select_from(JobRow)
            .where(col(JobRow.user_id) == user_id, col(JobRow.status).not_in(_TERMINAL))
        )
        return counted or 0

    async def count_drafts(self, user_id: UUID, within: timedelta) -> int:
        """Count the films that a user has asked for lately and that are drawn, whatever became of them."""
        counted = await self._session.scalar(
            select(func.count())
            .select_from(JobRow)
            .where(
                col(JobRow.user_id) == user_id,
                col(JobRow.created_at) > func.clock_timestamp() - within,
                col(JobRow.options)["renderer"].astext == RendererName.STORYBOARD.value,
            )
        )
        return counted or 0

    async def pace(self, renderer: RendererName, motion: MotionKind) -> tuple[float, float] | None:
        """Say how fast films of a kind were made lately.

        Args:
            renderer: Who makes their pictures.
            motion: How these move.

        Returns:
            Seconds of work for a second of film: eight in ten took between these. None where fewer than `FEW` were made
            in the last month.
        """
        found = (await self._session.execute(_PACE, {"renderer": renderer.value, "motion": motion.value})).one()
        return None if found.films < FEW else (float(found.low), float(found.high))

    async def open_jobs(self) -> Sequence[JobRow]:
        """All jobs that have not come to an end, oldest first."""
        return await self._where(col(JobRow.status).not_in(_TERMINAL))

    async def completed_jobs(self) -> Sequence[JobRow]:
        """All jobs whose film can be downloaded, oldest first: also while a revision of it is made, or failed."""
        return await self._where(or_(col(JobRow.status) == JobStatus.COMPLETED, col(JobRow.version).is_not(None)))

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
        if written.first() is None:
            return False
        await Versions(self._session).moved_to(job_id, rev, output)
        return True
