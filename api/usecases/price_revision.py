"""What a change of a film costs: what it makes anew, and nothing that stands."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

from temporalio.client import Client

from accounts import ledger
from accounts.prices import prices
from api.craft import Craft
from api.usecases.decide import is_waiting
from api.usecases.plan_revision import Plan
from api.usecases.recast_film import planned
from api.usecases.revise_waiting import WaitingPlan, plan_waiting
from film.direction.diff import Looks, diff_films
from film.direction.recast import recast
from infrastructure.db.engine import Database
from infrastructure.db.repositories.credits import Credits
from infrastructure.storage import ObjectStore
from schemas.diff import Change
from schemas.edits import Changes, ShotChange
from schemas.enums import MotionKind
from schemas.errors import Conflict
from schemas.jobs import FilmInput
from schemas.painting import Reference
from schemas.people import Principal
from schemas.rate import seconds_of
from schemas.script import Breakdown


@dataclass(frozen=True)
class Priced:
    """A revision, and what it costs."""

    plan: Plan
    """Its film says which shots are charged."""
    shots: tuple[str, ...]
    """Numbers of the shots that are made anew."""
    seconds: float
    """How long these last."""
    credits: int
    """What is set aside for it; no more is taken."""


@dataclass(frozen=True)
class RevisionQuote:
    """What a change would make anew, and cost."""

    shots: tuple[str, ...]
    seconds: float
    credits: int
    balance: int
    dropped: tuple[str, ...] = ()
    """What loses its edits with another cast: see `api.usecases.plan_revision.Plan`."""
    set_aside: int | None = None
    """Credits that are set aside for a film that waits: it may be changed as long as it costs no more. None where
    nothing is, or it has ended."""


async def price_revision(plan: Plan, *, looks: Callable[[Breakdown], Looks] | None = None) -> Priced:
    """Price a revision that was planned.

    Args:
        plan: From `plan_revision`.
        looks: Says on what of whom in a film its pictures depend; by default it is how they are introduced.
    """
    film = plan.film
    shots = await asyncio.to_thread(_made_anew, plan, looks)
    frames = sum(shot.frames for shot in plan.breakdown.shots if shot.id in shots)
    charged = replace(plan, film=film.model_copy(update={"charged": shots}))
    return Priced(
        plan=charged if prices().a_minute(film.options) else plan,
        shots=shots,
        seconds=float(seconds_of(frames, film.options.fps)),
        credits=prices().film(film.options, frames),
    )


async def quote_revision(
    principal: Principal,
    job_id: UUID,
    asked: Changes,
    *,
    db: Database,
    store: ObjectStore,
    client: Callable[[], Awaitable[Client]],
    craft: Craft,
) -> RevisionQuote:
    """Quote a change of a film that is finished, or that waits. Nothing is ordered.

    Args:
        principal: Whose film it is.
        job_id: The job.
        asked: What shall be changed, by the numbers of its current version's shots.
        db: The database.
        store: The store.
        client: Connects to Temporal; called only where the film waits.
        craft: Says what people look like.

    Raises:
        InvalidRequest: There is no such job, it has no film, or what is asked cannot be done; the sentence says why.
        ArtifactMissing: Its breakdown is gone from the store.
        DependencyDown: The film waits, and Temporal did not answer within three seconds.
    """
    if await is_waiting(job_id, db=db):
        return await _quote_waiting(
            principal, await plan_waiting(job_id, asked, db=db, store=store, client=await client()), db
        )
    plan = await planned(job_id, asked, db=db, store=store)
    priced = await price_revision(plan, looks=craft.looks_of_film)
    async with db.begin() as session:
        balance = await ledger.balance(session, principal.user_id)
    return RevisionQuote(priced.shots, priced.seconds, priced.credits, balance.credits, plan.dropped)


async def _quote_waiting(principal: Principal, plan: WaitingPlan, db: Database) -> RevisionQuote:
    """Quote the whole film as it would be, or, of a revision, the shots that it is paid for: nothing is made yet."""
    film, shots = plan.before.film, plan.breakdown.shots
    paid = [shot for shot in shots if film.charged is None or shot.id in film.charged]
    frames = sum(shot.frames for shot in paid)
    async with db.begin() as session:
        balance = await ledger.balance(session, principal.user_id)
        reserved = await Credits(session).reservation(film.job_id, film.rev)
    return RevisionQuote(
        shots=tuple(shot.id for shot in paid),
        seconds=float(seconds_of(frames, film.options.fps)),
        credits=prices().film(film.options, frames),
        balance=balance.credits,
        set_aside=None if reserved is None else -reserved.amount,
    )


def _made_anew(plan: Plan, looks: Callable[[Breakdown], Looks] | None) -> tuple[str, ...]:
    """Find the shots whose picture, or whose clip, a revision makes anew, in the film's order."""
    asked = {change.shot for change in plan.asked.shots if _draws(change)}
    keys = {shot.key for shot in plan.before.shots if shot.id in asked}
    clips = plan.film.options.motion is MotionKind.VIDEO
    differ = {
        shot.new
        for scene in diff_films(plan.before, plan.breakdown, looks=_looks(plan, looks)).scenes
        for shot in scene.shots
        if shot.draw or (clips and shot.change is Change.RETIMED)
    }
    shown = _shown_otherwise(plan)
    return tuple(
        shot.id
        for shot in plan.breakdown.shots
        if shot.id in differ or shot.key in keys or not shown.isdisjoint(shot.subjects)
    )


def _draws(change: ShotChange) -> bool:
    """Whether it asks for another picture of its shot: as `schemas.edits.ShotEdit.redraws`."""
    return any(value is not None for value in (change.prompt, change.added, change.seed, change.size))


def _looks(plan: Plan, looks: Callable[[Breakdown], Looks] | None) -> tuple[Looks, Looks] | None:
    """Say what those of both versions look like: as their scripts say, for an edit reaches the picture of its shot."""
    if looks is None:
        return None
    return looks(recast(plan.old_script, plan.old_edits.cast)), looks(recast(plan.script, plan.edits.cast))


def _shown_otherwise(plan: Plan) -> set[str]:
    """Find the characters whose reference pictures differ."""
    before, after = (_pictured(film) for film in (plan.base.film_input, plan.film))
    return {who for who in before.keys() | after.keys() if before[who] != after[who]}


def _pictured(film: FilmInput) -> defaultdict[str, list[Reference]]:
    found: defaultdict[str, list[Reference]] = defaultdict(list)
    for reference in film.options.painting.references if film.options.painting is not None else ():
        found[reference.character].append(reference)
    return found


class Affordable:
    """Sees that a film that waits, and shall be otherwise, costs no more than was set aside for it."""

    def __init__(self, db: Database, at_most: int | None = None) -> None:
        """Know where that is written down.

        Args:
            db: The database.
            at_most: Credits that it may cost, as it was quoted; None leaves that open.
        """
        self._db = db
        self._at_most = at_most

    async def __call__(self, film: FilmInput, breakdown: Breakdown) -> None:
        """Look at a film.

        Args:
            film: What was ordered.
            breakdown: Of the film as it would be.

        Raises:
            Conflict: It would cost more.
        """
        price = prices().film(film.options, breakdown.frames)
        if self._at_most is not None and film.charged is None and price > self._at_most:
            raise Conflict(f"It would cost {price} credits, not {self._at_most}: ask for a new quote.")
        if not price or film.charged is not None:  # a revision is paid for by the shots that it makes
            return
        async with self._db.begin() as session:
            reserved = await Credits(session).reservation(film.job_id, film.rev)
        if reserved is not None and price > -reserved.amount:
            raise Conflict(
                f"The film would last longer, and cost {price} credits, not {-reserved.amount}, which were set aside: "
                "cancel it, which costs nothing, and order it so."
            )
