"""How an installation is doing: all its parts are asked at once, none for long, and what is away says so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from api.models import admin as models
from api.services import Services
from infrastructure.db.repositories.overview import Overview
from infrastructure.settings import Settings
from schemas.enums import RendererName
from schemas.errors import DependencyDown
from schemas.stages import Queue

PATIENCE_S = 2.0
"""How long a part may take to answer."""
COMMAND_S = 60.0
"""A command that waits for longer says that no relay works, or that Temporal is away."""
LETTER_S = 900.0
"""A letter that waits for longer says that no relay works, or that no mail server takes it."""
SEEN = timedelta(minutes=2)
"""A worker that has not asked for so long is gone: each asks about once a minute when there is nothing to do."""

P = TypeVar("P", bound=models.Part)


async def examine_health(uses: Services) -> models.SystemHealth:
    """Ask every part, for two seconds at most, all at once."""
    database, store, queues, temporal, outbox, films = await asyncio.gather(
        _asked(models.DatabaseHealth, lambda: _database(uses)),
        _asked(models.Part, lambda: _store(uses)),
        _asked(models.QueuesHealth, lambda: _queues(uses)),
        _asked(models.TemporalHealth, lambda: _temporal(uses)),
        _asked(models.OutboxHealth, lambda: _outbox(uses)),
        _asked(models.FilmsHealth, lambda: _films(uses)),
    )
    return models.SystemHealth(
        healthy=all(part.healthy for part in (database, store, queues, temporal, outbox, films)),
        database=database,
        store=store,
        queues=queues,
        temporal=temporal,
        outbox=outbox,
        films=films,
    )


async def _asked(kind: type[P], ask: Callable[[], Awaitable[P]]) -> P:
    try:
        return await asyncio.wait_for(ask(), PATIENCE_S)
    except TimeoutError:
        return kind(healthy=False, said=f"It did not answer within {PATIENCE_S:g} s.")
    except DependencyDown as error:
        return kind(healthy=False, said=str(error))
    except RPCError as error:
        return kind(healthy=False, said=f"Temporal does not answer: {error.message}")


async def _database(uses: Services) -> models.DatabaseHealth:
    await uses.db.ready()
    async with uses.db.begin() as session:
        return models.DatabaseHealth(healthy=True, revision=await Overview(session).revision())


async def _store(uses: Services) -> models.Part:
    await uses.store.ping()
    return models.Part(healthy=True)


async def _queues(uses: Services) -> models.QueuesHealth:
    depths = await uses.queues.depths()
    return models.QueuesHealth(healthy=True, queues=[models.QueueDepth(**asdict(depth)) for depth in depths])


async def _temporal(uses: Services) -> models.TemporalHealth:
    client = await uses.temporal()
    needed = _needed(uses.settings)
    found = await asyncio.gather(*(_task_queue(client, queue, queue in needed) for queue in Queue))
    idle = [one.name for one in found if one.needed and not one.activity_pollers]
    said = f"Nobody works on {', '.join(idle)}: start a worker." if idle else ""
    return models.TemporalHealth(healthy=not idle, said=said, task_queues=list(found))


def _needed(settings: Settings) -> set[Queue]:
    """The queues whose workers this installation has promised."""
    painted = {Queue.GPU_KEYFRAME} if RendererName.SDXL in settings.available_renderers else set()
    moved = {Queue.GPU_MOTION} if settings.ltx_model else set()
    return {Queue.FILM_CPU, Queue.MEDIA_CPU} | painted | moved


async def _task_queue(client: Client, queue: Queue, needed: bool) -> models.TaskQueue:
    workflows, activities = await asyncio.gather(
        _pollers(client, queue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
        _pollers(client, queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    )
    return models.TaskQueue(name=queue, needed=needed, workflow_pollers=workflows, activity_pollers=activities)


async def _pollers(client: Client, queue: Queue, kind: TaskQueueType.ValueType) -> int:
    answer = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace, task_queue=TaskQueue(name=queue.value), task_queue_type=kind
        ),
        timeout=timedelta(seconds=PATIENCE_S),
    )
    since = datetime.now(UTC) - SEEN
    return sum(poller.last_access_time.ToDatetime(UTC) > since for poller in answer.pollers)


async def _outbox(uses: Services) -> models.OutboxHealth:
    async with uses.db.begin() as session:
        overview = Overview(session)
        commands, letters = await overview.commands(), await overview.letters()
        given_up = await overview.letters_given_up()
    late = [
        f"the oldest {what} has waited for {age:.0f} s"
        for what, age, most in (
            ("command", commands.oldest_s, COMMAND_S),
            # An installation without a mail server keeps its letters on purpose.
            ("letter", letters.oldest_s if uses.settings.smtp_url else None, LETTER_S),
        )
        if age is not None and age > most
    ]
    return models.OutboxHealth(
        healthy=not late,
        said=f"See that a relay works: {' and '.join(late)}." if late else "",
        commands=commands.waiting,
        oldest_command_s=commands.oldest_s,
        letters=letters.waiting,
        oldest_letter_s=letters.oldest_s,
        letters_given_up=given_up,
    )


async def _films(uses: Services) -> models.FilmsHealth:
    async with uses.db.begin() as session:
        return models.FilmsHealth(healthy=True, by_status=await Overview(session).films())
