"""A film is one trace, from the request to each activity, through four processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from temporalio.client import Client, WorkflowHistory

from cli.lab import Lab, LabState
from tests.collector import Collector, Received
from tests.e2e.conftest import Command
from tests.e2e.people import registered
from tests.studio import SCRIPT
from workers.replaying import failure_of

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1500)]

ADDRESS = "who.is.traced@example.org"
ORDER = {"width": 320, "height": 180, "fps": 12}
END = "CompleteWorkflow:FilmWorkflow"


@pytest.fixture
def anna(lab: Lab, state: LabState) -> Iterator[httpx.Client]:
    with registered(lab, state, ADDRESS) as client:
        yield client


def _whole(traces: Collector, job_id: str) -> list[Received]:
    """All of a film's trace, once its workflow has ended and whoever delivered it has told of that."""

    def there(spans: list[Received]) -> bool:
        delivered = {one.trace for one in spans if one.facts.get("studio.job") == job_id}
        ended = {one.trace for one in spans if one.name == END}
        begun = {one.trace for one in spans if not one.parent}
        return bool(delivered & ended & begun)

    spans = traces.until(there)
    [trace] = {one.trace for one in spans if one.facts.get("studio.job") == job_id}
    return [one for one in spans if one.trace == trace]


async def _histories(state: LabState, job_id: str) -> list[WorkflowHistory]:
    """Those of a film and its scenes."""
    client = await Client.connect(state.environment()["STUDIO_TEMPORAL_ADDRESS"])
    film = await client.get_workflow_handle(f"film-{job_id}-r0").fetch_history()
    found, waiting = [], [film]
    while waiting:
        history = waiting.pop()
        found.append(history)
        for event in history.events:
            child = event.child_workflow_execution_started_event_attributes.workflow_execution
            if child.workflow_id:
                waiting.append(await client.get_workflow_handle(child.workflow_id).fetch_history())
    return found


async def test_a_film_is_one_trace_and_tells_nothing_of_its_script(
    anna: httpx.Client, state: LabState, traces: Collector
) -> None:
    project = anna.post("/projects", json={"title": "The Pier"}).raise_for_status().json()["project_id"]
    anna.put(f"/projects/{project}/script?name=pier.fountain", content=SCRIPT.encode()).raise_for_status()
    ordered = anna.post("/jobs", json={"project_id": project, **ORDER}, headers={"Idempotency-Key": "the-traced-film"})
    job_id = ordered.raise_for_status().json()["job_id"]

    spans = _whole(traces, job_id)
    [root] = [one for one in spans if not one.parent]
    assert (root.name, root.service) == ("POST /jobs", "ai-film-studio-api")
    assert root.facts["studio.request"] == ordered.headers["x-request-id"]
    assert root.facts["http.response.status_code"] == ordered.status_code
    assert {one.parent for one in spans if one is not root} <= {one.span for one in spans}
    assert {one.service.removeprefix("ai-film-studio-") for one in spans} == {"api", "relay", "worker-cpu"}

    histories = await _histories(state, job_id)
    scheduled = {
        event.activity_task_scheduled_event_attributes.activity_type.name
        for history in histories
        for event in history.events
    } - {""}
    assert scheduled
    assert {one.name for one in spans if one.name.startswith("RunActivity:")} >= {f"RunActivity:{n}" for n in scheduled}
    assert {"RunWorkflow:FilmWorkflow", "RunWorkflow:SceneWorkflow"} <= {one.name for one in spans}
    assert not any(one.failed for one in spans)

    told = repr(spans)
    person = anna.get("/auth/me").raise_for_status().json()
    for word in ("MARA", "Pier", "red coat", "harbour", ADDRESS, str(person["user_id"])):
        assert word.lower() not in told.lower()
    # Headers are all that is new in a history: it replays where nothing is traced.
    assert [await failure_of(history) for history in histories] == [None] * len(histories)


def test_a_film_of_the_commands_begins_there(studio: Command, traces: Collector, script: Path, tmp_path: Path) -> None:
    made = studio.run(
        "film", script, "-o", tmp_path / "film.mp4", "--size", "320x180", "--fps", "12", "--json",
        env={"STUDIO_TRACES": traces.url},
    )  # fmt: skip
    spans = _whole(traces, made.report["job_id"])
    [root] = [one for one in spans if not one.parent]
    assert (root.name, root.service) == ("studio film", "ai-film-studio-command")


def test_what_makes_no_sense_is_refused_with_a_sentence(studio: Command, script: Path) -> None:
    grpc = studio.run("relay", env={"STUDIO_TRACES": "http://127.0.0.1:4318", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})
    assert grpc.code == 1
    assert "OTEL_EXPORTER_OTLP_PROTOCOL is grpc, but traces are sent by OTLP over HTTP alone" in grpc.err
    whole = studio.run("film", script, env={"STUDIO_TRACES": "http://127.0.0.1:4318/v1/traces"})
    assert "STUDIO_TRACES is a collector's address without /v1/traces" in whole.err
