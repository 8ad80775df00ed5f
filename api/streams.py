"""Tells whoever watches a film that something has happened to it: one connection to the database a process."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import structlog
from pydantic import SecretStr

from infrastructure.db.listen import EVENTS_CHANNEL, listen
from schemas.errors import DependencyDown

AGAIN_S = 1.0
"""How long after a loss the database is asked again."""

log = structlog.get_logger(__name__)


class Watchers:
    """Those who watch films, by film."""

    def __init__(self) -> None:
        self._watching: defaultdict[UUID, set[asyncio.Event]] = defaultdict(set)

    @asynccontextmanager
    async def watching(self, job_id: UUID) -> AsyncIterator[asyncio.Event]:
        """Watch a film: the event is set whenever something may have happened to it."""
        happened = asyncio.Event()
        self._watching[job_id].add(happened)
        try:
            yield happened
        finally:
            self._watching[job_id].discard(happened)
            if not self._watching[job_id]:
                del self._watching[job_id]

    @property
    def count(self) -> int:
        """How many watch."""
        return sum(len(watchers) for watchers in self._watching.values())

    async def run(self, dsn: SecretStr) -> None:
        """Pass on what the database tells, until cancelled."""
        while True:
            try:
                async with listen(dsn, EVENTS_CHANNEL) as notifications:
                    self._all()  # something may have happened before anybody listened
                    async for payload in notifications:
                        self._tell(payload)
            except DependencyDown as error:
                log.warning("nobody is told of events", reason=str(error))
            await asyncio.sleep(AGAIN_S)

    def _tell(self, payload: str) -> None:
        with suppress(ValueError):
            for happened in self._watching.get(UUID(payload), ()):
                happened.set()

    def _all(self) -> None:
        for watchers in self._watching.values():
            for happened in watchers:
                happened.set()
