"""Pictures and clips that do not fit into this machine's memory: which they are, and whether others may take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from temporalio import activity
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import RPCError

from activities import making
from activities.deps import Deps
from infrastructure.db.repositories.renders import Renders
from schemas.errors import DependencyDown, GpuOutOfMemory, ShotFailed
from schemas.jobs import FilmInput

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


@dataclass
class Elsewhere:
    """What a worker hands back because its memory is too small, and whether anybody is left to try it."""

    deps: Deps
    _too_large: TooLarge = field(default_factory=TooLarge, init=False)

    def known(self, film: FilmInput, spec: str, round_: int) -> GpuOutOfMemory | None:
        """Return the error that something met here before: it is handed back untried, and no act of making is noted.

        Args:
            film: The job.
            spec: Hash of what it is made from.
            round_: How often it had failed for good before.
        """
        why = self._too_large.why(film.job_id, spec, round_)
        return None if why is None else GpuOutOfMemory(why)

    def remember(self, film: FilmInput, spec: str, round_: int, error: Exception) -> None:
        """Remember what ran out of memory; other errors are nothing to remember."""
        if isinstance(error, GpuOutOfMemory):
            self._too_large.add(film.job_id, spec, round_, str(error))

    async def tried_by(self, film: FilmInput, spec: str, round_: int) -> set[str]:
        """Name the workers on which something failed within one round."""
        async with self.deps.db.begin() as session:
            return await Renders(session).failed_workers(film.job_id, spec, round_)

    async def others(self) -> set[str]:
        """Name the workers that may still be asked; none, where too much was handed back already."""
        if activity.info().attempt >= LAST_HAND_BACK:
            return set()
        # Our own name may be missing there: whoever works does not ask for work.
        return await workers_of_this_queue() - {self.deps.worker}


def raise_again(errors: Mapping[str, Exception]) -> None:
    """Raise if any shot is to be tried again: elsewhere and a little later, if memory is all that they lacked.

    Args:
        errors: For each such shot, what it met.

    Raises:
        GpuOutOfMemory: None of them fits here.
        ShotFailed: Some met something else.
    """
    if not errors:
        return
    words = "; ".join(f"Shot {shot}: {making.describe(error)}" for shot, error in errors.items())
    if all(isinstance(error, GpuOutOfMemory) for error in errors.values()):
        raise GpuOutOfMemory(words, retry_after_s=wait_s(activity.info().attempt))
    raise ShotFailed(words)


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
