"""What is asked of Stripe: pages on which somebody pays, and whatever it told that nobody heard."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from accounts.buying import begin_checkout
from accounts.limits import Limits
from accounts.prices import PriceList, prices
from accounts.reconciling import reconcile_claims, reconcile_purchases
from infrastructure import payments as asked
from infrastructure.db.engine import Database
from infrastructure.db.payments import CheckoutRow
from infrastructure.db.repositories.claims import Claims
from schemas.errors import Conflict, DependencyDown, InvalidRequest
from schemas.payments import CheckoutStatus, EventOutcome
from tests.accounts.shop import (
    CREDITS,
    PAID,
    PRICE,
    REFUNDED,
    STORIES,
    WON,
    Sale,
    Shop,
    acts,
    at_once,
    disputed_and_won,
    end,
    left,
    paid_back_in_parts,
    settings_of,
    told_by,
)
from tests.accounts.users import history, new_user
from tests.effort import tries
from tests.stripe_server import Misdeeds, Object, stripe_server
from workers.bookkeeper import keep_books

pytestmark = pytest.mark.lab


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
    served.stripe.misdeeds.refuses = 401
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
    served: Shop, misdeeds: Misdeeds, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    if misdeeds.hangs:
        monkeypatch.setattr(asked, "DEADLINE_S", 0.5)
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
    served.stripe.misdeeds.refuses = 401
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
    assert await reconcile_purchases(db=served.db, payments=served.payments) == []  # none is late yet
    unknown = await buy(served, await new_user(served.db), "key of one that is unknown")
    served.stripe.sessions.pop(str(unknown.session_id))
    async with served.db.begin() as session:
        await session.execute(text("UPDATE checkouts SET created_at = created_at - interval '1 hour'"))
    await asyncio.gather(*(reconcile_purchases(db=served.db, payments=served.payments) for _ in range(4)))
    for sale, _, credits, status in sales:
        state = await sale.state()
        assert (state["credits"], state["status"]) == (credits, status)
    pages = Counter(one["path"] for one in served.stripe.asked if one["path"].startswith("/v1/checkout/sessions/cs"))
    assert len(pages) >= len(sales) + 1
    assert set(pages.values()) == {1}
    assert await reconcile_purchases(db=served.db, payments=served.payments) == []  # not again so soon
    assert sum(one["path"].startswith("/v1/checkout/sessions/cs") for one in served.stripe.asked) == len(pages)
    for sale, events, credits, _ in sales:
        for event in events:
            await served.hear(event)
        assert (await sale.state())["credits"] == credits


@dataclass
class Lost:
    """A purchase of which something was told that nobody heard."""

    sale: Sale
    events: list[Object]
    """All that was told of it."""
    heard: list[Object]
    end: dict[str, Any]


async def partly_heard(shop: Shop, seed: int, *story: Any) -> Lost:
    """A purchase that is paid here; of what followed some was lost, some came twice, in any order, or all too early."""
    chance, (told, credits, status, claims) = random.Random(seed), story
    sale = await shop.sell(await new_user(shop.db))
    events = told(shop.stripe, sale.session_id)
    heard = [
        one
        for one in events
        for _ in range(chance.randint(1, 2))
        if one["type"].startswith("checkout.") or chance.random() < seed / 8
    ]
    chance.shuffle(heard)
    for event in heard:
        await shop.hear(event)
    return Lost(sale, events, heard, end(credits, status, claims))


async def test_what_was_lost_of_money_that_went_back_is_asked_for_and_a_late_event_changes_nothing(
    served: Shop,
) -> None:
    """All claims are lost, most, few; some are heard while they are asked for, by several at once."""
    seeds = (0, 4)[: tries(2, 1)]
    lost = await asyncio.gather(*(partly_heard(served, seed, *story) for seed in seeds for story in STORIES))
    async with served.db.begin() as session:  # however long ago somebody bought
        await session.execute(text("UPDATE checkouts SET created_at = created_at - interval '400 days'"))
    meanwhile = [one.events[-1] for one in lost[:: len(STORIES) - 1]]
    swept = await asyncio.gather(
        *(reconcile_claims(db=served.db, payments=served.payments) for _ in range(3)),
        *(served.hear(event) for event in meanwhile),
    )
    found = {checkout for one in swept if isinstance(one, list) for checkout in one}
    states = {one.sale.checkout_id: await one.sale.state() for one in lost}
    assert states == {one.sale.checkout_id: one.end for one in lost}
    unheard = {one.sale.checkout_id for one in lost if {e["id"] for e in one.events} - {e["id"] for e in one.heard}}
    assert found <= unheard
    assert found
    assert await reconcile_claims(db=served.db, payments=served.payments) == []

    async def late(number: int, one: Lost) -> None:
        entries = len(await history(served.db, one.sale.user))
        for event in random.Random(number).sample(one.events, len(one.events)):
            await served.hear({**event, "id": f"{event['id']}_late"})
        assert await one.sale.state() == one.end
        assert len(await history(served.db, one.sale.user)) == entries

    await at_once(late(number, one) for number, one in enumerate(lost))


async def test_a_long_list_is_read_to_its_end_and_what_is_none_of_ours_is_not_kept(
    served: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """Ours is the oldest of many refunds of the same account at Stripe, of which one cannot be read."""
    sale, waiting = [await served.sell(await new_user(served.db)) for _ in range(2)]
    await served.hear(served.stripe.complete(sale.session_id))
    served.stripe.complete(waiting.session_id)  # nobody has heard of it yet: it is asked about by itself
    for page in (sale.session_id, waiting.session_id):
        served.stripe.refund(page, 450)
    for _ in range(101):
        page = served.stripe.session("of another shop", 100, "eur")["id"]
        served.stripe.complete(page)
        served.stripe.refund(page, 7)
    next(reversed(served.stripe.charges.values()))["currency"] = None
    assert await reconcile_claims(db=served.db, payments=served.payments) == [sale.checkout_id]
    assert await sale.state() == end(10, PAID, [(REFUNDED, 450)])
    paths = Counter(one["path"] for one in served.stripe.asked)
    assert paths == {"/v1/refunds": 2, "/v1/disputes": 1}
    async with served.db.begin() as session:
        strangers = {charge["payment_intent"] for charge in served.stripe.charges.values() if charge["amount"] == 100}
        ours = served.stripe.sessions[waiting.session_id]["payment_intent"]
        assert [await Claims(session).of_payment(name) for name in (*strangers, ours)] == [[]] * 102


async def test_what_is_asked_for_and_is_none_of_what_was_sold_is_said_once(served: Shop) -> None:
    sale = await served.sell(await new_user(served.db))
    await served.hear(served.stripe.complete(sale.session_id))
    event = served.stripe.refund(sale.session_id, 450)
    event["data"]["object"] |= {"currency": "usd"}
    served.stripe.charges[event["data"]["object"]["payment_intent"]]["currency"] = "usd"
    sweeps = (reconcile_claims(db=served.db, payments=served.payments) for _ in range(3))
    assert {tuple(one) for one in await asyncio.gather(*sweeps)} <= {(sale.checkout_id,), ()}
    assert await served.hear(event) is EventOutcome.REFUSED
    assert (await sale.state())["credits"] == 23
    [written] = await acts(served, sale)
    assert "claims 450 of 900 usd" in written["reason"]
    assert written["after"] == {"source": f"asked about {event['data']['object']['id']}"}


async def test_a_dispute_that_was_heard_of_long_ago_ends_when_it_is_asked_about(served: Shop) -> None:
    """Its beginning was heard, its end was lost; what began before a bank could still decide is not asked for."""
    sale = await served.sell(await new_user(served.db))
    await served.hear(served.stripe.complete(sale.session_id))
    opened = served.stripe.dispute(sale.session_id, PRICE)
    dispute = served.stripe.disputes[opened["data"]["object"]["id"]]
    await served.hear(opened)
    assert (await sale.state())["credits"] == 3
    dispute |= {"status": "won", "created": dispute["created"] - 179 * 86400}
    assert await reconcile_claims(db=served.db, payments=served.payments) == [sale.checkout_id]
    assert await sale.state() == end(CREDITS, PAID, [(WON, PRICE)])
    dispute |= {"status": "lost", "created": dispute["created"] - 2 * 86400}
    assert await reconcile_claims(db=served.db, payments=served.payments) == []


@pytest.mark.parametrize("misdeeds", [Misdeeds(babbles=True), Misdeeds(refuses=403)], ids=str)
async def test_where_stripe_gives_no_list_nothing_changes(served: Shop, misdeeds: Misdeeds) -> None:
    sale = await served.sell(await new_user(served.db))
    await served.hear(served.stripe.complete(sale.session_id))
    served.stripe.refund(sale.session_id, PRICE)
    served.stripe.misdeeds = misdeeds
    with pytest.raises(DependencyDown):
        await reconcile_claims(db=served.db, payments=served.payments)
    assert await sale.state() == end(CREDITS, PAID, [])


async def test_the_relays_process_asks_by_itself_and_survives_whatever_is_away(served: Shop) -> None:
    user = await new_user(served.db)
    row = await buy(served, user, "a key of mine")
    assert row.session_id is not None
    sale = Sale(served, user, row.checkout_id, row.session_id)
    served.stripe.complete(row.session_id)
    async with served.db.begin() as session:
        await session.execute(text("UPDATE checkouts SET created_at = created_at - interval '1 hour'"))
    served.stripe.misdeeds.refuses = 401
    before = len(served.stripe.asked)
    settings = settings_of(served.stripe)
    await keep_books(settings.model_copy(update={"stripe_secret_key": None}), served.db)  # sells nothing
    books = asyncio.create_task(keep_books(settings, served.db, sweep_s=0.01, claims_s=0.01))
    try:
        async with asyncio.timeout(120):
            while len(served.stripe.asked) == before:
                await sale.heard()
            served.stripe.misdeeds.refuses = 0
            while (await sale.heard())[0] is not PAID:
                async with served.db.begin() as session:
                    await session.execute(text("UPDATE checkouts SET asked_at = NULL"))
            served.stripe.refund(row.session_id, 450)
            while not (await sale.heard())[1]:
                pass
            assert await sale.state() == end(10, PAID, [(REFUNDED, 450)])
    finally:
        books.cancel()
        await asyncio.gather(books, return_exceptions=True)
