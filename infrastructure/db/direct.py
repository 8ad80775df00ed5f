"""Statements that go by the driver alone, within a transaction of `Database.begin`.

What SQLAlchemy does for a statement costs some times what the driver does for it. That is nothing where a film is
rendered, and most of it where credits are set aside for one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import TextClause

TELL: Final[list[Callable[[float], None]]] = []
"""Who is told how many seconds each statement took that was answered."""

_CONNECTION: Final = "connection beneath"
_DIALECT: Final = make_url("postgresql+asyncpg://").get_dialect()()


class Direct:
    """A statement of a repository's, in the driver's words."""

    def __init__(self, clause: TextClause) -> None:
        """Put it in the driver's words.

        Args:
            clause: All its parameters have types that the driver takes as they are: numbers, text, UUIDs, dates.
        """
        compiled = clause.compile(dialect=_DIALECT)
        self.sql: Final = str(compiled)
        self.names: Final = tuple(compiled.positiontup or ())
        """Of its parameters, in order."""

    async def row(self, session: AsyncSession, values: Mapping[str, Any]) -> asyncpg.Record | None:
        """Run it in a transaction.

        Args:
            session: The transaction.
            values: Of all its parameters, and of others perhaps.

        Returns:
            The first row it finds, read by name; None where it finds none.

        Raises:
            asyncpg.PostgresError: The database refuses it.
        """
        connection: AsyncConnection = session.info[_CONNECTION]
        assert connection.sync_connection is not None
        beneath: Any = connection.sync_connection.connection.dbapi_connection
        if session.in_transaction():
            await session.flush()  # what was changed before is seen, as by statements of the session
        try:
            if beneath._transaction is None:
                # SQLAlchemy sends BEGIN with the first statement that it is given, and ends what it has begun: it
                # begins this one as well, and has no public word for that.
                await beneath._start_transaction()
            began = time.perf_counter()
            found: asyncpg.Record | None = await beneath.driver_connection.fetchrow(
                self.sql, *(values[name] for name in self.names)
            )
        except asyncio.CancelledError:
            # Nobody knows how far it came: as SQLAlchemy does with its own, the connection is given up, and not handed
            # to the next one in a transaction that it would take for none.
            await connection.invalidate()
            raise
        for tell in TELL:
            tell(time.perf_counter() - began)
        return found


def lay_beneath(session: AsyncSession, connection: AsyncConnection) -> None:
    """Tell a transaction's session on which connection it is.

    Args:
        session: The session.
        connection: Connected, and in the transaction.
    """
    session.info[_CONNECTION] = connection


def take_away(session: Session) -> None:
    """The connection is handed back: others use it from now on."""
    session.info.pop(_CONNECTION, None)
