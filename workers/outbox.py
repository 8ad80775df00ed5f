"""How an outbox is emptied: when its channel is notified, and every now and then in case nobody heard."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from infrastructure.db.listen import listen
from infrastructure.settings import Settings
from schemas.errors import DependencyDown

log = structlog.get_logger(__name__)


async def empty(settings: Settings, channel: str, every_s: float, once: Callable[[], Awaitable[int]]) -> None:
    """Empty an outbox until cancelled; survive the database's being away.

    Args:
        settings: The installation's.
        channel: Is notified when something was put in.
        every_s: How often to look when no notification came, in seconds.
        once: Deals with some of what is due, and says how much that was; 0 where nothing is.
    """
    while True:
        try:
            async with listen(settings.database_url, channel) as notifications:
                while True:
                    while await once():
                        pass
                    await notifications.wait_for(every_s)
        except DependencyDown as error:
            log.warning("waiting for the database", channel=channel, reason=str(error))
            await asyncio.sleep(every_s)
