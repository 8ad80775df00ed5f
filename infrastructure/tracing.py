"""Traces by OpenTelemetry: which request, workflow and activities a film went through, and how long each of them took.

Off unless `STUDIO_TRACES` names a collector; then spans go there by OTLP over HTTP, and OpenTelemetry's own variables
(`OTEL_…`) say how: sampling, headers, batches. Nothing here is imported from OpenTelemetry before that.

A process traces between the two ends of `tracing`. What is begun within a `span` belongs to it, in another process,
too: `carried` is what a message takes along, and `resumed` goes on from it.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from infrastructure.settings import Settings
from schemas.errors import LabError

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

    from infrastructure.discretion import Discreet

LAST_S = 5.0
"""How long a process that ends waits for its last spans to arrive. A collector that is away holds up nobody."""

CARRIED = "trace"
"""By this name a message takes its trace along."""

Kind = Literal["internal", "server", "consumer"]

_SAMPLERS = {
    "always_on",
    "always_off",
    "traceidratio",
    "parentbased_always_on",
    "parentbased_always_off",
    "parentbased_traceidratio",
}


class _State:
    """Of this process: it traces, or it does not."""

    tracer: Tracer | None = None
    ended: ClassVar[list[TracerProvider]] = []
    """Those that have ended. They ask to be told of every fork, and that may find none of them gone."""


def tracer() -> Tracer | None:
    """Makes the spans of this process; None where it does not trace."""
    return _State.tracer


@contextmanager
def tracing(settings: Settings, process: str) -> Iterator[None]:
    """Trace, where the settings say so. Within another it changes nothing.

    Args:
        settings: The installation's.
        process: Name of this process. Its service is `ai-film-studio-{process}`, unless `OTEL_SERVICE_NAME` says
            otherwise.

    Raises:
        LabError: An `OTEL_…` variable makes no sense.
    """
    if settings.traces is None or _State.tracer is not None or _disabled():
        yield
        return
    check_variables()
    provider, exporter = _provider(settings, process)
    _State.tracer = provider.get_tracer("studio", version("ai-film-studio"))
    try:
        yield
    finally:
        _State.tracer = None
        _State.ended.append(provider)
        # Its own patience is half a minute.
        last = threading.Thread(target=provider.shutdown, name="last-spans", daemon=True)
        last.start()
        last.join(LAST_S)
        exporter.shutdown()  # what was not sent by now is given up


@contextmanager
def span(
    name: str, facts: Mapping[str, Any] | None = None, *, kind: Kind = "internal", parent: Context | None = None
) -> Iterator[Span | None]:
    """Let what happens within be a span, if this process traces.

    Args:
        name: What happens; of few words that recur, and of nothing that a user wrote.
        facts: Attributes, of those that `discretion.TOLD` lets out.
        kind: Whether it answers somebody, or takes up what somebody left.
        parent: What it belongs to; None is whatever it happens within.
    """
    if _State.tracer is None:
        yield None
        return
    from opentelemetry.trace import SpanKind

    with _State.tracer.start_as_current_span(
        name, parent, kind=SpanKind[kind.upper()], attributes=dict(facts or {})
    ) as begun:
        yield begun


def carried() -> dict[str, dict[str, str]]:
    """What a message takes along, so that whoever takes it up goes on with this trace; nothing where none is made."""
    if _State.tracer is None:
        return {}
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    headers: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(headers)
    return {CARRIED: headers} if headers else {}


def resumed(message: Mapping[str, Any]) -> Context | None:
    """Find the trace that a message took along; None where it took none, or this process does not trace.

    Args:
        message: Into which `carried` was put.
    """
    headers = message.get(CARRIED)
    if _State.tracer is None or not isinstance(headers, Mapping):
        return None
    from opentelemetry.context import Context
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    return TraceContextTextMapPropagator().extract(headers, Context())


def trace_id() -> str | None:
    """Name the trace that this happens in, 32 hexadecimal digits; None outside of any."""
    if _State.tracer is None:
        return None
    from opentelemetry.trace import format_trace_id, get_current_span

    here = get_current_span().get_span_context()
    return format_trace_id(here.trace_id) if here.is_valid else None


def check_variables(environment: Mapping[str, str] | None = None) -> None:
    """Look whether OpenTelemetry's variables make sense: it would pass over most that do not, and trace otherwise.

    Args:
        environment: Where they are; None is this process's.

    Raises:
        LabError: One does not.
    """
    given = os.environ if environment is None else environment
    for name in ("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"):
        if given.get(name, "http/protobuf") != "http/protobuf":
            raise LabError(
                f"{name} is {given[name]}, but traces are sent by OTLP over HTTP alone: set it to http/protobuf, "
                "or not at all, and let STUDIO_TRACES be the collector's address for that"
            )
    for name in ("OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT"):
        if not _is_number(given.get(name, "10"), 0.001, 3600):
            raise LabError(f"{name} is {given[name]}, but must be a number of seconds, such as 10")
    sampler = given.get("OTEL_TRACES_SAMPLER", "parentbased_always_on").strip().lower()
    if sampler not in _SAMPLERS:
        raise LabError(f"OTEL_TRACES_SAMPLER is {sampler}, which is none of {', '.join(sorted(_SAMPLERS))}")
    share = given.get("OTEL_TRACES_SAMPLER_ARG", "1")
    if "ratio" in sampler and not _is_number(share, 0, 1):
        raise LabError(f"OTEL_TRACES_SAMPLER_ARG is {share}, but {sampler} needs a share from 0 to 1, such as 0.1")


def _is_number(text: str, least: float, most: float) -> bool:
    try:
        return least <= float(text) <= most
    except ValueError:
        return False


def _disabled() -> bool:
    return os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"


def _provider(settings: Settings, process: str) -> tuple[TracerProvider, Discreet]:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    from infrastructure.discretion import Discreet

    try:
        exporter = Discreet(OTLPSpanExporter(endpoint=f"{str(settings.traces).rstrip('/')}/v1/traces"))
        batches = BatchSpanProcessor(exporter)
    except ValueError as error:
        raise LabError(f"traces cannot be sent as the OTEL_… variables say: {error}") from error
    # Its own way to end would be the interpreter's, which processes of ours do not wait for.
    provider = TracerProvider(resource=_resource(settings, process), shutdown_on_exit=False)
    provider.add_span_processor(batches)
    return provider, exporter


def _resource(settings: Settings, process: str) -> Resource:
    """Say who makes the spans; what `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` say of it comes before ours."""
    from opentelemetry.sdk.resources import OTELResourceDetector, Resource

    ours = Resource(
        {
            "service.name": f"ai-film-studio-{process}",
            "service.namespace": "ai-film-studio",
            "service.version": settings.build or version("ai-film-studio"),
            "service.instance.id": f"{socket.gethostname()}:{os.getpid()}",
            "deployment.environment.name": settings.env,
        }
    )
    return Resource.create().merge(ours).merge(OTELResourceDetector().detect())
