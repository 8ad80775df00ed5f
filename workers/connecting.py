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
from infrastructure.tracing import tracer
from schemas.errors import DependencyDown
from workflows.spans import interceptors

T = TypeVar("T")

_PAUSE_S = 0.1
_LONG_PAUSE_S = 2.0
_PATIENT_TRIES = 100
"""After so many short pauses, some ten seconds, the service is not starting but away."""

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
            interceptors=interceptors(tracer()),
        )
    except (RuntimeError, RPCError) as error:
        raise DependencyDown(f"Temporal does not answer at {settings.temporal_address}: {error}") from error


async def until_up(what: str, attempt: Callable[[], Awaitable[T]]) -> T:
    """Try until a service answers: ten times a second at first, every two seconds when it is away for longer.

    Args:
        what: Its name, for the log.
        attempt: Raises `DependencyDown` while the service is away.
    """
    tries = 0
    while True:
        try:
            return await attempt()
        except DependencyDown as error:
            tries += 1
            if tries == _PATIENT_TRIES:
                log.warning("still waiting", service=what, reason=str(error))
            await asyncio.sleep(_PAUSE_S if tries < _PATIENT_TRIES else _LONG_PAUSE_S)
