"""How often somebody may try: counted in the database, so that it holds however many processes serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from infrastructure.db.engine import Database
from infrastructure.db.repositories.tallies import Tallied, Tallies
from schemas.errors import TooManyRequests


@dataclass(frozen=True)
class Limit:
    """So often in a stretch of time."""

    name: str
    most: int
    stretch: timedelta


SIGN_IN_OF_ACCOUNT = Limit("sign-in", 10, timedelta(minutes=15))
"""Wrong passwords for one account, wherever they come from."""
SIGN_IN_OF_PLACE = Limit("sign-in-place", 60, timedelta(minutes=15))
"""Attempts from one address, whatever account they are for."""
LETTERS = Limit("letters", 5, timedelta(hours=1))
"""Letters to one address that somebody asked for."""
REGISTRATIONS = Limit("registrations", 20, timedelta(hours=1))
"""Accounts registered from one address."""
CHECKOUTS = Limit("checkouts", 30, timedelta(hours=1))
"""Purchases that one user begins."""

SHOWN_AGAIN = Limit("shown-again", 10, timedelta(minutes=15))
"""Passwords given by somebody who is signed in, before what cannot be undone."""
EXPORTS = Limit("exports", 5, timedelta(days=1))
"""How often somebody reads all that is known of them."""


class Limits:
    """Counts, and refuses."""

    def __init__(self, db: Database, scale: int = 1) -> None:
        """Count in a database.

        Args:
            db: The database.
            scale: By how much more often everything is allowed: `Settings.limits_scale`.
        """
        self._db = db
        self._scale = scale

    async def hold(self, limit: Limit, who: str) -> Tallied:
        """Count one more, and refuse what is too much.

        Args:
            limit: How often is allowed.
            who: To whom.

        Raises:
            TooManyRequests: That was more often.
        """
        async with self._db.begin() as session:
            tallied = await Tallies(session).count(f"{limit.name}:{who}", limit.stretch)
        most = limit.most * self._scale
        if tallied.times > most:
            wait = max(1.0, tallied.seconds)
            raise TooManyRequests(
                f"That was tried {most} times within {_words(limit.stretch)}; "
                f"try again in {_words(timedelta(seconds=wait))}.",
                retry_after_s=wait,
                limit=most,
            )
        return tallied

    async def forget(self, limit: Limit, who: str) -> None:
        """Begin a count anew."""
        async with self._db.begin() as session:
            await Tallies(session).forget(f"{limit.name}:{who}")


def _words(stretch: timedelta) -> str:
    seconds = round(stretch.total_seconds())
    for unit, length in (("hour", 3600), ("minute", 60)):
        if seconds >= length:
            count = -(-seconds // length)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
