"""Changing a film over HTTP: where it waits, or by its next revision."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from temporalio.client import Client

from api.craft import Craft
from api.usecases.decide import is_waiting
from api.usecases.judge_script import judge_words
from api.usecases.price_revision import Affordable, price_revision
from api.usecases.recast_film import planned, with_pictures
from api.usecases.revise_film import order_revision
from api.usecases.revise_waiting import revise_waiting
from api.usecases.standing import standing_of, version_of
from api.usecases.terms import Terms
from infrastructure.db.engine import Database
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.versions import Versions
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.edits import Changes
from schemas.errors import Conflict, InputError, InvalidRequest, Outdated
from schemas.people import Principal


@dataclass(frozen=True)
class Changed:
    """What became of a change."""

    revision: int | None
    """The revision that was ordered; None where the film is changed as it waits."""
    new: bool
    """False where the same was asked before."""
    version: str | None = None
    """Of the breakdown that a film which waits has now."""


async def change_film(
    principal: Principal,
    job_id: UUID,
    asked: Changes,
    *,
    key: str,
    at_most: int | None = None,
    version: str | None = None,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    craft: Craft,
    client: Callable[[], Awaitable[Client]],
) -> Changed:
    """Change a film, and set aside what a new version of it costs.

    Args:
        principal: Whose it is.
        job_id: The job.
        asked: What shall be changed, by the numbers of its current version's shots.
        key: Idempotency key: asking twice with one changes once.
        at_most: Credits that a new version may cost, as it was quoted; None leaves that open.
        version: Of the breakdown that they have read (`api.usecases.standing`); None changes whatever there is.
        db: The database.
        store: The store.
        settings: The installation's.
        craft: Says what people look like, and whether their pictures can be used.
        client: Connects to Temporal; called only where the film waits.

    Raises:
        InvalidRequest: Nothing is asked, or it cannot be done, or its words are not used here: the sentence says why.
        DependencyDown: The film waits, and Temporal did not answer within three seconds.
        Conflict: They have as many films in work as their tier allows, or the film would cost more than `at_most`, or,
            where it waits, than was set aside for it.
        Outdated: The film was changed since that version, or, where it waits, at the same moment.
        InsufficientCredits: A new version costs more than they have.
        AccountFrozen: It costs something, and they owe credits.
    """
    if asked.empty:
        raise InvalidRequest("Nothing is to be changed: name a shot and what about it.")
    again = await _asked_before(job_id, asked, key, db)
    if again is not None:
        return again
    if asked.words:
        await asyncio.to_thread(judge_words, asked.words, settings)
    if await is_waiting(job_id, db=db):
        reached = await client()
        afford = Affordable(db, at_most)
        try:
            state = await revise_waiting(
                job_id, asked, key=key, db=db, store=store, client=reached, afford=afford, version=version
            )
        except InputError:
            # Asked twice at once, the other of the two may have done it: what is asked no longer fits the film then.
            again = await _asked_before(job_id, asked, key, db)
            if again is None:
                raise
            return again
        script = state.script_breakdown
        return Changed(None, new=True, version=None if script is None else version_of(script, state.edits))
    if version is not None:
        await _see_that_it_is(version, job_id, db=db, client=client)
    priced = await price_revision(await planned(job_id, asked, db=db, store=store), looks=craft.looks_of_film)
    terms = Terms(principal.tier, priced.credits, at_most)
    plan = await with_pictures(priced.plan, db=db, store=store, craft=craft)
    film = await order_revision(plan, db=db, store=store, settings=settings, key=key, admit=terms)
    return Changed(film.rev, new=True)


async def _see_that_it_is(version: str, job_id: UUID, *, db: Database, client: Callable[[], Awaitable[Client]]) -> None:
    """See that a film is still what somebody has read.

    Raises:
        Outdated: It was changed since: that goes for one as well whose change is begun, and which has nothing to read.
    """
    try:
        standing = await standing_of(job_id, db=db, client=client)
    except Conflict as error:
        raise Outdated("This film was changed meanwhile and is in work: read its breakdown once it is made.") from error
    standing.must_be(version)


async def _asked_before(job_id: UUID, asked: Changes, key: str, db: Database) -> Changed | None:
    """Find what a request with this key has done before.

    Raises:
        InvalidRequest: It asked for something else.
    """
    async with db.begin() as session:
        ordered = await Versions(session).asked_by(job_id, key)
        told = await Events(session).revised_by(job_id, key) if ordered is None else ordered.asked
    if told is None:
        return None
    if Changes.model_validate(told) != asked:
        raise InvalidRequest("This Idempotency-Key asked for other changes before; choose a new one.")
    return Changed(None if ordered is None else ordered.rev, new=False)
