"""Looks at the database that are taken many times a second: one statement, one round trip, no transaction around."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any

import asyncpg
from pydantic import SecretStr

from infrastructure.db.engine import COMMAND_TIMEOUT_S, CONNECT_TIMEOUT_S, plain_dsn, where
from infrastructure.db.errors import translated
from schemas.errors import DependencyDown

CONNECTIONS = 4
"""Of each process: a look takes less than a millisecond of one."""
LOOK_TIMEOUT_S = 3.0
"""How long a look may take: all who ask wait for it."""
AT_ONCE = 100
"""Rows that one look finds at most."""

_Asked = tuple[Sequence[Any], "asyncio.Future[asyncpg.Record | None]"]


class Glances:
    """A pool of connections that only look.

    What SQLAlchemy does for a statement, from the session to the transaction around it, costs several times what the
    database needs to find a row by its key. So what is polled goes by the driver alone; all else by `Database`. And
    what the driver does for a statement costs several times what a row more does: so one finds the rows of many.
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
        self._waiting: defaultdict[str, deque[_Asked]] = defaultdict(deque)
        self._looking: dict[str, asyncio.Task[None]] = {}

    async def row(self, statement: str, *values: Any) -> asyncpg.Record | None:
        """Find one row. Who asks while a look is taken is answered by the next one, together with all others who do.

        Args:
            statement: SQL that changes nothing: `$1`, `$2` … are arrays of values, one of each for every row that is
                looked for, and the first column of what it finds says by its number, from 1 on, for which of them. It
                belongs to a repository.
            values: One value of each.

        Returns:
            The row, its number first; None where there is none.

        Raises:
            DependencyDown: The database does not answer.
        """
        asked: asyncio.Future[asyncpg.Record | None] = asyncio.get_running_loop().create_future()
        waiting = self._waiting[statement]
        waiting.append((values, asked))
        if statement not in self._looking:
            self._looking[statement] = asyncio.create_task(self._look(statement))
        return await asked

    async def _look(self, statement: str) -> None:
        """Answer all who wait for a statement, until nobody does."""
        waiting = self._waiting[statement]
        try:
            while waiting:
                together = [waiting.popleft() for _ in range(min(len(waiting), AT_ONCE))]
                try:
                    found = await self._rows(statement, [values for values, _ in together])
                except Exception as error:
                    for _, asked in together:
                        if not asked.done():
                            asked.set_exception(error)
                else:
                    for number, (_, asked) in enumerate(together, 1):
                        if not asked.done():  # whoever asked may be gone
                            asked.set_result(found.get(number))
        finally:
            del self._looking[statement]

    async def _rows(self, statement: str, asked: Sequence[Sequence[Any]]) -> dict[int, asyncpg.Record]:
        with translated(self._where):
            pool = self._pool or await self._opened()
            return {
                row[0]: row for row in await pool.fetch(statement, *zip(*asked, strict=True), timeout=LOOK_TIMEOUT_S)
            }

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
        await asyncio.gather(*self._looking.values(), return_exceptions=True)
        if self._pool is not None:
            await self._pool.close()


class _Looking(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """A connection on which nothing is ever set: there is nothing to reset when it goes back to the pool."""

    def get_reset_query(self) -> str:
        """See `asyncpg.Connection`."""
        return ""
