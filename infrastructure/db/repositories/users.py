"""Users."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update
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

    async def create(self, email: str) -> UserRow | None:
        """Create a user who has not shown yet that the address is theirs, and has no password before.

        Args:
            email: As `accounts.addresses.folded` writes it.

        Returns:
            The user; None where the address has one already.
        """
        created = await self._session.scalars(
            insert(UserRow)
            .values(user_id=new_id(), email=email)
            .on_conflict_do_nothing(index_elements=["email"])
            .returning(UserRow)
        )
        return created.one_or_none()

    async def get(self, user_id: UUID) -> UserRow | None:
        """Find a user by id."""
        found = await self._session.scalars(
            select(UserRow).where(col(UserRow.user_id) == user_id), execution_options={"populate_existing": True}
        )
        return found.one_or_none()

    async def by_email(self, email: str) -> UserRow | None:
        """Find a user by address."""
        found = await self._session.scalars(select(UserRow).where(col(UserRow.email) == email))
        return found.one_or_none()

    async def hold(self, user_id: UUID) -> UserRow | None:
        """Find a user by id, and keep everybody else from changing them until the end of the transaction."""
        found = await self._session.scalars(
            select(UserRow).where(col(UserRow.user_id) == user_id).with_for_update(),
            execution_options={"populate_existing": True},
        )
        return found.one_or_none()

    async def verified_elsewhere(self, user_id: UUID) -> bool:
        """Write down that a provider vouches for a user's address, unless it was confirmed before.

        Whoever registered with it meanwhile has not shown that it is theirs: no password of theirs stays.

        Returns:
            Whether it had not been confirmed.
        """
        changed = await self._session.execute(
            update(UserRow)
            .where(col(UserRow.user_id) == user_id, col(UserRow.email_verified_at).is_(None))
            .values(email_verified_at=func.clock_timestamp(), password_hash=None)
            .returning(col(UserRow.user_id)),
            execution_options={"synchronize_session": False},
        )
        return changed.first() is not None

    async def verified(self, user_id: UUID) -> None:
        """Write down that an address is its user's."""
        shown = func.coalesce(col(UserRow.email_verified_at), func.clock_timestamp())
        await self._set(user_id, email_verified_at=shown)

    async def signed_in(self, user_id: UUID) -> None:
        """Write down when a user signed in last."""
        await self._set(user_id, last_login_at=func.clock_timestamp())

    async def set_password(self, user_id: UUID, password_hash: str) -> None:
        """Set a user's password, by its hash."""
        await self._set(user_id, password_hash=password_hash)

    async def _set(self, user_id: UUID, **values: object) -> None:
        await self._session.execute(
            update(UserRow).where(col(UserRow.user_id) == user_id).values(**values),
            execution_options={"synchronize_session": False},
        )
