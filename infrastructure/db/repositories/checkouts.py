"""Checkouts: what was offered to be bought, and where its payment stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Interval, bindparam, case, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.payments import CheckoutRow
from schemas.payments import CheckoutStatus

_RANK = case({one: one.rank for one in CheckoutStatus}, value=col(CheckoutRow.status))

# Half as old again each time: a dozen times until a page expires.
_CLAIM_LATE = select(CheckoutRow).from_statement(
    text("""
        UPDATE checkouts SET asked_at = clock_timestamp()
        WHERE checkout_id IN (
            SELECT checkout_id FROM checkouts
            WHERE status IN ('open', 'processing') AND session_id IS NOT NULL
              AND created_at <= clock_timestamp() - :late
              AND (asked_at IS NULL OR asked_at <= clock_timestamp() - (clock_timestamp() - created_at) / 3)
            ORDER BY asked_at NULLS FIRST, created_at LIMIT :limit FOR UPDATE SKIP LOCKED
        )
        RETURNING *
    """).bindparams(bindparam("late", type_=Interval), bindparam("limit", type_=Integer))
)


class Checkouts:
    """Purchases, from the moment that somebody is sent to pay."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open(self, row: CheckoutRow) -> tuple[CheckoutRow, bool]:
        """Begin a purchase, unless it has begun.

        Args:
            row: What is bought, and by whom.

        Returns:
            The purchase as it is, and whether it is new.
        """
        values = row.model_dump(include={"checkout_id", "user_id", "package_id", "credits", "price", "currency"})
        added = insert(CheckoutRow).values(**values).on_conflict_do_nothing(index_elements=["checkout_id"])
        new = await self._session.scalar(added.returning(col(CheckoutRow.checkout_id)))
        found = await self._one(col(CheckoutRow.checkout_id) == row.checkout_id)
        assert found is not None
        return found, new is not None

    async def offered(self, checkout_id: UUID, session_id: str, url: str) -> CheckoutRow | None:
        """Note where a purchase is paid for; None where another page was noted before, or there is no such purchase."""
        statement = (
            update(CheckoutRow)
            .where(
                col(CheckoutRow.checkout_id) == checkout_id,
                func.coalesce(col(CheckoutRow.session_id), session_id) == session_id,
            )
            .values(session_id=session_id, url=url)
            .returning(CheckoutRow)
        )
        found: CheckoutRow | None = await self._session.scalar(statement)
        return found

    async def owned(self, user_id: UUID, checkout_id: UUID) -> CheckoutRow | None:
        """Find a purchase of somebody's."""
        return await self._one(col(CheckoutRow.checkout_id) == checkout_id, col(CheckoutRow.user_id) == user_id)

    async def get(self, checkout_id: UUID, *, lock: bool = False) -> CheckoutRow | None:
        """Find a purchase; locked, nobody else changes it until the transaction ends."""
        return await self._one(col(CheckoutRow.checkout_id) == checkout_id, lock=lock)

    async def of_payment(self, payment_intent: str, *, lock: bool = False) -> CheckoutRow | None:
        """Find the purchase that a payment was made for."""
        return await self._one(col(CheckoutRow.payment_intent) == payment_intent, lock=lock)

    async def tell(
        self, checkout_id: UUID, status: CheckoutStatus, session_id: str, payment_intent: str | None
    ) -> CheckoutRow:
        """Note where a purchase stands: what ranks lower than what is known leaves it as it is.

        Args:
            checkout_id: Of the purchase, which is locked.
            status: What was told of it.
            session_id: Stripe's name for its page.
            payment_intent: Stripe's name for the payment; kept where it is paid.
        """
        higher = _RANK < status.rank
        paid = payment_intent if status is CheckoutStatus.PAID else None
        statement = (
            update(CheckoutRow)
            .where(col(CheckoutRow.checkout_id) == checkout_id)
            .values(
                status=case((higher, status), else_=col(CheckoutRow.status)),
                session_id=session_id,
                payment_intent=func.coalesce(col(CheckoutRow.payment_intent), paid),
            )
            .returning(CheckoutRow)
        )
        return (await self._session.scalars(statement, execution_options={"populate_existing": True})).one()

    async def claim_late(self, late: timedelta, limit: int) -> Sequence[CheckoutRow]:
        """Take purchases of whose end nothing was heard, to ask about them: each ever more rarely the older it is.

        What somebody else takes at the same moment is left to them.

        Args:
            late: How old they are at least.
            limit: How many at most, those first that were asked about longest ago.
        """
        found = await self._session.scalars(
            _CLAIM_LATE, {"late": late, "limit": limit}, execution_options={"populate_existing": True}
        )
        return found.all()

    async def _one(self, *conditions: ColumnElement[bool], lock: bool = False) -> CheckoutRow | None:
        statement = select(CheckoutRow).where(*conditions).execution_options(populate_existing=True)
        found: CheckoutRow | None = await self._session.scalar(statement.with_for_update() if lock else statement)
        return found
