"""Waiting for what a process stands on: services start side by side, and may be away for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError

from infrastructure.settings import Settings
from schemas.errors import DependencyDown

T = TypeVar("T")

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 5.0

log = structlog.get_logger(__name__)


async def connect_temporal(settings: Settings) -> Client:
    """Connect to Temporal.

    Raises:
        DependencyDown: It does not answer.
    """
    try:
        return await Client.connect(
            settings.temporal_address,
            namespace=settings.temporal_namespace,
            data_converter=pydantic_data_converter,
        )
    except (RuntimeError, RPCError) as error:
        raise DependencyDown(f"Temporal does not answer at {settings.temporal_address}: {error}") from error


async def until_up(what: str, attempt: Callable[[], Awaitable[T]]) -> T:
    """Try until a service answers, with pauses that grow to five seconds.

    Args:
        what: Its name, for the log.
        attempt: Raises `DependencyDown` while the service is away.
    """
    pause, tries = _FIRST_PAUSE_S, 0
    while True:
        try:
            return await attempt()
        except DependencyDown as error:
            tries += 1
            if tries == 20:
                log.warning("still waiting", service=what, reason=str(error))
            await asyncio.sleep(pause)
            pause = min(pause * 1.3, _LONGEST_PAUSE_S)
