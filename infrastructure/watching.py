"""Counts what store, queues and database answer a process, whoever in it asks, and what memory it takes.

For processes that serve `/metrics`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psutil
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine, event
from sqlalchemy.pool import QueuePool

from infrastructure import aws, metrics
from infrastructure.db import direct
from infrastructure.db.engine import ENGINES

_BEGAN = "studio_began"
_WRITES = ("PutObject", "UploadPart")


def watch() -> None:
    """Count from now on: requests of AWS clients that are opened later, statements and connections of all engines."""
    events = aws.session().events
    for service in ("s3", "sqs"):
        events.register(f"after-call.{service}", _answered)
        events.register(f"after-call-error.{service}", _unanswered)
    for operation in _WRITES:
        events.register(f"before-send.s3.{operation}", _written)
    event.listen(Engine, "before_cursor_execute", _begins)
    event.listen(Engine, "after_cursor_execute", _ended)
    direct.TELL.append(metrics.STATEMENT_SECONDS.observe)
    metrics.REGISTRY.register(_Connections())
    metrics.REGISTRY.register(_Memory())


class _Connections(Collector):
    """Connections to the database, counted when somebody asks: counting them as they come and go would drift."""

    def collect(self) -> Iterator[Metric]:
        """Count those of all pools."""
        found = GaugeMetricFamily(
            "studio_database_connections", "Connections to the database by what they do.", labels=["state"]
        )
        pools = [engine.pool for engine in ENGINES if isinstance(engine.pool, QueuePool)]
        found.add_metric(["in_use"], sum(pool.checkedout() for pool in pools))
        found.add_metric(["idle"], sum(pool.checkedin() for pool in pools))
        yield found


class _Memory(Collector):
    """Memory of this process and all that it has started: most of a CPU worker's is in its pool."""

    def collect(self) -> Iterator[Metric]:
        """Add up what is resident; what processes share is in it more than once."""
        ours = psutil.Process()
        resident = 0
        for one in (ours, *ours.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # it has ended meanwhile
                resident += one.memory_info().rss
        yield GaugeMetricFamily(
            "studio_processes_resident_bytes", "Resident memory of this process and its children.", resident
        )


def _answered(http_response: Any, model: Any, **_rest: Any) -> None:
    service = model.service_model.service_name
    metrics.AWS_REQUESTS.labels(service, model.name, str(http_response.status_code)).inc()


def _unanswered(event_name: str, **_rest: Any) -> None:
    _, service, operation = event_name.split(".")
    metrics.AWS_REQUESTS.labels(service, operation, "none").inc()


def _written(request: Any, **_rest: Any) -> None:
    """Count what is sent; whatever a handler of this event returns would be taken for the answer."""
    metrics.STORED_BYTES.inc(int(request.headers.get("Content-Length", 0)))


def _begins(connection: Any, *_rest: Any) -> None:
    connection.info[_BEGAN] = time.perf_counter()


def _ended(connection: Any, *_rest: Any) -> None:
    began = connection.info.pop(_BEGAN, None)
    if began is not None:
        metrics.STATEMENT_SECONDS.observe(time.perf_counter() - began)
