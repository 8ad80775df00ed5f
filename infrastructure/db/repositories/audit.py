"""The audit log: who did what to whom, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.oversight import AuditRow
from infrastructure.db.tables import UserRow
from schemas.audit import Act


class Audited(NamedTuple):
    """An act, and who did it."""

    row: AuditRow
    actor: str | None
    """Their address; None for the operator, and for an account that is gone."""


class AuditLog:
    """What administrators, moderators and the operator did."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, act: Act) -> None:
        """Write an act down, in the transaction that does it."""
        self._session.add(AuditRow(**act.model_dump()))
        await self._session.flush()

    async def page(
        self,
        limit: int,
        after: tuple[datetime, UUID] | None = None,
        actor_id: UUID | None = None,
        target_id: UUID | None = None,
    ) -> Sequence[Audited]:
        """List acts, the newest first.

        Args:
            limit: How many at most.
            after: When the last one that is known was done, and its id; None begins.
            actor_id: By whom; None for all.
            target_id: To whom, or to what; None for all.
        """
        statement = select(AuditRow, col(UserRow.email)).outerjoin(
            UserRow, col(UserRow.user_id) == col(AuditRow.actor_id)
        )
        if after is not None:
            statement = statement.where(tuple_(col(AuditRow.at), col(AuditRow.audit_id)) < after)
        if actor_id is not None:
            statement = statement.where(col(AuditRow.actor_id) == actor_id)
        if target_id is not None:
            statement = statement.where(col(AuditRow.target_id) == target_id)
        order = (col(AuditRow.at).desc(), col(AuditRow.audit_id).desc())
        found = await self._session.execute(statement.order_by(*order).limit(limit))
        return [Audited(row, email) for row, email in found]
