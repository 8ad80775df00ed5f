"""Changing a film over HTTP: where it waits, or by its next revision."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from temporalio.client import Client

from api.craft import Craft
from api.usecases.decide import is_waiting, revise_waiting
from api.usecases.judge_script import judge_words
from api.usecases.price_revision import Affordable, price_revision
from api.usecases.recast_film import planned, with_pictures
from api.usecases.revise_film import order_revision
from api.usecases.terms import Terms
from infrastructure.db.engine import Database
from infrastructure.db.repositories.versions import Versions
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.edits import Changes
from schemas.errors import InvalidRequest
from schemas.people import Principal


@dataclass(frozen=True)
class Changed:
    """What became of a change."""

    revision: int | None
    """The revision that was ordered; None where the film is changed as it waits."""
    new: bool
    """False where the same was asked before."""


async def change_film(
    principal: Principal,
    job_id: UUID,
    asked: Changes,
    *,
    key: str,
    at_most: int | None = None,
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
        InsufficientCredits: A new version costs more than they have.
        AccountFrozen: It costs something, and they owe credits.
    """
    if asked.empty:
        raise InvalidRequest("Nothing is to be changed: name a shot and what about it.")
    async with db.begin() as session:
        before = await Versions(session).asked_by(job_id, key)
    if before is not None:
        if before.asked != asked.model_dump(mode="json"):
            raise InvalidRequest("This Idempotency-Key asked for other changes before; choose a new one.")
        return Changed(before.rev, new=False)
    words = "\n\n".join(text for shot in asked.shots for text in (shot.prompt, shot.added) if text)
    if words:
        await asyncio.to_thread(judge_words, words, settings)
    if await is_waiting(job_id, db=db):
        if asked.recast:
            raise InvalidRequest(
                "This film waits, and has the cast that it was ordered with: cancel it, which costs nothing, and order "
                "it again."
            )
        reached = await client()
        await revise_waiting(job_id, asked, key=key, db=db, store=store, client=reached, afford=Affordable(db))
        return Changed(None, new=True)
    priced = await price_revision(await planned(job_id, asked, db=db, store=store), looks=craft.looks_of_film)
    terms = Terms(principal.tier, priced.credits, at_most)
    plan = await with_pictures(priced.plan, db=db, store=store, craft=craft)
    film = await order_revision(plan, db=db, store=store, settings=settings, key=key, admit=terms)
    return Changed(film.rev, new=True)
