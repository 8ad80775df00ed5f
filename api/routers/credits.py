"""`/credits`: what somebody has, what became of it, what things cost, and buying more."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from accounts import ledger
from accounts.buying import begin_checkout, checkout_of
from accounts.prices import prices
from api.deps import Key, Reader, Uses, Writer
from api.models import credits as models
from api.paging import Cursor, Limit, Page, not_ours, page_of
from infrastructure.db.payments import CheckoutRow
from schemas.credits import Balance
from schemas.enums import MotionKind, RendererName
from schemas.payments import CheckoutStatus

router = APIRouter(prefix="/credits", tags=["credits"])


@router.get("")
async def balance(principal: Reader, uses: Uses) -> Balance:
    """What you have."""
    async with uses.db.begin() as session:
        return await ledger.balance(session, principal.user_id)


@router.get("/history")
async def history(
    principal: Reader, uses: Uses, request: Request, response: Response, limit: Limit = 25, cursor: Cursor = None
) -> Page[models.EntryShown]:
    """How your credits moved, the newest first."""
    async with uses.db.begin() as session:
        entries = await ledger.history(session, principal.user_id, before=_entry(cursor), limit=limit + 1)
    return page_of(entries, limit, lambda entry: str(entry.seq), models.EntryShown.model_validate, request, response)


def _entry(cursor: str | None) -> int | None:
    """Read a cursor of the ledger: the number of the last entry that is known.

    Raises:
        InvalidRequest: It is none of ours.
    """
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 16):
        raise not_ours()
    return int(cursor)


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


@router.get("/packages")
async def packages() -> list[models.PackageShown]:
    """What can be bought; for everybody."""
    return [models.PackageShown.model_validate(package) for package in prices().packages]


@router.post("/checkout", status_code=201)
async def buy(body: models.Buy, principal: Writer, uses: Uses, response: Response, key: Key) -> models.CheckoutShown:
    """Begin to buy credits: send the user to `url`, where they pay. The credits come when the money has."""
    checkout, new = await begin_checkout(
        principal.user_id,
        body.package_id,
        key,
        site=str(uses.settings.public_url).rstrip("/"),
        db=uses.db,
        payments=uses.payments,
        limits=uses.limits,
    )
    response.headers["location"] = f"/api/v1/credits/checkouts/{checkout.checkout_id}"
    response.headers["idempotent-replayed"] = "false" if new else "true"
    return _shown(checkout)


@router.get("/checkouts/{checkout_id}")
async def checkout(checkout_id: UUID, principal: Reader, uses: Uses) -> models.CheckoutShown:
    """A purchase of yours, and where it stands."""
    return _shown(await checkout_of(principal.user_id, checkout_id, db=uses.db))


def _shown(row: CheckoutRow) -> models.CheckoutShown:
    shown = models.CheckoutShown.model_validate(row)
    return shown if row.status is CheckoutStatus.OPEN else shown.model_copy(update={"url": None})
