"""Answering a film that waits: approvals, and decisions on shots that failed for good.

These are Updates: the caller wants the film's own answer, so that Temporal is waited for, but not for long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from temporalio.client import Client, RPCTimeoutOrCancelledError, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.moderation import Moderation
from infrastructure.db.repositories.users import LOCAL_EMAIL, Users
from infrastructure.db.tables import JobRow
from schemas.edits import RevisionCommand
from schemas.enums import JobStatus
from schemas.errors import DependencyDown, InvalidRequest, NotAllowed, NotWaiting, Outdated
from schemas.jobs import FilmResult, FilmState, ShotCommand, film_workflow_id
from schemas.moderation import ItemState
from workflows.film import FilmWorkflow

DEADLINE = timedelta(seconds=3)
_REFUSALS = {"NotParked": NotWaiting, NotWaiting.code: NotWaiting, Outdated.code: Outdated}
"""What a film refuses with, by the type of its failure; anything else is an `InvalidRequest`."""


async def approve_film(job_id: UUID, *, key: str, db: Database, client: Client) -> FilmState:
    """Let a film go on that waits for its review, for whoever made it.

    Args:
        job_id: The job.
        key: Idempotency key: the same key has its effect once.
        db: The database.
        client: Connected to Temporal.

    Raises:
        InvalidRequest: There is no such job.
        NotWaiting: It does not wait, or not any more.
        NotAllowed: Moderation holds it. The local user, with whose films nobody else has to do, may let it go on.
        DependencyDown: Temporal did not answer within three seconds.
    """
    job = await _job(job_id, db)
    held = await must_be_theirs(job, db=db)
    state = await release_film(job_id, key=key, db=db, client=client)
    if held:
        async with db.begin() as session:
            await Moderation(session).decide(job_id, job.rev, ItemState.APPROVED, None, "the local user's own film")
    return state


async def release_film(job_id: UUID, *, key: str, db: Database, client: Client) -> FilmState:
    """Let a film go on that waits for its review, whoever holds it. Arguments and errors as for `approve_film`."""
    return await _update("approve", None, key=key, job=await _job(job_id, db), client=client)


async def may_be_approved(job_id: UUID, *, db: Database) -> None:
    """See that whoever made a film may approve it, before Temporal is asked.

    Raises:
        InvalidRequest: There is no such job.
        NotAllowed: Moderation holds it.
    """
    await must_be_theirs(await _job(job_id, db), db=db)


async def must_be_theirs(job: JobRow, *, db: Database) -> bool:
    """See that whoever made a film may approve it.

    Returns:
        Whether moderation holds it all the same: it is a film of the local user.

    Raises:
        NotAllowed: Moderation holds it.
    """
    async with db.begin() as session:
        held = await Moderation(session).holds(job.job_id)
        user = await Users(session).get(job.user_id) if held else None
    if held and (user is None or user.email != LOCAL_EMAIL):
        raise NotAllowed("Moderation holds this film: a moderator lets it go on, or refuses it.")
    return held


async def retry_shot(job_id: UUID, command: ShotCommand, *, key: str, db: Database, client: Client) -> FilmState:
    """Try a shot again that failed for good. Arguments and errors as for `approve_film`."""
    return await _update("retry_shot", command, key=key, job=await _job(job_id, db), client=client)


async def skip_shot(job_id: UUID, command: ShotCommand, *, key: str, db: Database, client: Client) -> FilmState:
    """Let the draft stand in for a shot that failed for good. Arguments and errors as for `approve_film`."""
    return await _update("skip_shot", command, key=key, job=await _job(job_id, db), client=client)


async def is_waiting(job_id: UUID, *, db: Database) -> bool:
    """Whether a film waits for somebody, and may be revised where it runs.

    Raises:
        InvalidRequest: There is no such job.
    """
    return (await _job(job_id, db)).status in {JobStatus.AWAITING_REVIEW, JobStatus.NEEDS_ATTENTION}


async def state_of(job: JobRow, *, client: Client) -> FilmState:
    """Ask a film that runs where it stands.

    Raises:
        NotWaiting: It does not run.
        DependencyDown: It did not answer within three seconds.
    """
    with _answered(job):
        return await _film(client, job).query(FilmWorkflow.state, rpc_timeout=DEADLINE)


async def revise_where_it_runs(job: JobRow, command: RevisionCommand, *, key: str, client: Client) -> FilmState:
    """Ask a film that waits to be made otherwise.

    Args:
        job: The job.
        command: What is asked.
        key: Idempotency key: the same key has its effect once.
        client: Connected to Temporal.

    Raises:
        NotWaiting: It does not wait, or not for what is asked.
        InvalidRequest: What is asked cannot be done.
        Outdated: It was changed since what is asked was thought of.
        DependencyDown: It did not answer within three seconds.
    """
    return await _update("revise", command, key=key, job=job, client=client)


async def _job(job_id: UUID, db: Database) -> JobRow:
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
    if job is None:
        raise InvalidRequest(f"There is no job {job_id}.")
    return job


def _film(client: Client, job: JobRow) -> WorkflowHandle[FilmWorkflow, FilmResult]:
    return client.get_workflow_handle_for(FilmWorkflow.run, film_workflow_id(job.job_id, job.rev))


@contextmanager
def _answered(job: JobRow) -> Iterator[None]:
    """Say in words why a film gives no answer."""
    try:
        yield
    except WorkflowUpdateFailedError as error:
        if not isinstance(error.cause, ApplicationError):
            raise InvalidRequest(str(error.cause)) from error
        raise _REFUSALS.get(error.cause.type or "", InvalidRequest)(error.cause.message) from error
    except RPCTimeoutOrCancelledError as error:
        raise DependencyDown(f"The film did not answer within {DEADLINE.seconds} s; ask again.") from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise NotWaiting(f"Job {job.job_id} is {job.status}: nothing waits for a decision.") from error
        raise DependencyDown(f"Temporal did not answer: {error.message}") from error


async def _update(
    update: str, command: ShotCommand | RevisionCommand | None, *, key: str, job: JobRow, client: Client
) -> FilmState:
    with _answered(job):
        state: FilmState = await _film(client, job).execute_update(
            update,
            args=[] if command is None else [command],
            id=key,
            result_type=FilmState,
            rpc_timeout=DEADLINE,
        )
    return state
