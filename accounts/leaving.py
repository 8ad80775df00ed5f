"""Leaving: an account is deleted, with all that belongs to it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from accounts import letters
from accounts.acting import Acting
from infrastructure.db.engine import Database
from infrastructure.db.errors import Deadlocked
from infrastructure.db.repositories.departures import Departures
from infrastructure.db.repositories.directory import Directory
from infrastructure.db.repositories.mails import Mails
from infrastructure.db.repositories.users import LOCAL_EMAIL, Users
from infrastructure.db.tables import UserRow
from schemas.audit import AuditAct, TargetKind
from schemas.errors import Conflict, DependencyDown, InvalidRequest
from schemas.people import Role

TRIES = 10


async def delete_account(user_id: UUID, *, db: Database, acting: Acting | None = None, tell: bool = True) -> bool:
    """Delete somebody, and all that is theirs, at once; nobody is asked whether they may.

    One transaction: their rows go, their ledger is closed and stays, as numbers under an id that means nothing any
    more, and a letter is written. Films in work are called off, and what lies in the store is deleted, soon after, by
    the relay's process (`workers.sweeper`), which the transaction leaves word for.

    Args:
        user_id: Who goes.
        db: The database.
        acting: Who does it, where it is not themselves; it is written down.
        tell: Whether they are written to: False where no mail is sent, since the letter would keep their address.

    Returns:
        Whether they were there. Doing it twice has the effect of doing it once.

    Raises:
        Conflict: They are the last administrator, or the local user.
        DependencyDown: The database does not answer, or they did not hold still.
    """
    for _ in range(TRIES):
        try:
            async with db.begin() as session:
                # What a film's end does: it locks the film, then its user. So do we, and hold all films first; one
                # that was ordered while we waited for its user is not among them, so that we begin anew.
                films = await Departures(session).lock_films(user_id)
                locked = await Directory(session).lock(user_id)
                user = locked.get(user_id)
                if user is None:
                    return False
                if await Departures(session).films(user_id) == films:
                    _must_not_be_needed(user, locked)
                    await Departures(session).delete(user_id, user.email, films)
                    await _say_so(session, user, acting, tell=tell)
                    return True
        except Deadlocked:
            continue
    raise DependencyDown("So much happens in this account that it could not be deleted: try again.")


def _must_not_be_needed(user: UserRow, locked: dict[UUID, UserRow]) -> None:
    if user.email == LOCAL_EMAIL:
        raise Conflict("The local user is who makes films where nobody signs in: it cannot be deleted.")
    others = [one for one in locked.values() if one.user_id != user.user_id and _governs(one)]
    if _governs(user) and not others:
        raise Conflict("That is the last administrator: make somebody else one first.")


def _governs(user: UserRow) -> bool:
    return user.role is Role.ADMIN and user.disabled_at is None


async def find_account(address: str, *, db: Database) -> UUID:
    """Find whose an address is, for the operator.

    Raises:
        InvalidRequest: It has no account.
    """
    async with db.begin() as session:
        user = await Users(session).by_email(address.strip().casefold())
    if user is None:
        raise InvalidRequest(f"{address} has no account here.")
    return user.user_id


async def _say_so(session: AsyncSession, user: UserRow, acting: Acting | None, *, tell: bool) -> None:
    if acting is not None:
        await acting.record(session, None, AuditAct.USER_DELETED, TargetKind.USER, user.user_id, {}, {})
    if tell:
        letter = letters.account_deleted()
        await Mails(session).add(user.email, letter.subject, letter.body)
