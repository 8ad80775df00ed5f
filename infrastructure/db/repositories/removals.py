"""Removals: what must still go of rows that were deleted."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.leaving import RemovalRow

LEASE_S = 120
"""A claimed removal of which nothing more is heard is claimed again after so many seconds."""
LONGEST_PAUSE_S = 60
"""In vain, a removal waits 1, 2, 4 … seconds, up to so many."""
AGAIN_S = 1800
"""So many seconds after they were deleted, objects are looked for once more: longer than a link to upload is good, and
than a worker that nobody hears any more goes on writing."""

# What a project owns is written by its films: it waits until they have ended.
_CLAIM = text("""
    UPDATE removals SET next_try_at = clock_timestamp() + make_interval(secs => :lease)
    WHERE removal_id IN (
        SELECT removal_id FROM removals due
        WHERE next_try_at <= clock_timestamp() AND (
            workflow_id IS NOT NULL OR NOT EXISTS (
                SELECT 1 FROM removals film
                WHERE film.project_id = due.project_id AND film.workflow_id IS NOT NULL AND film.swept_at IS NULL
            )
        )
        ORDER BY next_try_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    RETURNING *
""").bindparams(bindparam("lease", type_=Integer), bindparam("limit", type_=Integer))

_SWEPT = text("""
    UPDATE removals SET
        swept_at = clock_timestamp(), attempts = 0, last_error = NULL,
        next_try_at = clock_timestamp() + make_interval(secs => :again)
    WHERE removal_id = :removal_id
""").bindparams(bindparam("removal_id", type_=Uuid), bindparam("again", type_=Integer))

_DONE = text("DELETE FROM removals WHERE removal_id = :removal_id").bindparams(bindparam("removal_id", type_=Uuid))

_WAITS = text("""
    UPDATE removals SET
        attempts = attempts + 1, last_error = :why,
        next_try_at = clock_timestamp() + make_interval(secs => least(:longest, power(2, least(attempts, 10))))
    WHERE removal_id = :removal_id
""").bindparams(bindparam("removal_id", type_=Uuid), bindparam("longest", type_=Integer))


class Removals:
    """What must still go."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def claim(self, limit: int) -> Sequence[RemovalRow]:
        """Take removals that are due; nobody else gets them for `LEASE_S` seconds."""
        claimed = await self._session.execute(_CLAIM, {"lease": LEASE_S, "limit": limit})
        return [RemovalRow.model_validate(dict(row)) for row in claimed.mappings()]

    async def swept(self, removal: RemovalRow) -> None:
        """Write down that nothing is left. The second time, the removal itself goes."""
        if removal.swept_at is None:
            await self._session.execute(_SWEPT, {"removal_id": removal.removal_id, "again": AGAIN_S})
        else:
            await self._session.execute(_DONE, {"removal_id": removal.removal_id})

    async def waits(self, removal_id: UUID, why: str) -> None:
        """Let a removal wait, longer each time.

        Args:
            removal_id: The removal.
            why: What it waits for, or what went wrong, for people.
        """
        await self._session.execute(_WAITS, {"removal_id": removal_id, "why": why[:500], "longest": LONGEST_PAUSE_S})
