"""A collector of traces for tests: real OTLP over HTTP, read by OpenTelemetry's own messages."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span as Written

PATIENCE_S = 600.0
"""How long a test waits for a span: as long as its film may take."""


@dataclass(frozen=True)
class Received:
    """A span as it arrived."""

    service: str
    environment: str
    name: str
    trace: str
    span: str
    parent: str
    facts: dict[str, Any]
    events: tuple[tuple[str, dict[str, Any]], ...]
    failed: bool
    words: str
    """Of its status."""


class Collector:
    """What has arrived."""

    def __init__(self) -> None:
        self.url = ""
        self.spans: list[Received] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        """Paths and headers."""
        self._arrived = threading.Condition()

    def take(self, path: str, headers: dict[str, str], body: bytes) -> None:
        """Read a request."""
        batch = ExportTraceServiceRequest.FromString(body)
        with self._arrived:
            self.requests.append((path, headers))
            for resource in batch.resource_spans:
                who = _plain(resource.resource.attributes)
                for scope in resource.scope_spans:
                    self.spans += [_received(who, span) for span in scope.spans]
            self._arrived.notify_all()

    def until(self, there: Callable[[list[Received]], bool]) -> list[Received]:
        """Wait until what has arrived is enough; all of it."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: there(self.spans), PATIENCE_S), [one.name for one in self.spans]
            return list(self.spans)


def _plain(attributes: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}


def _received(who: dict[str, Any], span: Written) -> Received:
    return Received(
        service=who["service.name"],
        environment=who["deployment.environment.name"],
        name=span.name,
        trace=span.trace_id.hex(),
        span=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        facts=_plain(span.attributes),
        events=tuple((event.name, _plain(event.attributes)) for event in span.events),
        failed=span.status.code == span.status.STATUS_CODE_ERROR,
        words=span.status.message,
    )


@contextmanager
def collector() -> Iterator[Collector]:
    """Listen on 127.0.0.1 and a free port."""
    opened = Collector()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers["content-encoding"] == "gzip":
                body = gzip.decompress(body)
            opened.take(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.daemon_threads = True
        server.block_on_close = False
        opened.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, name="collector", daemon=True)
        thread.start()
        try:
            yield opened
        finally:
            server.shutdown()
            thread.join()
