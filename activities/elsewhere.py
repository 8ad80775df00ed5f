"""Pictures that do not fit into this machine's memory: which they are, and whether anybody else may take them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from temporalio import activity
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import RPCError

from schemas.errors import DependencyDown

REMEMBERED = 10_000
"""Pictures that a worker remembers; what it forgets it tries once more."""

LAST_HAND_BACK = 30
"""Attempt of the activity after which a picture is no longer handed back: the others need attempts left."""

LONGEST_WAIT_S = 10.0
"""Seconds between two attempts to find somebody else, at most."""

_RPC_TIMEOUT = timedelta(seconds=5)


class TooLarge:
    """The pictures that ran out of this worker's memory alone, for as long as the worker lives."""

    def __init__(self) -> None:
        self._why: dict[tuple[UUID, str, int], str] = {}

    def add(self, job: UUID, spec: str, round_: int, why: str) -> None:
        """Remember a picture.

        Args:
            job: Whose it is.
            spec: Hash of what it is made from.
            round_: How often it had failed for good before: somebody who asks again wants it tried again.
            why: A sentence.
        """
        self._why[job, spec, round_] = why
        if len(self._why) > REMEMBERED:
            self._why.pop(next(iter(self._why)))

    def why(self, job: UUID, spec: str, round_: int) -> str | None:
        """Say why a picture was too large; None where nothing is known against it."""
        return self._why.get((job, spec, round_))


def wait_s(attempt: int) -> float:
    """How long nobody takes what was handed back, in seconds: longer each time, so that others come free.

    Args:
        attempt: Of the activity, from 1.
    """
    return min(float(attempt), LONGEST_WAIT_S)


async def workers_of_this_queue() -> set[str]:
    """Ask Temporal who looked for work in this activity's queue during the last minutes, by the workers' names.

    A worker that died is named for some minutes more. One that has been busy for longer than that is not named.

    Raises:
        DependencyDown: Temporal does not say.
    """
    client, info = activity.client(), activity.info()
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=info.task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    )
    try:
        answer = await client.workflow_service.describe_task_queue(request, timeout=_RPC_TIMEOUT)
    except RPCError as error:
        raise DependencyDown(f"Temporal does not say who works on {info.task_queue}: {error}") from error
    return {poller.identity for poller in answer.pollers}
