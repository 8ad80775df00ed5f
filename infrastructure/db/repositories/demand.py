"""Whose films may want GPUs now, and who counts that."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import JobRow
from schemas.enums import JobStatus, MotionKind, RendererName

_ALONE = text("SELECT pg_try_advisory_xact_lock(1413696340)")  # any number: the one of whoever counts demand
_OPEN = [status for status in JobStatus if not status.terminal]


class Demand:
    """Films that are being made, where a GPU paints their pictures or makes their clips."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def alone(self) -> bool:
        """Be the only one who counts until the transaction ends; False where somebody else does just now."""
        return bool(await self._session.scalar(_ALONE))

    async def films(self, limit: int) -> Sequence[UUID]:
        """Name such films, the oldest first.

        Args:
            limit: How many at most.
        """
        options = col(JobRow.options)
        found = await self._session.scalars(
            select(col(JobRow.job_id))
            .where(
                col(JobRow.status).in_(_OPEN),
                or_(
                    options["renderer"].astext != RendererName.STORYBOARD.value,
                    options["motion"].astext == MotionKind.VIDEO.value,
                ),
            )
            .order_by(col(JobRow.created_at))
            .limit(limit)
        )
        return found.all()
