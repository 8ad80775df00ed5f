"""Buying credits over HTTP: our API, Stripe's library, and a Stripe of our own at the other end."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import string
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from accounts.verify import verify_money
from infrastructure.mail import Mail
from infrastructure.payments import LARGEST_EVENT, Payments
from schemas.errors import SignatureRefused
from tests import servers
from tests.accounts.shop import disputed_and_won, paid_back_in_parts, paid_later
from tests.api.conftest import serving, settings_of
from tests.api.governing import acts, administrator, arrive, moderator, user_id_of
from tests.api.people import Studio, insist, problem
from tests.effort import some, tries
from tests.stripe_server import SECRET, FakeStripe, Misdeeds, Object, signature_of, signed

pytestmark = pytest.mark.lab
ANNA = "anna@example.org"
WEBHOOK = "/stripe/webhook"


@pytest.fixture
def stripe(till: FakeStripe) -> FakeStripe:
    till.reset()
    return till


@pytest.fixture
async def anna(studio: Studio) -> httpx.AsyncClient:
    return await arrive(studio, ANNA)


async def buy(person: httpx.AsyncClient, package: str = "reel", key: str | None = None) -> httpx.Response:
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return await person.post("/credits/checkout", json={"package_id": package}, headers=headers)


async def bought(person: httpx.AsyncClient, stripe: FakeStripe) -> tuple[dict[str, Any], str]:
    """A purchase that has begun, and Stripe's name for its page."""
    answer = await buy(person)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told, str(told["url"]).rpartition("/")[2]


async def deliver(studio: Studio, event: Object, **how: Any) -> httpx.Response:
    """Send an event as Stripe does."""
    body, signature = signed(event, **how)
    return await post(studio, body, signature)


async def post(studio: Studio, body: bytes, signature: str | None, **headers: str) -> httpx.Response:
    if signature is not None:
        headers["Stripe-Signature"] = signature
    return await studio.client().post(WEBHOOK, content=body, headers={"Content-Type": "application/json", **headers})


async def credits_of(person: httpx.AsyncClient) -> int:
    answer = await person.get("/credits")
    assert answer.status_code == 200, answer.text
    return int(answer.json()["credits"])


async def count(studio: Studio, table: str) -> int:
    connection = await asyncpg.connect(studio.settings.database_url.get_secret_value())
    found: int = await connection.fetchval(f"SELECT count(*) FROM {table}")
    await connection.close()
    return found


async def test_credits_are_bought(studio: Studio, stripe: FakeStripe, anna: httpx.AsyncClient) -> None:
    packages = (await studio.client().get("/credits/packages")).json()
    assert packages[0] == {"id": "reel", "credits": 20, "price": 900, "currency": "eur"}
    key = uuid.uuid4().hex
    answer = await buy(anna, "reel", key)
    assert (answer.status_code, answer.headers["idempotent-replayed"]) == (201, "false")
    begun = answer.json()
    assert begun["url"].startswith(f"{stripe.url}/c/pay/cs_test_")
    assert {name: begun[name] for name in ("status", "credits", "price", "currency")} == {
        "status": "open",
        "credits": 20,
        "price": 900,
        "currency": "eur",
    }
    [asked] = stripe.asked
    assert asked["form"]["client_reference_id"] == asked["form"]["metadata[checkout_id]"] == begun["checkout_id"]
    assert asked["form"]["success_url"] == f"http://studio.test/credits?bought={begun['checkout_id']}"
    assert asked["form"]["cancel_url"] == f"http://studio.test/credits?left={begun['checkout_id']}"
    again = await buy(anna, "reel", key)
    assert (again.json(), again.headers["idempotent-replayed"]) == (begun, "true")
    problem(await buy(anna, "season", key), 422)
    assert len(stripe.asked) == 1

    where = answer.headers["location"].removeprefix("/api/v1")
    assert (await anna.get(where)).json() == begun
    assert await credits_of(anna) == 3
    event = stripe.complete(begun["url"].rpartition("/")[2])
    taken = await deliver(studio, event)
    assert (taken.status_code, taken.json()) == (200, {"outcome": "handled"})
    assert (await deliver(studio, event)).json() == {"outcome": "repeated"}
    assert await credits_of(anna) == 23
    assert (await anna.get(where)).json() == {**begun, "status": "paid", "url": None}
    history = (await anna.get("/credits/history")).json()["items"]
    assert [(one["type"], one["amount"], one["description"]) for one in history[:1]] == [
        ("purchase", 20, "Bought: 20 credits")
    ]


async def test_what_cannot_be_bought_is_refused(studio: Studio, stripe: FakeStripe, anna: httpx.AsyncClient) -> None:
    told = problem(await buy(anna, "feature film"), 422)
    assert "choose one of reel, feature, season" in told["detail"]
    problem(await anna.post("/credits/checkout", json={"package_id": "reel"}), 422)
    problem(await buy(studio.client()), 401)
    assert stripe.asked == []


async def test_another_ones_purchase_is_nobody_elses(
    studio: Studio, stripe: FakeStripe, anna: httpx.AsyncClient
) -> None:
    begun, _ = await bought(anna, stripe)
    bert = await arrive(studio, "bert@example.org")
    hidden = problem(await bert.get(f"/credits/checkouts/{begun['checkout_id']}"), 404)
    missing = problem(await bert.get(f"/credits/checkouts/{uuid.uuid4()}"), 404)
    assert hidden["detail"] == missing["detail"]


async def test_who_begins_too_many_purchases_waits(studio: Studio, stripe: FakeStripe, anna: httpx.AsyncClient) -> None:
    answers = [await buy(anna) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [201] * 30 + [429]
    assert answers[-1].headers["retry-after"]
    assert len(stripe.sessions) == 30


@pytest.mark.parametrize("misdeeds", [Misdeeds(hangs=True), Misdeeds(refuses=401), Misdeeds(fails=9)], ids=str)
async def test_while_stripe_is_away_everything_else_goes_on(
    studio: Studio, stripe: FakeStripe, anna: httpx.AsyncClient, misdeeds: Misdeeds, log: Path
) -> None:
    stripe.misdeeds = misdeeds
    key = uuid.uuid4().hex
    waiting = asyncio.create_task(buy(anna, "reel", key))
    assert await credits_of(anna) == 3
    refused = await waiting
    told = problem(refused, 503)
    assert refused.headers["retry-after"]
    assert "Stripe" not in told["detail"]
    stripe.misdeeds = Misdeeds()
    again = await buy(anna, "reel", key)
    assert again.status_code == 201
    assert len(stripe.sessions) == 1
    assert "sk_test" not in log.read_text()


STORIES = [(paid_back_in_parts, 9), (paid_later, 13), (disputed_and_won, 21)]


@pytest.mark.parametrize(("story", "credits"), STORIES, ids=lambda one: getattr(one, "__name__", ""))
async def test_events_in_any_order_end_in_one_state(
    studio: Studio, stripe: FakeStripe, story: Any, credits: int
) -> None:
    """A handful over HTTP; `tests/accounts/test_payments.py` tries them all."""
    length = len(story(stripe, stripe.session("", 900, "eur")["id"]))
    for number, order in enumerate(some(itertools.permutations(range(length)), 12)[::8]):
        person = await arrive(studio, f"somebody-{number}@example.org")
        _, page = await bought(person, stripe)
        events = story(stripe, page)
        for place in (*order, *order[:2]):
            assert (await deliver(studio, events[place])).status_code == 200
        assert await credits_of(person) == credits, order


async def test_fifty_deliveries_at_once_grant_once(studio: Studio, stripe: FakeStripe, anna: httpx.AsyncClient) -> None:
    _, page = await bought(anna, stripe)
    event = stripe.complete(page)
    answers = await asyncio.gather(*(insist(lambda: deliver(studio, event)) for _ in range(50)))
    assert Counter(answer.status_code for answer in answers) == {200: 50}
    assert Counter(answer.json()["outcome"] for answer in answers) == {"handled": 1, "repeated": 49}
    assert await credits_of(anna) == 23


async def test_a_process_that_dies_between_commit_and_answer_grants_once(
    studio: Studio,
    stripe: FakeStripe,
    anna: httpx.AsyncClient,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    _, page = await bought(anna, stripe)
    event = stripe.complete(page)
    (port,) = servers.free_ports(1)
    with (tmp_path / "dying.log").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.api.dying", str(port)],
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
        )
    try:
        await _answers(f"http://127.0.0.1:{port}", process, tmp_path / "dying.log")
        body, signature = signed(event)
        async with httpx.AsyncClient(timeout=60) as client:
            with pytest.raises(httpx.TransportError):
                await client.post(
                    f"http://127.0.0.1:{port}/api/v1{WEBHOOK}", content=body, headers={"Stripe-Signature": signature}
                )
        assert await asyncio.to_thread(process.wait, 120) == -9
    finally:
        process.kill()
        await asyncio.to_thread(process.wait)
    assert await credits_of(anna) == 23
    assert (await deliver(studio, event)).json() == {"outcome": "repeated"}
    assert await credits_of(anna) == 23


async def _answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    async with httpx.AsyncClient(timeout=2) as client:
        while True:
            try:
                await client.get(f"{url}/healthz")
                return
            except httpx.TransportError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline
                await asyncio.sleep(0.05)  # a port has no other sign


async def test_only_what_stripe_signs_for_us_and_now_is_believed(
    studio: Studio, stripe: FakeStripe, anna: httpx.AsyncClient
) -> None:
    _, page = await bought(anna, stripe)
    event = stripe.complete(page)
    body, signature = signed(event)
    before = await count(studio, "stripe_events")
    now = time.time()
    refused = [
        await post(studio, body, None),
        await post(studio, body, ""),
        await post(studio, body, signature_of(body, "whsec_of_another_environment")),
        await post(studio, body, signature_of(body, at=now - 301)),
        await post(studio, body + b" ", signature),
        await post(studio, body.replace(b'"livemode": false', b'"livemode":  true'), signature),
        await post(studio, body, signature.replace("v1=", "v0=")),
        await post(studio, b"\xff\xfe", signature_of(b"\xff\xfe")),
        await studio.client().post(
            WEBHOOK, content=body, headers=[(b"Stripe-Signature", "t=1,v1=é".encode("latin-1"))]
        ),
    ]
    for answer in refused:
        assert problem(answer, 400)["type"] == "/problems/SignatureRefused"
    for unreadable in (b"", b"[]", b"{}", b"null", b"[" * 50_000, b'{"object": "event"}'):
        problem(await post(studio, unreadable, signature_of(unreadable)), 422)
    assert await count(studio, "stripe_events") == before
    assert await credits_of(anna) == 3
    assert (await deliver(studio, event, at=time.time() - 200)).json() == {"outcome": "handled"}
    assert await credits_of(anna) == 23


async def test_forged_and_mutated_signatures_are_refused(environment: dict[str, str]) -> None:
    """10,000 of them, at the door that the route has: none is let in."""
    payments = Payments(settings_of(environment))
    stripe = FakeStripe()
    body, signature = signed(stripe.complete(stripe.session(str(uuid.uuid4()), 900, "eur")["id"]))
    assert payments.read(body, signature).told is not None
    chance = random.Random(7)
    refused = 0
    total = tries(10_000, 500)
    for number in range(total):
        forged_body, forged = _forged(chance, number, body, signature)
        try:
            payments.read(forged_body, forged)
        except SignatureRefused:
            refused += 1
    assert refused == total
    await payments.close()


def _forged(chance: random.Random, number: int, body: bytes, signature: str) -> tuple[bytes, str]:
    """Change something that counts."""
    stamp, mac, _ = signature.split(",")
    match number % 6:
        case 0:  # another body
            place = chance.randrange(len(body))
            return body[:place] + bytes([body[place] ^ 1 << chance.randrange(7)]) + body[place + 1 :], signature
        case 1:  # another digit
            place = chance.randrange(3, len(mac))
            other = chance.choice([one for one in "0123456789abcdef" if one != mac[place]])
            return body, f"{stamp},{mac[:place]}{other}{mac[place + 1 :]}"
        case 2:  # another time
            return body, f"t={int(stamp[2:]) + chance.choice([-1, 1]) * chance.randint(1, 10**6)},{mac}"
        case 3:  # less of it, or none
            return body, signature[: chance.randrange(len(f"{stamp},{mac}"))]
        case 4:  # anything
            return body, "".join(chance.choices(string.printable + "é\x00¤", k=chance.randrange(120)))
    secret = "".join(chance.choices(string.ascii_letters, k=chance.randrange(40)))
    return body, signature_of(body, secret)


async def test_a_body_over_the_limit_is_refused(studio: Studio, stripe: FakeStripe) -> None:
    event = stripe.event("customer.updated", {"id": "cus_1", "metadata": {"long": ""}})
    short = len(json.dumps(event, indent=2))
    event["data"]["object"]["metadata"]["long"] = "x" * (LARGEST_EVENT - short)
    body, signature = signed(event)
    assert len(body) == LARGEST_EVENT
    assert (await post(studio, body, signature)).json() == {"outcome": "ignored"}
    longer = body + b" "
    problem(await post(studio, longer, signature_of(longer)), 413)

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b" " * 65536

    answer = await studio.client().post(WEBHOOK, content=parts(), headers={"Stripe-Signature": "t=1,v1=0"})
    problem(answer, 413)
    problem(await studio.client().post("/auth/login", content=b" " * 65537), 413)


async def test_stripe_comes_from_another_site(studio: Studio, stripe: FakeStripe) -> None:
    """A signature says who sends it; where a browser would say it comes from is of no account."""
    body, signature = signed(stripe.event("customer.created", {"id": "cus_1"}))
    headers = {"Origin": "https://stripe.com", "Sec-Fetch-Site": "cross-site", "Cookie": "__Host-studio-access=x"}
    assert (await post(studio, body, signature, **headers)).json() == {"outcome": "ignored"}
    problem(await studio.client().post("/credits/checkout", json={}, headers={"Origin": "https://stripe.com"}), 403)


async def test_nothing_of_whoever_pays_is_kept(studio: Studio, stripe: FakeStripe, log: Path) -> None:
    somebody = await arrive(studio, "carla@example.org")
    _, page = await bought(somebody, stripe)
    event = stripe.complete(page)
    event["data"]["object"]["customer_details"] = {"email": "mallory@example.org", "name": "Mallory Payer"}
    await deliver(studio, event)
    connection = await asyncpg.connect(studio.settings.database_url.get_secret_value())
    rows = [
        str(row)
        for table in ("checkouts", "payment_claims", "stripe_events", "credit_transactions", "audit_log")
        for row in await connection.fetch(f"SELECT * FROM {table}")
    ]
    await connection.close()
    told = "".join(rows) + log.read_text()
    assert page in told
    assert not {"mallory", "Mallory", SECRET} & {word for word in ("mallory", "Mallory", SECRET) if word in told}


async def test_an_installation_without_stripe_says_so(
    environment: dict[str, str], tmp_path: Path, studio: Studio, stripe: FakeStripe
) -> None:
    bare = {name: value for name, value in environment.items() if "STRIPE" not in name}
    with serving(bare, tmp_path / "bare.log") as url:
        other = Studio(url, studio.db, studio.box, Mail(studio.settings), settings_of(bare))
        bert = await arrive(other, "bert@example.org")
        told = problem(await buy(bert), 409)
        assert (told["type"], "not set up" in told["detail"]) == ("/problems/NotSetUp", True)
        assert problem(await deliver(other, stripe.event("x.y", {})), 409)["type"] == "/problems/NotSetUp"
        assert len((await other.client().get("/credits/packages")).json()) == 3
        await other.close()


async def test_an_administrator_gives_credits(studio: Studio, anna: httpx.AsyncClient) -> None:
    root, mod = await administrator(studio), await moderator(studio)
    user_id = await user_id_of(studio, ANNA)
    path, key = f"/admin/users/{user_id}/credits", {"Idempotency-Key": uuid.uuid4().hex}
    body = {"credits": 7, "reason": "The studio was away for a day."}
    for who, status in ((studio.client(), 401), (anna, 403), (mod, 403)):
        problem(await who.post(path, json=body, headers=key), status)
    problem(await root.post(path, json=body), 422)
    for wrong in ({"credits": 0}, {"credits": -3}, {"credits": 1_000_001}, {"credits": "7"}, {"credits": 7.0}):
        problem(await root.post(path, json={**body, **wrong}, headers=key), 422)
    problem(await root.post(path, json={"credits": 7}, headers=key), 422)
    problem(await root.post(f"/admin/users/{uuid.uuid4()}/credits", json=body, headers=key), 404)

    answers = await asyncio.gather(*(insist(lambda: root.post(path, json=body, headers=key)) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert Counter(answer.headers["idempotent-replayed"] for answer in answers) == {"false": 1, "true": 9}
    assert {answer.json()["credits"] for answer in answers} == {10}
    problem(await root.post(path, json={**body, "credits": 8}, headers=key), 422)
    assert await credits_of(anna) == 10
    newest = (await anna.get("/credits/history")).json()["items"][0]
    assert (newest["type"], newest["amount"], newest["description"]) == ("grant", 7, body["reason"])
    [act] = [one for one in await acts(root, target_id=user_id) if one["act"] == "credits_granted"]
    assert (act["before"], act["after"], act["reason"]) == (
        {"credits": 3, "owed": 0},
        {"credits": 10, "owed": 0},
        body["reason"],
    )
    assert (await verify_money(studio.db)).faults == []
