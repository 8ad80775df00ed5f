"""What an installation is doing at this moment: films, queues and whoever works. Nothing is changed.

All parts are asked at once and none for long: what is away is named, and the others are told of nevertheless.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from botocore.exceptions import ClientError
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import PollerInfo, TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from infrastructure.aws import error_code
from infrastructure.db.engine import Database
from infrastructure.db.repositories.overview import OpenFilm, Overview, Waiting
from infrastructure.queueing import GONE, Depth, Queues
from infrastructure.tickets import queue_of_tickets
from schemas.enums import JobStatus
from schemas.errors import DependencyDown, StudioError
from schemas.stages import GPU_QUEUES, Queue

PATIENCE_S = 2.0
"""How long a part may take to answer."""
MOST_FILMS = 20
"""So many films are told of one by one."""
SEEN = timedelta(minutes=2)
"""A worker that has not asked for so long is gone: each asks about once a minute when there is nothing to do."""

T = TypeVar("T")


@dataclass(frozen=True)
class JobsNow:
    """Films.

    Attributes:
        by_status: How many there are of each.
        open: Those that have not come to an end, the oldest first, `MOST_FILMS` at most.
        commands: What Temporal must still be told.
    """

    by_status: dict[JobStatus, int]
    open: tuple[OpenFilm, ...]
    commands: Waiting


@dataclass(frozen=True)
class WorkerNow:
    """Somebody who asks for work.

    Attributes:
        identity: HOST:PID.
        build: Of its code; empty where builds are not told apart.
        asked_s: How long ago it last asked, in seconds.
    """

    identity: str
    build: str
    asked_s: float


@dataclass(frozen=True)
class WorkNow:
    """A task queue of Temporal's.

    Attributes:
        queue: Which.
        waiting: How many tasks nobody has taken yet.
        oldest_s: How long the oldest has waited, in seconds.
        workers: Who asks for them.
    """

    queue: Queue
    waiting: int
    oldest_s: float
    workers: tuple[WorkerNow, ...]


@dataclass(frozen=True)
class Around:
    """What was seen.

    Attributes:
        at: When.
        jobs: Films; None where the database is away.
        queues: Tickets and dead letters, of the queues that there are; None where they are away.
        work: Task queues and workers; None where Temporal is away.
        away: What is away, in sentences.
    """

    at: datetime
    jobs: JobsNow | None
    queues: tuple[Depth, ...] | None
    work: tuple[WorkNow, ...] | None
    away: tuple[str, ...]


async def look_around(db: Database, queues: Queues, temporal: Callable[[], Awaitable[Client]]) -> Around:
    """Look.

    Args:
        db: Knows the films.
        queues: Tickets and dead letters.
        temporal: Connects to Temporal, or has done so.
    """
    away: list[str] = []
    jobs, depths, work = await asyncio.gather(
        _asked("The database", lambda: _jobs(db), away),
        _asked("The queue service", lambda: _depths(queues), away),
        _asked("Temporal", lambda: _work(temporal), away),
    )
    return Around(datetime.now(UTC), jobs, depths, work, tuple(away))


async def _asked(name: str, ask: Callable[[], Awaitable[T]], away: list[str]) -> T | None:
    try:
        return await asyncio.wait_for(ask(), PATIENCE_S)
    except TimeoutError:
        away.append(f"{name} did not answer within {PATIENCE_S:g} s.")
    except StudioError as error:
        away.append(str(error))
    except RPCError as error:
        away.append(f"{name} does not answer: {error.message}")
    return None


async def _all(asked: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Await all at once. Where one fails, the others are ended first: nobody goes on asking where all is closed."""
    tasks = [asyncio.create_task(one) for one in asked]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _jobs(db: Database) -> JobsNow:
    async with db.begin() as session:
        overview = Overview(session)
        return JobsNow(await overview.films(), tuple(await overview.open_films(MOST_FILMS)), await overview.commands())


async def _depths(queues: Queues) -> tuple[Depth, ...]:
    settings = queues.settings
    names = [*(queue_of_tickets(settings, queue) for queue in GPU_QUEUES), settings.dead_letter_queue]
    found = await _all(_depth(queues, name) for name in names)
    return tuple(depth for depth in found if depth is not None)


async def _depth(queues: Queues, name: str) -> Depth | None:
    """Count what a queue holds; None where it is not there: each is made when it is first wanted."""
    try:
        return await queues.depth(name)
    except DependencyDown as error:
        if isinstance(error.__cause__, ClientError) and error_code(error.__cause__) in GONE:
            return None
        raise


async def _work(temporal: Callable[[], Awaitable[Client]]) -> tuple[WorkNow, ...]:
    client = await temporal()
    return tuple(await _all(_task_queue(client, queue) for queue in Queue))


async def _task_queue(client: Client, queue: Queue) -> WorkNow:
    kinds = [TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY]
    if queue is Queue.FILM_CPU:
        kinds.append(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
    answers = await asyncio.gather(
        *(
            client.workflow_service.describe_task_queue(
                DescribeTaskQueueRequest(
                    namespace=client.namespace,
                    task_queue=TaskQueue(name=queue.value),
                    task_queue_type=kind,
                    report_stats=True,
                ),
                timeout=timedelta(seconds=PATIENCE_S),
            )
            for kind in kinds
        )
    )
    return WorkNow(
        queue,
        sum(answer.stats.approximate_backlog_count for answer in answers),
        max(answer.stats.approximate_backlog_age.ToTimedelta().total_seconds() for answer in answers),
        _workers([poller for answer in answers for poller in answer.pollers]),
    )


def _workers(pollers: list[PollerInfo]) -> tuple[WorkerNow, ...]:
    """Those that are there, each once: it asks for workflows and for activities."""
    now = datetime.now(UTC)
    found: dict[tuple[str, str], float] = {}
    for poller in pollers:
        asked_s = (now - poller.last_access_time.ToDatetime(UTC)).total_seconds()
        who = (poller.identity, poller.deployment_options.build_id)
        if asked_s < SEEN.total_seconds():
            found[who] = min(asked_s, found.get(who, asked_s))
    return tuple(WorkerNow(identity, build, max(0.0, age)) for (identity, build), age in sorted(found.items()))
