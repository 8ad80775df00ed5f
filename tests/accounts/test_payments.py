"""All that Stripe may tell of a payment, in every order, twice, late and at once: it ends in one state."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from accounts.limits import Limits
from accounts.payments import begin_checkout, credits_back, handle_event, reconcile
from accounts.prices import PriceList, prices
from infrastructure.db.engine import Database
from infrastructure.db.payments import CheckoutRow, ClaimRow
from infrastructure.db.repositories.checkouts import Checkouts
from infrastructure.db.repositories.claims import Claims
from infrastructure.ids import new_id
from infrastructure.payments import Payments
from infrastructure.settings import Settings
from schemas.credits import CreditAccount, EntryType
from schemas.errors import Conflict, DependencyDown, InvalidRequest
from schemas.payments import CheckoutStatus, ClaimState, EventOutcome
from tests.accounts.purse import replayed
from tests.accounts.users import balance, history, leave, new_user, reserve, settle
from tests.effort import some, tries
from tests.stripe_server import FakeStripe, Misdeeds, Object, signed, stripe_server
from workers.bookkeeper import keep_books

pytestmark = pytest.mark.lab
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

    async def state(self) -> dict[str, Any]:
        """All that is left of it, but for names and times."""
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


@pytest.fixture
async def shop(db: Database) -> AsyncIterator[Shop]:
    stripe = FakeStripe()
    payments = told_by(stripe)
    yield Shop(db, stripe, payments)
    await payments.close()


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


@EVERY
async def test_all_orders_end_in_one_state(
    shop: Shop, story: Story, credits: int, status: CheckoutStatus, claims: list[tuple[ClaimState, int]]
) -> None:
    length = len(story(shop.stripe, shop.stripe.session("", PRICE, "eur")["id"]))

    async def told(order: tuple[int, ...]) -> None:
        sale = await shop.sell(await new_user(shop.db))
        events = story(shop.stripe, sale.session_id)
        for number in order:
            assert await shop.hear(events[number]) in {EventOutcome.HANDLED, EventOutcome.HELD}
        assert await sale.state() == end(credits, status, claims), order

    await at_once(told(order) for order in some(itertools.permutations(range(length)), 8))


@EVERY
async def test_what_is_lost_comes_later_and_what_comes_twice_counts_once(
    shop: Shop, story: Story, credits: int, status: CheckoutStatus, claims: list[tuple[ClaimState, int]]
) -> None:
    """Some events are lost, some come up to three times, some under another id; then all that were lost come."""

    async def told(seed: int) -> None:
        chance = random.Random(seed)
        sale = await shop.sell(await new_user(shop.db))
        events = story(shop.stripe, sale.session_id)
        first = [one for one in events if chance.random() < 0.6]
        heard = [one for one in first for _ in range(chance.randint(1, 3))]
        heard += [{**one, "id": f"{one['id']}_again"} for one in first if chance.random() < 0.3]
        chance.shuffle(heard)
        late = [one for one in events if one not in first]
        chance.shuffle(late)
        for event in (*heard, *late):
            await shop.hear(event)
        assert await sale.state() == end(credits, status, claims), seed

    await at_once(told(seed) for seed in range(tries(20, 5)))


@EVERY
async def test_all_at_once_end_in_the_same_state(
    shop: Shop, story: Story, credits: int, status: CheckoutStatus, claims: list[tuple[ClaimState, int]]
) -> None:
    """Two of each event, handled at the same moment by as many transactions."""

    async def told(_round: int) -> None:
        sale = await shop.sell(await new_user(shop.db))
        events = story(shop.stripe, sale.session_id)
        outcomes = await asyncio.gather(*(shop.hear(event) for event in (*events, *reversed(events))))
        assert outcomes.count(EventOutcome.REPEATED) == len(events)
        assert await sale.state() == end(credits, status, claims)

    await at_once((told(number) for number in range(tries(8, 3))), most=2)


async def test_fifty_deliveries_of_one_event_grant_once(shop: Shop) -> None:
    sale = await shop.sell(await new_user(shop.db))
    event = shop.stripe.complete(sale.session_id)
    outcomes = Counter(await asyncio.gather(*(shop.hear(event) for _ in range(50))))
    assert outcomes == {EventOutcome.HANDLED: 1, EventOutcome.REPEATED: 49}
    assert [entry.type for entry in await history(shop.db, sale.user)] == [EntryType.PURCHASE, EntryType.OPENING]


async def test_what_was_spent_before_is_owed_and_a_dispute_that_is_won_pays_for_it(shop: Shop) -> None:
    """The bank takes the money of credits that are spent already, those of the month among what is taken then."""
    sale = await shop.sell(await new_user(shop.db))
    await shop.hear(shop.stripe.complete(sale.session_id))
    film = new_id()
    await reserve(shop.db, sale.user, 15, film)
    await settle(shop.db, film, 12)  # the 3 of the month, 9 of those that were bought; 3 come back
    before = await balance(shop.db, sale.user)
    opened = shop.stripe.dispute(sale.session_id, PRICE)
    await shop.hear(opened)
    frozen = await balance(shop.db, sale.user)
    assert (frozen.credits, frozen.owed) == (0, 9)
    await shop.hear(shop.stripe.decide(opened["data"]["object"]["id"], "won"))
    assert await balance(shop.db, sale.user) == before
    top = (await history(shop.db, sale.user))[0]
    assert (top.type, top.amount, top.description) == (EntryType.REFUND, 11, "A purchase that was disputed stands")


async def test_credits_of_the_month_that_a_dispute_took_come_back_as_such(shop: Shop) -> None:
    sale = await shop.sell(await new_user(shop.db, 10))
    await shop.hear(shop.stripe.complete(sale.session_id))
    film = new_id()
    await reserve(shop.db, sale.user, 10, film)  # those of the month are set aside, and come back in part
    opened = shop.stripe.dispute(sale.session_id, PRICE)
    await settle(shop.db, film, 4)
    before = await balance(shop.db, sale.user)
    assert (before.credits, before.monthly) == (26, 6)
    other = new_id()
    await reserve(shop.db, sale.user, 26, other)
    await settle(shop.db, other, 0)
    await shop.hear(opened)
    assert (await balance(shop.db, sale.user)).credits == 6
    await shop.hear(shop.stripe.decide(opened["data"]["object"]["id"], "won"))
    assert await balance(shop.db, sale.user) == before


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"amount_total": PRICE - 1}, "899 eur were paid for what costs 900 eur"),
        ({"amount_total": PRICE * 100}, "90000 eur were paid"),
        ({"amount_total": None}, "None eur were paid"),
        ({"currency": "usd"}, "900 usd were paid"),
        ({"payment_intent": None}, "no payment that has a name"),
    ],
)
async def test_what_does_not_go_together_with_what_was_sold_is_refused(
    shop: Shop, wrong: dict[str, Any], why: str
) -> None:
    sale = await shop.sell(await new_user(shop.db))
    event = shop.stripe.complete(sale.session_id)
    event["data"]["object"] |= wrong
    assert await shop.hear(event) is EventOutcome.REFUSED
    assert await sale.state() == end(0, CheckoutStatus.OPEN, [])
    [written] = await acts(shop, sale)
    assert why in written["reason"]
    assert (written["role"], written["act"], written["actor_id"]) == ("payments", "payment_refused", None)
    assert await shop.hear(event) is EventOutcome.REPEATED
    assert len(await acts(shop, sale)) == 1


async def test_an_event_cannot_say_what_was_sold(shop: Shop) -> None:
    """More credits than were sold, in whatever field somebody might look for them."""
    sale = await shop.sell(await new_user(shop.db))
    event = shop.stripe.complete(sale.session_id)
    event["data"]["object"] |= {"metadata": {"credits": "1000000", "package_id": "season"}, "quantity": 50}
    await shop.hear(event)
    assert await sale.state() == end(CREDITS, PAID, [])


async def test_another_page_and_another_payment_pay_for_nothing(shop: Shop) -> None:
    sale, other = [await shop.sell(await new_user(shop.db)) for _ in range(2)]
    first = shop.stripe.complete(sale.session_id)
    assert await shop.hear(first) is EventOutcome.HANDLED
    second = shop.stripe.session(str(sale.checkout_id), PRICE, "eur")["id"]
    assert await shop.hear(shop.stripe.complete(second)) is EventOutcome.REFUSED
    again = shop.stripe.event("checkout.session.completed", {**first["data"]["object"], "payment_intent": "pi_other"})
    assert await shop.hear(again) is EventOutcome.REFUSED
    stolen = shop.stripe.complete(other.session_id)
    stolen["data"]["object"]["payment_intent"] = first["data"]["object"]["payment_intent"]
    assert await shop.hear(stolen) is EventOutcome.REFUSED
    assert (await sale.state())["credits"] == 23
    assert (await other.state())["credits"] == 3


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("wrong", [{"currency": "usd"}, {"amount": PRICE + 1}])
async def test_claims_on_another_price_take_nothing(shop: Shop, wrong: dict[str, Any], early: bool) -> None:
    sale = await shop.sell(await new_user(shop.db))
    paid, claim = shop.stripe.complete(sale.session_id), shop.stripe.refund(sale.session_id, 450)
    claim["data"]["object"] |= wrong
    outcomes = [await shop.hear(event) for event in ((claim, paid) if early else (paid, claim))]
    assert outcomes == ([EventOutcome.HELD, EventOutcome.HANDLED] if early else ["handled", EventOutcome.REFUSED])
    assert (await sale.state())["credits"] == 23
    assert len(await acts(shop, sale)) == 1


async def test_a_claim_waits_for_its_purchase_in_the_database(shop: Shop) -> None:
    """Whoever hears of the purchase is another process than the one that heard of the refund."""
    sale = await shop.sell(await new_user(shop.db))
    paid, back = shop.stripe.complete(sale.session_id), shop.stripe.refund(sale.session_id, 450)
    assert await shop.hear(back) is EventOutcome.HELD
    assert await sale.state() == end(0, CheckoutStatus.OPEN, [])
    other = Shop(shop.db, shop.stripe, told_by(shop.stripe))
    assert await other.hear(paid) is EventOutcome.HANDLED
    await other.payments.close()
    assert await sale.state() == end(10, PAID, [(REFUNDED, 450)])


async def test_what_is_none_of_ours_changes_nothing(shop: Shop) -> None:
    strange = [
        shop.stripe.event("customer.created", {"id": "cus_1", "object": "customer"}),
        shop.stripe.event("invoice.paid", {"object": "invoice"}),
        shop.stripe.complete(shop.stripe.session("of another shop", PRICE, "eur")["id"]),
        shop.stripe.complete(shop.stripe.session(str(new_id()), PRICE, "eur")["id"]),
        shop.stripe.event("charge.refunded", {**CHARGE, "payment_intent": None}),
    ]
    for event in strange:
        assert await shop.hear(event) is EventOutcome.IGNORED
        assert await shop.hear(event) is EventOutcome.REPEATED


CHARGE = {"id": "ch_1", "object": "charge", "amount": 1, "amount_refunded": 1, "currency": "eur"}


async def test_who_is_gone_gets_nothing_and_somebody_is_told(shop: Shop) -> None:
    sale, sold = [await shop.sell(await new_user(shop.db)) for _ in range(2)]
    await shop.hear(shop.stripe.complete(sold.session_id))
    await leave(shop.db, sale.user, sold.user)
    assert await shop.hear(shop.stripe.complete(sale.session_id)) is EventOutcome.ORPHANED
    assert "after its account was deleted" in (await acts(shop, sale))[0]["reason"]
    assert await shop.hear(shop.stripe.refund(sale.session_id, PRICE)) is EventOutcome.ORPHANED
    assert await shop.hear(shop.stripe.refund(sold.session_id, PRICE)) is EventOutcome.ORPHANED
    assert (len(await acts(shop, sale)), await acts(shop, sold)) == (1, [])


async def test_an_event_that_is_signed_and_cannot_be_read_is_not_lost(shop: Shop) -> None:
    """It is refused, so that Stripe sends it again when it can be read."""
    sale = await shop.sell(await new_user(shop.db))
    event = shop.stripe.complete(sale.session_id)
    broken = {**event, "data": {"object": {"id": 7, "payment_status": []}}}
    with pytest.raises(InvalidRequest, match="not as Stripe's API has them"):
        await shop.hear(broken)
    assert await shop.hear(event) is EventOutcome.HANDLED


async def acts(shop: Shop, sale: Sale) -> list[dict[str, Any]]:
    async with shop.db.begin() as session:
        found = await session.execute(
            text("SELECT * FROM audit_log WHERE target_id = :id ORDER BY at"), {"id": sale.checkout_id}
        )
        return [dict(row) for row in found.mappings()]


@given(
    credits=st.integers(1, 1_000_000),
    price=st.integers(1, 10**8),
    parts=st.lists(st.integers(0, 10**8), max_size=6),
)
def test_credits_leave_in_proportion_and_never_more_than_were_bought(
    credits: int, price: int, parts: list[int]
) -> None:
    checkout = CheckoutRow(
        checkout_id=new_id(), user_id=new_id(), package_id="p", credits=credits, price=price, currency="eur"
    )

    def claims(*amounts: int) -> list[ClaimRow]:
        return [
            ClaimRow(claim_id=str(n), payment_intent="pi", state=DISPUTED, amount=amount, currency="eur")
            for n, amount in enumerate(amounts)
        ]

    gone = min(price, sum(parts))
    back = credits_back(checkout, claims(*parts))
    assert back * price <= credits * gone < (back + 1) * price
    assert back == credits_back(checkout, claims(gone))
    assert credits_back(checkout, claims(price)) == credits
    assert credits_back(checkout, claims(*parts, 1)) >= back


# What is asked of Stripe.


@pytest.fixture
async def served(db: Database) -> AsyncIterator[Shop]:
    with stripe_server() as stripe:
        payments = told_by(stripe)
        yield Shop(db, stripe, payments)
        await payments.close()


async def buy(shop: Shop, user: UUID, key: str, package: str = "reel", known: PriceList | None = None) -> CheckoutRow:
    begun = await begin_checkout(
        user,
        package,
        key,
        site="https://studio.example.org",
        db=shop.db,
        payments=shop.payments,
        limits=Limits(shop.db, 100),
        known=known,
    )
    return begun.checkout


async def test_twenty_clicks_with_one_key_are_one_purchase(served: Shop) -> None:
    user = await new_user(served.db)
    bought = await asyncio.gather(*(buy(served, user, "a key of mine") for _ in range(20)))
    assert len({(one.checkout_id, one.session_id, one.url) for one in bought}) == 1
    [page] = served.stripe.sessions.values()
    assert (page["amount_total"], page["currency"]) == (900, "eur")
    assert page["success_url"] == f"https://studio.example.org/credits?bought={bought[0].checkout_id}"
    assert {one["headers"]["Idempotency-Key"] for one in served.stripe.asked} == {str(bought[0].checkout_id)}
    with pytest.raises(InvalidRequest, match="bought 'reel' before"):
        await buy(served, user, "a key of mine", "season")
    other = await buy(served, await new_user(served.db), "a key of mine")
    assert other.checkout_id != bought[0].checkout_id


async def test_a_page_is_of_the_price_at_which_it_was_begun(served: Shop) -> None:
    """Prices change between a try that got no answer and the next one."""
    user = await new_user(served.db)
    served.stripe.misdeeds.refuses = 503
    with pytest.raises(DependencyDown):
        await buy(served, user, "a key")
    served.stripe.misdeeds.refuses = 0
    dearer = prices().model_copy(
        update={"packages": tuple(one.model_copy(update={"price": 7777}) for one in prices().packages)}
    )
    assert (await buy(served, user, "a key", known=dearer)).price == 900
    assert [page["amount_total"] for page in served.stripe.sessions.values()] == [900]


@pytest.mark.parametrize(
    "misdeeds",
    [
        Misdeeds(hangs=True),
        Misdeeds(babbles=True),
        Misdeeds(refuses=401),
        Misdeeds(refuses=429),
        Misdeeds(fails=9),
        Misdeeds(page={"amount_total": 1}),
        Misdeeds(page={"currency": "usd"}),
        Misdeeds(page={"url": "javascript:alert(1)"}),
        Misdeeds(page={"url": None}),
    ],
    ids=str,
)
async def test_a_stripe_that_is_broken_sells_nothing(
    served: Shop, misdeeds: Misdeeds, caplog: pytest.LogCaptureFixture
) -> None:
    user = await new_user(served.db)
    served.stripe.misdeeds = misdeeds
    with pytest.raises(DependencyDown) as refused:
        await buy(served, user, "a key")
    assert "sk_test" not in f"{refused.value}{caplog.text}"
    served.stripe.misdeeds = Misdeeds()
    if not misdeeds.page:
        assert (await buy(served, user, "a key")).url


async def test_a_failure_is_tried_again_with_the_same_key(served: Shop) -> None:
    served.stripe.misdeeds.fails = 1
    assert (await buy(served, await new_user(served.db), "a key")).url
    first, second = served.stripe.asked
    assert first["form"] == second["form"]
    assert first["headers"]["Idempotency-Key"] == second["headers"]["Idempotency-Key"]


async def test_a_purchase_that_came_to_nothing_long_ago_is_not_begun_again(served: Shop) -> None:
    """Stripe would not know any more that it is the same one."""
    user = await new_user(served.db)
    served.stripe.misdeeds.refuses = 503
    with pytest.raises(DependencyDown):
        await buy(served, user, "a key")
    served.stripe.misdeeds.refuses = 0
    async with served.db.begin() as session:
        await session.execute(
            text("UPDATE checkouts SET created_at = created_at - interval '11 hours 1 second' WHERE user_id = :user"),
            {"user": user},
        )
    with pytest.raises(Conflict, match="choose a new one"):
        await buy(served, user, "a key")


async def test_what_was_lost_is_asked_for(served: Shop) -> None:
    """No event ever comes: all that happened is found by asking, and a late one changes nothing more."""
    ends: list[tuple[str, Callable[[str], list[Object]], int, CheckoutStatus]] = [
        ("paid", lambda page: [served.stripe.complete(page)], 23, PAID),
        ("back", lambda page: paid_back_in_parts(served.stripe, page), 9, PAID),
        ("won", lambda page: disputed_and_won(served.stripe, page), 21, PAID),
        ("gone", lambda page: left(served.stripe, page), 3, CheckoutStatus.EXPIRED),
        ("slow", lambda page: [served.stripe.complete(page, paid=False)], 3, CheckoutStatus.PROCESSING),
        ("open", lambda _page: [], 3, CheckoutStatus.OPEN),
    ]
    sales = []
    for name, story, credits, status in ends:
        user = await new_user(served.db)
        row = await buy(served, user, f"key of {name}")
        assert row.session_id is not None
        events = story(row.session_id)
        sales.append((Sale(served, user, row.checkout_id, row.session_id), events, credits, status))
    assert await reconcile(db=served.db, payments=served.payments) == []  # none is late yet
    unknown = await buy(served, await new_user(served.db), "key of one that is unknown")
    served.stripe.sessions.pop(str(unknown.session_id))
    async with served.db.begin() as session:
        await session.execute(text("UPDATE checkouts SET created_at = created_at - interval '1 hour'"))
    await asyncio.gather(*(reconcile(db=served.db, payments=served.payments) for _ in range(4)))
    for sale, _, credits, status in sales:
        state = await sale.state()
        assert (state["credits"], state["status"]) == (credits, status)
    pages = Counter(one["path"] for one in served.stripe.asked if one["path"].startswith("/v1/checkout/sessions/cs"))
    assert len(pages) >= len(sales) + 1
    assert set(pages.values()) == {1}
    assert await reconcile(db=served.db, payments=served.payments) == []  # not again so soon
    assert sum(one["path"].startswith("/v1/checkout/sessions/cs") for one in served.stripe.asked) == len(pages)
    for sale, events, credits, _ in sales:
        for event in events:
            await served.hear(event)
        assert (await sale.state())["credits"] == credits


async def test_the_relays_process_asks_by_itself_and_survives_whatever_is_away(served: Shop) -> None:
    user = await new_user(served.db)
    row = await buy(served, user, "a key of mine")
    assert row.session_id is not None
    sale = Sale(served, user, row.checkout_id, row.session_id)
    served.stripe.complete(row.session_id)
    async with served.db.begin() as session:
        await session.execute(text("UPDATE checkouts SET created_at = created_at - interval '1 hour'"))
    served.stripe.misdeeds.refuses = 503
    asked = len(served.stripe.asked)
    settings = settings_of(served.stripe)
    await keep_books(settings.model_copy(update={"stripe_secret_key": None}), served.db)  # sells nothing
    books = asyncio.create_task(keep_books(settings, served.db, sweep_s=0.01))
    try:
        async with asyncio.timeout(120):
            while len(served.stripe.asked) == asked:
                await sale.state()
            served.stripe.misdeeds.refuses = 0
            while (await sale.state())["status"] is not PAID:
                async with served.db.begin() as session:
                    await session.execute(text("UPDATE checkouts SET asked_at = NULL"))
    finally:
        books.cancel()
        await asyncio.gather(books, return_exceptions=True)
    assert (await sale.state())["credits"] == 23
