"""`/credits`: what somebody has, what became of it, and what things cost."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from accounts import ledger
from accounts.prices import prices
from api.deps import Reader, Uses
from api.models import credits as models
from api.paging import Limit
from schemas.enums import MotionKind, RendererName

router = APIRouter(prefix="/credits", tags=["credits"])

Before = Annotated[int | None, Query(ge=1, le=2**53, description="Where to go on: `next` of the page before.")]


@router.get("")
async def balance(principal: Reader, uses: Uses) -> models.BalanceShown:
    """What you have."""
    async with uses.db.begin() as session:
        return models.BalanceShown.model_validate(await ledger.balance(session, principal.user_id))


@router.get("/history")
async def history(
    principal: Reader,
    uses: Uses,
    limit: Limit = 25,
    before: Before = None,
) -> models.History:
    """How your credits moved, the newest first."""
    async with uses.db.begin() as session:
        entries = await ledger.history(session, principal.user_id, before=before, limit=limit)
    more = len(entries) == limit and entries[-1].seq > 1
    items = [models.EntryShown.model_validate(entry) for entry in entries]
    return models.History(items=items, next=entries[-1].seq if more else None)


@router.get("/prices")
async def price_list() -> models.Prices:
    """What films and credits cost; for everybody."""
    known = prices()
    per_minute = known.per_minute
    rates: list[tuple[RendererName | MotionKind, int]] = [*per_minute.renderers.items(), *per_minute.motion.items()]
    return models.Prices(
        tiers=[models.TierShown(tier=tier, **terms.model_dump()) for tier, terms in known.tiers.items()],
        per_minute={kind.value: credits for kind, credits in rates},
        packages=[models.PackageShown.model_validate(package) for package in known.packages],
    )
