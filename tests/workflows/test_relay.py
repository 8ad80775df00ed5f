"""The relay, between the outbox and Temporal."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError
from temporalio.service import RPCError

from api.usecases.cancel_film import cancel_film
from infrastructure.db.repositories import Commands
from schemas.enums import JobStatus
from tests import servers
from tests.studio import Studio
from workers.relay import relay_once

pytestmark = pytest.mark.lab


async def test_a_film_waits_for_temporal_in_the_outbox(studio: Studio) -> None:
    async with servers.temporal() as ended:
        away = ended.client
    submitted = await studio.submit()
    assert await relay_once(studio.deps.db, away) == 1
    async with studio.deps.db.begin() as session:
        assert (submitted.film.job_id, 0) in await Commands(session).unsent_starts()
    assert await studio.status(submitted) is JobStatus.QUEUED
    async with studio.working():
        await _until_started(studio, submitted.film.workflow_id)
        await studio.workflow(submitted).result()
    assert await studio.status(submitted) is JobStatus.COMPLETED


async def test_two_relays_start_one_workflow(studio: Studio) -> None:
    submitted = await studio.submit()
    async with studio.working():
        await asyncio.gather(studio.relay(), studio.relay())
        await _until_started(studio, submitted.film.workflow_id)
        await studio.workflow(submitted).result()
    runs = [run async for run in studio.client.list_workflows(f"WorkflowId = '{submitted.film.workflow_id}'")]
    assert len(runs) <= 1  # lists lag behind, and may not know it yet


async def test_a_start_that_was_delivered_before_does_no_harm(studio: Studio) -> None:
    async with studio.working():
        submitted, result = await studio.make()
        async with studio.deps.db.begin() as session:
            await Commands(session).add(submitted.film.job_id, 0, "start", submitted.film.model_dump(mode="json"))
        await studio.relay()
        assert (await studio.workflow(submitted).describe()).status is WorkflowExecutionStatus.COMPLETED
    assert (await studio.workflow(submitted).result()).output == result.output


async def test_a_film_that_is_cancelled_before_it_starts_is_cancelled(studio: Studio) -> None:
    submitted = await studio.submit()
    assert await cancel_film(submitted.film.job_id, db=studio.deps.db)
    async with studio.working():
        await studio.relay()
        with pytest.raises(WorkflowFailureError):
            await studio.workflow(submitted).result()
    assert await studio.status(submitted) is JobStatus.CANCELLED
    assert not await studio.keys(f"jobs/{submitted.film.job_id}/output/")


async def _until_started(studio: Studio, workflow_id: str) -> None:
    """Relay until the command's pause after its failure is over."""
    while True:
        await studio.relay()
        try:
            await studio.client.get_workflow_handle(workflow_id).describe()
        except RPCError:
            await asyncio.sleep(0.05)
        else:
            return
