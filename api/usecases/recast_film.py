"""Giving a finished film another cast: the one that its project keeps by now, or one that is given."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from api.apart import apart
from api.craft import Craft
from api.usecases.cast_pictures import lent_references, pinned_of
from api.usecases.film_sources import load
from api.usecases.keep_cast import cast_of
from api.usecases.plan_revision import Plan, names_of, plan_revision
from infrastructure.db.engine import Database
from infrastructure.db.repositories.casts import KeptCast
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.storage import ObjectStore
from schemas.cast import FilmCast
from schemas.edits import Changes
from schemas.errors import InvalidRequest
from schemas.jobs import FilmInput


async def planned(
    job_id: UUID, asked: Changes, *, db: Database, store: ObjectStore, cast: FilmCast | None = None
) -> Plan:
    """Think a revision through, one with another cast among them.

    Args:
        job_id: The job.
        asked: What shall be changed, by the numbers of its current version's shots.
        db: The database.
        store: The store.
        cast: The cast that it shall have, where it shall have another one: people without pictures. None for that of
            its project by now.

    Raises:
        InvalidRequest: There is no such job, it has no film, what is asked cannot be done, or the film has the cast as
            it is, and nothing else is asked; the sentence says why.
        ArtifactMissing: Its breakdown, its script or its cast is gone from the store.
    """
    if not asked.recast:
        return await plan_revision(job_id, asked, db=db, store=store)
    async with db.begin() as session:
        job = await Jobs(session).get(job_id)
    if job is None:
        raise InvalidRequest(f"There is no job {job_id}.")
    kept = None if cast is not None else await cast_of(job.user_id, job.project_id, db=db)
    given = cast if kept is None else kept.cast.film_cast()
    plan = await plan_revision(job_id, asked, db=db, store=store, cast=given)
    was = plan.base.film_input
    had = FilmCast() if was.cast is None else await load(store, FilmCast, was.cast)
    plan = pictured(plan, had, kept)
    if plan.new_cast == had and asked == Changes(recast=True):
        raise InvalidRequest("This film has the cast as it is; nothing is to be changed.")
    return plan


async def with_pictures(plan: Plan, *, db: Database, store: ObjectStore, craft: Craft) -> Plan:
    """See that the pictures of a revision's new cast can be used, and put them where its shots look for them.

    Args:
        plan: A revision; one that leaves its cast is left alone.
        db: The database.
        store: The store.
        craft: Looks at them.

    Raises:
        InvalidRequest: A picture was deleted meanwhile.
        ModelRefused: The model takes no pictures, or not these.
        ArtifactMissing: One is gone from the store.
        DependencyDown: So many ask at once that its turn did not come.
    """
    painting = plan.film.options.painting
    if plan.new_cast is None or painting is None or not plan.new_cast.pictures:
        return plan
    film = plan.film
    lent = await lent_references(film.user_id, film.project_id, plan.new_cast.pictures, db=db, store=store)
    only = painting.model_copy(update={"references": plan.new_cast.pictures})
    pictures = {ref.sha256: await store.get_bytes(ref) for ref in lent}
    await apart(craft.check_aids, only, pictures)
    return replace(plan, lent=tuple(lent))


def pictured(plan: Plan, had: FilmCast, kept: KeptCast | None) -> Plan:
    """Let the pictures of the cast show its people, but for those for whom the film's order named others.

    Args:
        plan: A revision with another cast.
        had: The cast that the film has so far.
        kept: The one that it gets, with its pictures; None where it has none.

    Returns:
        The revision, in which the order's pictures show whom they did, whatever their ids are by now.
    """
    film: FilmInput = plan.film
    painting = film.options.painting
    if painting is None:
        return plan
    named = [one for one in painting.references if one not in had.pictures]
    became = plan.became or {}
    ordered = tuple(
        dict.fromkeys(
            one.model_copy(update={"character": became[one.character]}) for one in named if one.character in became
        )
    )
    nobody = names_of([one.character for one in named if one.character not in became], plan.old_script)
    pinned = () if kept is None else pinned_of(kept, plan.script.characters, ordered)
    options = film.options.model_copy(
        update={"painting": painting.model_copy(update={"references": (*ordered, *pinned)})}
    )
    return replace(
        plan,
        film=film.model_copy(update={"options": options}),
        new_cast=plan.new_cast if kept is None else kept.cast.film_cast(pinned),
        dropped=tuple(dict.fromkeys((*plan.dropped, *nobody))),
    )
