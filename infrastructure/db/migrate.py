"""Bring a database to a revision of its tables, from code."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from infrastructure.db.engine import CONNECT_TIMEOUT_S, engine_url, where
from infrastructure.db.errors import translated

T = TypeVar("T")

SCRIPTS = Path(__file__).with_name("migrations")
_LOCK = 0x51_0D_10  # any number: the advisory lock that keeps two upgrades apart


def upgrade(dsn: str | SecretStr, revision: str = "head") -> None:
    """Bring the tables up to a revision; does nothing where they are there already.

    One transaction: after an error the tables are what they were. Two calls at once run one after the other.

    Args:
        dsn: `postgresql://user:password@host:port/database`.
        revision: Id of the revision; `head` is the newest.

    Raises:
        DependencyDown: The database does not answer.
    """
    _alembic(dsn, partial(command.upgrade, revision=revision))


def downgrade(dsn: str | SecretStr, revision: str = "base") -> None:
    """Take the tables back to a revision, and what they held with them.

    Args:
        dsn: `postgresql://user:password@host:port/database`.
        revision: Id of the revision; `base` is an empty database.

    Raises:
        DependencyDown: The database does not answer.
    """
    _alembic(dsn, partial(command.downgrade, revision=revision))


def revise(dsn: str | SecretStr, message: str) -> None:
    """Write a new revision from the difference between the tables in code and those of a database at head.

    Args:
        dsn: `postgresql://user:password@host:port/database`.
        message: Imperative sentence that names the revision.
    """
    number = f"{int(head() or 0) + 1:04d}"
    _alembic(dsn, partial(command.revision, message=message, autogenerate=True, rev_id=number))


def current(dsn: str | SecretStr) -> str | None:
    """Ask a database for its revision.

    Returns:
        Id of the revision, or None for an empty database.

    Raises:
        DependencyDown: The database does not answer.
    """
    return _run(dsn, lambda connection: MigrationContext.configure(connection).get_current_revision())


def revisions() -> list[str]:
    """All revisions that there are, the oldest first."""
    script = ScriptDirectory(str(SCRIPTS))
    return [revision.revision for revision in script.walk_revisions()][::-1]


def head() -> str | None:
    """The newest revision this code knows."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def differences(dsn: str | SecretStr) -> list[Any]:
    """Compare a database with the tables in code.

    Returns:
        Alembic's descriptions of what differs; empty where nothing does.
    """
    from infrastructure.db.metadata import METADATA

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, METADATA))

    return _run(dsn, compare)


def _alembic(dsn: str | SecretStr, step: Callable[[Config], Any]) -> None:
    def run(connection: Connection) -> None:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        step(config)

    _run(dsn, run)


def _run(dsn: str | SecretStr, work: Callable[[Connection], T]) -> T:
    async def connected() -> T:
        engine = create_async_engine(
            engine_url(dsn), poolclass=NullPool, connect_args={"timeout": CONNECT_TIMEOUT_S}, hide_parameters=True
        )
        try:
            with translated(where(dsn)):
                async with engine.begin() as connection:
                    return await connection.run_sync(work)
        finally:
            await engine.dispose()

    # A thread of its own: the caller's may already run an event loop.
    with ThreadPoolExecutor(1, "migrate") as pool:
        return pool.submit(lambda: asyncio.run(connected())).result()
