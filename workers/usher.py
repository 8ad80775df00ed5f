"""The usher: sees that there are as many tickets as there is GPU work. Part of the relay's process.

Tickets get lost, come twice, and stay behind where a film was called off. What Temporal says counts: every minute what
is short is opened and what is too many is drained, once two looks a few seconds apart agree on it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from itertools import cycle, islice
from uuid import UUID

import structlog
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.service import RPCError

from infrastructure.db.engine import Database
from infrastructure.db.repositories.demand import Demand
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from infrastructure.tickets import Tickets
from schemas.errors import StudioError
from schemas.messages import GpuTicket
from schemas.stages import GPU_QUEUES, Queue

EVERY_S = 60.0
"""How often is counted."""
AGAIN_S = 10.0
"""How long after the first look the second is: tickets are opened a moment before their work, and taken one after."""
MOST_FILMS = 5000
"""So many films are looked at. Where there are more, nothing is drained: what is too many cannot be known then."""
ASKED_FOR = 50
"""Films whose workflows are asked for at once."""
AT_ONCE = 16
"""Workflows that are looked at at once."""

_FILM_ID = SearchAttributeKey.for_keyword("FilmId")

log = structlog.get_logger(__name__)

Work = Counter[tuple[Queue, UUID]]
"""How much GPU work of each film waits in each queue, or is in hand."""


async def usher(
    settings: Settings, db: Database, client: Client, *, every_s: float = EVERY_S, again_s: float = AGAIN_S
) -> None:
    """Make tickets and work agree until cancelled; survive whatever is away meanwhile.

    Args:
        settings: The installation's.
        db: Knows whose films may want GPUs.
        client: Connected to Temporal, which knows what waits.
        every_s: How often.
        again_s: How long after the first look the second is.
    """
    async with Queues(settings) as queues:
        while True:
            await asyncio.sleep(every_s)
            try:
                await agree(db, client, queues, again_s)
            except (StudioError, RPCError) as error:
                log.warning("tickets are not counted", reason=str(error))


async def agree(db: Database, client: Client, queues: Queues, again_s: float = AGAIN_S) -> dict[Queue, int]:
    """Count twice, then open what is short and drain what is too many. One at a time, of several relays.

    Args:
        db: Knows whose films may want GPUs.
        client: Connected to Temporal.
        queues: Where tickets lie.
        again_s: How long after the first look the second is.

    Returns:
        By how much tickets were changed: more than 0 where some were opened, less where some were drained.

    Raises:
        DependencyDown: Database or queue did not answer.
        RPCError: Temporal did not.
    """
    async with db.begin() as session:
        if not await Demand(session).alone():
            return {}
        tickets = {queue: Tickets(queues, queue) for queue in GPU_QUEUES}
        first, _ = await _look(db, client, tickets)
        if not any(first.values()):
            return {}
        await asyncio.sleep(again_s)
        second, work = await _look(db, client, tickets)
        changed = {queue: _less(first[queue], second[queue]) for queue in GPU_QUEUES}
        for queue, short in changed.items():
            if short > 0:
                await _open(short, queue, work, db, queues)
            elif short < 0:
                changed[queue] = -await _drain(-short, tickets[queue])
    log.info("tickets and work agree again", **{queue.value: number for queue, number in changed.items() if number})
    return changed


def _less(first: int, second: int) -> int:
    """What two looks agree on."""
    if first > 0 and second > 0:
        return min(first, second)
    return max(first, second) if first < 0 and second < 0 else 0


async def _look(db: Database, client: Client, tickets: Mapping[Queue, Tickets]) -> tuple[dict[Queue, int], Work]:
    """Find how many tickets are short in each queue; less than 0 where there are too many."""
    async with db.begin() as session:
        films = await Demand(session).films(MOST_FILMS)
    work = await work_of(client, films)
    short = {}
    for queue, theirs in tickets.items():
        depth = await theirs.depth()
        wanted = sum(number for (where, _), number in work.items() if where is queue)
        short[queue] = wanted - depth.waiting - depth.in_hand
        if len(films) == MOST_FILMS:
            short[queue] = max(0, short[queue])
    return short, work


async def work_of(client: Client, films: Sequence[UUID]) -> Work:
    """Count the GPU work that waits for somebody, is in hand, or will be tried again.

    Args:
        client: Connected to Temporal.
        films: Whose.

    Raises:
        RPCError: Temporal does not answer.
    """
    looking = asyncio.Semaphore(AT_ONCE)

    async def look(film: UUID, workflow_id: str, run_id: str) -> Work:
        async with looking:
            found = await client.get_workflow_handle(workflow_id, run_id=run_id).describe()
        pending = found.raw_description.pending_activities
        names = [one.activity_options.task_queue.name for one in pending]
        return Counter((queue, film) for queue in GPU_QUEUES for name in names if name == queue.value)

    work = Work()
    for found in await asyncio.gather(*[look(*one) async for one in _workflows(client, films)]):
        work.update(found)
    return work


async def _workflows(client: Client, films: Sequence[UUID]) -> AsyncIterator[tuple[UUID, str, str]]:
    """Find the workflows of films that are being made: film, id, run."""
    for start in range(0, len(films), ASKED_FOR):
        named = ", ".join(f"'{film}'" for film in films[start : start + ASKED_FOR])
        async for one in client.list_workflows(f"ExecutionStatus = 'Running' AND FilmId IN ({named})"):
            film = one.typed_search_attributes.get(_FILM_ID)
            if film is not None:
                yield UUID(film), one.id, one.run_id


async def _open(number: int, queue: Queue, work: Work, db: Database, queues: Queues) -> None:
    """Open tickets for the films that have most to do, in turn."""
    films = [film for (where, film), _ in work.most_common() if where is queue]
    async with db.begin() as session:
        jobs = {film: await Jobs(session).get(film) for film in films[:number]}
    inputs = [job.film_input for job in jobs.values() if job is not None]
    bucket = queues.settings.assets_bucket
    opened = [GpuTicket.of(film, bucket, "opened by whoever counts") for film in islice(cycle(inputs), number)]
    await Tickets(queues, queue).open(opened)


async def _drain(number: int, tickets: Tickets) -> int:
    """Take tickets that nobody holds out of the queue; return how many."""
    for drained in range(number):
        ticket = await tickets.take()
        if ticket is None:
            return drained
        await tickets.close(ticket)
    return number
