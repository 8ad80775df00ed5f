"""The database, and transactions on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakSet

from pydantic import SecretStr
from sqlalchemy import URL, Engine, event, make_url, text
from sqlalchemy.exc import DisconnectionError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from infrastructure.db.errors import translated
from infrastructure.db.tables import REVISION
from infrastructure.db.transaction import Transaction
from infrastructure.ids import new_id
from schemas.errors import DependencyDown

CONNECT_TIMEOUT_S = 5.0
"""How long a new connection may take."""
COMMAND_TIMEOUT_S = 30.0
"""How long one statement may take; nothing here needs a second."""
RECYCLE_S = 300.0
"""After so long a connection is replaced: what lies between may have forgotten it, and told nobody."""


def plain_dsn(dsn: str | SecretStr) -> str:
    """Take a DSN out of its wrapper; the result holds the password and must not be logged."""
    return dsn.get_secret_value() if isinstance(dsn, SecretStr) else dsn


def engine_url(dsn: str | SecretStr) -> URL:
    """Turn `postgresql://…` into the URL of SQLAlchemy's asyncpg dialect."""
    return make_url(plain_dsn(dsn)).set(drivername="postgresql+asyncpg")


def where(dsn: str | SecretStr) -> str:
    """Say where a database is, without user and password: `127.0.0.1:5432/studio`."""
    url = make_url(plain_dsn(dsn))
    return f"{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def _must_be_open(connection: Any, _record: object, _proxy: object) -> None:
    """Let the pool replace a connection that its server has closed, as when it was started anew.

    The event loop has heard of that by now: unlike a question to the server before each transaction, it costs nothing.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError("the server has closed it")


ENGINES: WeakSet[Engine] = WeakSet()
"""Of all databases of this process, for whoever counts their connections."""

_ONCE_COMMITTED = "once committed"


def once_committed(session: AsyncSession, act: Callable[[], None]) -> None:
    """Do something when a transaction of `Database.begin` is committed, and not when it is rolled back.

    Args:
        session: The transaction.
        act: Must not fail: what was committed stays so.
    """
    session.info.setdefault(_ONCE_COMMITTED, []).append(act)


class Database:
    """A pool of connections to one PostgreSQL database.

    Made once a process; used from one event loop.
    """

    def __init__(self, dsn: str | SecretStr, pool_size: int = 5, *, pgbouncer: bool = False) -> None:
        """Prepare the pool; no connection is opened yet.

        Args:
            dsn: `postgresql://user:password@host:port/database`.
            pool_size: Connections kept open; as many again are opened under load.
            pgbouncer: Whether a PgBouncer in transaction mode stands in between, in which a prepared statement
                does not outlive its transaction: none are cached then.
        """
        self.where = where(dsn)
        arguments: dict[str, object] = {
            "timeout": CONNECT_TIMEOUT_S,
            # The server ends a statement that takes too long, and says so. The driver waits a little longer: it hears
            # nothing from a server that is gone.
            "command_timeout": COMMAND_TIMEOUT_S + CONNECT_TIMEOUT_S,
            "server_settings": {"statement_timeout": f"{COMMAND_TIMEOUT_S * 1000:.0f}"},
        }
        if pgbouncer:
            del arguments["server_settings"]  # it knows no such setting of a connection
            # Named apart, since the next transaction may find the connection of another client behind it.
            arguments |= {
                "statement_cache_size": 0,
                "prepared_statement_cache_size": 0,
                "prepared_statement_name_func": lambda: f"studio_{new_id().hex}",
            }
        self._engine = create_async_engine(
            engine_url(dsn),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=CONNECT_TIMEOUT_S,
            pool_recycle=RECYCLE_S,
            connect_args=arguments,
            hide_parameters=True,  # scripts and addresses stay out of tracebacks
        )
        event.listen(self._engine.sync_engine, "checkout", _must_be_open)
        ENGINES.add(self._engine.sync_engine)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """Run one transaction: committed at the end of the block, rolled back when the block raises.

        Rows that were read stay readable after the block.

        Raises:
            DependencyDown: The database does not answer, or was lost before the commit was confirmed.
            StorageFull: The database has no space left.
            Gone: What a row refers to was deleted meanwhile.
        """
        with translated(self.where, connecting=False):
            # Connected here and not at the first statement: in the block an OSError is the caller's own.
            with translated(self.where):
                connection = await self._engine.connect()
            session = Transaction(connection)
            try:
                yield session
            except BaseException:
                await session.abandon()
                raise
            await session.complete()
        for act in session.info.pop(_ONCE_COMMITTED, ()):
            act()

    async def ping(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            DependencyDown: There is none.
        """
        async with self.begin() as session:
            await session.execute(text("SELECT 1"))

    async def ready(self) -> None:
        """See that the database answers and has the tables this code needs, or newer ones.

        Raises:
            DependencyDown: It does not answer, or was not migrated yet.
        """
        try:
            async with self.begin() as session:
                found = await session.scalar(text("SELECT max(version_num) FROM alembic_version"))
        except ProgrammingError as error:  # no such table
            raise self._unmigrated(None) from error
        if found is None or found < REVISION:
            raise self._unmigrated(found)

    def _unmigrated(self, found: str | None) -> DependencyDown:
        return DependencyDown(
            f"The database at {self.where} is at revision {found or 'none'}, and {REVISION} is needed: migrate it."
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()
