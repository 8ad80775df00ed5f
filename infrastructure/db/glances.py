"""Looks at the database that are taken many times a second: one statement, one round trip, no transaction around it."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
from pydantic import SecretStr

from infrastructure.db.engine import COMMAND_TIMEOUT_S, CONNECT_TIMEOUT_S, plain_dsn, where
from infrastructure.db.errors import translated
from schemas.errors import DependencyDown

CONNECTIONS = 4
"""Of each process: a look takes less than a millisecond of one."""


class Glances:
    """A pool of connections that only look.

    What SQLAlchemy does for a statement, from the session to the transaction around it, costs several times what the
    database needs to find a row by its key. So what is polled goes by the driver alone; all else by `Database`.
    """

    def __init__(self, dsn: SecretStr) -> None:
        """Prepare the pool; no connection is opened yet.

        Args:
            dsn: As for `Database`.
        """
        self._dsn = plain_dsn(dsn)
        self._where = where(dsn)
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()

    async def row(self, statement: str, *values: Any) -> asyncpg.Record | None:
        """Find one row.

        Args:
            statement: SQL that changes nothing, with `$1`, `$2` … for values. It belongs to a repository.
            values: These.

        Raises:
            DependencyDown: The database does not answer.
        """
        with translated(self._where):
            pool = self._pool or await self._opened()
            found: asyncpg.Record | None = await pool.fetchrow(statement, *values)
            return found

    async def _opened(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=0,
                    max_size=CONNECTIONS,
                    timeout=CONNECT_TIMEOUT_S,
                    command_timeout=COMMAND_TIMEOUT_S,
                    connection_class=_Looking,
                )
            if self._pool is None:
                raise DependencyDown(f"The database at {self._where} does not answer.")
            return self._pool

    async def close(self) -> None:
        """Close all connections."""
        if self._pool is not None:
            await self._pool.close()


class _Looking(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """A connection on which nothing is ever set: there is nothing to reset when it goes back to the pool."""

    def get_reset_query(self) -> str:
        """See `asyncpg.Connection`."""
        return ""
