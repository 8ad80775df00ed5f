"""The CPU worker: workflows, light activities, drawing and encoding, in one process with a pool beneath it."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.worker import Worker

from activities.artifacts import ArtifactCache
from activities.craft_pool import CraftPool
from activities.deps import Deps
from activities.failures import StudioFailures
from activities.registry import activities_of
from activities.renderers import KeyframeRenderer, StoryboardInPool
from film.prompting.clip import ClipTokens
from film.prompting.tokens import EstimatedTokens
from infrastructure.db.engine import Database
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.enums import RendererName
from schemas.stages import Queue
from workers.connecting import connect_temporal, until_up
from workers.director import director_of
from workflows.film import FilmWorkflow
from workflows.sandbox import sandboxed_runner
from workflows.scene import SceneWorkflow

WORKFLOWS = (FilmWorkflow, SceneWorkflow)

LIGHT_ACTIVITIES_AT_ONCE = 32
DATABASE_CONNECTIONS = 10

_HEARTBEAT_THROTTLE = timedelta(seconds=2)
"""A cancel arrives with the answer to a heartbeat. With the default throttle it took 22.8 s, with this 0.7 s."""

_STICKY_TIMEOUT = timedelta(seconds=3)
"""How long a workflow task waits for a worker that died before another one takes it."""


@asynccontextmanager
async def dependencies(
    settings: Settings, renderers: Mapping[RendererName, KeyframeRenderer] | None = None
) -> AsyncIterator[Deps]:
    """Build what activities stand on, and take it down again.

    Args:
        settings: The installation's.
        renderers: Who draws; by default the storyboard, in the pool.
    """
    async with AsyncExitStack() as stack:
        db = Database(settings.database_url, pool_size=DATABASE_CONNECTIONS)
        stack.push_async_callback(db.close)
        pool = CraftPool(settings.render_processes)
        stack.callback(pool.close)
        pool.warm()
        store = await stack.enter_async_context(ObjectStore(settings))
        await until_up("store", store.ensure_bucket)
        await until_up("database", db.ready)
        yield Deps(
            db=db,
            store=store,
            queues=await stack.enter_async_context(Queues(settings)),
            pool=pool,
            artifacts=ArtifactCache(db, store),
            renderers=renderers or {RendererName.STORYBOARD: StoryboardInPool(pool)},
            work_dir=settings.work_dir or Path(tempfile.gettempdir()),
            worker=f"{socket.gethostname()}:{os.getpid()}",
            tokens=ClipTokens(settings.tokenizer) if settings.tokenizer else EstimatedTokens(),
            director=await stack.enter_async_context(director_of(settings)),
        )


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
        interceptors=[StudioFailures()],
        max_concurrent_activities=LIGHT_ACTIVITIES_AT_ONCE,
        max_heartbeat_throttle_interval=_HEARTBEAT_THROTTLE,
        sticky_queue_schedule_to_start_timeout=_STICKY_TIMEOUT,
        graceful_shutdown_timeout=drain,
        identity=deps.worker,
    )
    media = Worker(
        client,
        task_queue=Queue.MEDIA_CPU.value,
        activities=activities_of(Queue.MEDIA_CPU, deps),
        interceptors=[StudioFailures()],
        # One more than there are processes: while one stores its picture, the next is drawn.
        max_concurrent_activities=settings.render_processes + 1,
        max_heartbeat_throttle_interval=_HEARTBEAT_THROTTLE,
        graceful_shutdown_timeout=drain,
        identity=deps.worker,
    )
    return [film, media]


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Work until told to stop, then drain: take nothing new, finish or give back what is in hand.

    Args:
        settings: The installation's.
        stop: Set by whoever wants the worker to end.
    """
    async with dependencies(settings) as deps:
        client = await until_up("Temporal", lambda: connect_temporal(settings))
        running = workers(client, deps, settings)
        tasks = [asyncio.create_task(worker.run()) for worker in running]
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*(worker.shutdown() for worker in running))
        stopping.cancel()
        await asyncio.gather(*tasks)
