"""Moderating: films that wait for a second look are let go on, or refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from temporalio.client import Client

from accounts import letters
from accounts.acting import Acting
from api.usecases.decide import release_film
from infrastructure.db.engine import Database
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.mails import Mails
from infrastructure.db.repositories.moderation import Held, Moderation
from infrastructure.db.repositories.users import LOCAL_EMAIL, Users
from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import CommandKind, JobRow
from infrastructure.storage import ObjectStore
from schemas.audit import AuditAct, TargetKind
from schemas.errors import ArtifactMissing, Conflict, InvalidRequest, NotFound
from schemas.events import EventKind, NewEvent
from schemas.moderation import Flag, ItemState
from schemas.people import Role

AROUND = 3
"""So many lines before and behind one that was found are shown with it."""
REFUSED = "Refused"
"""Code of the error of a film that was refused."""


class Passage(NamedTuple):
    """Lines of a script in which something was found, and those around them."""

    first: int
    """Number of the first line, from 1."""
    lines: Sequence[str]
    flags: Sequence[Flag]


async def held_film(item_id: UUID, *, db: Database) -> Held:
    """Find a film that moderation holds, or held.

    Raises:
        NotFound: There is none.
    """
    async with db.begin() as session:
        return _known(await Moderation(session).get(item_id))


async def passages_of(held: Held, *, db: Database, store: ObjectStore) -> Sequence[Passage] | None:
    """Read what was found in a film's script, with the lines around it; None where the script is gone."""
    flags = [Flag.model_validate(flag) for flag in held.item.flags]
    async with db.begin() as session:
        version = await Versions(session).get(held.item.job_id, held.item.rev)  # the job may be at a later one
    try:
        text = await store.get_bytes((version or held.job).film_input.script)
    except ArtifactMissing:
        return None
    return passages(text.decode("utf-8"), flags)


def passages(text: str, flags: Sequence[Flag]) -> Sequence[Passage]:
    """Gather the lines in which something was found. Those that are close to each other stand together.

    Args:
        text: The decoded script.
        flags: What was found in it, in the order of its lines.
    """
    lines = text.split("\n")  # as flags count
    groups: list[list[Flag]] = []
    for flag in flags:
        if groups and flag.line - groups[-1][-1].line <= 2 * AROUND:
            groups[-1].append(flag)
        else:
            groups.append([flag])
    found = []
    for group in groups:
        first, last = max(1, group[0].line - AROUND), min(len(lines), group[-1].line + AROUND)
        found.append(Passage(first, lines[first - 1 : last], group))
    return found


async def approve_held(item_id: UUID, acting: Acting, *, db: Database, client: Callable[[], Awaitable[Client]]) -> Held:
    """Let a film go on that moderation holds. One that its user wanted to see first then waits for them alone.

    Args:
        item_id: Its place in the queue.
        acting: A moderator or an administrator.
        db: The database.
        client: Connects to Temporal, where that is needed.

    Returns:
        The film as it is now. Approving twice does no more than approving once.

    Raises:
        NotFound: There is no such film.
        Conflict: It was refused, it has come to an end, or it has not begun to wait yet.
        DependencyDown: Temporal did not answer within three seconds; nothing was decided then.
        NotAllowed: They are no moderator any more.
    """
    held = await held_film(item_id, db=db)
    temporal = None if held.job.film_input.options.review else await client()
    async with db.begin() as session:
        held, role = await _deciding(session, item_id, acting)
        if held.item.state is ItemState.APPROVED:
            return held
        _must_wait(held)
        await _decided(session, held, role, ItemState.APPROVED, acting)
        # The film is told while the row is locked: it goes on exactly when that is written down. The key is the
        # row's own: should the commit fail, whoever approves it again is answered as they would have been.
        if temporal is not None:
            try:
                await release_film(held.job.job_id, key=f"moderation-{item_id}", db=db, client=temporal)
            except InvalidRequest as error:
                raise Conflict(f"The film cannot be let go on now: {error}") from error
        return _known(await Moderation(session).get(item_id))


async def refuse_held(item_id: UUID, acting: Acting, *, db: Database) -> Held:
    """Refuse a film that moderation holds: it is called off, and its user is told why. Temporal is not waited for.

    Args:
        item_id: Its place in the queue.
        acting: A moderator or an administrator; their reason is what the user reads.
        db: The database.

    Returns:
        The film as it is now. Refusing twice does no more than refusing once.

    Raises:
        NotFound: There is no such film.
        Conflict: It was approved, or it has come to an end.
        NotAllowed: They are no moderator any more.
    """
    async with db.begin() as session:
        held, role = await _deciding(session, item_id, acting)
        if held.item.state is ItemState.REFUSED:
            return held
        job = await Jobs(session).lock(held.job.job_id)
        if job is None:
            raise _unknown()
        _must_wait(Held(held.item, job))
        await _decided(session, held, role, ItemState.REFUSED, acting)
        await Events(session).record(
            NewEvent(
                job_id=job.job_id,
                rev=job.rev,
                key=f"r{job.rev}/refused",
                kind=EventKind.REFUSED,
                message=f"A moderator has refused the film: {acting.reason}",
                data={"error_type": REFUSED},
            )
        )
        await Commands(session).add(job.job_id, job.rev, CommandKind.CANCEL, {})
        await _write(session, job, acting.reason)
        return _known(await Moderation(session).get(item_id))


async def _deciding(session: AsyncSession, item_id: UUID, acting: Acting) -> tuple[Held, Role]:
    """Find a film, and keep everybody else from deciding about it until the transaction ends."""
    user = await Users(session).get(acting.user_id) if acting.user_id else None
    role = acting.must_still_be(user, Role.MODERATOR, Role.ADMIN)
    return _known(await Moderation(session).get(item_id, lock=True)), role


def _must_wait(held: Held) -> None:
    if held.item.state is not ItemState.OPEN:
        raise Conflict(f"Somebody has decided already: the film is {held.item.state}.")
    if not held.waits:
        raise Conflict("The film waits no more: it has come to an end without a decision.")


async def _decided(session: AsyncSession, held: Held, role: Role, state: ItemState, acting: Acting) -> None:
    job_id, rev = held.item.job_id, held.item.rev
    await Moderation(session).decide(job_id, rev, state, acting.user_id, acting.reason)
    act = AuditAct.FILM_APPROVED if state is ItemState.APPROVED else AuditAct.FILM_REFUSED
    before, after = ({"state": one, "revision": rev} for one in (ItemState.OPEN, state))
    await acting.record(session, role, act, TargetKind.JOB, job_id, before, after)


async def _write(session: AsyncSession, job: JobRow, reason: str) -> None:
    user = await Users(session).get(job.user_id)
    if user is not None and user.email != LOCAL_EMAIL:
        letter = letters.film_refused(str(job.input["title"]), reason)
        await Mails(session).add(user.email, letter.subject, letter.body)


def _known(held: Held | None) -> Held:
    if held is None:
        raise _unknown()
    return held


def _unknown() -> NotFound:
    return NotFound("There is no such film in the queue.")
