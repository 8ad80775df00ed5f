"""Users as administrators see and change them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.people import ApiKeyRow, SessionRow
from infrastructure.db.tables import JobRow, ProjectRow, UserRow
from schemas.enums import JobStatus, Tier
from schemas.people import Role

_ADMIN = and_(col(UserRow.role) == Role.ADMIN, col(UserRow.disabled_at).is_(None))


class Counted(NamedTuple):
    """What belongs to a user."""

    projects: int
    films: dict[JobStatus, int]
    """How many stand where; what there is none of is left out."""
    sessions: int
    """Open ones."""
    keys: int
    """Those that were not revoked."""


class Directory:
    """All users."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self,
        limit: int,
        after: tuple[datetime, UUID] | None = None,
        *,
        search: str = "",
        role: Role | None = None,
        tier: Tier | None = None,
        disabled: bool | None = None,
    ) -> Sequence[UserRow]:
        """List users, the newest first.

        Args:
            limit: How many at most.
            after: When the last one that is known was created, and its id; None begins.
            search: What addresses shall hold, in any case; empty for all.
            role: Of which role; None for all.
            tier: Of which tier; None for all.
            disabled: Whether those that are shut, or those that are not; None for all.
        """
        statement = select(UserRow)
        if after is not None:
            statement = statement.where(tuple_(col(UserRow.created_at), col(UserRow.user_id)) < after)
        if search:
            statement = statement.where(col(UserRow.email).icontains(search, autoescape=True))
        if role is not None:
            statement = statement.where(col(UserRow.role) == role)
        if tier is not None:
            statement = statement.where(col(UserRow.tier) == tier)
        if disabled is not None:
            statement = statement.where(col(UserRow.disabled_at).is_not(None) == disabled)
        order = (col(UserRow.created_at).desc(), col(UserRow.user_id).desc())
        return (await self._session.scalars(statement.order_by(*order).limit(limit))).all()

    async def count(self, user_id: UUID) -> Counted:
        """Count what belongs to a user."""
        films = await self._session.execute(
            select(col(JobRow.status), func.count()).where(col(JobRow.user_id) == user_id).group_by(col(JobRow.status))
        )
        open_ = text("ended_at IS NULL AND expires_at > clock_timestamp()")
        sessions = select(func.count()).select_from(SessionRow).where(col(SessionRow.user_id) == user_id, open_)
        keys = select(func.count()).select_from(ApiKeyRow)
        keys = keys.where(col(ApiKeyRow.user_id) == user_id, col(ApiKeyRow.revoked_at).is_(None))
        projects = select(func.count()).select_from(ProjectRow).where(col(ProjectRow.user_id) == user_id)
        return Counted(
            projects=await self._session.scalar(projects) or 0,
            films={JobStatus(status): count for status, count in films},
            sessions=await self._session.scalar(sessions) or 0,
            keys=await self._session.scalar(keys) or 0,
        )

    async def lock(self, *user_ids: UUID) -> dict[UUID, UserRow]:
        """Find users, and all administrators who are not shut out, and let nobody change them until this ends.

        In the order of their ids: two who change each other wait for one another, and do not stand in each other's
        way. What the first one has changed, the second one sees.
        """
        found = await self._session.scalars(
            select(UserRow)
            .where(or_(col(UserRow.user_id).in_(user_ids), _ADMIN))
            .order_by(col(UserRow.user_id))
            .with_for_update(),
            execution_options={"populate_existing": True},
        )
        return {user.user_id: user for user in found}

    async def change(self, user_id: UUID, *, role: Role, tier: Tier, disabled: bool) -> UserRow:
        """Give a user that is locked another role or tier, or shut or open their account."""
        at = func.coalesce(col(UserRow.disabled_at), func.clock_timestamp()) if disabled else None
        changed = await self._session.scalars(
            update(UserRow)
            .where(col(UserRow.user_id) == user_id)
            .values(role=role, tier=tier, disabled_at=at)
            .returning(UserRow),
            execution_options={"synchronize_session": False, "populate_existing": True},
        )
        return changed.one()
