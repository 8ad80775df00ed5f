"""Says where programs of a user are told what happens to films, and sees what they were told."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from accounts.sealing import Sealer
from infrastructure.db.engine import Database
from infrastructure.db.hooks import DeliveryRow, WebhookRow
from infrastructure.db.repositories.deliveries import Deliveries
from infrastructure.db.repositories.webhooks import Webhooks
from infrastructure.outbound import Outbound
from schemas.errors import Conflict, NotFound
from schemas.hooks import HookEvent

MOST = 10
"""How many a user may have."""


def new_secret() -> str:
    """Make a secret of 256 random bits, as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


async def add_webhook(
    user_id: UUID, url: str, events: Iterable[HookEvent], *, db: Database, sealer: Sealer, outbound: Outbound
) -> tuple[WebhookRow, str]:
    """Add one.

    Returns:
        It, and its secret.

    Raises:
        InvalidRequest: Nothing may be sent to its address.
        Conflict: The user has as many as there may be.
    """
    await outbound.examine(url)
    secret = new_secret()
    async with db.begin() as session:
        added = await Webhooks(session).add(user_id, url, set(events), sealer.seal(secret), MOST)
    if added is None:
        raise Conflict(f"You have {MOST} webhooks, which is as many as there may be: delete one first.")
    return added, secret


async def webhooks_of(user_id: UUID, *, db: Database) -> Sequence[WebhookRow]:
    """List a user's, the newest first."""
    async with db.begin() as session:
        return await Webhooks(session).all_of(user_id)


async def webhook_of(user_id: UUID, webhook_id: UUID, *, db: Database) -> WebhookRow:
    """Find one of a user.

    Raises:
        NotFound: There is none, or it is somebody else's.
    """
    async with db.begin() as session:
        return _found(await Webhooks(session).owned(user_id, webhook_id))


async def delete_webhook(user_id: UUID, webhook_id: UUID, *, db: Database) -> None:
    """Delete one of a user, with what it was told.

    Raises:
        NotFound: There is none, or it is somebody else's.
    """
    async with db.begin() as session:
        if not await Webhooks(session).delete(user_id, webhook_id):
            raise _none()


async def switch_webhook(user_id: UUID, webhook_id: UUID, *, on: bool, db: Database) -> WebhookRow:
    """Let one of a user be told what happens from now on, or nothing.

    Raises:
        NotFound: There is none, or it is somebody else's.
    """
    async with db.begin() as session:
        return _found(await Webhooks(session).switch(user_id, webhook_id, on=on))


async def rotate_secret(user_id: UUID, webhook_id: UUID, *, db: Database, sealer: Sealer) -> tuple[WebhookRow, str]:
    """Give one of a user another secret; for a day deliveries are signed with both.

    Raises:
        NotFound: There is none, or it is somebody else's.
    """
    secret = new_secret()
    async with db.begin() as session:
        return _found(await Webhooks(session).rotate(user_id, webhook_id, sealer.seal(secret))), secret


async def deliveries_of(
    user_id: UUID, webhook_id: UUID, limit: int, after: tuple[datetime, UUID] | None, *, db: Database
) -> Sequence[DeliveryRow]:
    """List what one of a user was told and is to be told, the newest first.

    Raises:
        NotFound: There is none, or it is somebody else's.
    """
    async with db.begin() as session:
        hook = _found(await Webhooks(session).owned(user_id, webhook_id))
        return await Deliveries(session).page(hook.webhook_id, limit, after)


async def redeliver(user_id: UUID, webhook_id: UUID, delivery_id: UUID, *, db: Database) -> DeliveryRow:
    """Send something once more, at once, and with all tries anew.

    Raises:
        NotFound: There is no such thing, or it is somebody else's.
        Conflict: The webhook is disabled.
    """
    async with db.begin() as session:
        hook = _found(await Webhooks(session).owned(user_id, webhook_id))
        if hook.disabled_at is not None:
            raise Conflict("This webhook is disabled, and told nothing: enable it first.")
        again = await Deliveries(session).again(user_id, webhook_id, delivery_id)
    if again is None:
        raise NotFound("There is no such delivery.")
    return again


def _found(hook: WebhookRow | None) -> WebhookRow:
    if hook is None:
        raise _none()
    return hook


def _none() -> NotFound:
    return NotFound("There is no such webhook.")
