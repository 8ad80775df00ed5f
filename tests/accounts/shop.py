"""A shop that sells at a Stripe of the tests' own, and stories of payments that each have one end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from accounts.payments import handle_event
from infrastructure.db.engine import Database
from infrastructure.db.payments import CheckoutRow
from infrastructure.db.repositories.checkouts import Checkouts
from infrastructure.db.repositories.claims import Claims
from infrastructure.ids import new_id
from infrastructure.payments import Payments
from infrastructure.settings import Settings
from schemas.credits import CreditAccount
from schemas.payments import CheckoutStatus, ClaimState, EventOutcome
from tests.accounts.purse import replayed
from tests.accounts.users import balance, history
from tests.stripe_server import FakeStripe, Object, signed

CREDITS, PRICE = 20, 900
PAID, DISPUTED = CheckoutStatus.PAID, ClaimState.DISPUTED


def told_by(stripe: FakeStripe) -> Payments:
    """What reads the events of a Stripe."""
    return Payments(settings_of(stripe))


def settings_of(stripe: FakeStripe) -> Settings:
    """The settings of an installation that sells there."""
    return Settings.model_validate({name[7:].lower(): value for name, value in stripe.settings().items()})


@dataclass
class Shop:
    """A Stripe, and who listens to it."""

    db: Database
    stripe: FakeStripe
    payments: Payments

    async def sell(self, user: UUID) -> Sale:
        """Somebody is sent to pay."""
        row = CheckoutRow(
            checkout_id=new_id(), user_id=user, package_id="reel", credits=CREDITS, price=PRICE, currency="eur"
        )
        async with self.db.begin() as session:
            await Checkouts(session).open(row)
        return Sale(self, user, row.checkout_id, self.stripe.session(str(row.checkout_id), PRICE, "eur")["id"])

    async def hear(self, event: Object) -> EventOutcome:
        """Handle an event as it comes over the wire, signature and all."""
        return await handle_event(self.payments.read(*signed(event)), db=self.db)


@dataclass
class Sale:
    """A purchase."""

    shop: Shop
    user: UUID
    checkout_id: UUID
    session_id: str

    async def heard(self) -> tuple[CheckoutStatus, int]:
        """How it stands, and how many claims were heard of: in one look, while others write."""
        async with self.shop.db.begin() as session:
            row = await Checkouts(session).get(self.checkout_id)
            assert row is not None
            claims = await Claims(session).of_payment(row.payment_intent) if row.payment_intent else ()
        return row.status, len(claims)

    async def state(self) -> dict[str, Any]:
        """All that is left of it, but for names and times, while nobody writes."""
        entries = await history(self.shop.db, self.user)
        now = await balance(self.shop.db, self.user)
        assert replayed(entries).agrees(now)
        totals: Counter[CreditAccount] = Counter()
        for entry in entries:
            totals.update(entry.postings)
        async with self.shop.db.begin() as session:
            row = await Checkouts(session).get(self.checkout_id)
            assert row is not None
            claims = await Claims(session).of_payment(row.payment_intent) if row.payment_intent else ()
        return {
            "credits": now.credits,
            "monthly": now.monthly,
            "owed": now.owed,
            "sold": -totals[CreditAccount.SALES],
            "status": row.status,
            "claims": sorted((one.state, one.amount) for one in claims),
        }


Story = Callable[[FakeStripe, str], list[Object]]


def paid_back_in_parts(stripe: FakeStripe, page: str) -> list[Object]:
    return [stripe.complete(page), stripe.refund(page, 100), stripe.refund(page, 350), stripe.refund(page, 200)]


def paid_back_at_once(stripe: FakeStripe, page: str) -> list[Object]:
    return [stripe.complete(page), stripe.refund(page, PRICE)]


def paid_later(stripe: FakeStripe, page: str) -> list[Object]:
    return [stripe.complete(page, paid=False), stripe.arrive(page), stripe.refund(page, 450)]


def never_paid(stripe: FakeStripe, page: str) -> list[Object]:
    return [stripe.complete(page, paid=False), stripe.bounce(page)]


def left(stripe: FakeStripe, page: str) -> list[Object]:
    return [stripe.expire(page)]


def disputed_and_won(stripe: FakeStripe, page: str) -> list[Object]:
    events = [stripe.complete(page, paid=False), stripe.arrive(page), stripe.refund(page, 100)]
    opened = stripe.dispute(page, 800)
    return [*events, opened, stripe.decide(opened["data"]["object"]["id"], "won")]


def disputed_and_lost(stripe: FakeStripe, page: str) -> list[Object]:
    events = [stripe.complete(page), stripe.refund(page, 90)]
    opened = stripe.dispute(page, 450)
    return [*events, opened, stripe.decide(opened["data"]["object"]["id"], "lost"), stripe.refund(page, 45)]


def asked_about_then_disputed(stripe: FakeStripe, page: str) -> list[Object]:
    """An inquiry takes nothing; the dispute that it becomes does."""
    events = [stripe.complete(page), stripe.dispute(page, PRICE, "warning_needs_response")]
    dispute = events[1]["data"]["object"]["id"]
    stripe.disputes[dispute]["status"] = "needs_response"
    return [*events, stripe.event("charge.dispute.updated", stripe.disputes[dispute])]


def disputed_twice(stripe: FakeStripe, page: str) -> list[Object]:
    events = [stripe.complete(page)]
    for status in ("won", "lost"):
        events.append(stripe.dispute(page, PRICE))
        events.append(stripe.decide(events[-1]["data"]["object"]["id"], status))
    return events


REFUNDED, LOST, WON = ClaimState.REFUNDED, ClaimState.LOST, ClaimState.WON
STORIES: list[tuple[Story, int, CheckoutStatus, list[tuple[ClaimState, int]]]] = [
    # What happens; credits of 20 that are left; where the purchase stands; what went back.
    (paid_back_in_parts, 6, PAID, [(REFUNDED, 650)]),  # 14.4 credits' money went back: 14 leave
    (paid_back_at_once, 0, PAID, [(REFUNDED, 900)]),
    (paid_later, 10, PAID, [(REFUNDED, 450)]),
    (never_paid, 0, CheckoutStatus.FAILED, []),
    (left, 0, CheckoutStatus.EXPIRED, []),
    (disputed_and_won, 18, PAID, [(REFUNDED, 100), (WON, 800)]),
    (disputed_and_lost, 7, PAID, [(LOST, 450), (REFUNDED, 135)]),
    (asked_about_then_disputed, 0, PAID, [(DISPUTED, 900)]),
    (disputed_twice, 0, PAID, [(LOST, 900), (WON, 900)]),
]
EVERY = pytest.mark.parametrize(
    ("story", "credits", "status", "claims"), STORIES, ids=[one[0].__name__ for one in STORIES]
)


def end(credits: int, status: CheckoutStatus, claims: list[tuple[ClaimState, int]]) -> dict[str, Any]:
    """The one state: with the 3 credits of the month that everybody begins with."""
    return {
        "credits": 3 + credits,
        "monthly": 3,
        "owed": 0,
        "sold": credits,
        "status": status,
        "claims": sorted(claims),
    }


async def at_once(jobs: Iterable[Awaitable[None]], most: int = 16) -> None:
    """Do many things, so many at a time."""
    gate = asyncio.Semaphore(most)

    async def one(job: Awaitable[None]) -> None:
        async with gate:
            await job

    await asyncio.gather(*(one(job) for job in jobs))


async def acts(shop: Shop, sale: Sale) -> list[dict[str, Any]]:
    async with shop.db.begin() as session:
        found = await session.execute(
            text("SELECT * FROM audit_log WHERE target_id = :id ORDER BY at"), {"id": sale.checkout_id}
        )
        return [dict(row) for row in found.mappings()]
