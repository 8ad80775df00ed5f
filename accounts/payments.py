"""What Stripe tells of payments, and what follows from it in the ledger.

Events come twice, late, in any order, or not at all until somebody asks (`accounts.reconciling`). Each is a fact that
can only grow: a purchase ranks higher, more of a payment was claimed back. What the ledger shall hold follows from the
facts alone, and is brought about whenever one is added, in the same transaction (ADR 21).
"""

from __future__ import annotations

from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from accounts import ledger
from accounts.prices import Package
from infrastructure.db.engine import Database
from infrastructure.db.payments import CheckoutRow, ClaimRow, StripeEventRow
from infrastructure.db.repositories.audit import AuditLog
from infrastructure.db.repositories.checkouts import Checkouts
from infrastructure.db.repositories.claims import Claims
from infrastructure.db.repositories.credits import Credits
from infrastructure.db.repositories.stripe_events import StripeEvents
from infrastructure.stripe_facts import ClaimTold, PaymentEvent, SessionTold, Told
from schemas.audit import PAYMENTS, Act, AuditAct, TargetKind
from schemas.payments import CheckoutStatus, EventOutcome

log = structlog.get_logger(__name__)


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
        outcome, checkout_id = await take(session, event.told, event.event_id)
        await events.ended(event.event_id, outcome, checkout_id)
    log.info("an event of Stripe's", event_id=event.event_id, type=event.type, outcome=outcome.value)
    return outcome


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


async def take(session: AsyncSession, told: Told | None, source: str) -> tuple[EventOutcome, UUID | None]:
    """Take note of something that Stripe tells, and bring about what follows: the one door for all of it.

    Args:
        session: The transaction.
        told: What it tells; None where that changes nothing here.
        source: Where it was heard: an event's id, or what was asked.

    Returns:
        What became of it, and the purchase that it is about, where one is known.
    """
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
    new = await claims.tell(ClaimRow.model_validate(vars(told)))
    checkout = await Checkouts(session).of_payment(told.payment_intent, lock=True)
    if checkout is None:
        return EventOutcome.HELD, None
    if not fits(checkout, told):
        if new:  # else it was said before
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
