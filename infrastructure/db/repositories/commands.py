"""Workflow commands: the outbox between the database and Temporal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import CommandKind, CommandRow
from infrastructure.ids import new_id
from infrastructure.tracing import carried

LEASE_S = 30
"""A claimed command that is neither sent nor failed is claimed again after so many seconds."""
LONGEST_PAUSE_S = 60
"""After failures a command waits 1, 2, 4 … seconds, up to so many."""

# A command waits for the earlier ones of its job: a film is started before it is cancelled. The lease is taken in the
# same statement, so that a claim also holds after its transaction.
_CLAIM = text("""
    UPDATE workflow_commands SET
        attempts = attempts + 1, next_try_at = clock_timestamp() + make_interval(secs => :lease)
    WHERE command_id IN (
        SELECT command_id FROM workflow_commands c
        WHERE sent_at IS NULL AND next_try_at <= clock_timestamp()
          AND NOT EXISTS (
              SELECT 1 FROM workflow_commands earlier
              WHERE earlier.job_id = c.job_id AND earlier.sent_at IS NULL
                AND (earlier.created_at, earlier.command_id) < (c.created_at, c.command_id)
          )
        ORDER BY created_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    RETURNING *
""")

_SENT = text("UPDATE workflow_commands SET sent_at = clock_timestamp(), last_error = NULL WHERE command_id = :id")

_FAILED = text("""
    UPDATE workflow_commands SET
        last_error = :error,
        next_try_at = clock_timestamp() + make_interval(secs => least(:longest, power(2, least(attempts, 10) - 1)))
    WHERE command_id = :id AND sent_at IS NULL
""")

_AGAIN = text("""
    UPDATE workflow_commands c SET sent_at = NULL, next_try_at = clock_timestamp(), attempts = 0
    FROM jobs j
    WHERE j.job_id = c.job_id AND j.rev = c.rev AND c.sent_at IS NOT NULL
      AND j.status NOT IN ('completed', 'failed', 'cancelled')
    RETURNING c.job_id
""")


class Commands:
    """What Temporal must still be told."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, job_id: UUID, rev: int, kind: CommandKind | str, payload: dict[str, Any]) -> bool:
        """Write a command, in the transaction of what it is about. Relays are notified when that commits.

        Args:
            job_id: The job.
            rev: Its revision.
            kind: start or cancel; each is said once a revision.
            payload: JSON-compatible content. The trace that this happens in goes along with it.

        Returns:
            Whether the command is new.
        """
        added = await self._session.execute(
            insert(CommandRow)
            .values(command_id=new_id(), job_id=job_id, rev=rev, kind=CommandKind(kind), payload=payload | carried())
            .on_conflict_do_nothing(index_elements=["job_id", "rev", "kind"])
            .returning(col(CommandRow.command_id))
        )
        return added.first() is not None

    async def claim(self, limit: int) -> list[CommandRow]:
        """Take commands to send them. No other relay gets them for `LEASE_S` seconds.

        One command of a job at a time, the oldest first: claim again after sending, until nothing is left.

        Args:
            limit: How many at most.

        Returns:
            The commands, oldest first.
        """
        claimed = await self._session.scalars(
            select(CommandRow).from_statement(_CLAIM),
            {"limit": limit, "lease": LEASE_S},
            execution_options={"populate_existing": True},
        )
        return sorted(claimed, key=lambda command: (command.created_at, command.command_id))

    async def unsent_starts(self) -> set[tuple[UUID, int]]:
        """Jobs whose workflow was not started yet, as (job id, revision)."""
        found = await self._session.execute(
            select(col(CommandRow.job_id), col(CommandRow.rev)).where(
                col(CommandRow.kind) == CommandKind.START, col(CommandRow.sent_at).is_(None)
            )
        )
        return {(row.job_id, row.rev) for row in found}

    async def is_sent(self, job_id: UUID, rev: int, kind: CommandKind) -> bool:
        """Whether a command was delivered."""
        found = await self._session.scalar(
            select(col(CommandRow.command_id)).where(
                col(CommandRow.job_id) == job_id,
                col(CommandRow.rev) == rev,
                col(CommandRow.kind) == kind,
                col(CommandRow.sent_at).is_not(None),
            )
        )
        return found is not None

    async def sent(self, command_id: UUID) -> None:
        """Mark a command as delivered."""
        await self._session.execute(_SENT, {"id": command_id})

    async def failed(self, command_id: UUID, error: str) -> None:
        """Give a command back after a failure; it is claimed again after a pause that doubles each time.

        Args:
            command_id: The command.
            error: What went wrong, for people.
        """
        await self._session.execute(_FAILED, {"id": command_id, "error": error, "longest": LONGEST_PAUSE_S})

    async def say_again(self) -> int:
        """Have Temporal told once more of every film that has not ended: it may know less than the database.

        That is so where it was restored from an older moment. A film that it knows is not started twice: its workflow's
        id is taken, open or closed. What older revisions were told of is left alone: their histories may be gone.

        Returns:
            How many films that are.
        """
        found = await self._session.execute(_AGAIN)
        return len({row.job_id for row in found})
