"""Tickets of a painted film, and what becomes of them when some are lost, a film is called off, a machine goes away."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowFailureError

from api.usecases.cancel_film import cancel_film
from api.usecases.submit_film import Submitted
from infrastructure import tickets as tickets_module
from infrastructure.db.repositories import Renders
from infrastructure.ids import new_id
from infrastructure.queueing import Queues
from infrastructure.tickets import Ticket, Tickets
from schemas.enums import RendererName
from schemas.jobs import FilmOptions
from schemas.models import ModelManifest
from schemas.painting import Painting, PaintingDevice
from schemas.stages import Queue
from tests.fleet import counted
from tests.metadata import machine
from tests.studio import Studio, another_client, gpu_workers
from tests.workflows.test_painted import SCRIPT
from workers.running import run_until
from workers.spot import heed_notices
from workers.usher import agree, work_of

pytestmark = pytest.mark.lab

BATCH = 3


class Paused:
    """A painter who waits before some batch, the first unless it is said which, until somebody says go."""

    def __init__(self, painter: Any, batch: int = 1) -> None:
        self._painter, self._batch = painter, batch
        self.manifest = painter.manifest
        self.waits, self.go = threading.Event(), threading.Event()
        self._calls = 0

    def paint(self, specs: Sequence[Any], *, on_step: Any, cancelled: Callable[[], bool]) -> Any:
        self._calls += 1
        if self._calls == self._batch:
            self.waits.set()
            while not (self.go.wait(0.01) or cancelled()):
                pass
        return self._painter.paint(specs, on_step=on_step, cancelled=cancelled)


@pytest.fixture(scope="module")
def painter(tiny: tuple[Path, ModelManifest]) -> Any:
    from film.render.sdxl.painter import load_painter

    return load_painter(*tiny, PaintingDevice(device="cpu", batch=BATCH))


@pytest.fixture
def options(tiny: tuple[Path, ModelManifest]) -> FilmOptions:
    painting = Painting(model=tiny[1].digest, steps=2, guidance=5.0)
    return FilmOptions(renderer=RendererName.SDXL, width=128, height=128, fps=12, painting=painting)


@pytest.fixture
async def painted(studio: Studio) -> AsyncIterator[Studio]:
    """The installation, with a model to paint with, and with queues that nobody else has put something in."""
    settings = studio.settings.model_copy(update={"sdxl_model": "tiny", "drain_s": 0.2})
    async with Queues(settings.model_copy(update={"env": f"t-{new_id().hex[-12:]}"})) as queues:
        await queues.ensure()
        yield replace(studio, settings=settings, deps=replace(studio.deps, queues=queues))


@pytest.fixture
def tickets(painted: Studio, monkeypatch: pytest.MonkeyPatch) -> Tickets:
    monkeypatch.setattr(tickets_module, "PATIENCE_S", 4.0)  # of a machine that is busy, and less than an activity's
    return Tickets(painted.deps.queues, Queue.GPU_KEYFRAME)


@asynccontextmanager
async def painting(studio: Studio, *painters: Any) -> AsyncIterator[None]:
    """Run the CPU worker, and a GPU worker for each painter."""
    from workers.gpu.painting import PaintingThread, ReferencePictures

    threads = [PaintingThread(one, BATCH, ReferencePictures()) for one in painters]
    deps = [replace(studio.deps, renderers={RendererName.SDXL: one}, worker=str(new_id())) for one in threads]
    try:
        async with gpu_workers(studio, Queue.GPU_KEYFRAME, deps):
            yield
    finally:
        for thread in threads:
            thread.close()


async def until(tickets: Tickets, *wanted: int) -> None:
    """Wait until so many tickets wait, and so many are in hand."""
    while await counted(tickets) != wanted:
        await asyncio.sleep(0.02)


async def ordered(studio: Studio, options: FilmOptions) -> Submitted:
    submitted = await studio.submit(SCRIPT, options=options)
    await studio.relay()
    return submitted


async def test_a_piece_of_work_has_a_ticket_from_its_asking_to_its_end(
    painted: Studio, painter: Any, options: FilmOptions, tickets: Tickets, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Ticket] = []
    take = Tickets.take

    async def noting(self: Tickets) -> Ticket | None:
        ticket = await take(self)
        taken.extend([ticket] if ticket else [])
        return ticket

    monkeypatch.setattr(Tickets, "take", noting)
    paused = Paused(painter)
    async with painting(painted):
        submitted = await ordered(painted, options)
        await until(tickets, 1, 0)
        async with painting_beside(painted, paused):
            await asyncio.to_thread(paused.waits.wait)
            await until(tickets, 0, 1)
            assert await agree(painted.deps.db, painted.client, painted.deps.queues, again_s=0) == {}
            paused.go.set()
            result = await painted.workflow(submitted).result()
    assert not result.stand_ins
    assert await counted(tickets) == (0, 0)
    said = [json.loads(one.body) for one in taken]
    assert {one["jobId"] for one in said} == {str(submitted.film.job_id)}
    assert [one["unit"].partition(" ")[0] for one in said] == ["keyframes", "how"]  # pictures, then how alike they look


@asynccontextmanager
async def painting_beside(studio: Studio, painter: Any) -> AsyncIterator[None]:
    """Run a GPU worker alone: the CPU worker runs already."""
    from workers.gpu.painting import PaintingThread, ReferencePictures
    from workers.gpu.worker import worker

    thread = PaintingThread(painter, BATCH, ReferencePictures())
    deps = replace(studio.deps, renderers={RendererName.SDXL: thread}, worker=str(new_id()))
    stop = asyncio.Event()
    running = worker(await another_client(studio.client), deps, studio.settings, Queue.GPU_KEYFRAME)
    task = asyncio.create_task(run_until([running], stop))
    try:
        yield
    finally:
        stop.set()
        await task
        thread.close()


async def test_what_is_short_is_opened_and_what_is_too_many_is_drained(
    painted: Studio, options: FilmOptions, tickets: Tickets
) -> None:
    db, client, queues = painted.deps.db, painted.client, painted.deps.queues
    async with painting(painted):
        submitted = await ordered(painted, options)
        await until(tickets, 1, 0)
        while not await work_of(client, [submitted.film.job_id]):
            await asyncio.sleep(0.02)
        lost = await tickets.take()
        assert lost is not None
        await tickets.close(lost)
        told = await asyncio.gather(*(agree(db, client, queues, again_s=0) for _ in range(5)))  # five relays
        assert sorted(told, key=len) == [{}, {}, {}, {}, {Queue.GPU_KEYFRAME: 1, Queue.GPU_MOTION: 0}]
        again = await tickets.take()
        assert again is not None
        assert json.loads(again.body)["jobId"] == str(submitted.film.job_id)
        assert again.body != lost.body
        await tickets.give_back(again)

        await cancel_film(submitted.film.job_id, db=db)
        await painted.relay()
        with pytest.raises(WorkflowFailureError):
            await painted.workflow(submitted).result()
        assert await counted(tickets) == (1, 0)
        assert (await agree(db, client, queues, again_s=0))[Queue.GPU_KEYFRAME] == -1
        assert await counted(tickets) == (0, 0)


async def test_a_film_called_off_in_mid_batch_leaves_no_ticket(
    painted: Studio, painter: Any, options: FilmOptions, tickets: Tickets
) -> None:
    paused = Paused(painter)
    async with painting(painted, paused):
        submitted = await ordered(painted, options)
        await asyncio.to_thread(paused.waits.wait)
        await until(tickets, 0, 1)
        await cancel_film(submitted.film.job_id, db=painted.deps.db)
        await painted.relay()
        with pytest.raises(WorkflowFailureError):
            await painted.workflow(submitted).result()
        await until(tickets, 0, 0)


async def test_a_machine_that_is_taken_away_keeps_what_is_finished_and_gives_the_rest_back(
    painted: Studio, painter: Any, options: FilmOptions, tickets: Tickets
) -> None:
    from workers.gpu.painting import PaintingThread, ReferencePictures
    from workers.gpu.worker import worker

    paused, stop = Paused(painter, batch=2), asyncio.Event()
    thread = PaintingThread(paused, BATCH, ReferencePictures())
    deps = replace(painted.deps, renderers={RendererName.SDXL: thread}, worker="spot")
    async with painted.working(), machine() as metadata:
        told = painted.settings.model_validate({"spot_metadata": metadata.address})
        submitted = await ordered(painted, options)
        leaving = worker(await another_client(painted.client), deps, painted.settings, Queue.GPU_KEYFRAME)
        async with heed_notices(told, stop, poll_s=0.02):
            running = asyncio.create_task(run_until([leaving], stop))
            await asyncio.to_thread(paused.waits.wait)
            await until(tickets, 0, 1)
            metadata.notice = True
            await running
        thread.close()
        await until(tickets, 1, 0)
        async with painting_beside(painted, painter):
            result = await painted.workflow(submitted).result()
    assert not result.stand_ins
    acts = [render for render in await painted.renders(submitted) if render.stage == "keyframes"]
    async with painted.deps.db.begin() as session:
        outcomes = dict(await Renders(session).outcomes_of_job(submitted.film.job_id))
    ended = Counter((act.worker == "spot", outcomes[act.render_id]) for act in acts)
    given_back = min(BATCH, result.shots - BATCH)
    assert ended == {(True, "made"): BATCH, (True, "drained"): given_back, (False, "made"): result.shots - BATCH}
    assert await counted(tickets) == (0, 0)
