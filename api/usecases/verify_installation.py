"""Whether an installation is right: ten invariants, each looked at by itself, each named whether it holds or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client, WorkflowHistory

from accounts.verify import verify_money
from api.usecases.invariants import rows, running, stored
from api.usecases.invariants.base import Checked, Installation, Invariant, Play, Replay
from infrastructure.db.engine import Database
from infrastructure.retention import ORPHAN_AGE
from infrastructure.storage import ObjectStore

INVARIANTS = (
    Invariant(
        "ledger",
        "The postings of each entry sum to 0, nobody is below zero, and users have what the ledger says.",
        rows.ledger,
    ),
    Invariant(
        "purchases",
        "What was bought is in the ledger once, and no more of it was paid back than bought.",
        rows.purchases,
    ),
    Invariant(
        "reservations",
        "What is set aside for a film is taken or given back once, within a minute of the film's end.",
        rows.reservations,
    ),
    Invariant("films", "Every finished film is there, is the recorded one, and plays.", stored.films),
    Invariant("refunds", "A film that failed or was called off cost nothing.", rows.refunds),
    Invariant(
        "objects",
        "Every object in the store has a row or is younger than a day, and every row's object is there.",
        stored.objects,
    ),
    Invariant("tenants", "What belongs to somebody lies with them, and is made of what is theirs.", rows.tenants),
    Invariant("workflows", "Open jobs and running films match one to one.", running.workflows),
    Invariant("deliveries", "What waits for Temporal or for the mail server is delivered in time.", rows.deliveries),
    Invariant("histories", "What runs, and what was recorded, replays with today's workflow code.", running.histories),
)


@dataclass(frozen=True)
class Finding:
    """An invariant, and what came of looking at it."""

    name: str
    promise: str
    checked: Checked

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return not self.checked.faults


@dataclass(frozen=True)
class Findings:
    """What came of looking at all of them, in their order."""

    all: Sequence[Finding]

    def __getitem__(self, name: str) -> Finding:
        """Find one by its name."""
        return next(one for one in self.all if one.name == name)

    @property
    def faults(self) -> list[str]:
        """What is wrong with any of them."""
        return [fault for one in self.all for fault in one.checked.faults]

    @property
    def broken(self) -> list[str]:
        """Names of those that do not hold."""
        return [one.name for one in self.all if not one.holds]


async def verify_installation(
    *,
    db: Database,
    store: ObjectStore,
    client: Client,
    play: Play,
    replay: Replay,
    recorded: Sequence[WorkflowHistory] = (),
    orphan_age: timedelta = ORPHAN_AGE,
) -> Findings:
    """Look at everything; nothing is changed.

    Args:
        db: The database.
        store: The store.
        client: Connected to Temporal.
        play: Plays a film.
        replay: Replays a history.
        recorded: Histories that were saved to be replayed.
        orphan_age: Objects that are younger may have no row yet.

    Returns:
        What was found. An installation at work may show passing differences; one at rest must show none.

    Raises:
        DependencyDown: Database, store or Temporal do not answer.
    """
    on = Installation(db, store, client, play, replay, await verify_money(db), recorded, orphan_age)
    return Findings([Finding(one.name, one.promise, await one.look(on)) for one in INVARIANTS])
