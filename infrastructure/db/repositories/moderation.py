"""Films that moderation holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.oversight import ModerationRow
from infrastructure.db.tables import JobRow
from infrastructure.ids import new_id
from schemas.enums import JobStatus
from schemas.jobs import FilmInput
from schemas.moderation import Flag, ItemState

_OVER = [status for status in JobStatus if status.terminal]


class Held(NamedTuple):
    """A film that is or was held, and its job."""

    item: ModerationRow
    job: JobRow

    @property
    def waits(self) -> bool:
        """Whether it still waits: nobody has decided, and it has not come to an end without that."""
        return self.item.state is ItemState.OPEN and self.job.rev == self.item.rev and not self.job.status.terminal


class Moderation:
    """The queue of moderators."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def hold(self, film: FilmInput, flags: Sequence[Flag]) -> None:
        """Let a film wait for a moderator, in the transaction that orders it."""
        await self._session.execute(
            insert(ModerationRow)
            .values(
                item_id=new_id(),
                job_id=film.job_id,
                rev=film.rev,
                held_for=film.review_reason,
                flags=[flag.model_dump(mode="json") for flag in flags],
            )
            .on_conflict_do_nothing(index_elements=["job_id", "rev"])
        )

    async def hold_again(self, film: FilmInput, rev: int) -> None:
        """Let a film wait for a moderator for what was found when an earlier revision of it was ordered."""
        found = await self._session.scalar(
            select(col(ModerationRow.flags)).where(
                col(ModerationRow.job_id) == film.job_id, col(ModerationRow.rev) == rev
            )
        )
        await self.hold(film, [Flag.model_validate(flag) for flag in found or ()])

    async def holds(self, job_id: UUID) -> bool:
        """Whether a job's newest revision waits for a moderator."""
        found = await self._session.scalar(
            select(col(ModerationRow.item_id))
            .join(JobRow, col(JobRow.job_id) == col(ModerationRow.job_id))
            .where(
                col(ModerationRow.job_id) == job_id,
                col(ModerationRow.rev) == col(JobRow.rev),
                col(ModerationRow.state) == ItemState.OPEN,
            )
        )
        return found is not None

    async def holding(self, job_ids: Sequence[UUID]) -> set[UUID]:
        """Of some jobs, those that have not come to an end and whose newest revision waits for a moderator."""
        found = await self._session.scalars(
            select(col(ModerationRow.job_id))
            .join(JobRow, col(JobRow.job_id) == col(ModerationRow.job_id))
            .where(
                col(ModerationRow.job_id).in_(job_ids),
                col(ModerationRow.rev) == col(JobRow.rev),
                col(ModerationRow.state) == ItemState.OPEN,
                col(JobRow.status).not_in(_OVER),
            )
        )
        return set(found)

    async def get(self, item_id: UUID, *, lock: bool = False) -> Held | None:
        """Find a film by its place in the queue.

        Args:
            item_id: Its place.
            lock: Whether nobody else may decide about it until the transaction ends.
        """
        statement = (
            select(ModerationRow, JobRow)
            .join(JobRow, col(JobRow.job_id) == col(ModerationRow.job_id))
            .where(col(ModerationRow.item_id) == item_id)
        )
        if lock:
            statement = statement.with_for_update(of=ModerationRow)
        found = (await self._session.execute(statement, execution_options={"populate_existing": True})).one_or_none()
        return None if found is None else Held(*found)

    async def page(self, limit: int, after: tuple[datetime, UUID] | None, state: ItemState) -> Sequence[Held]:
        """List films that are in a state, those that were ordered last first.

        Args:
            limit: How many at most.
            after: When the last one that is known was held, and its id; None begins.
            state: `open` leaves out those that have come to an end by themselves.
        """
        statement = (
            select(ModerationRow, JobRow)
            .join(JobRow, col(JobRow.job_id) == col(ModerationRow.job_id))
            .where(col(ModerationRow.state) == state)
        )
        if state is ItemState.OPEN:
            statement = statement.where(col(ModerationRow.rev) == col(JobRow.rev), col(JobRow.status).not_in(_OVER))
        if after is not None:
            statement = statement.where(tuple_(col(ModerationRow.created_at), col(ModerationRow.item_id)) < after)
        order = (col(ModerationRow.created_at).desc(), col(ModerationRow.item_id).desc())
        found = await self._session.execute(statement.order_by(*order).limit(limit))
        return [Held(item, job) for item, job in found]

    async def decide(self, job_id: UUID, rev: int, state: ItemState, decided_by: UUID | None, reason: str) -> bool:
        """Write down what was decided about a film.

        Returns:
            Whether nobody had decided before.
        """
        decided = await self._session.execute(
            update(ModerationRow)
            .where(
                col(ModerationRow.job_id) == job_id,
                col(ModerationRow.rev) == rev,
                col(ModerationRow.state) == ItemState.OPEN,
            )
            .values(state=state, decided_by=decided_by, reason=reason, decided_at=func.clock_timestamp())
            .returning(col(ModerationRow.item_id)),
            execution_options={"synchronize_session": False},
        )
        return decided.first() is not None
