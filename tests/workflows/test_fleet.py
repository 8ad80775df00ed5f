"""GPU workers that are started and stopped by tickets alone: whatever SQS does, films are made, and painted once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from api.usecases.submit_film import Submitted
from infrastructure.db.repositories import Renders
from infrastructure.queueing import Queues
from infrastructure.tickets import Tickets
from schemas.enums import RendererName
from schemas.jobs import FilmOptions, FilmResult
from schemas.messages import GpuTicket
from schemas.models import ModelManifest
from schemas.painting import Painting
from schemas.stages import Queue
from tests.fleet import Fleet, Unsteady, counted, environment_of, keeping
from tests.studio import Studio
from tests.workflows.test_painted import SCRIPT
from workers.usher import usher

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1500)]

FILMS = 3


@pytest.fixture
async def sqs() -> AsyncIterator[Unsteady]:
    """An SQS of the test's own."""
    sqs = Unsteady()
    await sqs.start()
    yield sqs
    await sqs.stop()


@pytest.fixture
def options(tiny: tuple[Path, ModelManifest]) -> FilmOptions:
    painting = Painting(model=tiny[1].digest, steps=4, guidance=5.0)
    return FilmOptions(renderer=RendererName.SDXL, width=128, height=128, fps=12, painting=painting)


@asynccontextmanager
async def works(studio: Studio, sqs: Unsteady) -> AsyncIterator[Studio]:
    """The installation at that SQS: its CPU worker, and whoever counts tickets."""
    settings = studio.settings.model_copy(update={"sqs_endpoint_url": sqs.url, "sdxl_model": "tiny"})
    async with Queues(settings) as queues:
        here = replace(studio, settings=settings, deps=replace(studio.deps, queues=queues))
        counting = asyncio.create_task(usher(settings, here.deps.db, here.client, every_s=1.5, again_s=0.5))
        try:
            async with here.working():
                yield here
        finally:
            counting.cancel()
            await asyncio.gather(counting, return_exceptions=True)


async def order(studio: Studio, options: FilmOptions) -> list[Submitted]:
    """Order some films at once."""
    films = [await studio.submit(SCRIPT, options=options) for _ in range(FILMS)]
    await studio.relay()
    return films


async def made(studio: Studio, films: Sequence[Submitted]) -> None:
    """Wait for films, and see that each of their pictures was painted once, by somebody who was not stopped at it."""
    results: list[FilmResult] = await asyncio.gather(*(studio.workflow(film).result() for film in films))
    for film, result in zip(films, results, strict=True):
        assert not result.stand_ins
        acts = [render for render in await studio.renders(film) if render.stage == "keyframes"]
        assert len(acts) == result.shots
        assert set(Counter(act.spec_hash for act in acts).values()) == {1}
        async with studio.deps.db.begin() as session:
            outcomes = dict(await Renders(session).outcomes_of_job(film.film.job_id))
        assert {outcomes.get(act.render_id) for act in acts} == {"made"}


async def until(fleet: Fleet, *, running: int) -> None:
    while fleet.running < running:
        await asyncio.sleep(0.05)


async def test_workers_come_and_go_by_tickets_and_nothing_is_lost_or_painted_twice(
    studio: Studio, sqs: Unsteady, options: FilmOptions, tiny: tuple[Path, ModelManifest], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    async with works(studio, sqs) as here:
        tickets = Tickets(here.deps.queues, Queue.GPU_KEYFRAME)
        temporal = here.client.service_client.config.target_host
        fleet = Fleet(tickets, environment_of(here.settings, temporal, tiny[0]), tmp_path / "workers.log")
        async with keeping(fleet):
            await made(here, await order(here, options))
            await fleet.until_empty()
            assert (fleet.peak, set(fleet.codes)) == (2, {0}), fleet.log.read_text()[-4000:]
            assert await counted(tickets) == (0, 0)

            opening = Tickets.open

            async def twice(self: Tickets, opened: Sequence[GpuTicket]) -> None:
                await opening(self, [*opened, *opened])

            monkeypatch.setattr(Tickets, "open", twice)
            fleet.most = 1  # each takes seconds to start
            first = await order(here, options)
            await until(fleet, running=1)
            await sqs.stop()
            await made(here, first[:1])
            second = await order(here, options)
            await sqs.start()
            await made(here, [*first[1:], *second])
            await fleet.until_empty()
            assert await counted(tickets) == (0, 0)
        assert (fleet.peak, set(fleet.codes)) == (2, {0}), fleet.log.read_text()[-4000:]
        assert len(fleet.codes) == fleet.started
