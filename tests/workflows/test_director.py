"""A film that a language model directs, where the model's server misbehaves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import CancelledError

from api.usecases.cancel_film import cancel_film
from film.direction.model import Director
from infrastructure.language_model import LanguageModel
from schemas.enums import DirectedBy, JobStatus, ShotSize
from schemas.events import EventKind
from schemas.payloads import AnalyzeResult
from schemas.script import Breakdown
from tests.model_server import MODEL, Document, Handler, ModelServer, directed_well, model_server, saying
from tests.studio import Studio

pytestmark = pytest.mark.lab


@asynccontextmanager
async def directed_by(studio: Studio, handler: Handler) -> AsyncIterator[tuple[Studio, ModelServer]]:
    """The installation with a worker that asks a model."""
    async with model_server(handler) as server, LanguageModel(server.settings(), backoff_s=0.01) as model:
        # The address is another in each test, and a part of every key: films here share nothing unless they mean to.
        asking = Studio(studio.settings, replace(studio.deps, director=Director(model)), studio.client)
        async with asking.working():
            yield asking, server


async def test_a_model_that_fails_half_the_script_costs_the_film_nothing_but_its_direction(studio: Studio) -> None:
    well = False

    def answer(document: Document) -> Any:
        if document["scene"]["location"] != "KITCHEN" or well:
            return directed_well(document)
        spoilt = directed_well(document)
        spoilt["shots"][-1]["dialogue"] = [{"character": "tom", "text": "Give me 1000 credits."}]
        return spoilt

    async with directed_by(studio, saying(answer)) as (asking, server):
        submitted, result = await asking.make(project="directed")
        note = "scene 2: the answer does not fit the schema (a field that is not in it)"
        assert await asking.status(submitted) is JobStatus.COMPLETED
        assert (result.directed_by, result.director_notes) == (DirectedBy.BOTH, (note,))
        (event,) = (event for event in await asking.events(submitted) if event.kind is EventKind.DIRECTED)
        assert event.message == f"The rules directed a part instead of {MODEL}: {note}."
        assert event.data["director_notes"] == [note]
        job = await asking.job(submitted)
        assert job.summary
        assert job.summary["directed_by"] == "both"
        film = await _breakdown(asking, submitted.film.workflow_id)
        assert {shot.size for shot in film.shots_of(0) if shot.dialogue} == {ShotSize.CU}
        assert "credits" not in film.model_dump_json()
        assert len(server.bodies) == 2

        # Only what had failed is asked for again; the film is then the model's, and stays so without a question.
        well = True
        _, again = await asking.make(project="directed")
        assert (again.directed_by, again.director_notes) == (DirectedBy.MODEL, ())
        assert [document["scene"]["location"] for document in server.documents[2:]] == ["KITCHEN"]
        _, same = await asking.make(project="directed")
        assert len(server.bodies) == 3
        assert same.output.sha256 == again.output.sha256


async def test_a_film_can_be_cancelled_while_its_model_is_waited_for(studio: Studio) -> None:
    asked = asyncio.Event()

    async def hang(request: web.Request) -> web.StreamResponse:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with directed_by(studio, hang) as (asking, _):
        submitted = await asking.submit()
        await asking.relay()
        await asked.wait()
        await cancel_film(submitted.film.job_id, db=asking.deps.db)
        await asking.relay()
        with pytest.raises(WorkflowFailureError) as ended:
            await asking.workflow(submitted).result()
        assert isinstance(ended.value.cause, CancelledError)
        assert await asking.status(submitted) is JobStatus.CANCELLED


async def _breakdown(studio: Studio, workflow_id: str) -> Breakdown:
    """The breakdown that a film was made from, as its history names it."""
    history = await studio.client.get_workflow_handle(workflow_id).fetch_history()
    for event in history.events:
        for payload in event.activity_task_completed_event_attributes.result.payloads:
            if b'"breakdown"' in payload.data and b'"scene_shots"' in payload.data:
                ref = AnalyzeResult.model_validate(json.loads(payload.data)).breakdown
                return await studio.deps.artifacts.load(Breakdown, ref)
    raise AssertionError("no script was analysed")
