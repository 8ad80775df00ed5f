"""Recorded histories replay against today's workflow code."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from schemas.errors import InvalidRequest
from tests.replay.record import HISTORIES
from workers.cpu.worker import WORKFLOWS
from workers.replaying import read_history, replay
from workflows.sandbox import sandboxed_runner


def recorded() -> list[Path]:
    return sorted(HISTORIES.glob("*.json"))


def test_each_kind_of_film_was_recorded() -> None:
    kinds = {path.name.split(".")[0] for path in recorded()}
    assert {"plain", "reviewed", "cancelled", "failed-shot", "housekeeping"} <= kinds
    assert any(".scene-" in path.name for path in recorded())


def test_payloads_stay_small_enough_to_read() -> None:
    sizes = {
        f"{path.name} event {event['eventId']}": len(base64.b64decode(payload["data"]))
        for path in recorded()
        for event in json.loads(path.read_text(encoding="utf-8"))["events"]
        for payload in _payloads(event)
    }
    assert {name: size for name, size in sizes.items() if size > 10_000} == {}


def _payloads(node: object) -> Iterator[dict[str, str]]:
    """Find every payload below a node of a history."""
    if isinstance(node, dict):
        if isinstance(node.get("data"), str) and "metadata" in node:
            yield node
        for child in node.values():
            yield from _payloads(child)
    elif isinstance(node, list):
        for child in node:
            yield from _payloads(child)


async def test_they_replay() -> None:
    failures = {replayed.name: replayed.failure for replayed in await replay(recorded()) if replayed.failure}
    assert not failures


async def test_they_replay_where_films_are_traced_since() -> None:
    provider = TracerProvider(shutdown_on_exit=False)
    made = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(made))
    replayer = Replayer(
        workflows=WORKFLOWS,
        workflow_runner=sandboxed_runner(),
        data_converter=pydantic_data_converter,
        interceptors=[TracingInterceptor(provider.get_tracer("studio"))],
    )
    for path in recorded():
        replayed = await replayer.replay_workflow(read_history(path), raise_on_replay_failure=False)
        assert replayed.replay_failure is None, path.name
    assert made.get_finished_spans() == ()  # what happened then is not told of again


async def test_a_history_that_the_code_did_not_write_is_found_out(tmp_path: Path) -> None:
    history = json.loads((HISTORIES / "plain.film.json").read_text(encoding="utf-8"))
    for event in history["events"]:
        attributes = event.get("activityTaskScheduledEventAttributes")
        if attributes and attributes["activityType"]["name"] == "write_prompts":
            attributes["activityType"]["name"] = "write_poems"
    changed = tmp_path / "plain.film.json"
    changed.write_text(json.dumps(history), encoding="utf-8")
    [replayed] = await replay([changed])
    assert replayed.failure is not None
    assert "Nondeterminism" in replayed.failure


async def test_a_history_of_an_unknown_workflow_fails(tmp_path: Path) -> None:
    history = json.loads((HISTORIES / "plain.film.json").read_text(encoding="utf-8"))
    history["events"][0]["workflowExecutionStartedEventAttributes"]["workflowType"]["name"] = "PoemWorkflow"
    unknown = tmp_path / "poem.json"
    unknown.write_text(json.dumps(history), encoding="utf-8")
    [replayed] = await replay([unknown])
    assert replayed.failure is not None
    assert "PoemWorkflow, which this code does not have; it has FilmWorkflow, Housekeeping" in replayed.failure


async def test_what_is_no_history_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidRequest, match="holds no workflow history"):
        await replay([tmp_path / "no.json"])
