"""Buying credits: a purchase begins here, is paid for at Stripe, and becomes what Stripe's events say of it.

Events come twice, late, in any order, or not at all until somebody asks. Each is a fact that can only grow: a purchase
ranks higher, more of a payment was claimed back. What the ledger shall hold follows from the facts alone, and is
brought about whenever one is added, in the same transaction (ADR 21).
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from accounts import ledger
from accounts.limits import CHECKOUTS, Limits
from accounts.prices import Package, PriceList, prices
from infrastructure.db.engine import Database
from infrastructure.db.payments import CheckoutRow, ClaimRow, StripeEventRow
from infrastructure.db.repositories.audit import AuditLog
from infrastructure.db.repositories.checkouts import Checkouts
from infrastructure.db.repositories.claims import Claims
from infrastructure.db.repositories.credits import Credits
from infrastructure.db.repositories.stripe_events import StripeEvents
from infrastructure.payments import ClaimTold, Offer, PaymentEvent, Payments, SessionTold, Told
from schemas.audit import PAYMENTS, Act, AuditAct, TargetKind
from schemas.errors import Conflict, InvalidRequest, NotFound
from schemas.payments import CheckoutStatus, EventOutcome

PAGE_LASTS: Final = timedelta(hours=12)
"""How long a page can be paid on."""
REPEATABLE: Final = timedelta(hours=11)
"""How long a page that could not be made is tried again: while Stripe knows that it is the same one, and takes its end
for a time to come."""
LATE: Final = timedelta(minutes=10)
"""After how long a purchase of which nothing was heard is asked about."""

log = structlog.get_logger(__name__)


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


async def handle_event(event: PaymentEvent, *, db: Database) -> EventOutcome:
    """Handle an event, once: what it changes and that it was handled are one transaction.

    Args:
        event: Read, and its signature seen.
        db: The database.

    Returns:
        What became of it; `REPEATED` where it had been handled before.

    Raises:
        DependencyDown: The database does not answer; nothing has changed, or all has.
    """
    async with db.begin() as session:
        events = StripeEvents(session)
        row = StripeEventRow(
            event_id=event.event_id,
            type=event.type,
            object_id=event.object_id,
            livemode=event.livemode,
            created_at=event.created_at,
        )
        if not await events.add(row):
            return EventOutcome.REPEATED
        outcome, checkout_id = await _told(session, event.told, event.event_id)
        await events.ended(event.event_id, outcome, checkout_id)
    log.info("an event of Stripe's", event_id=event.event_id, type=event.type, outcome=outcome.value)
    return outcome


async def reconcile(*, db: Database, payments: Payments, late: timedelta = LATE, limit: int = 100) -> list[UUID]:
    """Ask Stripe about purchases of whose end nothing was heard, as if their events had come.

    Run as often as you like, at once too: the older a purchase, the more rarely it is asked about.

    Args:
        db: The database.
        payments: Stripe.
        late: How old purchases are at least.
        limit: How many are asked about at most.

    Returns:
        Those that stand otherwise now.

    Raises:
        NotSetUp: Nothing is sold here.
        DependencyDown: Stripe or the database does not answer; what was found until then is kept.
    """
    payments.must_sell()
    async with db.begin() as session:
        waiting = await Checkouts(session).claim_late(late, limit)
    moved = []
    for one in waiting:
        assert one.session_id is not None
        before = one.status
        for told in await payments.look(one.session_id):
            async with db.begin() as session:
                await _told(session, told, f"asked about {one.session_id}")
        async with db.begin() as session:
            now = await Checkouts(session).get(one.checkout_id)
        if now is not None and now.status is not before:
            moved.append(one.checkout_id)
    return moved


def credits_back(checkout: CheckoutRow, claims: list[ClaimRow]) -> int:
    """Say how many credits of a purchase leave the account, for what of its money is gone.

    In proportion, and a fraction of a credit stays with the user. Counted from all that went back, so that many small
    refunds take as much as a large one.

    Args:
        checkout: What was sold.
        claims: What went back; those that take nothing, or are no claims on this purchase, do not count.
    """
    gone = sum(one.amount for one in claims if one.state.takes and fits(checkout, one))
    return checkout.credits * min(gone, checkout.price) // checkout.price


def fits(checkout: CheckoutRow, claim: ClaimRow | ClaimTold) -> bool:
    """Whether a claim goes together with what was sold: in its currency, on a payment of its price."""
    return claim.currency == checkout.currency and claim.charged in {None, checkout.price}


async def _told(session: AsyncSession, told: Told | None, source: str) -> tuple[EventOutcome, UUID | None]:
    match told:
        case SessionTold():
            return await _session_told(session, told, source)
        case ClaimTold():
            return await _claim_told(session, told, source)
    return EventOutcome.IGNORED, None


async def _session_told(session: AsyncSession, told: SessionTold, source: str) -> tuple[EventOutcome, UUID | None]:
    if told.checkout_id is None:
        return EventOutcome.IGNORED, None
    if told.payment_intent is not None:
        await Claims(session).lock(told.payment_intent)
    checkouts = Checkouts(session)
    checkout = await checkouts.get(told.checkout_id, lock=True)
    if checkout is None:
        return EventOutcome.IGNORED, None
    before = checkout.status
    wrong = await _mismatch(session, checkout, told)
    if wrong:
        await _refuse(session, checkout, wrong, source)
        return EventOutcome.REFUSED, checkout.checkout_id
    now = await checkouts.tell(checkout.checkout_id, told.status, told.session_id, told.payment_intent)
    quiet = before is CheckoutStatus.PAID
    return await _settle(session, now, source, quiet=quiet), checkout.checkout_id


async def _mismatch(session: AsyncSession, checkout: CheckoutRow, told: SessionTold) -> str:
    """Say what of a page does not go together with what was sold; nothing where all does."""
    if checkout.session_id not in {None, told.session_id}:
        return f"It is about page {told.session_id}, and the purchase was offered on {checkout.session_id}."
    if told.status is not CheckoutStatus.PAID:
        return ""
    if (told.amount, told.currency) != (checkout.price, checkout.currency):
        return f"{told.amount} {told.currency} were paid for what costs {checkout.price} {checkout.currency}."
    if told.payment_intent is None:
        return "It was paid, and by no payment that has a name."
    if checkout.payment_intent not in {None, told.payment_intent}:
        return f"It was paid by {told.payment_intent}, and before by {checkout.payment_intent}."
    other = await Checkouts(session).of_payment(told.payment_intent)
    if other is not None and other.checkout_id != checkout.checkout_id:
        return f"It was paid by {told.payment_intent}, and so was {other.checkout_id}."
    return ""


async def _claim_told(session: AsyncSession, told: ClaimTold, source: str) -> tuple[EventOutcome, UUID | None]:
    claims = Claims(session)
    await claims.lock(told.payment_intent)
    await claims.tell(ClaimRow.model_validate(vars(told)))
    checkout = await Checkouts(session).of_payment(told.payment_intent, lock=True)
    if checkout is None:
        return EventOutcome.HELD, None
    if not fits(checkout, told):
        await _refuse(session, checkout, _unfit(checkout, told), source)
        return EventOutcome.REFUSED, checkout.checkout_id
    return await _settle(session, checkout, source, quiet=True), checkout.checkout_id


async def _settle(session: AsyncSession, checkout: CheckoutRow, source: str, *, quiet: bool = False) -> EventOutcome:
    """Bring about in the ledger what follows from what is known of a purchase, which is locked with its payment.

    Args:
        session: The transaction.
        checkout: The purchase.
        source: Where the last fact came from.
        quiet: Whether what was wrong before was said before.
    """
    if checkout.status is not CheckoutStatus.PAID:
        return EventOutcome.HANDLED
    assert checkout.payment_intent is not None
    if await Credits(session).balance(checkout.user_id, lock=True) is None:
        if not quiet:
            await _refuse(session, checkout, "It was paid after its account was deleted.", source)
        return EventOutcome.ORPHANED
    claims = list(await Claims(session).of_payment(checkout.payment_intent))
    for one in claims:
        if not quiet and not fits(checkout, one):
            await _refuse(session, checkout, _unfit(checkout, one), source)
    package = Package(
        id=checkout.package_id, credits=checkout.credits, price=checkout.price, currency=checkout.currency
    )
    key = str(checkout.checkout_id)
    await ledger.purchase(session, user_id=checkout.user_id, package=package, key=key)
    await ledger.settle_purchase(session, key=key, total=credits_back(checkout, claims))
    return EventOutcome.HANDLED


async def _refuse(session: AsyncSession, checkout: CheckoutRow, why: str, source: str) -> None:
    """Write down that something about a purchase is wrong, where administrators look."""
    log.error("a payment does not go together with its purchase", checkout_id=str(checkout.checkout_id), why=why)
    written = Act(
        actor_id=None,
        role=PAYMENTS,
        act=AuditAct.PAYMENT_REFUSED,
        target_kind=TargetKind.CHECKOUT,
        target_id=checkout.checkout_id,
        reason=why,
        after={"source": source},
    )
    await AuditLog(session).add(written)


def _unfit(checkout: CheckoutRow, claim: ClaimRow | ClaimTold) -> str:
    paid = "" if claim.charged is None else f" of {claim.charged}"
    return (
        f"{claim.claim_id} claims {claim.amount}{paid} {claim.currency} of what costs "
        f"{checkout.price} {checkout.currency}."
    )


def _checkout_id(user_id: UUID, key: str) -> UUID:
    """The id of what a user buys with a key: asked for twice, it is the same purchase. A UUID of version 8."""
    digest = bytearray(hashlib.sha256(f"checkout\n{user_id}\n{key}".encode()).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))
