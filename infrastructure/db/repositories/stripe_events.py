"""Events of Stripe's: each is handled once."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.payments import StripeEventRow
from schemas.payments import EventOutcome


class StripeEvents:
    """Events that were handled."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: StripeEventRow) -> bool:
        """Note that an event came, in the transaction that handles it.

        Where another transaction handles it just now, that one is waited for.

        Args:
            row: The event.

        Returns:
            Whether it is here for the first time.
        """
        values = row.model_dump(exclude={"received_at"})
        statement = insert(StripeEventRow).values(**values).on_conflict_do_nothing(index_elements=["event_id"])
        return await self._session.scalar(statement.returning(col(StripeEventRow.event_id))) is not None

    async def ended(self, event_id: str, outcome: EventOutcome, checkout_id: UUID | None) -> None:
        """Note what became of an event.

        Args:
            event_id: Which.
            outcome: What became of it.
            checkout_id: The purchase that it was about; None where none is known.
        """
        await self._session.execute(
            update(StripeEventRow)
            .where(col(StripeEventRow.event_id) == event_id)
            .values(outcome=outcome, checkout_id=checkout_id)
        )
