"""What Prometheus is told of an API process besides what all tell: its requests, and how the installation stands."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from infrastructure.metrics import REGISTRY as REGISTRY  # for whoever asks what figures there are

NOWHERE: Final = "(none)"
"""The route of requests that none has: a path that somebody made up must not become a series."""

REQUESTS: Final = Counter(
    "studio_http_requests", "Requests that were answered.", ("method", "route", "status"), registry=REGISTRY
)
SECONDS: Final = Histogram(
    "studio_http_request_seconds",
    "How long requests took, until the last byte of their answer.",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
BUSY: Final = Gauge("studio_http_requests_in_hand", "Requests that are not answered yet.", registry=REGISTRY)
WATCHERS: Final = Gauge("studio_event_streams", "Streams of events that are open.", registry=REGISTRY)
DATABASE: Final = Gauge("studio_database_up", "Whether the database answers.", registry=REGISTRY)
FILMS: Final = Gauge("studio_films", "Films by where they stand.", ("status",), registry=REGISTRY)
WAITING: Final = Gauge("studio_outbox_waiting", "What an outbox holds.", ("outbox",), registry=REGISTRY)
OLDEST: Final = Gauge(
    "studio_outbox_oldest_seconds", "Age of the oldest that an outbox holds; 0 where it is empty.", ("outbox",),
    registry=REGISTRY,
)  # fmt: skip
DEAD: Final = Gauge(
    "studio_dead_letters",
    "Dead letters by what they are, of some hundred that are looked at each minute: of a film or a shot that failed "
    "for good, a ticket that GPU workers died of, or nothing of ours.",
    ("kind",),
    registry=REGISTRY,
)
MESSAGES: Final = Gauge(
    "studio_queue_messages", "What a queue of SQS holds; nothing where SQS is away.", ("queue", "state"),
    registry=REGISTRY,
)  # fmt: skip

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def answered(method: str, route: str | None, status: int, seconds: float) -> None:
    """Count an answer.

    Args:
        method: HTTP's.
        route: The template of its path, as its router has it; None where there is none.
        status: HTTP's; 0 where the client went away before it had one.
        seconds: How long it took.
    """
    count, length = _series(method if method in _METHODS else "OTHER", route or NOWHERE, status)
    count.inc()
    length.observe(seconds)


@lru_cache(maxsize=1000)
def _series(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(method, route, str(status)), SECONDS.labels(method, route)
