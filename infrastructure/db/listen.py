"""PostgreSQL's NOTIFY: being told, instead of asking again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from pydantic import SecretStr

from infrastructure.db.engine import CONNECT_TIMEOUT_S, plain_dsn, where
from infrastructure.db.errors import translated
from schemas.errors import DependencyDown

COMMANDS_CHANNEL = "workflow_commands"
"""Told of each new workflow command; the payload is the job's id."""
EVENTS_CHANNEL = "job_events"
"""Told of each recorded job event; the payload is the job's id."""

WEBHOOKS_CHANNEL = "webhooks"
"""Told when there is something to tell webhooks; the payload is empty."""

MAILS_CHANNEL = "mails"
"""Told of each letter that is to be sent; the payload is empty."""
REMOVALS_CHANNEL = "removals"
"""Told of projects and films that were deleted; the payload is empty."""


class Notifications:
    """The payloads that arrive on a channel, in order. Nothing that was sent before listening began is among them."""

    def __init__(self, address: str, channel: str) -> None:
        self._address = address
        self._channel = channel
        self._payloads: asyncio.Queue[str | None] = asyncio.Queue()

    def _arrived(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:
        self._payloads.put_nowait(str(payload))

    def _lost(self, _connection: Any) -> None:
        self._payloads.put_nowait(None)

    def __aiter__(self) -> AsyncIterator[str]:
        return self

    async def __anext__(self) -> str:
        payload = await self._payloads.get()
        if payload is None:
            self._payloads.put_nowait(None)  # whoever asks again is told the same
            raise DependencyDown(
                f"The database at {self._address} closed the connection that listened to {self._channel}: "
                "connect again."
            )
        return payload

    async def wait_for(self, timeout: float) -> str | None:
        """Wait for the next payload, but not for ever.

        Args:
            timeout: Seconds.

        Returns:
            The payload, or None when none arrived in time.

        Raises:
            DependencyDown: The connection was lost.
        """
        try:
            return await asyncio.wait_for(self.__anext__(), timeout)
        except TimeoutError:
            return None


@asynccontextmanager
async def listen(dsn: str | SecretStr, channel: str) -> AsyncIterator[Notifications]:
    """Listen to a channel on a connection of its own.

    Connecting again after a loss is the caller's business, who then also has to look for what it missed.

    Args:
        dsn: `postgresql://user:password@host:port/database`; a session of its own, so not through PgBouncer in
            transaction mode.
        channel: `COMMANDS_CHANNEL` or `EVENTS_CHANNEL`.

    Raises:
        DependencyDown: The database does not answer.
    """
    address = where(dsn)
    notifications = Notifications(address, channel)
    with translated(address):
        connection = await asyncpg.connect(plain_dsn(dsn), timeout=CONNECT_TIMEOUT_S)
    try:
        connection.add_termination_listener(notifications._lost)
        with translated(address):
            await connection.add_listener(channel, notifications._arrived)
        yield notifications
    finally:
        connection.remove_termination_listener(notifications._lost)
        if not connection.is_closed():
            await connection.close(timeout=CONNECT_TIMEOUT_S)
