"""The schedules by which an installation keeps itself right: made, and brought up to date, by its CPU workers.

Whoever starts first makes them; the others find them as they should be and change nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleDescription,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleState,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError

from infrastructure.settings import Settings
from schemas.errors import DependencyDown
from schemas.housekeeping import CHORES, EVERY, HousekeepingInput, Round
from schemas.stages import Queue
from workers.connecting import until_up
from workflows.housekeeping import HousekeepingWorkflow

RPC_TIMEOUT = timedelta(seconds=5)
NOTE = "Made by the workers of the installation; docs/administration.md says what it does."

log = structlog.get_logger(__name__)


def schedule_of(settings: Settings, name: Round) -> Schedule:
    """Write down how a round is made.

    One round at a time: what comes meanwhile is left out, since the next does the same. What fell into an absence of
    Temporal is made up for when it was the last of its kind.
    """
    every, offset = EVERY[name]
    return Schedule(
        action=ScheduleActionStartWorkflow(
            HousekeepingWorkflow.run,
            HousekeepingInput(chores=CHORES[name]),
            id=f"housekeeping-{name}-{settings.env}",
            task_queue=Queue.FILM_CPU.value,
            static_summary=f"housekeeping, {name}",
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every, offset=offset)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=every),
        state=ScheduleState(note=NOTE),
    )


async def ensure_schedules(client: Client, settings: Settings) -> None:
    """Make the installation's schedules, or bring them up to date. At once from several processes, too.

    Whether one is paused is left as somebody has set it.

    Args:
        client: Connected to Temporal.
        settings: The installation's.

    Raises:
        DependencyDown: Temporal does not answer, or refuses.
    """
    for name in Round:
        try:
            await _ensure(client, settings.schedule(name), schedule_of(settings, name))
        except RPCError as error:
            raise DependencyDown(f"Temporal does not keep the schedule {settings.schedule(name)}: {error}") from error


async def _ensure(client: Client, schedule_id: str, wanted: Schedule) -> None:
    try:
        await client.create_schedule(schedule_id, wanted, rpc_timeout=RPC_TIMEOUT)
    except ScheduleAlreadyRunningError:
        handle = client.get_schedule_handle(schedule_id)
        if await _differs(await handle.describe(rpc_timeout=RPC_TIMEOUT), wanted):

            def update(found: ScheduleUpdateInput) -> ScheduleUpdate:
                wanted.state = found.description.schedule.state
                return ScheduleUpdate(wanted)

            await handle.update(update, rpc_timeout=RPC_TIMEOUT)
            log.info("schedule brought up to date", schedule=schedule_id)
    else:
        log.info("schedule made", schedule=schedule_id)


async def _differs(found: ScheduleDescription, wanted: Schedule) -> bool:
    was, shall = found.schedule.action, wanted.action
    if not (isinstance(was, ScheduleActionStartWorkflow) and isinstance(shall, ScheduleActionStartWorkflow)):
        return True
    given = await found.data_converter.decode([*was.args], [HousekeepingInput])
    return (was.workflow, was.task_queue, given, *_times(found.schedule)) != (
        shall.workflow,
        shall.task_queue,
        [*shall.args],
        *_times(wanted),
    )


def _times(schedule: Schedule) -> tuple[object, ...]:
    return [*schedule.spec.intervals], schedule.policy.overlap, schedule.policy.catchup_window


@asynccontextmanager
async def keep_schedules(client: Client, settings: Settings) -> AsyncIterator[None]:
    """See to the schedules beside other work, as soon as Temporal lets us; nothing waits for it."""
    keeping = asyncio.create_task(until_up("Temporal's schedules", lambda: ensure_schedules(client, settings)))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
