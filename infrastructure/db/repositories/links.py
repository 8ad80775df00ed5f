"""Secrets that were mailed to somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Interval, LargeBinary, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.people import LinkPurpose

_ADD = text("""
    INSERT INTO mailed_links (digest, user_id, purpose, password_hash, expires_at)
    VALUES (:digest, :user_id, :purpose, :password_hash, clock_timestamp() + :lasts)
""").bindparams(
    bindparam("digest", type_=LargeBinary), bindparam("user_id", type_=Uuid), bindparam("lasts", type_=Interval)
)

_FIND = text("""
    SELECT user_id, password_hash FROM mailed_links
    WHERE digest = :digest AND purpose = :purpose AND used_at IS NULL AND expires_at > clock_timestamp()
""").bindparams(bindparam("digest", type_=LargeBinary))

# Used and looked up in one statement: of two who come with one link, one is let in. Older ones of the kind end with it.
_USE = text("""
    WITH used AS (
        UPDATE mailed_links SET used_at = clock_timestamp()
        WHERE digest = :digest AND purpose = :purpose AND used_at IS NULL AND expires_at > clock_timestamp()
        RETURNING user_id, digest
    ), others AS (
        UPDATE mailed_links SET used_at = clock_timestamp() FROM used
        WHERE mailed_links.user_id = used.user_id AND purpose = :purpose AND used_at IS NULL
          AND mailed_links.digest <> used.digest
    )
    SELECT user_id FROM used
""").bindparams(bindparam("digest", type_=LargeBinary))


_END = text("""
    UPDATE mailed_links SET used_at = clock_timestamp()
    WHERE user_id = :user_id AND purpose = :purpose AND used_at IS NULL
""").bindparams(bindparam("user_id", type_=Uuid))


class Link(NamedTuple):
    """A secret that is still good."""

    user_id: UUID
    password_hash: str | None


class Links:
    """Secrets that do one thing once."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, digest: bytes, user_id: UUID, purpose: LinkPurpose, lasts: timedelta, password_hash: str | None = None
    ) -> None:
        """Remember a secret that is about to be mailed.

        Args:
            digest: Of the secret.
            user_id: To whom it is mailed.
            purpose: What it does.
            lasts: How long it is good.
            password_hash: Of the password that comes with it.
        """
        await self._session.execute(
            _ADD,
            {
                "digest": digest,
                "user_id": user_id,
                "purpose": purpose.value,
                "password_hash": password_hash,
                "lasts": lasts,
            },
        )

    async def find(self, digest: bytes, purpose: LinkPurpose) -> Link | None:
        """Look a secret up without using it; None where it is unknown, was used or is too old."""
        found = (await self._session.execute(_FIND, {"digest": digest, "purpose": purpose.value})).first()
        return None if found is None else Link(found.user_id, found.password_hash)

    async def use(self, digest: bytes, purpose: LinkPurpose) -> UUID | None:
        """Use a secret up.

        Returns:
            Whose it was; None where it is unknown, was used or is too old.
        """
        found = await self._session.execute(_USE, {"digest": digest, "purpose": purpose.value})
        user: UUID | None = found.scalar_one_or_none()
        return user

    async def end(self, user_id: UUID, purpose: LinkPurpose) -> None:
        """Let all secrets of a kind that were mailed to somebody do nothing any more."""
        await self._session.execute(_END, {"user_id": user_id, "purpose": purpose.value})
