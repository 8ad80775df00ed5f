"""Answering a film that waits: approvals, and decisions on shots that failed for good.

These are Updates: the caller wants the film's own answer, so that Temporal is waited for, but not for long.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from temporalio.client import Client, RPCTimeoutOrCancelledError, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from schemas.errors import DependencyDown, InvalidRequest
from schemas.jobs import FilmState, ShotCommand, film_workflow_id
from workflows.film import FilmWorkflow

DEADLINE = timedelta(seconds=3)


async def approve_film(job_id: UUID, *, key: str, db: Database, client: Client) -> FilmState:
    """Let a film go on that waits for its review.

    Args:
        job_id: The job.
        key: Idempotency key: the same key has its effect once.
        db: The database.
        client: Connected to Temporal.

    Raises:
        InvalidRequest: There is no such job, or it does not wait.
        DependencyDown: Temporal did not answer within three seconds.
    """
    return await _update(job_id, "approve", None, key=key, db=db, client=client)


async def retry_shot(job_id: UUID, command: ShotCommand, *, key: str, db: Database, client: Client) -> FilmState:
    """Try a shot again that failed for good. Arguments and errors as for `approve_film`."""
    return await _update(job_id, "retry_shot", command, key=key, db=db, client=client)


async def skip_shot(job_id: UUID, command: ShotCommand, *, key: str, db: Database, client: Client) -> FilmState:
    """Let the draft stand in for a shot that failed for good. Arguments and errors as for `approve_film`."""
    return await _update(job_id, "skip_shot", command, key=key, db=db, client=client)


async def _update(
    job_id: UUID, update: str, command: ShotCommand | None, *, key: str, db: Database, client: Client
) -> FilmState:
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
    if job is None:
        raise InvalidRequest(f"There is no job {job_id}.")
    handle = client.get_workflow_handle_for(FilmWorkflow.run, film_workflow_id(job_id, job.rev))
    try:
        state: FilmState = await handle.execute_update(
            update,
            args=[] if command is None else [command],
            id=key,
            result_type=FilmState,
            rpc_timeout=DEADLINE,
        )
    except WorkflowUpdateFailedError as error:
        reason = error.cause.message if isinstance(error.cause, ApplicationError) else str(error.cause)
        raise InvalidRequest(reason) from error
    except RPCTimeoutOrCancelledError as error:
        raise DependencyDown(f"The film did not answer within {DEADLINE.seconds} s; ask again.") from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise InvalidRequest(f"Job {job_id} is {job.status}: nothing waits for a decision.") from error
        raise DependencyDown(f"Temporal did not answer: {error.message}") from error
    return state
