"""How an installation is doing, as far as its database tells."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.repositories.mails import TRIES
from infrastructure.db.tables import JobRow
from schemas.enums import JobStatus

_WAITING = "count(*) AS waiting, extract(epoch FROM clock_timestamp() - min({created_at}))::float8 AS oldest_s"
_COMMANDS = text(f"SELECT {_WAITING.format(created_at='created_at')} FROM workflow_commands WHERE sent_at IS NULL")
_LETTERS = text(f"""
    SELECT {_WAITING.format(created_at="created_at")} FROM mails WHERE sent_at IS NULL AND attempts < :tries
""")
_NEWS = text(f"""
    SELECT {_WAITING.format(created_at="told.created_at")}
    FROM webhook_deliveries told JOIN webhooks USING (webhook_id)
    WHERE told.next_try_at IS NOT NULL AND webhooks.disabled_at IS NULL
""")
_REMOVALS = text(f"SELECT {_WAITING.format(created_at='created_at')} FROM removals WHERE swept_at IS NULL")
_GIVEN_UP = text("SELECT count(*) FROM mails WHERE sent_at IS NULL AND attempts >= :tries")
_REVISION = text("SELECT max(version_num) FROM alembic_version")


class Waiting(NamedTuple):
    """What an outbox holds."""

    waiting: int
    oldest_s: float | None
    """Age of the oldest, in seconds; None where nothing waits."""


class OpenFilm(NamedTuple):
    """A film that has not come to an end."""

    job_id: UUID
    rev: int
    status: JobStatus
    step: str | None
    """What is done for it now; None where nothing is yet."""
    progress: int
    """Percent."""
    since_s: float
    """How long ago it was begun, or ordered where it has not begun, in seconds."""


class Overview:
    """Figures about the whole installation."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def revision(self) -> str | None:
        """The newest migration that the database has."""
        found: str | None = await self._session.scalar(_REVISION)
        return found

    async def commands(self) -> Waiting:
        """What Temporal must still be told."""
        row = (await self._session.execute(_COMMANDS)).one()
        return Waiting(row.waiting, row.oldest_s)

    async def letters(self) -> Waiting:
        """What must still be mailed, and is still tried."""
        row = (await self._session.execute(_LETTERS, {"tries": TRIES})).one()
        return Waiting(row.waiting, row.oldest_s)

    async def news(self) -> Waiting:
        """What webhooks must still be told, and may be."""
        row = (await self._session.execute(_NEWS)).one()
        return Waiting(row.waiting, row.oldest_s)

    async def removals(self) -> Waiting:
        """What was deleted here and is still in the store."""
        row = (await self._session.execute(_REMOVALS)).one()
        return Waiting(row.waiting, row.oldest_s)

    async def letters_given_up(self) -> int:
        """How many letters nobody tries to send any more."""
        found: int = (await self._session.execute(_GIVEN_UP, {"tries": TRIES})).scalar_one()
        return found

    async def open_films(self, limit: int) -> list[OpenFilm]:
        """Films that have not come to an end, the oldest first.

        Args:
            limit: How many at most.
        """
        since = func.coalesce(col(JobRow.started_at), col(JobRow.created_at))
        found = await self._session.execute(
            select(
                col(JobRow.job_id),
                col(JobRow.rev),
                col(JobRow.status),
                col(JobRow.current_step),
                col(JobRow.progress),
                func.extract("epoch", func.clock_timestamp() - since),
            )
            .where(col(JobRow.status).not_in([status for status in JobStatus if status.terminal]))
            .order_by(col(JobRow.created_at))
            .limit(limit)
        )
        return [
            OpenFilm(job_id, rev, JobStatus(status), step, progress, float(since_s))
            for job_id, rev, status, step, progress, since_s in found
        ]

    async def films(self) -> dict[JobStatus, int]:
        """How many films stand where; what there is none of is left out."""
        found = await self._session.execute(select(col(JobRow.status), func.count()).group_by(col(JobRow.status)))
        return {JobStatus(status): count for status, count in found}
