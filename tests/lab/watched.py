"""A film, and those who watch it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from api.streams import Seat, Watchers
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Events
from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput

PATIENCE_S = 240.0


class Watched:
    """A film, and those who watch it."""

    def __init__(self, db: Database, film: FilmInput, watchers: Watchers) -> None:
        self._db = db
        self._film = film
        self.watchers = watchers

    async def tell(
        self, key: str, kind: EventKind = EventKind.SHOTS_MADE, status: JobStatus | None = None, more: str = ""
    ) -> None:
        event = NewEvent(job_id=self._film.job_id, key=key, kind=kind, status=status, data={"more": more})
        async with self._db.begin() as session:
            await Events(session).record(event)

    async def end(self) -> None:
        await self.tell("end", EventKind.CANCELLED, JobStatus.CANCELLED)

    def watch(self, known: int = 0) -> asyncio.Task[list[int]]:
        """Watch until the film ends; which events that were told of."""

        async def watch() -> list[int]:
            with self.watchers.watching(self._film.job_id, known) as seat:
                return [number async for number in numbers(seat)]

        return asyncio.create_task(watch())

    async def seated(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self.watchers.count < count:
                await asyncio.sleep(0)


async def numbers(seat: Seat) -> AsyncIterator[int]:
    """The numbers of the events that are taken from a seat."""
    async for written in seat:
        for number in told(written.decode()):
            yield number


def told(text: str) -> list[int]:
    """The numbers of the events in a stream, or in a part of one."""
    lines = text.splitlines()
    assert all(line.split(":")[0] in ("", "id", "event", "data", "retry") for line in lines), text[:500]
    return [int(line.removeprefix("id: ")) for line in lines if line.startswith("id: ")]
