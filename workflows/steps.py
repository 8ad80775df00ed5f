"""How a workflow runs an activity: by name, with everything else from the pipeline's table."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from pydantic import BaseModel
from temporalio import workflow
from temporalio.common import Priority, RetryPolicy
from temporalio.exceptions import (
    ActivityError,
    ApplicationError,
    ChildWorkflowError,
    FailureError,
    is_cancelled_exception,
)
from temporalio.workflow import ActivityCancellationType

from schemas.payloads import AnimateInput, ConsistencyInput, GpuDemand, KeyframesInput
from schemas.stages import ACTIVITY_ROWS, GPU_QUEUES, ActivityRow, Queue, Retries
from schemas.turns import Turn
from workflows.wording import brief

Result = TypeVar("Result", bound=BaseModel)
T = TypeVar("T")


async def run(
    name: str,
    given: BaseModel,
    gives: type[Result],
    *,
    summary: str,
    queue: Queue | None = None,
    turn: Turn | None = None,
) -> Result:
    """Run an activity that returns something.

    Args:
        name: The activity's name in `schemas.stages.ACTIVITIES`.
        given: Its input.
        gives: The type of its result, as in the table.
        summary: What the Web UI shows on its bar.
        queue: Where to run it, if not where the table says.
        turn: When its turn is among others of its tier on a GPU queue, if not its user's next.

    Raises:
        ActivityError: The activity failed for good, or was cancelled.
    """
    row = ACTIVITY_ROWS[name]
    if row.gives is not gives:
        raise ApplicationError(
            f"{name} gives {row.gives}, not {gives.__name__}", type="WiringError", non_retryable=True
        )
    result: Result = await _execute(row, given, gives, summary, queue, turn)
    return result


async def tell(name: str, given: BaseModel, *, summary: str) -> None:
    """Run an activity that returns nothing."""
    await _execute(ACTIVITY_ROWS[name], given, None, summary, None)


async def try_to_tell(name: str, given: BaseModel, *, summary: str) -> None:
    """Run an activity whose failure is worth a line in the log, and must not hide or cause anything worse."""
    try:
        await tell(name, given, summary=summary)
    except ActivityError as error:
        if is_cancelled_exception(error):
            raise
        workflow.logger.error("%s failed: %s", name, error)


_TICKETS = "2026-11-29-tickets"
"""Films that began before ask for GPU work without a ticket: whoever counts makes up for theirs."""


async def _open_ticket(given: BaseModel, summary: str, queue: Queue) -> None:
    """Say that there is a piece of GPU work more, so that a machine comes. That it was heard is not waited for long."""
    if not isinstance(given, KeyframesInput | AnimateInput | ConsistencyInput):
        raise ApplicationError(f"{type(given).__name__} is no GPU work", type="WiringError", non_retryable=True)
    row = ACTIVITY_ROWS["open_ticket"]
    try:
        await workflow.execute_local_activity(
            "open_ticket",
            GpuDemand(film=given.film, queue=queue.value, unit=brief(summary)),
            start_to_close_timeout=row.start_to_close,
            retry_policy=_policy(row.retries),
        )
    except ActivityError as error:
        if is_cancelled_exception(error):
            raise
        workflow.logger.warning("no ticket opened: %s", error)


async def _execute(
    row: ActivityRow, given: BaseModel, gives: Any, summary: str, queue: Queue | None, turn: Turn | None = None
) -> Any:
    task = asyncio.current_task()
    cancels = 0 if task is None else task.cancelling()
    queue = queue or row.queue
    if queue in GPU_QUEUES and workflow.patched(_TICKETS):
        await _open_ticket(given, summary, queue)
        if task is not None and task.cancelling() > cancels:
            raise asyncio.CancelledError
    result = await workflow.execute_activity(
        row.name,
        given,
        task_queue=queue.value,
        result_type=gives,
        start_to_close_timeout=row.start_to_close,
        heartbeat_timeout=row.heartbeat,
        schedule_to_close_timeout=row.schedule_to_close,
        retry_policy=_policy(row.retries),
        # A cancelled film waits until nobody works on it any more: only then may its leftovers be cleared.
        cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        summary=brief(summary),
        priority=priority_of(turn if queue in GPU_QUEUES else None),
    )
    # An activity that was through before it heard of a cancel succeeds, and the cancel would be lost with that.
    if task is not None and task.cancelling() > cancels:
        raise asyncio.CancelledError
    return result


def priority_of(turn: Turn | None) -> Priority:
    """What is not said is the workflow's: its tier, its user. A replay does not mind another turn."""
    return Priority.default if turn is None else Priority(fairness_key=turn.key, fairness_weight=turn.weight)


def _policy(retries: Retries) -> RetryPolicy:
    return RetryPolicy(
        initial_interval=retries.initial_interval,
        backoff_coefficient=retries.backoff,
        maximum_interval=retries.maximum_interval,
        maximum_attempts=retries.maximum_attempts,
    )


async def all_of(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Await everything side by side; when one fails, end the others and raise its error.

    `asyncio.TaskGroup` would cancel in the order of a set, which differs between a run and its replay.

    Args:
        work: What is to be awaited. Results keep its order.
    """
    tasks = [asyncio.create_task(one) for one in work]
    try:
        return list(await asyncio.gather(*tasks))
    except (Exception, asyncio.CancelledError):
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


async def undisturbed(work: Coroutine[Any, Any, T]) -> T:
    """Await something that a cancel comes too late for: it is finished first, and the cancel is dropped."""
    try:
        task = asyncio.create_task(work)
    except BaseException:
        # A workflow that is evicted from a worker's memory unwinds like a cancelled one, but may begin nothing.
        work.close()
        raise
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                raise
    return task.result()


def reason_of(error: BaseException) -> ApplicationError | None:
    """Find what an activity or a child said when it failed, beneath Temporal's wrappers."""
    inner: BaseException | None = error
    while isinstance(inner, ActivityError | ChildWorkflowError):
        inner = inner.cause
    return inner if isinstance(inner, ApplicationError) else None


def words_of(error: BaseException) -> tuple[str, str]:
    """Return the type and the sentence of a failure, for the job's record."""
    reason = reason_of(error)
    if reason is not None:
        return reason.type or "Failure", reason.message
    inner: BaseException | None = error
    while isinstance(inner, ActivityError | ChildWorkflowError) and inner.cause is not None:
        inner = inner.cause
    return type(inner).__name__, inner.message if isinstance(inner, FailureError) else str(inner)
