"""Temporal's core, which the SDK stands on: what it logs goes the way of our own logs, what it counts to `/metrics`.

The core would serve its figures at a port of its own; they are taken from it instead, so that there is one address.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, Final

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from temporalio.runtime import (
    BUFFERED_METRIC_KIND_COUNTER,
    BUFFERED_METRIC_KIND_GAUGE,
    BufferedMetric,
    BufferedMetricUpdate,
    LogForwardingConfig,
    LoggingConfig,
    MetricBuffer,
    MetricBufferDurationFormat,
    Runtime,
    TelemetryConfig,
)

from infrastructure import metrics
from schemas.stages import Queue

DRAIN_S = 1.0
"""How often the core is asked for what it has counted, in seconds."""
BUFFER = 100_000
"""Updates it keeps meanwhile; further ones would be lost."""

LABELS: Final = (
    "task_queue", "activity_type", "workflow_type", "operation", "status_code", "failure_reason", "poller_type",
    "worker_type", "eager",
)  # fmt: skip
"""What is kept of its labels: those that have few values. Its `namespace` would hide Kubernetes' own."""
UNWANTED: Final = frozenset({"temporal_long_request_latency"})
"""How long polls waited for work: nothing that one would look at, in hundreds of series."""
OTHER: Final = "(other)"
"""Queues that are not ours by name: the core makes one for each worker."""
_QUEUES = frozenset(queue.value for queue in Queue)
_LENGTHS: Final = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400)

_Kept = Counter | Gauge | Histogram


@asynccontextmanager
async def core(*, measured: bool) -> AsyncIterator[None]:
    """Set the core up, before anybody connects to Temporal.

    Args:
        measured: Whether it counts, for `/metrics`.
    """
    buffer = MetricBuffer(BUFFER, MetricBufferDurationFormat.SECONDS) if measured else None
    forwarding = LogForwardingConfig(logging.getLogger("temporalio.core"))
    told = LoggingConfig(filter=LoggingConfig.default.filter, forwarding=forwarding)
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=told, metrics=buffer)))
    if buffer is None:
        yield
        return
    figures = CoreFigures(buffer)
    metrics.REGISTRY.register(figures)
    draining = asyncio.create_task(_drain(figures))
    try:
        yield
    finally:
        draining.cancel()
        await asyncio.gather(draining, return_exceptions=True)
        metrics.REGISTRY.unregister(figures)


async def _drain(figures: CoreFigures) -> None:
    while True:
        await asyncio.sleep(DRAIN_S)
        figures.drain()


class CoreFigures(Collector):
    """What the core has counted, as Prometheus reads it: names and units as the core's own exporter has them."""

    def __init__(self, buffer: MetricBuffer) -> None:
        """Begin with nothing.

        Args:
            buffer: Of the core that is asked.
        """
        self._buffer = buffer
        self._kept: dict[str, _Kept] = {}

    def drain(self) -> None:
        """Take what was counted since."""
        for update in self._buffer.retrieve_updates():
            if update.metric.name not in UNWANTED:
                _add(self._of(update.metric), update)

    def collect(self) -> Iterator[Metric]:
        """Tell all of it, up to now."""
        self.drain()
        for kept in self._kept.values():
            for family in kept.collect():
                # A label without a value is none.
                family.samples = [
                    one._replace(labels={name: value for name, value in one.labels.items() if value})
                    for one in family.samples
                ]
                yield family

    def _of(self, metric: BufferedMetric) -> _Kept:
        found = self._kept.get(metric.name)
        if found is None:
            found = self._kept[metric.name] = _made(metric)
        return found


def _made(metric: BufferedMetric) -> _Kept:
    says = metric.description or "Counted by Temporal's SDK."
    if metric.kind == BUFFERED_METRIC_KIND_COUNTER:
        return Counter(metric.name, says, LABELS, registry=None)
    if metric.kind == BUFFERED_METRIC_KIND_GAUGE:
        return Gauge(metric.name, says, LABELS, registry=None)
    # All that the core measures are lengths of time.
    return Histogram(f"{metric.name}_seconds", says, LABELS, buckets=_LENGTHS, registry=None)


def _add(kept: _Kept, update: BufferedMetricUpdate) -> None:
    series: Any = kept.labels(*_values(update))
    if isinstance(kept, Counter):
        series.inc(update.value)
    elif isinstance(kept, Gauge):
        series.set(update.value)
    else:
        series.observe(update.value)


def _values(update: BufferedMetricUpdate) -> list[str]:
    given = update.attributes
    values = [str(given.get(name, "")) for name in LABELS]
    if values[0] and values[0] not in _QUEUES:
        values[0] = OTHER
    return values
