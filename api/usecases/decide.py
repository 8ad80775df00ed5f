"""Answering a film that waits: approvals, and decisions on shots that failed for good.

These are Updates: the caller wants the film's own answer, so that Temporal is waited for, but not for long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from temporalio.client import Client, RPCTimeoutOrCancelledError, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from api.usecases.revise_film import edits_of, load, store_edits
from film.direction.edits import apply_edits, edits_asked
from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.moderation import Moderation
from infrastructure.db.repositories.users import LOCAL_EMAIL, Users
from infrastructure.db.tables import JobRow
from infrastructure.storage import ObjectStore
from schemas.edits import Changes, RevisionCommand, compose
from schemas.enums import JobStatus
from schemas.errors import DependencyDown, InvalidRequest, NotAllowed
from schemas.jobs import FilmInput, FilmResult, FilmState, ShotCommand, film_workflow_id
from schemas.moderation import ItemState
from schemas.script import Breakdown
from workflows.film import FilmWorkflow

DEADLINE = timedelta(seconds=3)


async def approve_film(job_id: UUID, *, key: str, db: Database, client: Client) -> FilmState:
    """Let a film go on that waits for its review, for whoever made it.

    Args:
        job_id: The job.
        key: Idempotency key: the same key has its effect once.
        db: The database.
        client: Connected to Temporal.

    Raises:
        InvalidRequest: There is no such job, or it does not wait.
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
    return await _update(job_id, "approve", None, key=key, db=db, client=client)


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
    return await _update(job_id, "retry_shot", command, key=key, db=db, client=client)


async def skip_shot(job_id: UUID, command: ShotCommand, *, key: str, db: Database, client: Client) -> FilmState:
    """Let the draft stand in for a shot that failed for good. Arguments and errors as for `approve_film`."""
    return await _update(job_id, "skip_shot", command, key=key, db=db, client=client)


async def revise_waiting(
    job_id: UUID,
    asked: Changes,
    *,
    key: str,
    db: Database,
    store: ObjectStore,
    client: Client,
    afford: Callable[[FilmInput, Breakdown], Awaitable[None]] | None = None,
) -> FilmState:
    """Make a film otherwise that waits for its review, or, of one that waits for decisions, the shots that failed.

    Args:
        job_id: The job.
        asked: What shall be changed, by the numbers of the film's shots as it is being made.
        key: Idempotency key: the same key has its effect once.
        db: The database.
        store: Where the edits go.
        client: Connected to Temporal.
        afford: Raises an error where the film, as it would be, costs more than was set aside; None lets it cost what
            it will.

    Raises:
        InvalidRequest: There is no such job, what is asked cannot be done, or the film does not wait: it must be waited
            for, or cancelled.
        DependencyDown: Temporal did not answer within three seconds.
    """
    job = await _job(job_id, db)
    with _answered(job):
        state = await _film(client, job).query(FilmWorkflow.state, rpc_timeout=DEADLINE)
    if state.breakdown is None or state.script_breakdown is None:
        raise InvalidRequest(f"The film of job {job_id} is still being read: ask again in a moment.")
    was = job.film_input
    breakdown = await load(store, Breakdown, state.breakdown)
    edits = compose(await edits_of(was, store), edits_asked(breakdown, asked))
    script = await load(store, Breakdown, state.script_breakdown)
    edited = await asyncio.to_thread(apply_edits, script, edits)
    if afford is not None:
        await afford(was, edited.breakdown)
    changes = {"tier": asked.tier} if asked.tier else {}
    film = was.model_copy(
        update={
            "edits": await store_edits(edits, was.project_id, db=db, store=store),
            "breakdown": state.script_breakdown,
            "options": was.options.model_copy(update=changes),
        }
    )
    return await _update(job_id, "revise", RevisionCommand(film=film, asked=asked), key=key, db=db, client=client)


async def is_waiting(job_id: UUID, *, db: Database) -> bool:
    """Whether a film waits for somebody, and may be revised where it runs.

    Raises:
        InvalidRequest: There is no such job.
    """
    return (await _job(job_id, db)).status in {JobStatus.AWAITING_REVIEW, JobStatus.NEEDS_ATTENTION}


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
        reason = error.cause.message if isinstance(error.cause, ApplicationError) else str(error.cause)
        raise InvalidRequest(reason) from error
    except RPCTimeoutOrCancelledError as error:
        raise DependencyDown(f"The film did not answer within {DEADLINE.seconds} s; ask again.") from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise InvalidRequest(f"Job {job.job_id} is {job.status}: nothing waits for a decision.") from error
        raise DependencyDown(f"Temporal did not answer: {error.message}") from error


async def _update(
    job_id: UUID, update: str, command: ShotCommand | RevisionCommand | None, *, key: str, db: Database, client: Client
) -> FilmState:
    job = await _job(job_id, db)
    with _answered(job):
        state: FilmState = await _film(client, job).execute_update(
            update,
            args=[] if command is None else [command],
            id=key,
            result_type=FilmState,
            rpc_timeout=DEADLINE,
        )
    return state
