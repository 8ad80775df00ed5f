"""Signs of life."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from temporalio import activity


class Heart:
    """What the next heartbeats say."""

    def __init__(self) -> None:
        self.details: tuple[Any, ...] = ()

    def says(self, *details: Any) -> None:
        """Let heartbeats carry these details, from now on; the Web UI shows them on the pending activity."""
        self.details = details


@asynccontextmanager
async def heartbeats() -> AsyncIterator[Heart]:
    """Heartbeat while the block runs, three times in each heartbeat timeout.

    A cancel reaches an activity only through its heartbeats, so that this is also what makes one cancellable.
    """
    heart = Heart()
    timeout = activity.info().heartbeat_timeout
    beating = asyncio.create_task(_beat(heart, timeout.total_seconds() / 3)) if timeout else None
    try:
        yield heart
    finally:
        if beating is not None:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)


async def _beat(heart: Heart, every: float) -> None:
    while True:
        activity.heartbeat(*heart.details)
        await asyncio.sleep(every)
