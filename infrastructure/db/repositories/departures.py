"""Departures: whoever goes, and all that goes with them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

AT_ONCE = 200
"""Films that are deleted by one statement, with their events and all else."""

_USER = bindparam("user_id", type_=Uuid)

# Of their films first, as everybody locks who ends one.
_LOCK = text("SELECT job_id FROM jobs WHERE user_id = :user_id ORDER BY job_id FOR UPDATE").bindparams(_USER)
_FILMS = text("SELECT job_id FROM jobs WHERE user_id = :user_id").bindparams(_USER)

_LETTERS = text("DELETE FROM mails WHERE recipient = :email").bindparams(bindparam("email", type_=Text))
_TALLIES = text("""
    DELETE FROM tallies WHERE right(who, length(:email) + 1) = ':' || :email
                           OR right(who, 37) = ':' || CAST(:user_id AS text)
""").bindparams(bindparam("email", type_=Text), _USER)
_JOBS = text("DELETE FROM jobs WHERE job_id = ANY(:films)").bindparams(bindparam("films", type_=ARRAY(Uuid)))
_USERS = text("DELETE FROM users WHERE user_id = :user_id").bindparams(_USER)


class Departures:
    """Whoever goes."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock_films(self, user_id: UUID) -> set[UUID]:
        """Let nobody move a user's films until this transaction ends; return which they are."""
        return set(await self._session.scalars(_LOCK, {"user_id": user_id}))

    async def films(self, user_id: UUID) -> set[UUID]:
        """Find a user's films, as they are now."""
        return set(await self._session.scalars(_FILMS, {"user_id": user_id}))

    async def delete(self, user_id: UUID, email: str, films: set[UUID]) -> None:
        """Delete a user, whose row and films are locked, with all that is theirs.

        Triggers close their ledger, and write down what must go from the store.

        Args:
            user_id: The user.
            email: Their address; letters and counts are found by it.
            films: Their films. They go a few at a time: no statement may take long, however many there are.
        """
        ordered = sorted(films)
        for start in range(0, len(ordered), AT_ONCE):
            await self._session.execute(_JOBS, {"films": ordered[start : start + AT_ONCE]})
        await self._session.execute(_LETTERS, {"email": email})
        await self._session.execute(_TALLIES, {"email": email, "user_id": user_id})
        await self._session.execute(_USERS, {"user_id": user_id})
