"""Records the histories that every change of workflow code must replay: `python -m tests.replay.record`.

It makes four small films on servers of its own: a plain one, a reviewed one, a cancelled one, and one with a shot
that fails for good and is then skipped; then a round of housekeeping; and writes their histories, and those of their
scenes, to `temporal-dev/histories`.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from temporalio.client import WorkflowFailureError, WorkflowHistory

from api.usecases.cancel_film import cancel_film
from api.usecases.decide import approve_film, skip_shot
from api.usecases.submit_film import Submitted
from infrastructure.db.migrate import upgrade
from infrastructure.ids import new_id
from schemas.events import EventKind
from schemas.housekeeping import Chore, HousekeepingInput
from schemas.jobs import ShotCommand
from schemas.stages import Queue
from tests import servers
from tests.studio import SMALL, Studio, refusing_one_shot, studio_at
from workers.leaving import leave
from workflows.housekeeping import HousekeepingWorkflow

REPOSITORY = Path(__file__).parents[2]
HISTORIES = REPOSITORY / "temporal-dev" / "histories"


async def record() -> None:
    """Make the films and write their histories."""
    HISTORIES.mkdir(exist_ok=True)
    async with _studio() as studio:
        await _write(studio, "plain", await _plain(studio))
        await _write(studio, "reviewed", await _reviewed(studio))
        await _write(studio, "cancelled", await _cancelled(studio))
        await _write(studio, "failed-shot", await _failed_shot(studio))
        await _keep_house(studio)


@asynccontextmanager
async def _studio() -> AsyncIterator[Studio]:
    with (
        servers.postgres() as dsn,
        servers.object_store() as s3,
        servers.sqs() as sqs,
        tempfile.TemporaryDirectory() as folder,
    ):
        await asyncio.to_thread(upgrade, dsn)
        settings = servers.settings_for(dsn, s3, sqs, Path(folder))
        async with servers.temporal() as environment, studio_at(settings, environment.client) as studio:
            yield studio


async def _plain(studio: Studio) -> Submitted:
    async with studio.working():
        return (await studio.make())[0]


async def _reviewed(studio: Studio) -> Submitted:
    async with studio.working():
        submitted = await studio.submit(options=SMALL.model_copy(update={"review": True}))
        await studio.relay()
        await studio.until(submitted, EventKind.AWAITING_REVIEW)
        await approve_film(submitted.film.job_id, key=str(new_id()), db=studio.deps.db, client=studio.client)
        await studio.workflow(submitted).result()
        return submitted


async def _cancelled(studio: Studio) -> Submitted:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        await studio.until(submitted, EventKind.SHOT_PARKED)
        await cancel_film(submitted.film.job_id, db=studio.deps.db)
        await studio.relay()
        try:
            await studio.workflow(submitted).result()
        except WorkflowFailureError:
            return submitted
        raise AssertionError("the film was not cancelled")


async def _failed_shot(studio: Studio) -> Submitted:
    async with studio.working(refusing_one_shot(studio)):
        submitted = await studio.submit()
        await studio.relay()
        shot = (await studio.until(submitted, EventKind.SHOT_PARKED)).data["shot"]
        await skip_shot(
            submitted.film.job_id,
            ShotCommand(shot=shot),
            key=str(new_id()),
            db=studio.deps.db,
            client=studio.client,
        )
        await studio.workflow(submitted).result()
        return submitted


async def _keep_house(studio: Studio) -> None:
    """Make a round of all chores, and write its history."""
    async with studio.working():
        handle = await studio.client.start_workflow(
            HousekeepingWorkflow.run,
            HousekeepingInput(chores=tuple(Chore)),
            id="housekeeping",
            task_queue=Queue.FILM_CPU.value,
        )
        await handle.result()
    _store("housekeeping.round", await handle.fetch_history())


def _store(name: str, history: WorkflowHistory) -> None:
    # Stack traces name files by where the project lies on this machine: that is nobody's business.
    text = history.to_json().replace(f"{REPOSITORY}/", "")
    (HISTORIES / f"{name}.json").write_text(text + "\n", encoding="utf-8")


async def _write(studio: Studio, name: str, submitted: Submitted) -> None:
    film_id = submitted.film.workflow_id
    query = f"WorkflowId STARTS_WITH '{film_id}'"
    scenes = sorted([execution.id async for execution in studio.client.list_workflows(query)])
    for workflow_id in {film_id, *scenes}:
        history = await studio.client.get_workflow_handle(workflow_id).fetch_history()
        part = workflow_id.removeprefix(film_id).strip("/") or "film"
        _store(f"{name}.{part}", history)


if __name__ == "__main__":
    asyncio.run(record())
    leave(0)
