"""All that Stripe may tell of a payment, in every order, twice, late and at once: it ends in one state."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.payments import credits_back
from infrastructure.db.engine import Database
from infrastructure.db.payments import CheckoutRow, ClaimRow
from infrastructure.ids import new_id
from schemas.credits import EntryType
from schemas.errors import InvalidRequest
from schemas.payments import CheckoutStatus, ClaimState, EventOutcome
from tests.accounts.shop import (
    CREDITS,
    DISPUTED,
    EVERY,
    PAID,
    PRICE,
    REFUNDED,
    Shop,
    Story,
    acts,
    at_once,
    end,
    told_by,
)
from tests.accounts.users import balance, history, leave, new_user, reserve, settle
from tests.effort import some, tries
from tests.stripe_server import FakeStripe

pytestmark = pytest.mark.lab


@pytest.fixture
async def shop(db: Database) -> AsyncIterator[Shop]:
    stripe = FakeStripe()
    payments = told_by(stripe)
    yield Shop(db, stripe, payments)
    await payments.close()


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
