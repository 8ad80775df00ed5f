"""How often something was done: limits that hold over all processes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Integer, Interval, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

# Whoever counts takes a few along that have ended: so none stay, and nobody has to come for them.
_COUNT = text("""
    WITH ended AS (
        DELETE FROM tallies WHERE who IN (
            SELECT who FROM tallies WHERE ends_at < clock_timestamp() AND who <> :who
            ORDER BY ends_at LIMIT 4 FOR UPDATE SKIP LOCKED
        )
    )
    INSERT INTO tallies (who, count, ends_at) VALUES (:who, :by, clock_timestamp() + :stretch)
    ON CONFLICT (who) DO UPDATE SET
        count = CASE WHEN tallies.ends_at > clock_timestamp() THEN tallies.count + :by ELSE :by END,
        ends_at = CASE WHEN tallies.ends_at > clock_timestamp() THEN tallies.ends_at
                       ELSE clock_timestamp() + :stretch END
    RETURNING count AS times, ends_at, extract(epoch FROM ends_at - clock_timestamp()) AS seconds
""").bindparams(bindparam("stretch", type_=Interval), bindparam("by", type_=Integer))

_FORGET = text("DELETE FROM tallies WHERE who = :who")


class Tallied(NamedTuple):
    """How often something was done in the present stretch of time."""

    times: int
    ends_at: datetime
    seconds: float
    """Until it ends."""


class Tallies:
    """How often something was done."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def count(self, who: str, stretch: timedelta, by: int = 1) -> Tallied:
        """Count one more, or several at once.

        Args:
            who: What is limited and for whom.
            stretch: How long one count lasts; the first of it begins it.
            by: How many more.
        """
        counted = await self._session.execute(_COUNT, {"who": who[:200], "stretch": stretch, "by": by})
        row = counted.one()
        return Tallied(row.times, row.ends_at, float(row.seconds))

    async def forget(self, who: str) -> None:
        """Begin a count anew: who signs in is no longer held to failures."""
        await self._session.execute(_FORGET, {"who": who[:200]})
