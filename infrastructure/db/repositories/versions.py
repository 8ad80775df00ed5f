"""Versions: the revisions of films, and the films that came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import JobRow, VersionRow
from schemas.artifact import ArtifactRef
from schemas.edits import Changes
from schemas.enums import JobStatus
from schemas.events import NewEvent
from schemas.jobs import FilmInput


class Versions:
    """Every revision of every job, the first among them. They are moved by `Events.record`, as their jobs are."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def create(self, film: FilmInput, asked: Changes, request_key: str | None = None) -> bool:
        """Write down that a revision is asked for.

        Args:
            film: What its workflow will be given; `film.rev` numbers it.
            asked: What was asked of the version it is made from.
            request_key: Unique within the job; None where nobody will ask twice.

        Returns:
            Whether it is new; False where the job has a revision of this number.
        """
        created = await self._session.execute(
            insert(VersionRow)
            .values(
                job_id=film.job_id,
                rev=film.rev,
                base=film.base,
                request_key=request_key,
                asked=asked.model_dump(mode="json"),
                input=film.model_dump(mode="json"),
            )
            .on_conflict_do_nothing(index_elements=["job_id", "rev"])
            .returning(col(VersionRow.rev))
        )
        return created.first() is not None

    async def of_job(self, job_id: UUID) -> Sequence[VersionRow]:
        """All revisions of a job, in order."""
        found = await self._session.scalars(
            select(VersionRow).where(col(VersionRow.job_id) == job_id).order_by(col(VersionRow.rev)),
            execution_options={"populate_existing": True},
        )
        return found.all()

    async def get(self, job_id: UUID, rev: int) -> VersionRow | None:
        """Find a revision by its number."""
        return await self._one(job_id, col(VersionRow.rev) == rev)

    async def asked_by(self, job_id: UUID, request_key: str) -> VersionRow | None:
        """Find the revision that a request has made."""
        return await self._one(job_id, col(VersionRow.request_key) == request_key)

    async def _one(self, job_id: UUID, condition: Any) -> VersionRow | None:
        found = await self._session.scalars(
            select(VersionRow).where(col(VersionRow.job_id) == job_id, condition),
            execution_options={"populate_existing": True},
        )
        return found.one_or_none()

    async def moved(self, event: NewEvent, output: ArtifactRef | None) -> None:
        """Take a revision along with an event that moves its job. One that has ended stays as it ended.

        Args:
            event: The event; it has a status.
            output: The film that came of it, with its last event.
        """
        status = event.status
        if status is None:
            return
        values: dict[str, Any] = {"status": status}
        if status.terminal:
            values["completed_at"] = func.clock_timestamp()
        if status is JobStatus.COMPLETED and output is not None:
            values |= {"output": output.model_dump(mode="json"), "summary": event.data.get("summary")}
        elif status.terminal:
            values["message"] = event.message
        open_ = col(VersionRow.status).not_in([one for one in JobStatus if one.terminal])
        await self._session.execute(
            update(VersionRow)
            .where(col(VersionRow.job_id) == event.job_id, col(VersionRow.rev) == event.rev, open_)
            .values(**values),
            execution_options={"synchronize_session": False},
        )

    async def ask_otherwise(self, event: NewEvent) -> None:
        """Write down that a revision under way, and its job, ask for something else now.

        Args:
            event: Its data hold the new `input`, and what was `asked`.
        """
        film = FilmInput.model_validate(event.data["input"])
        asked = Changes.model_validate(event.data["asked"])
        plain = film.model_dump(mode="json")
        options = {"synchronize_session": False}
        await self._session.execute(
            update(VersionRow)
            .where(col(VersionRow.job_id) == event.job_id, col(VersionRow.rev) == event.rev)
            .values(input=plain, asked=asked.model_dump(mode="json")),
            execution_options=options,
        )
        await self._session.execute(
            update(JobRow)
            .where(col(JobRow.job_id) == event.job_id, col(JobRow.rev) == event.rev)
            .values(input=plain, options=film.options.model_dump(mode="json")),
            execution_options=options,
        )

    async def moved_to(self, job_id: UUID, rev: int, film: ArtifactRef) -> None:
        """Write down that a version's film lies elsewhere now."""
        await self._session.execute(
            update(VersionRow)
            .where(col(VersionRow.job_id) == job_id, col(VersionRow.rev) == rev)
            .values(output=film.model_dump(mode="json")),
            execution_options={"synchronize_session": False},
        )
