"""Two builds of workers at once, on a real Temporal: who makes which film, before, while and after an upgrade."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import pytest
from temporalio import activity, workflow
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.errors import DependencyDown
from schemas.stages import Queue
from tests.servers import temporal
from workers.versioning import CPU, GPU, deployment, drained, lead, ramp

pytestmark = pytest.mark.lab

PATIENCE_S = 60.0


@workflow.defn(name="Parked")
class Parked:
    """As a film does: something light, something that draws, a wait for somebody's answer, and a picture painted."""

    def __init__(self) -> None:
        self.answered = False

    @workflow.run
    async def run(self) -> list[str]:
        at_once = timedelta(seconds=30)
        made = [
            await workflow.execute_activity("light", task_queue=Queue.FILM_CPU, start_to_close_timeout=at_once),
            await workflow.execute_activity("draw", task_queue=Queue.MEDIA_CPU, start_to_close_timeout=at_once),
        ]
        await workflow.wait_condition(lambda: self.answered)
        made.append(await workflow.execute_activity("light", task_queue=Queue.FILM_CPU, start_to_close_timeout=at_once))
        made.append(
            await workflow.execute_activity("paint", task_queue=Queue.GPU_KEYFRAME, start_to_close_timeout=at_once)
        )
        return [str(one) for one in made]

    @workflow.signal
    def answer(self) -> None:
        self.answered = True


def doing(name: str, build: str) -> Callable[[], object]:
    @activity.defn(name=name)
    async def act() -> str:
        return f"{name} {build}"

    return act


@asynccontextmanager
async def working(client: Client, build: str, gpu: bool = False) -> AsyncIterator[None]:
    """A build's workers, with a connection of their own as another process has one."""
    own = await Client.connect(client.service_client.config.target_host, namespace=client.namespace)
    settings = Settings(build=build)
    if gpu:
        found = [
            Worker(
                own,
                task_queue=Queue.GPU_KEYFRAME.value,
                activities=[doing("paint", build)],
                deployment_config=deployment(GPU, settings),
            )
        ]
    else:
        found = [
            Worker(
                own,
                task_queue=Queue.FILM_CPU.value,
                workflows=[Parked],
                activities=[doing("light", build)],
                workflow_runner=UnsandboxedWorkflowRunner(),
                deployment_config=deployment(CPU, settings),
            ),
            Worker(
                own,
                task_queue=Queue.MEDIA_CPU.value,
                activities=[doing("draw", build)],
                deployment_config=deployment(CPU, settings),
            ),
        ]
    async with AsyncExitStack() as stack:
        for worker in found:
            await stack.enter_async_context(worker)
        yield


async def begin(client: Client) -> str:
    name = f"parked-{new_id().hex}"
    await client.start_workflow(Parked.run, id=name, task_queue=Queue.FILM_CPU.value)
    return name


async def finish(client: Client, name: str) -> list[str]:
    handle: WorkflowHandle[Parked, list[str]] = client.get_workflow_handle(name, result_type=list[str])
    await handle.signal(Parked.answer)
    return await handle.result()


def on(cpu: str, gpu: str) -> list[str]:
    return [f"light {cpu}", f"draw {cpu}", f"light {cpu}", f"paint {gpu}"]


async def test_an_upgrade_moves_new_films_and_leaves_those_that_run() -> None:
    async with temporal() as env, AsyncExitStack() as stack:
        client = env.client
        # GPU workers sleep: their build leads all the same, and whoever wakes later finds what waits.
        await lead(client, GPU, "1", PATIENCE_S, asleep=True)
        await stack.enter_async_context(working(client, "1"))
        await lead(client, CPU, "1", PATIENCE_S)
        old = await begin(client)
        while len(await _acts(client, old)) < 2:
            await asyncio.sleep(0.05)

        # The new build is there, and nobody's yet.
        await stack.enter_async_context(working(client, "2"))
        await ramp(client, "2", 99, PATIENCE_S)
        await ramp(client, "", 0, PATIENCE_S)  # taken back: before anything began there
        between = await begin(client)
        await lead(client, CPU, "2", PATIENCE_S)
        await lead(client, CPU, "2", PATIENCE_S)
        new = await begin(client)
        await lead(client, GPU, "2", PATIENCE_S, asleep=True)
        await stack.enter_async_context(working(client, "2", gpu=True))

        # A film that waited through all of it goes on where it began; its picture is painted by today's GPU workers.
        assert await drained(client, "1") is False
        assert await finish(client, old) == on("1", "2")
        assert await finish(client, between) == on("1", "2")
        assert await finish(client, new) == on("2", "2")


async def test_a_build_that_nobody_runs_leads_nothing() -> None:
    async with temporal() as env:
        with pytest.raises(DependencyDown, match=r"Temporal does not take film-cpu 7 \(.*\): see that its workers run"):
            await lead(env.client, CPU, "7", patience_s=0)
        with pytest.raises(DependencyDown, match="Temporal does not tell of film-cpu 7"):
            await drained(env.client, "7")


def test_without_a_build_any_worker_takes_any_film() -> None:
    assert deployment(CPU, Settings()) is None


async def _acts(client: Client, name: str) -> list[int]:
    history = await client.get_workflow_handle(name).fetch_history()
    return [event.event_id for event in history.events if event.HasField("activity_task_completed_event_attributes")]
