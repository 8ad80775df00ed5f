"""Which of a driver's errors mean that the database itself is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from schemas.errors import DependencyDown, Gone, StorageFull

_SYSTEM = (OSError, TimeoutError)
_DRIVER = (DBAPIError, PoolTimeout, asyncpg.PostgresError, asyncpg.InterfaceError)
_AWAY = (
    *_SYSTEM,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,  # a statement took too long: who waits for a lock, or a machine that is overrun
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)


class Deadlocked(DependencyDown):
    """Two transactions waited for each other, and this one was ended: it may be tried again at once."""


def _cause(error: BaseException) -> BaseException:
    """Find the driver's own error below SQLAlchemy's wrappers."""
    while isinstance(error, DBAPIError) or type(error).__module__.startswith("sqlalchemy.dialects"):
        inner = error.orig if isinstance(error, DBAPIError) else error.__cause__
        if inner is None:
            break
        error = inner
    return error


def _away(error: BaseException, cause: BaseException) -> bool:
    if isinstance(cause, asyncpg.InterfaceError):
        # The driver's name for misuse as well, such as a parameter of the wrong type: that is a mistake of ours.
        return "closed" in str(cause)
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, PoolTimeout) or isinstance(cause, _AWAY)


@contextmanager
def translated(where: str, *, connecting: bool = True) -> Iterator[None]:
    """Raise the database's absence as the error that the rest of the software knows.

    Args:
        where: Host, port and name of the database, for the reader of the message.
        connecting: Whether the block connects, so that an OSError in it means the database.

    Raises:
        DependencyDown: The database did not answer, refused the connection, or was lost in mid-transaction.
        StorageFull: The database has no space left.
        Deadlocked: The transaction was ended so that another could go on.
        Gone: What a row refers to was deleted meanwhile.
    """
    caught = (*_DRIVER, *_SYSTEM) if connecting else _DRIVER
    try:
        yield
    except caught as error:
        cause = _cause(error)
        if isinstance(cause, asyncpg.DiskFullError):
            raise StorageFull(f"The database at {where} has no space left: free some, then try again.") from error
        if isinstance(cause, asyncpg.DeadlockDetectedError):
            raise Deadlocked(f"The database at {where} was asked for the same by two at once: try again.") from error
        if isinstance(cause, asyncpg.ForeignKeyViolationError):
            raise Gone("What this belongs to was deleted meanwhile.") from error
        if _away(error, cause):
            raise DependencyDown(
                f"The database at {where} does not answer ({type(cause).__name__}: {cause}): "
                "see that it runs and that STUDIO_DATABASE_URL is right."
            ) from error
        raise
