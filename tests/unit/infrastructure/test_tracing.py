"""Traces, as a collector gets them: real spans over real HTTP, without a film."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import suppress

import pytest
from pydantic import AnyHttpUrl, ValidationError

from infrastructure.observability import configure_logging
from infrastructure.settings import Settings
from infrastructure.tracing import CARRIED, carried, check_variables, resumed, span, trace_id, tracer, tracing
from schemas.errors import LabError
from tests.collector import Collector, collector


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of whoever runs the tests."""
    for name in ("OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_SDK_DISABLED", "OTEL_SERVICE_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sink() -> Iterator[Collector]:
    with collector() as opened:
        yield opened


@pytest.fixture
def settings(sink: Collector) -> Settings:
    return Settings(traces=AnyHttpUrl(sink.url), env="tests", build="7")


def test_nothing_is_traced_unless_it_is_said_where() -> None:
    with tracing(Settings(), "relay"), span("deliver") as begun:
        assert begun is None
        assert tracer() is None
        assert carried() == {}
        assert trace_id() is None
        assert resumed({CARRIED: {"traceparent": f"00-{'1' * 32}-{'2' * 16}-01"}}) is None


def test_spans_arrive_when_a_process_ends_with_who_made_them(settings: Settings, sink: Collector) -> None:
    with tracing(settings, "relay"), span("deliver", {"studio.job": "7"}, kind="consumer"):
        assert trace_id()
    [only] = sink.spans
    assert (only.service, only.environment, only.name, only.facts) == (
        "ai-film-studio-relay", "tests", "deliver", {"studio.job": "7"},
    )  # fmt: skip
    assert sink.requests[0][0] == "/v1/traces"
    assert tracer() is None


def test_a_message_takes_its_trace_along(settings: Settings, sink: Collector) -> None:
    with tracing(settings, "relay"):
        with span("order"):
            message = {"job": 1} | carried()
        assert json.loads(json.dumps(message)) == message
        with span("something else"), span("deliver", parent=resumed(message)):
            pass
        with span("without", parent=resumed({"job": 1})):
            pass
    by_name = {one.name: one for one in sink.spans}
    assert by_name["deliver"].trace == by_name["order"].trace
    assert by_name["deliver"].parent == by_name["order"].span
    assert len({one.trace for one in sink.spans}) == 3


def test_what_somebody_wrote_stays_in_the_house(settings: Settings, sink: Collector) -> None:
    with tracing(settings, "worker-cpu"), suppress(ValueError):
        with span("RunActivity:analyze_script", {"studio.job": "7", "user.email": "anna@example.org"}) as begun:
            assert begun is not None
            begun.add_event("read", {"line": "MARA weeps."})
            raise ValueError("line 3 cannot be read: MARA weeps.")
    [only] = sink.spans
    assert only.failed
    assert only.words == ""
    assert only.facts == {"studio.job": "7"}
    assert only.events == (("read", {}), ("exception", {"exception.type": "ValueError"}))


def test_opentelemetrys_own_variables_are_heeded(
    settings: Settings, sink: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "films")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=anna")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
    with tracing(settings, "relay"), span("deliver"):
        pass
    assert [one.service for one in sink.spans] == ["films"]
    assert sink.requests[0][1]["x-tenant"] == "anna"
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    with tracing(settings, "relay"), span("deliver"):
        pass
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    with tracing(settings, "relay"), span("deliver"):
        assert tracer() is None
    assert len(sink.spans) == 1


def test_a_collector_that_is_away_is_told_of_in_the_log_and_not_waited_for(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infrastructure.tracing.LAST_S", 0.5)
    with caplog.at_level(logging.WARNING), tracing(Settings(traces=AnyHttpUrl("http://127.0.0.1:9")), "relay"):
        with span("deliver"):
            pass
    assert any("export" in record.message for record in caplog.records)


def test_lines_of_the_log_name_their_trace(
    settings: Settings, sink: Collector, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        configure_logging("relay", json=True)
        with tracing(settings, "relay"):
            logging.getLogger("x").warning("before")
            with span("deliver"):
                logging.getLogger("x").warning("within")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    lines = {line["event"]: line for line in map(json.loads, capsys.readouterr().err.splitlines())}
    assert "trace" not in lines["before"]
    assert lines["within"]["trace"] == sink.spans[0].trace


@pytest.mark.parametrize(
    "url",
    ["collector:4318", "grpc://collector:4317", "http://me:hush@collector:4318", "http://collector?key=hush",
     "http://collector:4318/v1/traces"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_refused_without_showing_secrets(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_TRACES", url)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "OTEL_EXPORTER_OTLP_PROTOCOL is grpc, but traces are sent by"),
        ({"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/json"}, "set it to http/protobuf"),
        ({"OTEL_EXPORTER_OTLP_TIMEOUT": "soon"}, "OTEL_EXPORTER_OTLP_TIMEOUT is soon, but must be a number of seconds"),
        ({"OTEL_TRACES_SAMPLER": "sometimes"}, "which is none of always_off, always_on, parentbased"),
        ({"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "10"}, "a share from 0 to 1"),
        ({"OTEL_TRACES_SAMPLER": "parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG": "some"}, "from 0 to 1"),
    ],
)
def test_variables_that_make_no_sense_are_refused(variables: dict[str, str], sentence: str) -> None:
    with pytest.raises(LabError, match=sentence):
        check_variables(variables)
    check_variables({"OTEL_TRACES_SAMPLER": "parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.1"})


def test_batches_that_do_not_fit_their_queue_are_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "10")
    monkeypatch.setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "20")
    with pytest.raises(LabError, match="traces cannot be sent as the OTEL_… variables say: .*less than or equal"):
        with tracing(settings, "relay"):
            pass
