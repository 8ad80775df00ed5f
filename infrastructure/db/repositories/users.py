"""Users."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import UserRow
from infrastructure.ids import new_id
from schemas.enums import Tier

LOCAL_EMAIL = "local@localhost"
"""Address of the user who owns what is made without an account."""


class Users:
    """Who makes films."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ensure_local(self) -> UserRow:
        """Find the local user, or create it. Safe to call from several processes at once."""
        await self._session.execute(
            insert(UserRow)
            .values(user_id=new_id(), email=LOCAL_EMAIL, tier=Tier.PRO)
            .on_conflict_do_nothing(index_elements=["email"])
        )
        found = await self._session.scalars(select(UserRow).where(col(UserRow.email) == LOCAL_EMAIL))
        return found.one()
