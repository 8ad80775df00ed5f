"""Dead letters: what failed for good is run again, or set aside. For administrators over HTTP, and for the operator.

A letter leaves the queue when Temporal has accepted what was made of it, and no sooner: until then it can be redriven
once more, which has its effect once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from temporalio.client import Client

from accounts import ledger
from accounts.acting import Acting
from api.usecases.decide import retry_shot
from api.usecases.revise_film import queue_revision
from infrastructure.db.engine import Database
from infrastructure.db.repositories.commands import Commands
from infrastructure.db.repositories.credits import Credits
from infrastructure.db.repositories.jobs import Jobs, NamedFilm
from infrastructure.db.repositories.moderation import Moderation
from infrastructure.db.repositories.users import Users
from infrastructure.db.repositories.versions import Versions
from infrastructure.db.tables import CommandKind, JobRow
from infrastructure.queueing import Queues, Received
from schemas.audit import AuditAct, TargetKind
from schemas.edits import Changes
from schemas.enums import JobStatus
from schemas.errors import Conflict, DependencyDown, InvalidRequest, NotFound
from schemas.jobs import ShotCommand
from schemas.messages import DeadLetter
from schemas.people import Role

T = TypeVar("T")

LOOKING_S = 5.0
"""How long the queue may take: it answers a second late when it has nothing more."""
STARTED_S = 3.0
"""How long Temporal may take to accept a film that is started again."""
_LOOK_AGAIN_S = 0.05
_ELSEWHERE = "There is no such dead letter, or somebody has it in hand: look again in a minute."


class Redriven(NamedTuple):
    """What a letter has become."""

    letter: DeadLetter
    rev: int
    """The revision that runs: a film's next one, or that whose shot is tried again."""


async def letters_in(queues: Queues, limit: int) -> Sequence[Received]:
    """List dead letters, the newest first, and what is none at the end; each stays where it is.

    Args:
        queues: The queues.
        limit: How many at most.

    Raises:
        DependencyDown: The queue does not answer within `LOOKING_S` seconds.
    """
    found = await _in_time(queues.look_at_dead_letters(limit))
    return sorted(found, key=lambda one: (one.letter is not None, one.letter and one.letter.occurred_at), reverse=True)


async def films_of(letters: Sequence[Received], *, db: Database) -> dict[str, NamedFilm]:
    """Find the films that letters tell of, by the letters' messages; one that is gone is left out.

    Args:
        letters: What `letters_in` found.
        db: The database.
    """
    told = {one.message_id: one.letter.job_id for one in letters if one.letter is not None}
    async with db.begin() as session:
        films = await Jobs(session).named(set(told.values()))
    return {message: films[job_id] for message, job_id in told.items() if job_id in films}


async def redrive(
    message_id: UUID, acting: Acting, *, db: Database, queues: Queues, client: Callable[[], Awaitable[Client]]
) -> Redriven:
    """Run again what failed for good: a shot where its film waits for a decision, a film as its next revision.

    A film is asked for as it was, at the price that was set aside for it then, and passes its reviews again.

    Args:
        message_id: The letter's message.
        acting: An administrator, or the operator.
        db: The database.
        queues: The queues.
        client: Connects to Temporal, where a shot is tried again.

    Returns:
        What runs now. Doing it twice, at once too, does no more than doing it once.

    Raises:
        NotFound: There is no such letter, or somebody else has it in hand just then.
        Conflict: It cannot be run again: its film has ended otherwise, has moved on or is gone, or it is no letter.
        DependencyDown: Queue or Temporal did not answer; the letter stays.
        InsufficientCredits: The film's user cannot pay for it.
        AccountFrozen: The film's user owes credits.
        NotAllowed: They are no administrator any more.
    """
    async with _in_hand(message_id, queues) as message:
        letter = message.letter
        if letter is None:
            raise Conflict("No workflow has sent this: it cannot be run again, but discarded.")
        key = f"redrive-{message_id}"
        if letter.kind == "shot":
            await _try_shot_again(letter, key, acting, db, client)
            rev = letter.rev
        else:
            rev = await _ask_again(letter, key, acting, db)
            await _until_started(letter.job_id, rev, db)
        await queues.delete(message.receipt)  # where it is lost, another redrive has deleted it, or may yet
    return Redriven(letter, rev)


async def discard(message_id: UUID, acting: Acting, *, db: Database, queues: Queues) -> Received:
    """Set a dead letter aside for good. What it tells of stays as it is.

    Args:
        message_id: The letter's message.
        acting: An administrator, or the operator.
        db: The database.
        queues: The queues.

    Returns:
        What it was.

    Raises:
        NotFound: There is no such letter, or somebody else has it in hand just then.
        DependencyDown: The queue did not answer.
        NotAllowed: They are no administrator any more.
    """
    async with _in_hand(message_id, queues) as message, db.begin() as session:
        role = await _role(session, acting)
        said = message.letter.model_dump(mode="json") if message.letter else {"body": message.body[:2000]}
        await acting.record(
            session, role, AuditAct.LETTER_DISCARDED, TargetKind.DEAD_LETTER, message_id, _without_words(said), {}
        )
        if not await queues.delete(message.receipt):  # within the transaction: what is gone was written down
            raise NotFound(_ELSEWHERE)
    return message


def _without_words(said: Mapping[str, object]) -> dict[str, object]:
    """Leave out what may quote somebody: the log outlives accounts."""
    return {name: value for name, value in said.items() if name not in {"message", "body"}}


@asynccontextmanager
async def _in_hand(message_id: UUID, queues: Queues) -> AsyncIterator[Received]:
    """Take a letter out of the others' sight, and put it back where it was not deleted."""
    message = await _in_time(queues.take_dead_letter(str(message_id)))
    if message is None:
        raise NotFound(_ELSEWHERE)
    try:
        yield message
    except BaseException:
        with suppress(DependencyDown):  # it comes back by itself in a moment
            await queues.give_back([message.receipt])
        raise


async def _role(session: AsyncSession, acting: Acting) -> Role | None:
    if acting.user_id is None:
        return None
    return acting.must_still_be(await Users(session).get(acting.user_id), Role.ADMIN)


async def _try_shot_again(
    letter: DeadLetter, key: str, acting: Acting, db: Database, client: Callable[[], Awaitable[Client]]
) -> None:
    """Let a film that waits for a decision try a shot again, and write that down."""
    temporal = await client()
    async with db.begin() as session:
        role = await _role(session, acting)
        job = _still(await Jobs(session).get(letter.job_id), letter, JobStatus.NEEDS_ATTENTION)
        await _record(session, acting, role, letter, job.rev)
        try:
            await retry_shot(job.job_id, ShotCommand(shot=letter.shot or ""), key=key, db=db, client=temporal)
        except InvalidRequest as error:
            raise Conflict(f"The shot cannot be tried again: {error}") from error


async def _ask_again(letter: DeadLetter, key: str, acting: Acting, db: Database) -> int:
    """Ask for a film once more, unless that was done before; return its revision."""
    async with db.begin() as session:
        role = await _role(session, acting)
        found = await Jobs(session).lock(letter.job_id)
        again = await Versions(session).asked_by(letter.job_id, key) if found is not None else None
        if again is not None:
            return again.rev
        job = _still(found, letter, JobStatus.FAILED)
        failed = await Versions(session).get(job.job_id, job.rev)
        film = job.film_input.model_copy(update={"rev": job.rev + 1})
        asked = Changes.model_validate(failed.asked) if failed else Changes()
        await queue_revision(session, film, asked, key, f"“{film.title}” is made once more, since it had failed.")
        if film.review_reason:
            await Moderation(session).hold_again(film, job.rev)
        reserved = await Credits(session).reservation(job.job_id, job.rev)
        if reserved is not None:
            await ledger.reserve(session, user_id=job.user_id, job_id=job.job_id, rev=film.rev, price=-reserved.amount)
        await _record(session, acting, role, letter, film.rev)
        return film.rev


def _still(job: JobRow | None, letter: DeadLetter, status: JobStatus) -> JobRow:
    """See that a job stands where its letter left it."""
    if job is None:
        raise Conflict("The film that this tells of is gone: discard it.")
    if job.rev != letter.rev:
        raise Conflict(f"The film has moved on, from revision {letter.rev} to {job.rev}: discard it.")
    if job.status is not status:
        raise Conflict(f"The film is {job.status.replace('_', ' ')}: there is nothing to run again; discard it.")
    return job


async def _record(session: AsyncSession, acting: Acting, role: Role | None, letter: DeadLetter, rev: int) -> None:
    before = {"rev": letter.rev, "kind": letter.kind, "shot": letter.shot, "failure_type": letter.failure_type}
    await acting.record(session, role, AuditAct.LETTER_REDRIVEN, TargetKind.JOB, letter.job_id, before, {"rev": rev})


async def _until_started(job_id: UUID, rev: int, db: Database) -> None:
    """Wait until Temporal has accepted a film's start.

    Raises:
        DependencyDown: It has not, within `STARTED_S` seconds.
    """
    try:
        async with asyncio.timeout(STARTED_S):
            while True:
                async with db.begin() as session:
                    if await Commands(session).is_sent(job_id, rev, CommandKind.START):
                        return
                await asyncio.sleep(_LOOK_AGAIN_S)
    except TimeoutError as error:
        raise DependencyDown(
            "The film is asked for and waits for Temporal, and its letter stays until then: ask again in a moment."
        ) from error


async def _in_time(looking: Awaitable[T]) -> T:
    try:
        return await asyncio.wait_for(looking, LOOKING_S)
    except TimeoutError as error:
        raise DependencyDown(f"The queue of dead letters did not answer within {LOOKING_S:g} s.") from error
