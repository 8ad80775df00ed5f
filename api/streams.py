"""Tells whoever watches a film what happens to it: one connection to the database a process, and one look an event.

However many watch a film, what happened is read once and put in words once. Each of them has a seat. What is laid on it
goes out at once where its connection takes it; else it lies there until their task has passed it on. A seat holds one
thing: who takes nothing for a while is told the rest when they have.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import Final
from uuid import UUID

import structlog
from pydantic import SecretStr

from api.connections import Write
from infrastructure.db.engine import Database
from infrastructure.db.listen import EVENTS_CHANNEL, listen
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from schemas.errors import DependencyDown
from schemas.events import JobEvent

AGAIN_S: Final = 1.0
"""How long after a loss the database is asked again."""
KEEP_ALIVE_S: Final = 15.0
"""How often a stream says something although nothing has happened, so that nobody on the way takes it for dead."""
AT_ONCE: Final = 500
"""Events that are read at a time."""
_STILL_HERE: Final = b": still here\n\n"

log = structlog.get_logger(__name__)


class Seat:
    """Somebody who watches a film."""

    __slots__ = ("_film", "_laid", "_over", "_passing", "_waiting", "_write", "known")

    def __init__(self, film: _Film, known: int, write: Write | None) -> None:
        self._film = film
        self._write = write
        self._laid = b""
        self._passing = False
        self._over: bool | Exception = False
        self._waiting: asyncio.Future[None] | None = None
        self.known = known
        """Number of the last event that was laid here."""

    @property
    def free(self) -> bool:
        """Whether something can be laid here."""
        return not self._laid and not self._over

    def lay(self, written: bytes, known: int) -> None:
        """Lay something here, which ends with an event."""
        self.known = known
        if self._write is not None and not self._passing and self._write(written):
            return
        self._laid = written
        self._wake()

    def end(self, why: Exception | None = None) -> None:
        """Nothing will be laid here any more."""
        self._over = why or True
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Take what lies here, until the film has come to an end and all is told.

        Raises:
            Exception: What kept events from being read, such as a database that does not answer.
        """
        while True:
            while self.free:
                self._waiting = asyncio.get_running_loop().create_future()
                await self._waiting
            self._waiting = None
            if self._laid:
                taken, self._laid = self._laid, b""
                self._passing = True  # until this has gone out nothing overtakes it
                yield taken
                self._passing = False
                self._film.taken(self)
            elif isinstance(self._over, Exception):
                raise self._over
            else:
                return


class _Film:
    """A film that is watched."""

    def __init__(self, job_id: UUID, db: Database) -> None:
        self._job_id = job_id
        self._db = db
        self._newest = 0
        self._stale = False
        self._reading: asyncio.Task[None] | None = None
        self.seats: set[Seat] = set()

    def happened(self) -> None:
        """Something may have happened, or somebody came who knows less than others: look."""
        self._stale = True
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())

    def taken(self, seat: Seat) -> None:
        """A seat is free again: what came meanwhile is laid there."""
        if self._stale or seat.known < self._newest:
            self.happened()

    def still_here(self) -> None:
        """Say something to everybody."""
        for seat in self.seats:
            if seat.free:
                seat.lay(_STILL_HERE, seat.known)

    async def _read(self) -> None:
        """Read and lay out what happened, until nothing is left of it."""
        try:
            while self._stale:
                free = [seat for seat in self.seats if seat.free]
                if not free:
                    break  # whoever takes what lies there looks again
                self._stale = False
                await self._lay(free)
        except Exception as error:  # who watches is to know of it, whatever it is
            for seat in self.seats:
                seat.end(error)
        finally:
            self._reading = None

    async def _lay(self, free: list[Seat]) -> None:
        since = min(seat.known for seat in free)
        async with self._db.begin() as session:
            told = await Events(session).after(self._job_id, since, AT_ONCE)
            job = await Jobs(session).standing(self._job_id)
        known = told[-1].seq if told else since
        over = job is None or (job.status.terminal and known >= job.last_seq)
        if job is not None:
            self._newest = max(self._newest, job.last_seq)
        self._stale = self._stale or len(told) == AT_ONCE
        written = [(event.seq, _written(event)) for event in told]
        after: dict[int, bytes] = {}
        for seat in free:
            if seat.known not in after:
                after[seat.known] = b"".join(one for seq, one in written if seq > seat.known)
            if after[seat.known]:
                seat.lay(after[seat.known], max(known, seat.known))
            if over and seat.known >= known:
                seat.end()


class Watchers:
    """Those who watch films, by film."""

    def __init__(self, db: Database) -> None:
        """Know where events are read."""
        self._db = db
        self._films: dict[UUID, _Film] = {}

    @contextmanager
    def watching(self, job_id: UUID, known: int, write: Write | None = None) -> Iterator[Seat]:
        """Watch a film.

        Args:
            job_id: The film.
            known: Number of the last of its events that is known; 0 for none.
            write: Writes to who watches without being waited for; None where they take all from their seat.

        Yields:
            Where all that follow are laid, as server-sent events, but for those that were written.
        """
        film = self._films.get(job_id)
        if film is None:
            film = self._films[job_id] = _Film(job_id, self._db)
        seat = Seat(film, known, write)
        film.seats.add(seat)
        film.happened()
        try:
            yield seat
        finally:
            film.seats.discard(seat)
            if not film.seats:
                self._films.pop(job_id, None)

    @property
    def count(self) -> int:
        """How many watch."""
        return sum(len(film.seats) for film in self._films.values())

    async def run(self, dsn: SecretStr) -> None:
        """Pass on what the database tells, until cancelled."""
        await asyncio.gather(self._listen(dsn), self._keep_alive())

    async def _listen(self, dsn: SecretStr) -> None:
        while True:
            try:
                async with listen(dsn, EVENTS_CHANNEL) as notifications:
                    for film in self._films.values():
                        film.happened()  # something may have, before anybody listened
                    async for payload in notifications:
                        self._tell(payload)
            except DependencyDown as error:
                log.warning("nobody is told of events", reason=str(error))
            await asyncio.sleep(AGAIN_S)

    def _tell(self, payload: str) -> None:
        with suppress(ValueError):
            film = self._films.get(UUID(payload))
            if film is not None:
                film.happened()

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(KEEP_ALIVE_S)
            for film in self._films.values():
                film.still_here()
                film.happened()  # whoever should have told of it may be gone without a word


def _written(event: JobEvent) -> bytes:
    return f"id: {event.seq}\nevent: {event.kind.value}\ndata: {event.model_dump_json()}\n\n".encode()
