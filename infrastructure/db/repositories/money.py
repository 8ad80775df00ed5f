"""Money: what must hold over the whole ledger, and reservations that nobody has ended."""

from __future__ import annotations

from itertools import chain
from typing import Literal, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.credits import EntryType
from schemas.enums import JobStatus

Topic = Literal["ledger", "purchases", "reservations"]
"""What a contradiction is about."""

# Each finds what should not be: an id and what is wrong about it. The database refuses most of these itself; they are
# asked without regard to that, and of all rows.
_LEDGER = (
    """
    SELECT transaction_id AS id, 'credit transaction whose postings sum to ' || coalesce(sum(posting.amount), 0)
           || ' over ' || count(posting.account) || ' accounts' AS fault
    FROM credit_transactions LEFT JOIN credit_postings posting USING (transaction_id)
    GROUP BY transaction_id HAVING coalesce(sum(posting.amount), 0) <> 0 OR count(posting.account) < 2
    """,
    """
    SELECT transaction_id AS id, 'credit transaction of ' || entry.amount || ' whose postings move the balance by '
           || coalesce(own.amount, 0) AS fault
    FROM credit_transactions entry LEFT JOIN (
        SELECT transaction_id, sum(amount) AS amount FROM credit_postings
        WHERE account IN ('monthly', 'lasting') GROUP BY transaction_id
    ) own USING (transaction_id)
    WHERE entry.amount <> coalesce(own.amount, 0)
    """,
    """
    SELECT transaction_id AS id, 'credit transaction that leaves ' || balance_after || ', and the ledger so far '
           || total || '; it is number ' || seq || ', and ' || place || ' in order' AS fault
    FROM (
        SELECT transaction_id, seq, balance_after, sum(amount) OVER ledger AS total, row_number() OVER ledger AS place
        FROM credit_transactions WINDOW ledger AS (PARTITION BY user_id ORDER BY seq)
    ) entry WHERE balance_after <> total OR seq <> place
    """,
    """
    SELECT user_id AS id, 'user whose account ' || account || ' was at ' || min(total) AS fault
    FROM (
        SELECT user_id, account, sum(posting.amount) OVER (PARTITION BY user_id, account ORDER BY seq) AS total
        FROM credit_transactions JOIN credit_postings posting USING (transaction_id)
        WHERE account IN ('monthly', 'lasting', 'reserved')
    ) ledger GROUP BY user_id, account HAVING min(total) < 0
    """,
    """
    SELECT user_id AS id, format('user with %s credits, %s of the month, %s reserved, %s owed after %s entries; the '
           'ledger says %s, %s, %s, %s after %s', credits, credits_monthly, credits_reserved, credits_owed,
           ledger_entries, spendable, monthly, reserved, owed, entries) AS fault
    FROM users JOIN LATERAL (
        SELECT coalesce(sum(posting.amount) FILTER (WHERE account IN ('monthly', 'lasting')), 0) AS spendable,
               coalesce(sum(posting.amount) FILTER (WHERE account = 'monthly'), 0) AS monthly,
               coalesce(sum(posting.amount) FILTER (WHERE account = 'reserved'), 0) AS reserved,
               coalesce(-sum(posting.amount) FILTER (WHERE account = 'debt'), 0) AS owed,
               count(DISTINCT transaction_id) AS entries
        FROM credit_transactions JOIN credit_postings posting USING (transaction_id)
        WHERE credit_transactions.user_id = users.user_id
    ) ledger ON true
    WHERE (credits, credits_monthly, credits_reserved, credits_owed, ledger_entries)
          IS DISTINCT FROM (spendable, monthly, reserved, owed, entries)
    """,
    """
    SELECT user_id AS id, 'user who is gone and whose account ' || account || ' holds ' || sum(posting.amount) AS fault
    FROM credit_transactions JOIN credit_postings posting USING (transaction_id)
    WHERE account IN ('monthly', 'lasting', 'reserved', 'debt')
      AND NOT EXISTS (SELECT 1 FROM users WHERE users.user_id = credit_transactions.user_id)
    GROUP BY user_id, account HAVING sum(posting.amount) <> 0
    """,
)
_RESERVATIONS = (
    """
    SELECT job_id AS id, format('film whose revision %s has %s reservations and %s endings, and %s credits reserved',
           rev, reservations, endings, reserved) AS fault
    FROM (
        SELECT job_id, rev, count(*) FILTER (WHERE type = 'reserve') AS reservations,
               count(*) FILTER (WHERE type <> 'reserve') AS endings, sum(posting.amount) AS reserved
        FROM credit_transactions JOIN credit_postings posting USING (transaction_id)
        WHERE job_id IS NOT NULL AND account = 'reserved' GROUP BY job_id, rev
    ) film
    WHERE reservations <> 1 OR endings > 1 OR (endings = 1 AND reserved <> 0)
    """,
)
_PURCHASES = (
    """
    SELECT min(transaction_id::text)::uuid AS id,
           format('purchase that is in the ledger %s times, as %s', count(*), request_key) AS fault
    FROM credit_transactions WHERE type = 'purchase' GROUP BY request_key HAVING count(*) > 1
    """,
    """
    SELECT purchase.transaction_id AS id, 'purchase of which more was paid back than bought' AS fault
    FROM credit_transactions refund
    JOIN credit_postings back ON back.transaction_id = refund.transaction_id AND back.account = 'sales'
    JOIN credit_transactions purchase ON purchase.transaction_id = refund.purchase_id
    JOIN credit_postings sold ON sold.transaction_id = purchase.transaction_id AND sold.account = 'sales'
    GROUP BY purchase.transaction_id HAVING sum(back.amount) > -min(sold.amount)
    """,
)

_FAULTS = {"ledger": _LEDGER, "purchases": _PURCHASES, "reservations": _RESERVATIONS}

# A film's row is written in the transaction of its reservation: where there is none, it was deleted.
_OPEN = text("""
    SELECT reserved.job_id, reserved.rev, reserved.user_id, -reserved.amount AS credits, film.status
    FROM credit_transactions reserved JOIN users USING (user_id)
    LEFT JOIN job_versions film ON film.job_id = reserved.job_id AND film.rev = reserved.rev
    WHERE reserved.type = 'reserve' AND users.credits_reserved > 0
      AND (film.job_id IS NULL OR film.completed_at < clock_timestamp() - make_interval(secs => :for_s))
      AND (:delivered OR film.status IS DISTINCT FROM 'completed')
      AND NOT EXISTS (
          SELECT 1 FROM credit_transactions ending
          WHERE ending.job_id = reserved.job_id AND ending.rev = reserved.rev
            AND ending.type IN ('capture', 'release')
      )
    ORDER BY reserved.created_at LIMIT :limit
""").columns(job_id=Uuid, user_id=Uuid)

_COUNTED = text("SELECT type, count(*) AS entries FROM credit_transactions GROUP BY type")


class OpenReservation(NamedTuple):
    """Credits that are still set aside for a film that has ended."""

    job_id: UUID
    rev: int
    user_id: UUID
    credits: int
    status: JobStatus | None
    """How the film ended; None where it was deleted."""


class Money:
    """The ledger as a whole."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def entries(self) -> dict[EntryType, int]:
        """How many entries there are of each type; types of which there is none are left out."""
        return {EntryType(row.type): row.entries for row in await self._session.execute(_COUNTED)}

    async def faults(self, limit: int, topic: Topic | None = None) -> list[str]:
        """Find what contradicts itself in the ledger, or between it and what users have.

        Args:
            limit: How many of each kind at most.
            topic: What about: the ledger itself, purchases, or reservations for films; None for all.

        Returns:
            A sentence for each, with the id of what it is about.
        """
        found: list[str] = []
        for statement in chain.from_iterable(_FAULTS.values()) if topic is None else _FAULTS[topic]:
            limited = text(f"SELECT id, fault FROM ({statement}) faults ORDER BY id LIMIT :limit")
            rows = await self._session.execute(limited.bindparams(bindparam("limit", limit, Integer)))
            found.extend(f"{row.id}: {row.fault}" for row in rows)
        return found

    async def open_after(self, for_s: float, limit: int, *, delivered: bool = True) -> list[OpenReservation]:
        """Find reservations for films that ended, or were deleted, and that nobody has settled.

        Args:
            for_s: For how many seconds the film has ended.
            limit: How many at most, the oldest first.
            delivered: Whether those for completed films are among them.
        """
        found = await self._session.execute(_OPEN, {"for_s": for_s, "limit": limit, "delivered": delivered})
        return [
            OpenReservation(row.job_id, row.rev, row.user_id, row.credits, row.status and JobStatus(row.status))
            for row in found
        ]
