"""A whole installation inside the test's process: the doors that users have, and the worker's own wiring."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import UUID

from temporalio.client import Client, WorkflowHandle

from accounts.identity import local_user
from activities.deps import Deps
from activities.renderers import Drawing, KeyframeRenderer
from api.usecases.film_request import FilmRequest
from api.usecases.submit_film import Admit, Submitted, submit_film
from film.edit.graphics import check_graphics
from film.render.ordered import check_aids
from film.sound.ordering import SoundPlan
from infrastructure.db.repositories import Commands, Events, Jobs, Renders
from infrastructure.db.tables import JobRow, RenderRow
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.artifact import ArtifactRef
from schemas.cast import FilmCast
from schemas.enums import JobStatus, Place, RendererName
from schemas.events import EventKind, JobEvent
from schemas.jobs import FilmOptions, FilmResult
from schemas.moderation import Threshold
from schemas.prompt import KeyframeSpec
from schemas.stages import Queue
from schemas.style import StyleSpec
from workers.cpu.worker import workers
from workers.dependencies import dependencies
from workers.relay import relay_once
from workflows.film import FilmWorkflow

SMALL = FilmOptions(width=320, height=180, fps=12)

SCRIPT = """\
Title: The Pier

EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, in a red coat, walks along the pier.

MARA
He said he would be here.

INT. KITCHEN - NIGHT

OLD TOM sits at the table and holds a letter.

TOM
I never left.
"""
"""Two scenes; the second alone plays in a kitchen."""


@dataclass
class Studio:
    """An installation, and what tests do with it."""

    settings: Settings
    deps: Deps
    client: Client

    async def submit(
        self,
        text: str = SCRIPT,
        *,
        options: FilmOptions = SMALL,
        project: str | None = None,
        job_id: UUID | None = None,
        style: StyleSpec | None = None,
        policy: Mapping[str, Threshold] | None = None,
        references: tuple[bytes, ...] = (),
        files: tuple[bytes, ...] = (),
        sound: SoundPlan | None = None,
        cast: FilmCast | None = None,
        user_id: UUID | None = None,
        admit: Admit | None = None,
    ) -> Submitted:
        """Submit a film, in a project of its own unless one is named; with settings of moderation, if any are given.

        It is the local user's, whom nobody asks for credits, unless it is said whose.
        """
        user_id = user_id or (await local_user(self.deps.db)).user_id
        request = FilmRequest(
            user_id=user_id,
            locator=project or str(new_id()),
            title="The Pier",
            file_name="pier.fountain",
            original=text.encode(),
            text=text,
            options=options,
            style=style,
            references=references,
            files=files,
            job_id=job_id,
            sound=sound.order if sound is not None else None,
            sounds=sound.files if sound is not None else {},
            cast=cast,
        )
        settings = self.settings.model_copy(update=dict(policy or {}))
        aids = partial(check_aids, settings.models or Path("models"))
        return await submit_film(
            request,
            db=self.deps.db,
            store=self.deps.store,
            settings=settings,
            check_aids=aids,
            check_graphics=check_graphics,
            admit=admit,
        )

    async def relay(self) -> None:
        """Deliver what the outbox holds."""
        while await relay_once(self.deps.db, self.client):
            pass

    @asynccontextmanager
    async def working(self, renderer: KeyframeRenderer | None = None) -> AsyncIterator[None]:
        """Run the CPU worker, with another draughtsman if one is given."""
        deps = self.deps if renderer is None else replace(self.deps, renderers={renderer.name: renderer})
        running = workers(self.client, deps, self.settings)
        tasks = [asyncio.create_task(worker.run()) for worker in running]
        try:
            yield
        finally:
            await asyncio.gather(*(worker.shutdown() for worker in running))
            await asyncio.gather(*tasks)

    def workflow(self, submitted: Submitted) -> WorkflowHandle[FilmWorkflow, FilmResult]:
        """Handle of a film's workflow."""
        return self.client.get_workflow_handle_for(FilmWorkflow.run, submitted.film.workflow_id)

    async def make(self, text: str = SCRIPT, **order: object) -> tuple[Submitted, FilmResult]:
        """Submit a film and wait for it; a worker runs."""
        submitted = await self.submit(text, **order)  # type: ignore[arg-type]
        await self.relay()
        await self.until_sent(submitted)
        return submitted, await self.workflow(submitted).result()

    async def until_sent(self, submitted: Submitted) -> None:
        """Wait until the film's start was delivered: another relay may have claimed it."""
        while True:
            async with self.deps.db.begin() as session:
                if (submitted.film.job_id, submitted.film.rev) not in await Commands(session).unsent_starts():
                    return
            await asyncio.sleep(0.01)

    async def job(self, submitted: Submitted) -> JobRow:
        """The job's row."""
        async with self.deps.db.begin() as session:
            job = await Jobs(session).get(submitted.film.job_id)
        assert job is not None
        return job

    async def events(self, submitted: Submitted) -> Sequence[JobEvent]:
        """The job's events."""
        async with self.deps.db.begin() as session:
            return await Events(session).after(submitted.film.job_id, 0)

    async def renders(self, submitted: Submitted) -> Sequence[RenderRow]:
        """What was made for the job."""
        async with self.deps.db.begin() as session:
            return await Renders(session).of_job(submitted.film.job_id)

    async def keys(self, prefix: str) -> set[str]:
        """What the store holds below a prefix."""
        return {key async for key in self.deps.store.list_keys(prefix)}

    async def until(self, submitted: Submitted, kind: EventKind) -> JobEvent:
        """Wait until the job has had an event of a kind."""
        while True:
            for event in await self.events(submitted):
                if event.kind is kind:
                    return event
                assert not event.status.terminal or kind is event.kind, f"the film ended: {event.message}"
            await asyncio.sleep(0.05)

    async def status(self, submitted: Submitted) -> JobStatus:
        """The job's status."""
        return JobStatus((await self.job(submitted)).status)


@dataclass
class Wilful:
    """A draughtsman who refuses some pictures, some times; the others are drawn by the real one."""

    inner: KeyframeRenderer
    refuses: Callable[[KeyframeSpec], bool]
    times: int = 10**6
    name: RendererName = RendererName.STORYBOARD
    batch: int = 1

    async def draw(
        self, specs: Sequence[KeyframeSpec], references: Mapping[str, bytes], report: Callable[[str], None]
    ) -> list[Drawing | Exception]:
        """Draw, or refuse."""
        (spec,) = specs
        if self.times and self.refuses(spec):
            self.times -= 1
            return [ValueError("the pencil broke")]
        return await self.inner.draw(specs, references, report)


def in_the_kitchen(spec: KeyframeSpec) -> bool:
    return spec.picture is not None and spec.picture.place is Place.KITCHEN and not spec.stand_in


def refusing_one_shot(studio: Studio, *, times: int = 10**6) -> Wilful:
    """A draughtsman who refuses the first shot in the kitchen that he is asked for, and draws all others."""
    refused: list[int] = []

    def refuses(spec: KeyframeSpec) -> bool:
        if in_the_kitchen(spec) and not refused:
            refused.append(spec.seed)
        return in_the_kitchen(spec) and spec.seed == refused[0]

    return Wilful(studio.deps.renderers[RendererName.STORYBOARD], refuses, times)


@asynccontextmanager
async def studio_at(
    settings: Settings, client: Client, renderers: Mapping[RendererName, KeyframeRenderer] | None = None
) -> AsyncIterator[Studio]:
    """Build an installation's worker side."""
    async with dependencies(settings, renderers) as deps:
        await deps.queues.ensure()
        yield Studio(settings, deps, client)


def output_of(job: JobRow) -> ArtifactRef:
    """The film a job delivered."""
    assert job.output_key
    assert job.output_sha256
    assert job.output_bytes
    return ArtifactRef(key=job.output_key, sha256=job.output_sha256, bytes=job.output_bytes, media_type="video/mp4")


async def another_client(client: Client) -> Client:
    """Connect once more: a client has one worker of a queue."""
    config = client.service_client.config
    return await Client.connect(
        config.target_host, namespace=client.namespace, data_converter=client.config()["data_converter"]
    )


@asynccontextmanager
async def gpu_workers(studio: Studio, queue: Queue, deps: Sequence[Deps]) -> AsyncIterator[None]:
    """Run the CPU worker, and a GPU worker for each of `deps`."""
    from workers.gpu.worker import worker

    running = [worker(await another_client(studio.client), each, studio.settings, queue) for each in deps]
    tasks = [asyncio.create_task(one.run()) for one in running]
    try:
        async with studio.working():
            yield
    finally:
        await asyncio.gather(*(one.shutdown() for one in running))
        await asyncio.gather(*tasks)
