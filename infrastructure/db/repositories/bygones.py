"""What no longer does anything: forgotten when it is old enough."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Integer, Interval, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.repositories.mails import TRIES

BYGONES: Final = {
    "sessions": "least(ended_at, expires_at)",
    "mailed_links": "least(used_at, expires_at)",
    "mails": f"coalesce(sent_at, CASE WHEN attempts >= {TRIES} THEN next_try_at END)",
    "shares": "least(revoked_at, expires_at)",
    "webhook_deliveries": "CASE WHEN next_try_at IS NULL THEN greatest(created_at, tried_at, delivered_at) END",
}
"""Tables, and since when a row of each does nothing any more; NULL, and so never, while it does."""

_FORGET: Final = {
    table: text(f"""
        WITH gone AS (
            DELETE FROM {table} WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM {table} WHERE {since} < clock_timestamp() - :age LIMIT :limit FOR UPDATE SKIP LOCKED
            ))
            RETURNING 1
        )
        SELECT count(*) FROM gone
    """).bindparams(bindparam("age", type_=Interval), bindparam("limit", type_=Integer))
    for table, since in BYGONES.items()
}


class Bygones:
    """What no longer does anything."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def forget(self, table: str, age: timedelta, limit: int) -> int:
        """Delete rows that have done nothing for long.

        Args:
            table: One of `BYGONES`.
            age: For how long.
            limit: How many at most: a deletion of many holds up others.

        Returns:
            How many were deleted.
        """
        deleted: int = (await self._session.execute(_FORGET[table], {"age": age, "limit": limit})).scalar_one()
        return deleted
