"""What an invariant is looked at on, and what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client, WorkflowHistory

from accounts.verify import MoneyFindings
from infrastructure.db.engine import Database
from infrastructure.retention import ORPHAN_AGE
from infrastructure.storage import ObjectStore
from schemas.jobs import FilmOptions

MOST_OF_A_KIND = 100
"""Faults of one kind that are listed at most, where a query finds them."""

Play = Callable[[Path, FilmOptions, int], None]
"""Plays a film and raises `StudioError` unless it is what the options say, and has so many frames."""
Replay = Callable[[WorkflowHistory], Awaitable[str | None]]
"""Replays a history against today's workflow code; says why it does not, or None."""


@dataclass(frozen=True)
class Installation:
    """What is looked at, and with what."""

    db: Database
    store: ObjectStore
    client: Client
    play: Play
    replay: Replay
    money: MoneyFindings
    """The ledger, looked at once for all that is about it."""
    recorded: Sequence[WorkflowHistory] = ()
    """Histories that were saved to be replayed."""
    orphan_age: timedelta = ORPHAN_AGE
    """Objects that are younger may have no row yet."""


@dataclass(frozen=True)
class Checked:
    """What came of looking at one invariant."""

    count: int
    """How many of its things there are."""
    looked_at: str
    """The same in words."""
    faults: Sequence[str] = ()
    """Where it does not hold, a sentence each."""


@dataclass(frozen=True)
class Invariant:
    """Something that must hold."""

    name: str
    promise: str
    """What it says, in a sentence."""
    look: Callable[[Installation], Awaitable[Checked]]


def counted(number: int, one: str, many: str = "") -> str:
    """Put a number before a noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
