"""Whom providers take our users for."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.people import OAuthAccountRow
from schemas.people import OAuthProvider

_USE = text("""
    UPDATE oauth_accounts SET used_at = clock_timestamp(), email = COALESCE(CAST(:email AS varchar), email)
    WHERE provider = :provider AND subject = :subject
    RETURNING user_id
""")

# Two conditions may stand in the way: the subject has an account already, or the account has another of the provider.
_LINK = text("""
    INSERT INTO oauth_accounts (provider, subject, user_id, email) VALUES (:provider, :subject, :user_id, :email)
    ON CONFLICT DO NOTHING
    RETURNING user_id
""").bindparams(bindparam("user_id", type_=Uuid))

_UNLINK = text("""
    DELETE FROM oauth_accounts
    WHERE user_id = :user_id AND provider = :provider AND (
        EXISTS (SELECT 1 FROM users WHERE users.user_id = :user_id AND password_hash IS NOT NULL)
        OR EXISTS (SELECT 1 FROM oauth_accounts others WHERE others.user_id = :user_id AND others.provider <> :provider)
    )
    RETURNING user_id
""").bindparams(bindparam("user_id", type_=Uuid))


class OAuthAccounts:
    """Whom providers take our users for."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def use(self, provider: OAuthProvider, subject: str, email: str | None) -> UUID | None:
        """Find the user whom a provider calls so, and write down that they came.

        Args:
            provider: Who says so.
            subject: The provider's name for them.
            email: Their address there; None leaves what is known.

        Returns:
            The user; None where nobody here is called so.
        """
        found = await self._session.execute(_USE, {"provider": provider.value, "subject": subject, "email": email})
        user: UUID | None = found.scalar_one_or_none()
        return user

    async def link(self, provider: OAuthProvider, subject: str, user_id: UUID, email: str) -> bool:
        """Let a provider sign a user in from now on.

        Returns:
            Whether it does. False where the provider's name belongs to a user already, or the user to another name.
        """
        values = {"provider": provider.value, "subject": subject, "user_id": user_id, "email": email}
        return (await self._session.execute(_LINK, values)).first() is not None

    async def of(self, user_id: UUID) -> Sequence[OAuthAccountRow]:
        """What is linked with a user, by provider."""
        found = await self._session.scalars(
            select(OAuthAccountRow)
            .where(col(OAuthAccountRow.user_id) == user_id)
            .order_by(col(OAuthAccountRow.provider))
        )
        return found.all()

    async def unlink(self, user_id: UUID, provider: OAuthProvider) -> bool:
        """Let a provider sign a user in no longer, unless it is the only way in.

        The caller holds the user's row (`Users.hold`): of two that go at once, one may be the last.

        Returns:
            Whether it was unlinked.
        """
        unlinked = await self._session.execute(_UNLINK, {"user_id": user_id, "provider": provider.value})
        return unlinked.first() is not None
