"""How many requests somebody may make: counted in the database, so that it holds however many processes serve.

A process takes a handful of requests from the count at once and spends them by itself: most requests ask nobody, and
somebody who is refused costs the database nothing until their stretch of time has ended.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Final

from accounts.limits import Limit
from infrastructure.db.engine import Database
from infrastructure.db.repositories.tallies import Tallies
from infrastructure.together import Together
from schemas.errors import TooManyRequests

OF_USER: Final = Limit("requests", 1200, timedelta(minutes=1))
"""Of one user, in all their sessions and with all their keys."""
OF_PLACE: Final = Limit("requests-place", 3000, timedelta(minutes=1))
"""From one address, where many users may be."""
OF_GUEST: Final = Limit("links", 120, timedelta(minutes=1))
"""Links to films that are opened from one address, by people without an account."""
HANDFULS: Final = 20
"""Into so many parts a limit is divided. What a process has taken and not spent is lost to the others until the stretch
ends: with so few that nobody is refused early who stays below nine tenths of a limit over two processes."""
KNOWN: Final = 10_000
"""Users and addresses that a process keeps in mind."""


@dataclass(frozen=True)
class Standing:
    """How somebody stands with a limit."""

    limit: Limit
    most: int
    """Requests that are allowed in a stretch of time."""
    left: int
    """Those of them that are left, as far as this process knows."""
    seconds: float
    """Until the stretch ends."""


@dataclass
class _Handful:
    """What a process may spend without asking."""

    left: int
    unclaimed: int
    """What nobody had taken when this process last asked."""
    ends: float
    """By the monotonic clock."""


class Quota:
    """Counts requests, and refuses what is too much."""

    def __init__(self, db: Database, scale: int = 1) -> None:
        """Count in a database.

        Args:
            db: The database.
            scale: By how much more often everything is allowed: `Settings.limits_scale`.
        """
        self._db = db
        self._scale = scale
        self._held: OrderedDict[str, _Handful] = OrderedDict()
        self._claiming: Together[_Handful] = Together()

    async def take(self, limit: Limit, who: str) -> Standing:
        """Count one more request.

        Args:
            limit: How many are allowed.
            who: To whom.

        Raises:
            TooManyRequests: It is one too many.
            DependencyDown: The database does not answer.
        """
        key, most = f"{limit.name}:{who}", limit.most * self._scale
        held = self._held.get(key)
        while held is None or held.ends <= time.monotonic() or (not held.left and held.unclaimed):
            held = await self._claiming.ask(key, lambda: self._claim(key, most, limit.stretch))
        seconds = max(0.0, held.ends - time.monotonic())
        if not held.left:
            raise TooManyRequests(
                f"Those were {most} requests within {limit.stretch.total_seconds():g} s; "
                f"go on in {ceil(max(1.0, seconds))} s.",
                retry_after_s=max(1.0, seconds),
                limit=most,
            )
        held.left -= 1
        return Standing(limit, most, held.left + held.unclaimed, seconds)

    async def _claim(self, key: str, most: int, stretch: timedelta) -> _Handful:
        """Take a handful from the count."""
        handful = max(1, most // HANDFULS)
        async with self._db.begin() as session:
            tallied = await Tallies(session).count(key, stretch, by=handful)
        ends = time.monotonic() + max(0.0, tallied.seconds)
        before = tallied.times - handful
        held = self._held[key] = _Handful(min(handful, max(0, most - before)), max(0, most - tallied.times), ends)
        self._held.move_to_end(key)
        if len(self._held) > KNOWN:
            self._held.popitem(last=False)
        return held
