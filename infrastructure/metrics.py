"""What Prometheus is told of a process: figures that everybody here counts in, and one registry that has them all.

Labels have few values, all known beforehand: no job, user or file may become a series of its own.
"""

from __future__ import annotations

from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from schemas.credits import EntryType
from schemas.enums import JobStatus
from schemas.stages import GPU_QUEUES, Stage

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

disable_created_metrics()  # type: ignore[no-untyped-call]  # each series would have a second one that says since when

REGISTRY: Final = CollectorRegistry()
"""Of this process."""

ProcessCollector(registry=REGISTRY)

LENGTHS: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200)
"""Bounds, in seconds, for what takes from a moment to two hours."""

ACTIVITIES: Final = Counter(
    "studio_activities",
    "Attempts at activities by how they ended: done; failed for good; retried, which will be tried again; cancelled; "
    "given_back, by a worker that was told to stop.",
    ("activity", "outcome"),
    registry=REGISTRY,
)
ACTIVITY_SECONDS: Final = Histogram(
    "studio_activity_seconds", "How long an attempt at an activity took.", ("activity",), buckets=LENGTHS,
    registry=REGISTRY,
)  # fmt: skip
FILMS_ENDED: Final = Counter("studio_films_ended", "Films that ended, by how.", ("status",), registry=REGISTRY)
STAGE_SECONDS: Final = Histogram(
    "studio_stage_seconds", "How long a stage took in films that were completed.", ("stage",), buckets=LENGTHS,
    registry=REGISTRY,
)  # fmt: skip
RENDERS: Final = Counter(
    "studio_renders",
    "Pictures, clips, segments and mixes by what became of them: made, failed, drained (given back), or reused: found "
    "standing when they were asked for.",
    ("stage", "outcome"),
    registry=REGISTRY,
)
CREDITS: Final = Counter(
    "studio_credits", "Credits that were set aside for films, taken for what was delivered, and given back.", ("kind",),
    registry=REGISTRY,
)  # fmt: skip
TICKETS: Final = Counter(
    "studio_tickets", "What was done with tickets of GPU work: opened, taken, closed, given_back.", ("queue", "act"),
    registry=REGISTRY,
)  # fmt: skip
DELIVERIES: Final = Counter(
    "studio_deliveries", "Tries to hand over what an outbox holds.", ("outbox", "outcome"), registry=REGISTRY
)
AWS_REQUESTS: Final = Counter(
    "studio_aws_requests", "Answers of store and queues.", ("service", "operation", "status"), registry=REGISTRY
)
STORED_BYTES: Final = Counter("studio_stored_bytes", "Bytes that were written to the store.", registry=REGISTRY)
STATEMENT_SECONDS: Final = Histogram(
    "studio_database_statement_seconds",
    "How long the database took for a statement.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
MADE, FAILED, DRAINED, REUSED = "made", "failed", "drained", "reused"
"""What becomes of a render."""
DELIVERED: Final = "delivered"
"""What becomes of what an outbox holds, unless it is FAILED."""
OUTBOXES: Final = ("commands", "letters", "webhooks")
RENDERING: Final = (Stage.KEYFRAMES, Stage.MOTION, Stage.COMPOSITION, Stage.POST)


def _begin_at_nothing() -> None:
    """Let rare series be there before their first event: of one that begins with it, Prometheus sees no increase."""
    for status in JobStatus:
        if status.terminal:
            FILMS_ENDED.labels(status.value)
    for stage in RENDERING:
        for outcome in (MADE, FAILED, DRAINED, REUSED):
            RENDERS.labels(stage.value, outcome)
    for kind in (EntryType.RESERVE, EntryType.CAPTURE, EntryType.RELEASE):
        CREDITS.labels(kind.value)
    for queue in GPU_QUEUES:
        for act in ("opened", "taken", "closed", "given_back"):
            TICKETS.labels(queue.value, act)
    for outbox in OUTBOXES:
        for outcome in (DELIVERED, FAILED):
            DELIVERIES.labels(outbox, outcome)


_begin_at_nothing()


def written() -> bytes:
    """Write all of it in Prometheus's text format."""
    return generate_latest(REGISTRY)
