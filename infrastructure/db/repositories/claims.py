"""Claims: what of a payment went back, told in any order."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.payments import ClaimRow
from schemas.payments import ClaimState

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:payment_intent, 1936942447))")


class Claims:
    """What of payments went back, or may."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self, payment_intent: str) -> None:
        """Be alone with a payment until the transaction ends, whether anything of it is known or not.

        A claim and its purchase may come at the same moment: whichever is second must see what the first has left.
        """
        await self._session.execute(_LOCK, {"payment_intent": payment_intent})

    async def tell(self, row: ClaimRow) -> None:
        """Note a claim; of two tellings stays that of the higher rank, and of two like it the one of the larger amount.

        Args:
            row: The claim, of a payment that is locked.
        """
        claim = insert(ClaimRow).values(**row.model_dump(exclude={"created_at"}))
        told = claim.excluded
        rank = {one: one.rank for one in ClaimState}
        statement = claim.on_conflict_do_update(
            index_elements=["claim_id"],
            set_={"state": told.state, "amount": told.amount},
            where=tuple_(case(rank, value=told.state), told.amount)
            > tuple_(case(rank, value=col(ClaimRow.state)), col(ClaimRow.amount)),
        )
        await self._session.execute(statement)

    async def of_payment(self, payment_intent: str) -> Sequence[ClaimRow]:
        """List the claims on a payment, which is locked."""
        statement = select(ClaimRow).where(col(ClaimRow.payment_intent) == payment_intent)
        ordered = statement.order_by(col(ClaimRow.claim_id)).execution_options(populate_existing=True)
        return (await self._session.scalars(ordered)).all()
