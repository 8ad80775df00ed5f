"""A look at an installation: once it is over, nobody goes on asking."""

from __future__ import annotations

import asyncio

from temporalio.client import Client

from api.usecases.look_around import look_around
from infrastructure.db.engine import Database
from infrastructure.queueing import Depth, Queues
from infrastructure.settings import Settings
from schemas.errors import DependencyDown


class Uneven(Queues):
    """Queues of which one refuses at once, and the others do not answer."""

    asking = 0

    async def depth(self, name: str) -> Depth:
        if name == self.settings.dead_letter_queue:
            raise DependencyDown("The queue service refuses.")
        self.asking += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.asking -= 1
        raise AssertionError


async def nobody() -> Client:
    raise DependencyDown("Temporal is away.")


async def test_who_has_not_answered_is_not_asked_any_more_where_another_has_refused() -> None:
    db, queues = Database("postgresql://studio@127.0.0.1:1/none"), Uneven(Settings())
    around = await look_around(db, queues, nobody)
    await db.close()
    assert queues.asking == 0
    assert (around.jobs, around.queues, around.work) == (None, None, None)
    assert {"The queue service refuses.", "Temporal is away."} < set(around.away)
