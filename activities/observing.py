"""Watches every attempt at an activity: its lines of the log name its film, and how it went is counted.

Shots and their films are named in the log, where one looks for what became of them, and never in figures, where each
would be a series for ever.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from typing import Any

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from infrastructure import metrics
from schemas.payloads import SegmentInput
from schemas.stages import ACTIVITY_ROWS

DONE, FAILED, RETRIED, CANCELLED, GIVEN_BACK = "done", "failed", "retried", "cancelled", "given_back"
"""How an attempt ends; see `metrics.ACTIVITIES`."""

_FILM = re.compile(r"film-(?P<job>[0-9a-f-]{36})-r(?P<rev>\d+)(?:/(?P<part>[a-z0-9-]+))?")

log = structlog.get_logger(__name__)


class Observed(Interceptor):
    """Watches all activities of a worker. The outermost of its interceptors: it sees errors as Temporal will."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Wrap the next interceptor."""
        return _Observing(next)


class _Observing(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        info = activity.info()
        # Never unbound: an attempt has a task of its own, in which the worker tells of its error afterwards.
        structlog.contextvars.bind_contextvars(**_names(info, input.args))
        began = time.perf_counter()
        try:
            made = await self.next.execute_activity(input)
        except BaseException as error:
            _ended(info, _outcome(info, error), time.perf_counter() - began)
            raise
        _ended(info, DONE, time.perf_counter() - began)
        return made


def _names(info: activity.Info, arguments: Sequence[Any]) -> dict[str, Any]:
    """Say what an attempt is about: job, revision, the part of the film (`scene-003`), shots or segment."""
    names: dict[str, Any] = {"activity": info.activity_type, "attempt": info.attempt}
    film = _FILM.fullmatch(info.workflow_id or "")
    if film is not None:
        names |= {"job": film["job"], "rev": int(film["rev"])}
        names |= {"part": film["part"]} if film["part"] else {}
    for argument in arguments:
        shots = [order.shot for order in getattr(argument, "orders", ())]
        names |= {"shots": shots} if shots else {}
        names |= {"segment": argument.index + 1} if isinstance(argument, SegmentInput) else {}
    return names


def _outcome(info: activity.Info, error: BaseException) -> str:
    if isinstance(error, asyncio.CancelledError):
        why = activity.cancellation_details()
        return GIVEN_BACK if why is not None and why.worker_shutdown else CANCELLED
    row = ACTIVITY_ROWS.get(info.activity_type)
    final = isinstance(error, ApplicationError) and error.non_retryable
    return FAILED if final or (row is not None and info.attempt >= row.retries.maximum_attempts) else RETRIED


def _ended(info: activity.Info, outcome: str, seconds: float) -> None:
    metrics.ACTIVITIES.labels(info.activity_type, outcome).inc()
    metrics.ACTIVITY_SECONDS.labels(info.activity_type).observe(seconds)
    row = ACTIVITY_ROWS.get(info.activity_type)
    # What a stage has done is told. What serves all of them is told where it did not work.
    tell = log.info if outcome != DONE or (row is not None and row.stage is not None) else log.debug
    tell("activity ended", outcome=outcome, seconds=round(seconds, 3))
