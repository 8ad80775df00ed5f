"""What no longer does anything goes from the database, some at a time."""

from __future__ import annotations

from datetime import timedelta

from infrastructure.db.engine import Database
from infrastructure.db.repositories.bygones import BYGONES, Bygones
from infrastructure.retention import FORGET_DAYS

AT_ONCE = 5_000
"""Rows that one transaction deletes, at most."""


async def forget(db: Database, *, older_than: timedelta = timedelta(days=FORGET_DAYS)) -> dict[str, int]:
    """Delete rows that have done nothing for long, of all tables that have such.

    Args:
        db: The database.
        older_than: For how long.

    Returns:
        How many were deleted, by table.

    Raises:
        DependencyDown: The database does not answer; what was deleted by then stays deleted.
    """
    return {table: await _emptied(db, table, older_than) for table in BYGONES}


async def _emptied(db: Database, table: str, older_than: timedelta) -> int:
    forgotten = 0
    while True:
        async with db.begin() as session:
            some = await Bygones(session).forget(table, older_than, AT_ONCE)
        forgotten += some
        if some < AT_ONCE:
            return forgotten
