"""What Temporal's core counts, as Prometheus reads it: a real core, with figures of the test's own."""

from __future__ import annotations

from datetime import timedelta

from prometheus_client import CollectorRegistry
from prometheus_client.samples import Sample
from temporalio.runtime import MetricBuffer, MetricBufferDurationFormat, Runtime, TelemetryConfig

from workers.core import OTHER, CoreFigures


def told(registry: CollectorRegistry) -> list[Sample]:
    return [sample for family in registry.collect() for sample in family.samples]


def test_figures_keep_labels_that_have_few_values_and_no_others() -> None:
    buffer = MetricBuffer(1000, MetricBufferDurationFormat.SECONDS)
    meter = Runtime(telemetry=TelemetryConfig(metrics=buffer)).metric_meter
    registry = CollectorRegistry()
    registry.register(CoreFigures(buffer))
    ended, open_, took = (
        meter.create_counter("temporal_ended"),
        meter.create_gauge("temporal_open"),
        meter.create_histogram_timedelta("temporal_took"),
    )
    for queue in ("film-cpu", "film-cpu", "a-worker:1:8f2a77aa"):
        ended.add(2, {"task_queue": queue, "workflow_id": "film-1", "namespace": "prod"})
    open_.set(7, {"worker_type": "ActivityWorker"})
    open_.set(3, {"worker_type": "ActivityWorker"})
    took.record(timedelta(seconds=4), {"operation": "StartWorkflowExecution"})
    for _ in range(2):  # what was told once is told again
        found = {(one.name, *sorted(one.labels.items())): one.value for one in told(registry)}
        assert found[("temporal_ended_total", ("task_queue", "film-cpu"))] == 4
        assert found[("temporal_ended_total", ("task_queue", OTHER))] == 2
        assert found[("temporal_open", ("worker_type", "ActivityWorker"))] == 3
        operation = ("operation", "StartWorkflowExecution")
        assert found[("temporal_took_seconds_sum", operation)] == 4
        assert found[("temporal_took_seconds_bucket", ("le", "1.0"), operation)] == 0
        assert found[("temporal_took_seconds_bucket", ("le", "5.0"), operation)] == 1
        assert not any(name in one.labels for one in told(registry) for name in ("workflow_id", "namespace"))
