"""The CPU worker: workflows, light activities, drawing and encoding, in one process with a pool beneath it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker

from activities.deps import Deps
from activities.failures import StudioFailures
from activities.observing import Observed
from activities.registry import activities_of
from infrastructure.settings import Settings
from schemas.stages import Queue
from workers.connecting import connect_temporal, until_up
from workers.dependencies import dependencies
from workers.running import HEARTBEAT_THROTTLE, run_until
from workers.schedules import keep_schedules
from workers.spot import heed_notices
from workers.versioning import CPU, deployment
from workflows.film import FilmWorkflow
from workflows.housekeeping import HousekeepingWorkflow
from workflows.reel import ReelWorkflow
from workflows.sandbox import sandboxed_runner
from workflows.scene import SceneWorkflow

WORKFLOWS = (FilmWorkflow, SceneWorkflow, ReelWorkflow, HousekeepingWorkflow)

LIGHT_ACTIVITIES_AT_ONCE = 32

_STICKY_TIMEOUT = timedelta(seconds=3)
"""How long a workflow task waits for a worker that died before another one takes it."""


def workers(client: Client, deps: Deps, settings: Settings) -> list[Worker]:
    """Build the workers of both CPU queues.

    Args:
        client: Connected to Temporal.
        deps: What activities stand on.
        settings: For the number of processes and the time to drain.
    """
    drain = timedelta(seconds=settings.drain_s)
    film = Worker(
        client,
        task_queue=Queue.FILM_CPU.value,
        workflows=WORKFLOWS,
        activities=activities_of(Queue.FILM_CPU, deps),
        workflow_runner=sandboxed_runner(),
        interceptors=[Observed(), StudioFailures()],
        max_concurrent_activities=LIGHT_ACTIVITIES_AT_ONCE,
        max_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        sticky_queue_schedule_to_start_timeout=_STICKY_TIMEOUT,
        graceful_shutdown_timeout=drain,
        identity=deps.worker,
        deployment_config=deployment(CPU, settings),
    )
    media = Worker(
        client,
        task_queue=Queue.MEDIA_CPU.value,
        activities=activities_of(Queue.MEDIA_CPU, deps),
        interceptors=[Observed(), StudioFailures()],
        # One more than there are processes: while one stores its picture, the next is drawn.
        max_concurrent_activities=settings.render_processes + 1,
        max_heartbeat_throttle_interval=HEARTBEAT_THROTTLE,
        graceful_shutdown_timeout=drain,
        identity=deps.worker,
        deployment_config=deployment(CPU, settings),
    )
    return [film, media]


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Work until told to stop, then drain: take nothing new, finish or give back what is in hand.

    Args:
        settings: The installation's.
        stop: Set by whoever wants the worker to end.
    """
    async with heed_notices(settings, stop), dependencies(settings) as deps:
        client = await until_up("Temporal", lambda: connect_temporal(settings))
        # By the worker and not the relay: a schedule never asks for a workflow that nobody here knows yet.
        async with keep_schedules(client, settings):
            await run_until(workers(client, deps, settings), stop)
