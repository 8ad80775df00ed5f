"""Buying credits: what is sold is written down, and a page is made on which it is paid for."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from accounts.limits import CHECKOUTS, Limits
from accounts.prices import PriceList, prices
from infrastructure.db.engine import Database
from infrastructure.db.payments import CheckoutRow
from infrastructure.db.repositories.checkouts import Checkouts
from infrastructure.payments import Offer, Payments
from schemas.errors import Conflict, InvalidRequest, NotFound

PAGE_LASTS: Final = timedelta(hours=12)
"""How long a page can be paid on."""
REPEATABLE: Final = timedelta(hours=11)
"""How long a page that could not be made is tried again: while Stripe knows that it is the same one, and takes its end
for a time to come."""


class Begun(NamedTuple):
    """A purchase, and whether it is new."""

    checkout: CheckoutRow
    new: bool


async def begin_checkout(
    user_id: UUID,
    package_id: str,
    key: str,
    *,
    site: str,
    db: Database,
    payments: Payments,
    limits: Limits,
    known: PriceList | None = None,
) -> Begun:
    """Begin to buy credits: note what is sold, and make a page on which it is paid for.

    Args:
        user_id: Who buys.
        package_id: What.
        key: Idempotency key: asking twice with one begins one purchase.
        site: Where users reach this installation, without a slash at its end: where they come back to.
        db: The database. No connection is held while Stripe is asked.
        payments: Stripe.
        limits: How often somebody may.
        known: What is sold; the prices of this version when left out.

    Raises:
        NotSetUp: Nothing is sold here.
        InvalidRequest: There is no such package, or the key was used for another one.
        TooManyRequests: They begin too many.
        Conflict: The key was used long ago for a purchase whose page could not be made.
        DependencyDown: Stripe does not answer; asked again with the same key, it is the same purchase.
    """
    payments.must_sell()
    await limits.hold(CHECKOUTS, str(user_id))
    package = (known or prices()).package(package_id)
    row = CheckoutRow(
        checkout_id=_checkout_id(user_id, key),
        user_id=user_id,
        package_id=package.id,
        credits=package.credits,
        price=package.price,
        currency=package.currency,
    )
    async with db.begin() as session:
        checkout, new = await Checkouts(session).open(row)
    if checkout.package_id != package_id:
        raise InvalidRequest(f"This Idempotency-Key bought {checkout.package_id!r} before; choose a new one.")
    if checkout.session_id is not None:
        return Begun(checkout, new=False)
    if datetime.now(UTC) - checkout.created_at > REPEATABLE:
        raise Conflict("This Idempotency-Key was used for a purchase that came to nothing; choose a new one.")
    page = await payments.open_page(
        Offer(
            checkout_id=checkout.checkout_id,
            name=f"AI Film Studio: {checkout.credits} credits",
            price=checkout.price,
            currency=checkout.currency,
            expires_at=checkout.created_at + PAGE_LASTS,
            success_url=f"{site}/credits?bought={checkout.checkout_id}",
            cancel_url=f"{site}/credits?left={checkout.checkout_id}",
        )
    )
    async with db.begin() as session:
        offered = await Checkouts(session).offered(checkout.checkout_id, page.session_id, page.url)
    if offered is None:
        raise Conflict("Another page was made for this purchase; choose a new Idempotency-Key.")
    return Begun(offered, new)


async def checkout_of(user_id: UUID, checkout_id: UUID, *, db: Database) -> CheckoutRow:
    """Find a purchase of somebody's.

    Raises:
        NotFound: They have none such.
    """
    async with db.begin() as session:
        found = await Checkouts(session).owned(user_id, checkout_id)
    if found is None:
        raise NotFound("There is no such purchase.")
    return found


def _checkout_id(user_id: UUID, key: str) -> UUID:
    """The id of what a user buys with a key: asked for twice, it is the same purchase. A UUID of version 8."""
    digest = bytearray(hashlib.sha256(f"checkout\n{user_id}\n{key}".encode()).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))
