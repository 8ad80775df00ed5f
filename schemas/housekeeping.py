"""What an installation does by itself, at fixed times."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import field_validator

from schemas.base import Message


class Chore(StrEnum):
    """Something that is done by itself."""

    RENEW_ALLOWANCES = "renew_allowances"
    RELEASE_ABANDONED = "release_abandoned"
    SWEEP_STORE = "sweep_store"
    FORGET_BYGONES = "forget_bygones"


class Round(StrEnum):
    """Chores that are done together. Its value is a part of the name of its schedule."""

    HOURLY = "hourly"
    DAILY = "daily"


CHORES: dict[Round, tuple[Chore, ...]] = {
    # Every hour: who came since gets theirs within one, and a month's start that was missed is made up for.
    Round.HOURLY: (Chore.RENEW_ALLOWANCES, Chore.RELEASE_ABANDONED),
    Round.DAILY: (Chore.SWEEP_STORE, Chore.FORGET_BYGONES),
}
"""What each round consists of."""

EVERY: dict[Round, tuple[timedelta, timedelta]] = {
    Round.HOURLY: (timedelta(hours=1), timedelta(minutes=2)),
    Round.DAILY: (timedelta(days=1), timedelta(hours=3, minutes=30)),
}
"""How often each is made, and how long after the hour or the day, in UTC, began."""


class HousekeepingInput(Message):
    """A round."""

    chores: tuple[Chore, ...]
    """In the order in which they are done."""

    @field_validator("chores", mode="before")
    @classmethod
    def _known(cls, chores: object) -> object:
        """Leave out what a later version does: its workers write the schedule, and workers of this one may read it."""
        if not isinstance(chores, list | tuple):
            return chores
        return tuple(chore for chore in chores if chore in set(Chore))


class ChoreInput(Message):
    """One chore of a round."""

    at: datetime
    """When the round began."""


class AllowancesRenewed(Message):
    """Users were given the allowance of the month."""

    users: int


class ReservationsReleased(Message):
    """What was set aside for films whose workflow could not settle it was given back."""

    films: int
    credits: int


class StoreSwept(Message):
    """The store was rid of what nobody knows."""

    looked_at: int
    """Objects that there were."""
    deleted: int
    bytes: int
    """Of those that were deleted."""
    uploads: int
    """Uploads in parts that nobody had finished, and that were ended."""
    note: str = ""
    """Why nothing was deleted, where that is for a reason; empty otherwise."""


class BygonesForgotten(Message):
    """What no longer did anything went from the database."""

    rows: dict[str, int]
    """How many, by table."""


class HousekeepingResult(Message):
    """What a round has done; None for chores that are none of it."""

    renewed: AllowancesRenewed | None = None
    released: ReservationsReleased | None = None
    swept: StoreSwept | None = None
    forgotten: BygonesForgotten | None = None
