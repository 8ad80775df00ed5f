"""Films whose shots were read lately: all pages of a list come from one reading.

To say what the shots of a film are, all of it is read, whichever of them are asked for. So what was read is kept for a
moment: whoever goes on in a list is answered from what its first page was read from.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple
from uuid import UUID
from weakref import WeakValueDictionary

from schemas.versions import ShotReport

KEPT_S: Final = 60.0
"""For how long a reading serves, in seconds: longer than a list takes that is read to its end."""
KEPT_SHOTS: Final = 20_000
"""Shots of all films that are kept, at most; they take about a kilobyte each. One film is kept whatever its length."""


class FilmState(NamedTuple):
    """What a film was when it was read."""

    revision: int
    version: int | None
    """The revision that is the film; None before there is one."""
    last_event: int
    """Whatever becomes of a shot is an event."""

    def goes_on(self, other: FilmState) -> bool:
        """Whether a list that began in one goes on in the other: both are of the same revision and the same film."""
        return self[:2] == other[:2]


class _Reading(NamedTuple):
    state: FilmState
    shots: Sequence[ShotReport]
    at: float


class ShotReadings:
    """What was read of films lately, the latest last."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know no film yet.

        Args:
            clock: Says what time it is, in seconds.
        """
        self._clock = clock
        self._kept: OrderedDict[UUID, _Reading] = OrderedDict()
        self._locks: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def of(
        self, job_id: UUID, state: FilmState, read: Callable[[], Awaitable[Sequence[ShotReport]]], *, begins: bool
    ) -> Sequence[ShotReport]:
        """Say what the shots of a film are, reading it where that was not done lately.

        Of several who ask at once, the first reads, and the others wait for it.

        Args:
            job_id: The film.
            state: As it is now.
            read: Reads it.
            begins: Whether a list begins, which is of the film as it is now; else it goes on in what was read then.

        Raises:
            Exception: Whatever `read` raised; the next who asks reads anew.
        """
        lock = self._locks.setdefault(job_id, asyncio.Lock())
        async with lock:
            kept = self._kept.get(job_id)
            if kept is None or not self._serves(kept, state, begins=begins):
                kept = _Reading(state, await read(), self._clock())
                self._keep(job_id, kept)
            return kept.shots

    def _serves(self, kept: _Reading, state: FilmState, *, begins: bool) -> bool:
        known = kept.state == state if begins else kept.state.goes_on(state)
        return known and self._clock() - kept.at < KEPT_S

    def _keep(self, job_id: UUID, reading: _Reading) -> None:
        """Keep a reading, and forget those that serve no longer, and the oldest of those that are too many."""
        self._kept[job_id] = reading
        self._kept.move_to_end(job_id)
        count = sum(len(one.shots) for one in self._kept.values())
        while len(self._kept) > 1:
            oldest = next(iter(self._kept.values()))
            if count <= KEPT_SHOTS and reading.at - oldest.at < KEPT_S:
                return
            self._kept.popitem(last=False)
            count -= len(oldest.shots)
