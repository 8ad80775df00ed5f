"""Claims: what of a payment went back, told in any order."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.payments import CheckoutRow, ClaimRow
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

    async def tell(self, row: ClaimRow) -> bool:
        """Note a claim; of two tellings stays that of the higher rank, and of two like it the one of the larger amount.

        Args:
            row: The claim, of a payment that is locked.

        Returns:
            Whether that was not known.
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
        return await self._session.scalar(statement.returning(col(ClaimRow.claim_id))) is not None

    async def unheard(self, told: Sequence[ClaimRow]) -> set[str]:
        """Find what nobody has heard of payments for what was sold here. A look, which `tell` does not rely on.

        Args:
            told: Claims on any payments, which are not locked.

        Returns:
            The names of those that say more than is known.
        """
        payments = select(col(CheckoutRow.payment_intent)).where(
            col(CheckoutRow.payment_intent).in_({one.payment_intent for one in told})
        )
        known = select(ClaimRow).where(col(ClaimRow.claim_id).in_({one.claim_id for one in told}))
        ours = set(await self._session.scalars(payments))
        heard = {one.claim_id: (one.state.rank, one.amount) for one in await self._session.scalars(known)}
        return {
            one.claim_id
            for one in told
            if one.payment_intent in ours and (one.state.rank, one.amount) > heard.get(one.claim_id, (-1, 0))
        }

    async def of_payment(self, payment_intent: str) -> Sequence[ClaimRow]:
        """List the claims on a payment, which is locked."""
        statement = select(ClaimRow).where(col(ClaimRow.payment_intent) == payment_intent)
        ordered = statement.order_by(col(ClaimRow.claim_id)).execution_options(populate_existing=True)
        return (await self._session.scalars(ordered)).all()
