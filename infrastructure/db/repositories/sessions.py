"""Sessions: who is signed in where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Interval, String, Uuid, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.people import SessionRow
from infrastructure.db.tables import UserRow
from infrastructure.ids import new_id

_OPEN = "ended_at IS NULL AND expires_at > clock_timestamp()"

_BEGIN = text("""
    INSERT INTO sessions (session_id, user_id, device, expires_at)
    VALUES (:session_id, :user_id, :device, clock_timestamp() + :lasts)
""").bindparams(
    bindparam("session_id", type_=Uuid), bindparam("user_id", type_=Uuid), bindparam("lasts", type_=Interval)
)

# One statement: of two tabs that come with the same token one turns it, and the other finds it turned a moment ago.
# Whoever comes later than that with an older token has stolen it, or was stolen from: nobody goes on then.
_EXCHANGE = text(f"""
    WITH asked AS (
        SELECT session_id, user_id, serial, {_OPEN} AS open,
               serial = :serial AS newest,
               serial = :serial + 1 AND refreshed_at > clock_timestamp() - :grace AS just_now
        FROM sessions WHERE session_id = :session_id FOR UPDATE
    ), turned AS (
        UPDATE sessions SET
            serial = sessions.serial + CASE WHEN asked.newest THEN 1 ELSE 0 END,
            refreshed_at = CASE WHEN asked.newest THEN clock_timestamp() ELSE refreshed_at END,
            ended_at = CASE WHEN asked.newest OR asked.just_now THEN ended_at ELSE clock_timestamp() END,
            ended_why = CASE WHEN asked.newest OR asked.just_now THEN ended_why ELSE 'reused' END
        FROM asked WHERE sessions.session_id = asked.session_id AND asked.open
        RETURNING sessions.session_id, sessions.user_id, sessions.serial, sessions.ended_why
    )
    SELECT session_id, user_id, serial, ended_why FROM turned
""").bindparams(bindparam("session_id", type_=Uuid), bindparam("grace", type_=Interval))

_END = text(f"""
    UPDATE sessions SET ended_at = clock_timestamp(), ended_why = :why
    WHERE user_id = :user_id AND {_OPEN} AND (CAST(:session_id AS uuid) IS NULL OR session_id = :session_id)
    RETURNING session_id
""").bindparams(bindparam("user_id", type_=Uuid), bindparam("session_id", type_=Uuid), bindparam("why", type_=String))


class Exchanged(NamedTuple):
    """What became of a refresh token."""

    user_id: UUID
    serial: int
    """Of the token that is valid from now on."""
    reused: bool
    """Whether it had been exchanged before, and not just now: the session has been ended."""


class Sessions:
    """Who is signed in where."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def begin(self, user_id: UUID, device: str, lasts: timedelta) -> UUID:
        """Begin a session.

        Args:
            user_id: Whose it is.
            device: What the browser calls itself.
            lasts: When it ends at the latest.

        Returns:
            Its id.
        """
        session_id = new_id()
        await self._session.execute(
            _BEGIN, {"session_id": session_id, "user_id": user_id, "device": device[:200], "lasts": lasts}
        )
        return session_id

    async def exchange(self, session_id: UUID, serial: int, grace: timedelta) -> Exchanged | None:
        """Exchange a refresh token, by its serial number.

        Args:
            session_id: The session.
            serial: Of the token that was handed in.
            grace: How long the token before is taken for the same: two tabs may come at once.

        Returns:
            What became of it; None where the session is not open, or is unknown.
        """
        found = await self._session.execute(_EXCHANGE, {"session_id": session_id, "serial": serial, "grace": grace})
        row = found.first()
        return None if row is None else Exchanged(row.user_id, row.serial, row.ended_why is not None)

    async def owner(self, session_id: UUID) -> UserRow | None:
        """Find whose a session is, if it is open and its user is not shut out."""
        found = await self._session.scalars(
            select(UserRow)
            .join(SessionRow, col(SessionRow.user_id) == col(UserRow.user_id))
            .where(col(SessionRow.session_id) == session_id, text(_OPEN), col(UserRow.disabled_at).is_(None))
        )
        return found.one_or_none()

    async def began_within(self, user_id: UUID, session_id: UUID, lately: timedelta) -> bool:
        """Tell whether a session of a user is open and began no longer ago than that."""
        found = await self._session.scalars(
            select(col(SessionRow.session_id)).where(
                col(SessionRow.session_id) == session_id,
                col(SessionRow.user_id) == user_id,
                col(SessionRow.created_at) > func.clock_timestamp() - lately,
                text(_OPEN),
            )
        )
        return found.one_or_none() is not None

    async def open_ones(self, user_id: UUID) -> Sequence[SessionRow]:
        """A user's open sessions, the newest first."""
        found = await self._session.scalars(
            select(SessionRow)
            .where(col(SessionRow.user_id) == user_id, text(_OPEN))
            .order_by(col(SessionRow.created_at).desc())
        )
        return found.all()

    async def end(self, user_id: UUID, why: str, session_id: UUID | None = None) -> int:
        """End a session of a user, or all of them.

        Args:
            user_id: Whose.
            why: A word for the record.
            session_id: Which; None for all.

        Returns:
            How many were open.
        """
        ended = await self._session.execute(_END, {"user_id": user_id, "session_id": session_id, "why": why})
        return len(ended.all())
