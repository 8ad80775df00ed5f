"""Changing a film where it waits: by an Update, planned and priced like a revision, before anything of it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from temporalio.client import Client

from api.usecases.decide import revise_where_it_runs, state_of
from api.usecases.film_sources import edits_of, load, store_edits
from api.usecases.standing import Standing, running
from film.direction.edits import apply_edits, edits_asked
from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.tables import JobRow
from infrastructure.storage import ObjectStore
from schemas.edits import Changes, Edits, RevisionCommand, compose, digest_of
from schemas.enums import JobStatus
from schemas.errors import InvalidRequest
from schemas.jobs import FilmInput, FilmState
from schemas.script import Breakdown


@dataclass(frozen=True)
class WaitingPlan:
    """A change of a film that waits, thought through and not asked for yet."""

    job: JobRow
    asked: Changes
    before: Standing
    edits: Edits
    """All edits of the film after it."""
    breakdown: Breakdown
    """The film as it would be."""


async def plan_waiting(
    job_id: UUID, asked: Changes, *, db: Database, store: ObjectStore, client: Client, version: str | None = None
) -> WaitingPlan:
    """Think a change of a film through that waits.

    Args:
        job_id: The job.
        asked: What shall be changed, by the numbers of the film's shots as it is being made.
        db: The database.
        store: Where its breakdown is.
        client: Connected to Temporal.
        version: Of the breakdown that whoever asks has read; None for whatever it is.

    Raises:
        InvalidRequest: There is no such job, or what is asked cannot be done.
        Conflict: The film is still being read.
        Outdated: It was changed since that version.
        ArtifactMissing: Its breakdown is gone from the store.
        DependencyDown: Temporal did not answer within three seconds.
    """
    if asked.recast:
        raise InvalidRequest(
            "This film waits, and has the cast that it was ordered with: cancel it, which costs nothing, and order it "
            "again."
        )
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
    if job is None:
        raise InvalidRequest(f"There is no job {job_id}.")
    state = await state_of(job, client=client)
    before = running(job, state)
    before.must_be(version)
    _must_wait(asked, state)
    kept = await edits_of(before.film.model_copy(update={"edits": before.edits}), store)
    edits = compose(kept, edits_asked(await load(store, Breakdown, before.breakdown), asked))
    script = await load(store, Breakdown, before.script)
    edited = await asyncio.to_thread(apply_edits, script, edits)
    return WaitingPlan(job, asked, before, edits, edited.breakdown)


async def revise_waiting(
    job_id: UUID,
    asked: Changes,
    *,
    key: str,
    db: Database,
    store: ObjectStore,
    client: Client,
    afford: Callable[[FilmInput, Breakdown], Awaitable[None]] | None = None,
    version: str | None = None,
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
        version: As for `plan_waiting`.

    Returns:
        The film's state, with the change in it.

    Raises:
        InvalidRequest: There is no such job, what is asked cannot be done, or the film does not wait: it must be waited
            for, or cancelled.
        Outdated: It was changed since that version, or at the same moment.
        DependencyDown: Temporal did not answer within three seconds.
    """
    plan = await plan_waiting(job_id, asked, db=db, store=store, client=client, version=version)
    was = plan.before.film
    if afford is not None:
        await afford(was, plan.breakdown)
    changes = {"tier": asked.tier} if asked.tier else {}
    film = was.model_copy(
        update={
            "edits": await store_edits(plan.edits, was.project_id, db=db, store=store),
            "breakdown": plan.before.script,
            "options": was.options.model_copy(update=changes),
        }
    )
    command = RevisionCommand(film=film, asked=asked, builds_on=digest_of(plan.before.edits))
    return await revise_where_it_runs(plan.job, command, key=key, client=client)


def _must_wait(asked: Changes, state: FilmState) -> None:
    """See that a film waits for what is asked, as it does itself when that is sent to it (`FilmWorkflow.revise`)."""
    if state.status == JobStatus.AWAITING_REVIEW:
        return
    waiting = {shot.shot for shot in state.parked}
    shots = {change.shot for change in asked.shots}
    if not shots or asked.cast or asked.order or asked.removed or asked.tier or not shots <= waiting:
        only = f" Only shots that wait may be changed meanwhile ({', '.join(sorted(waiting))})." if waiting else ""
        raise InvalidRequest(
            f"The film is being made: wait until it is finished, or cancel it, and revise it then.{only}"
        )
