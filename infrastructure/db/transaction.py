"""One transaction on one connection, and the session of it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.selectable import TextualSelect

from infrastructure.db.direct import lay_beneath, take_away


class Transaction(AsyncSession):
    """The session of a transaction that its connection has begun, and which ends with it.

    A session that begins and ends its own costs more than what it is asked for, where that is a statement or two. This
    one stands by: until it has something to do with mapped rows, statements in text go to the connection without it.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        """Begin.

        Args:
            connection: Connected, and in no transaction.
        """
        super().__init__(connection, expire_on_commit=False, join_transaction_mode="rollback_only")
        assert connection.sync_connection is not None
        self._connection = connection
        self._begun = connection.sync_connection.begin()  # BEGIN goes out with the first statement
        lay_beneath(self, connection)

    async def execute(self, statement: Any, params: Any = None, **more: Any) -> Any:
        """See `AsyncSession`."""
        if more or self.in_transaction() or not isinstance(statement, TextClause | TextualSelect):
            return await super().execute(statement, params, **more)
        return await self._connection.execute(statement, params)

    async def complete(self) -> None:
        """Write what was added or changed, commit, and hand the connection back; whoever is cancelled waits for it."""
        await _to_its_end(self._connection.run_sync(self._complete))

    async def abandon(self) -> None:
        """Roll back, and hand the connection back; whoever is cancelled waits for it."""
        await _to_its_end(self._connection.run_sync(self._leave))

    def _complete(self, connection: Connection) -> None:
        try:
            if self.sync_session.in_transaction():
                self.sync_session.commit()  # which writes, and leaves the commit to the connection
            if self._begun.is_active:
                self._begun.commit()
        finally:
            self._leave(connection)

    def _leave(self, connection: Connection) -> None:
        take_away(self.sync_session)
        session = self.sync_session
        try:
            if session.in_transaction() or session.identity_map:
                session.close()
        finally:
            connection.close()  # and so rolls back what was not committed


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for something, also when cancelled meanwhile: then the cancellation is raised after it."""
    task, cancelled = asyncio.create_task(work), None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
        except BaseException:
            break  # its own, raised below
    task.result()
    if cancelled is not None:
        raise cancelled
