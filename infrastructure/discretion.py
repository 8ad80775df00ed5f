"""What of a span leaves the house: names, times, ids and kinds of errors, and never a word that somebody wrote.

Errors quote what they are about, a line of a script for one, and libraries put whole messages and stack traces into
spans. So the last gate lets out what it knows, whoever made the span.
"""

from __future__ import annotations

from collections.abc import Sequence

from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Status

TOLD = frozenset(
    {
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "studio.command",
        "studio.job",
        "studio.request",
        "studio.rev",
        "temporalActivityID",
        "temporalRunID",
        "temporalWorkflowID",
    }
)
"""Attributes of spans that are let out. Ids name films and never people."""

TOLD_OF_EVENTS = frozenset({"exception.type"})
"""And of what happened within them."""


class Discreet(SpanExporter):
    """Hands on what may be told of each span."""

    def __init__(self, inner: SpanExporter) -> None:
        """Stand before another.

        Args:
            inner: Sends what it is handed.
        """
        self._inner = inner
        self._ended = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Hand spans on."""
        return self._inner.export([discreet(span) for span in spans])

    def shutdown(self) -> None:
        """End, and give up what is not sent; twice is as once."""
        if not self._ended:
            self._ended = True
            self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self._inner.force_flush(timeout_millis)


def discreet(span: ReadableSpan) -> ReadableSpan:
    """Leave out of a span what is not known to be harmless: attributes, messages of errors, stack traces."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes={name: value for name, value in (span.attributes or {}).items() if name in TOLD},
        events=[
            Event(
                event.name,
                {name: value for name, value in (event.attributes or {}).items() if name in TOLD_OF_EVENTS},
                event.timestamp,
            )
            for event in span.events
        ],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
