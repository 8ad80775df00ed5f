"""Webhooks: the addresses that users want their films' events to be told to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import LargeBinary, Uuid, bindparam, delete, select, text, update
from sqlalchemy import func as sql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.hooks import WebhookRow
from schemas.hooks import HookEvent, ShutWhy

OVERLAP_S = 24 * 3600
"""How long the secret before is still signed with."""

# Whoever adds one waits here for whoever else does for the same user, so that all are counted.
_LOCK = text("SELECT 1 FROM users WHERE user_id = :user_id FOR NO KEY UPDATE").bindparams(
    bindparam("user_id", type_=Uuid)
)

_ROTATE = text("""
    UPDATE webhooks SET
        secret = :secret, secret_before = secret,
        secret_before_until = clock_timestamp() + make_interval(secs => :overlap)
    WHERE webhook_id = :webhook_id AND user_id = :user_id
    RETURNING *
""").bindparams(
    bindparam("secret", type_=LargeBinary), bindparam("webhook_id", type_=Uuid), bindparam("user_id", type_=Uuid)
)

_SEAL_ANEW = text("""
    UPDATE webhooks SET
        secret = CASE WHEN secret = :was THEN :now ELSE secret END,
        secret_before = CASE WHEN secret_before = :was THEN :now ELSE secret_before END
    WHERE webhook_id = :webhook_id AND :was IN (secret, secret_before)
    RETURNING 1
""").bindparams(
    bindparam("webhook_id", type_=Uuid), bindparam("was", type_=LargeBinary), bindparam("now", type_=LargeBinary)
)

_SHUT = text("""
    UPDATE webhooks SET disabled_at = clock_timestamp(), disabled_why = :why
    FROM users
    WHERE webhook_id = :webhook_id AND webhooks.disabled_at IS NULL AND users.user_id = webhooks.user_id
    RETURNING webhooks.url, users.email
""").bindparams(bindparam("webhook_id", type_=Uuid))


class Shut(NamedTuple):
    """A webhook that was shut."""

    url: str
    email: str
    """Of its owner."""


class Sealed(NamedTuple):
    """A webhook's secrets, sealed."""

    webhook_id: UUID
    secret: bytes
    secret_before: bytes | None


class Webhooks:
    """Where users want to be told something."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, user_id: UUID, url: str, events: Iterable[HookEvent], secret: bytes, most: int
    ) -> WebhookRow | None:
        """Remember a new one.

        Args:
            user_id: Whose.
            url: Its address.
            events: What it wants to be told.
            secret: Sealed.
            most: How many a user may have.

        Returns:
            None where the user has as many already.
        """
        await self._session.execute(_LOCK, {"user_id": user_id})
        if len(await self.all_of(user_id)) >= most:
            return None
        row = WebhookRow(user_id=user_id, url=url, events=sorted(events), secret=secret)
        self._session.add(row)
        await self._session.flush()
        await self._session.refresh(row)
        return row

    async def all_of(self, user_id: UUID) -> Sequence[WebhookRow]:
        """A user's, the newest first."""
        found = await self._session.scalars(
            select(WebhookRow)
            .where(col(WebhookRow.user_id) == user_id)
            .order_by(col(WebhookRow.created_at).desc(), col(WebhookRow.webhook_id).desc())
        )
        return found.all()

    async def owned(self, user_id: UUID, webhook_id: UUID) -> WebhookRow | None:
        """Find one of a user."""
        found = await self._session.scalars(
            select(WebhookRow).where(col(WebhookRow.webhook_id) == webhook_id, col(WebhookRow.user_id) == user_id)
        )
        return found.one_or_none()

    async def delete(self, user_id: UUID, webhook_id: UUID) -> bool:
        """Forget one of a user, and what it was told."""
        gone = await self._session.execute(
            delete(WebhookRow)
            .where(col(WebhookRow.webhook_id) == webhook_id, col(WebhookRow.user_id) == user_id)
            .returning(col(WebhookRow.webhook_id)),
            execution_options={"synchronize_session": False},
        )
        return gone.first() is not None

    async def switch(self, user_id: UUID, webhook_id: UUID, *, on: bool) -> WebhookRow | None:
        """Let one of a user be told things, or nothing; one that is so already stays as it is."""
        off = sql.coalesce(col(WebhookRow.disabled_at), sql.clock_timestamp())
        why = sql.coalesce(col(WebhookRow.disabled_why), ShutWhy.OWNER)
        found = await self._session.scalars(
            update(WebhookRow)
            .where(col(WebhookRow.webhook_id) == webhook_id, col(WebhookRow.user_id) == user_id)
            .values(disabled_at=None if on else off, disabled_why=None if on else why)
            .returning(WebhookRow),
            execution_options={"synchronize_session": False},
        )
        return found.one_or_none()

    async def rotate(self, user_id: UUID, webhook_id: UUID, secret: bytes) -> WebhookRow | None:
        """Give one of a user another secret, sealed; the one before is signed with, too, for `OVERLAP_S`."""
        values = {"user_id": user_id, "webhook_id": webhook_id, "secret": secret, "overlap": OVERLAP_S}
        found = (await self._session.execute(_ROTATE, values)).mappings().one_or_none()
        return None if found is None else WebhookRow.model_validate(dict(found))

    async def sealed(self, after: UUID, limit: int) -> Sequence[Sealed]:
        """Read the secrets of webhooks of everybody, by their ids.

        Args:
            after: The last one that is known.
            limit: How many at most.
        """
        found = await self._session.execute(
            select(col(WebhookRow.webhook_id), col(WebhookRow.secret), col(WebhookRow.secret_before))
            .where(col(WebhookRow.webhook_id) > after)
            .order_by(col(WebhookRow.webhook_id))
            .limit(limit)
        )
        return [Sealed(*row) for row in found]

    async def seal_anew(self, webhook_id: UUID, was: bytes, now: bytes) -> bool:
        """Put the same secret, sealed otherwise, in its place, wherever it is meanwhile.

        Returns:
            Whether it was there still.
        """
        changed = await self._session.execute(_SEAL_ANEW, {"webhook_id": webhook_id, "was": was, "now": now})
        return changed.first() is not None

    async def shut(self, webhook_id: UUID, why: ShutWhy) -> Shut | None:
        """Tell one nothing any more, since it cannot be told.

        Returns:
            None where it was shut before, or is gone.
        """
        found = (await self._session.execute(_SHUT, {"webhook_id": webhook_id, "why": why.value})).one_or_none()
        return None if found is None else Shut(found.url, found.email)
