"""Stripe for tests and for trying things out: real HTTP, real signatures, and as broken or late as a test wants it.

It speaks what our adapter asks of the real one (pages, payments, refunds, disputes), checks what that checks (the key,
idempotency), and signs events as that does. Nothing is sent by itself: a test has each event in hand, to deliver it
when, as often and to whom it likes.

    python -m tests.stripe_server

serves until it is stopped, and prints what the studio must be told of it; `POST /pay/{session}` there pays, and prints
the event as a call of curl.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import ClientSession, web

KEY = "sk_test_of_the_tests_alone"
GOOD_CARD, DECLINED_CARD = "4242424242424242", "4000000000000002"
"""What is written into a page; Stripe's own test cards have these numbers."""
SECRET = "whsec_of_the_tests_alone"

Object = dict[str, Any]


@dataclass
class Misdeeds:
    """What it does that it should not."""

    fails: int = 0
    """How many questions it answers with 500."""
    refuses: int = 0
    """A status that it answers everything with; 0 for none."""
    hangs: bool = False
    babbles: bool = False
    """Whether its answers are no JSON."""
    page: Object = field(default_factory=dict)
    """What of a new page is otherwise than asked for."""


class FakeStripe:
    """What Stripe knows, and what it would tell of it."""

    def __init__(self) -> None:
        self.url = "http://127.0.0.1:9"
        self.reset()

    def reset(self) -> None:
        self.misdeeds = Misdeeds()
        self.sessions: dict[str, Object] = {}
        self.charges: dict[str, Object] = {}
        """By payment."""
        self.disputes: dict[str, Object] = {}
        self.refunds: dict[str, Object] = {}
        self.asked: list[Object] = []
        """What was asked for, in order: path, parameters, headers."""
        self._answered: dict[str, tuple[Object, Object]] = {}
        self._numbers = itertools.count(time.time_ns())

    def settings(self) -> dict[str, str]:
        """What the studio is told of it."""
        return {
            "STUDIO_STRIPE_API_BASE": self.url,
            "STUDIO_STRIPE_SECRET_KEY": KEY,
            "STUDIO_STRIPE_WEBHOOK_SECRET": SECRET,
        }

    # What happens there. Each returns the event that tells of it.

    def session(self, reference: str, amount: int, currency: str, **more: Any) -> Object:
        """Make a page."""
        name = self._name("cs_test")
        self.sessions[name] = {
            "id": name,
            "object": "checkout.session",
            "client_reference_id": reference,
            "mode": "payment",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": amount,
            "currency": currency,
            "payment_intent": None,
            "customer_details": None,
            "url": f"{self.url}/c/pay/{name}",
            **more,
        }
        return self.sessions[name]

    def complete(self, session_id: str, *, paid: bool = True) -> Object:
        """Somebody agrees on a page; the money comes at once, or later."""
        session = self.sessions[session_id]
        session |= {
            "status": "complete",
            "payment_intent": self._name("pi"),
            "customer_details": {"email": "anna@example.org", "name": "Anna"},
        }
        if paid:
            self._charge(session)
        return self.event("checkout.session.completed", session)

    def arrive(self, session_id: str) -> Object:
        """The money that was on its way arrives."""
        self._charge(self.sessions[session_id])
        return self.event("checkout.session.async_payment_succeeded", self.sessions[session_id])

    def bounce(self, session_id: str) -> Object:
        """The money that was on its way does not come."""
        return self.event("checkout.session.async_payment_failed", self.sessions[session_id])

    def expire(self, session_id: str) -> Object:
        """Nobody paid in time."""
        self.sessions[session_id]["status"] = "expired"
        return self.event("checkout.session.expired", self.sessions[session_id])

    def refund(self, session_id: str, amount: int) -> Object:
        """Pay some of it back."""
        charge = self.charges[self.sessions[session_id]["payment_intent"]]
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        name = self._name("re")
        self.refunds[name] = {
            "id": name,
            "object": "refund",
            "amount": amount,
            "charge": charge["id"],
            "created": int(time.time()),
            "currency": charge["currency"],
            "payment_intent": charge["payment_intent"],
            "status": "succeeded",
        }
        return self.event("charge.refunded", charge)

    def dispute(self, session_id: str, amount: int, status: str = "needs_response") -> Object:
        """A bank wants some of it back."""
        charge = self.charges[self.sessions[session_id]["payment_intent"]]
        name = self._name("du")
        self.disputes[name] = {
            "id": name,
            "object": "dispute",
            "amount": amount,
            "currency": charge["currency"],
            "charge": charge["id"],
            "created": int(time.time()),
            "payment_intent": charge["payment_intent"],
            "reason": "fraudulent",
            "status": status,
        }
        return self.event("charge.dispute.created", self.disputes[name])

    def decide(self, dispute_id: str, status: str) -> Object:
        """A dispute ends: `won` or `lost`."""
        self.disputes[dispute_id]["status"] = status
        return self.event("charge.dispute.closed", self.disputes[dispute_id])

    def event(self, kind: str, about: Object, **more: Any) -> Object:
        """Tell of something, as it is now."""
        return {
            "id": self._name("evt"),
            "object": "event",
            "api_version": "2026-10-28.clover",
            "created": int(time.time()),
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
            "data": {"object": json.loads(json.dumps(about))},
            **more,
        }

    def _charge(self, session: Object) -> None:
        session["payment_status"] = "paid"
        self.charges[session["payment_intent"]] = {
            "id": self._name("ch"),
            "object": "charge",
            "amount": session["amount_total"],
            "amount_refunded": 0,
            "currency": session["currency"],
            "payment_intent": session["payment_intent"],
            "paid": True,
            "refunded": False,
            "billing_details": {"name": "Anna", "email": "anna@example.org"},
        }

    def _name(self, kind: str) -> str:
        return f"{kind}_{next(self._numbers)}"

    # What it answers.

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.router.add_post("/v1/checkout/sessions", self._create)
        app.router.add_get("/v1/checkout/sessions/{id}", self._retrieve)
        app.router.add_get("/v1/disputes", self._list_disputes)
        app.router.add_get("/v1/refunds", self._list_refunds)
        app.router.add_post("/pay/{id}", self._pay)
        app.router.add_get("/c/pay/{id}", self._page)
        app.router.add_post("/c/pay/{id}", self._agree)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path.startswith(("/pay/", "/c/pay/")):
            paid: web.StreamResponse = await handler(request)
            return paid
        form = dict(parse_qsl(await request.text()))
        self.asked.append({"path": request.path, "form": form, "headers": dict(request.headers)})
        if self.misdeeds.hangs:
            await asyncio.Event().wait()
        if self.misdeeds.babbles:
            return web.Response(text="[" * 10_000)
        if self.misdeeds.refuses:
            return _error("api_error", f"no: {KEY[:10]}", self.misdeeds.refuses)
        if self.misdeeds.fails:
            self.misdeeds.fails -= 1
            return _error("api_error", "out of order", 500)
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return _error("invalid_request_error", "Invalid API Key", 401)
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _create(self, request: web.Request) -> web.Response:
        form = self.asked[-1]["form"]
        key = request.headers["Idempotency-Key"]
        if key in self._answered:
            asked, answer = self._answered[key]
            if asked != form:
                return _error("idempotency_error", "Keys for idempotent requests can only be used with the same", 400)
            return web.json_response(answer, headers={"Idempotent-Replayed": "true"})
        price = "line_items[0][price_data]"
        wrong = int(form["expires_at"]) - time.time()
        if not 1800 <= wrong <= 86400 or form["mode"] != "payment":
            return _error("invalid_request_error", "expires_at must be between 30 minutes and 24 hours from now", 400)
        session = self.session(
            form["client_reference_id"], int(form[f"{price}[unit_amount]"]), form[f"{price}[currency]"]
        )
        session |= {"success_url": form["success_url"], "cancel_url": form["cancel_url"]}
        answer = session | self.misdeeds.page
        self._answered[key] = (form, json.loads(json.dumps(answer)))
        return web.json_response(answer)

    async def _retrieve(self, request: web.Request) -> web.Response:
        session = self.sessions.get(request.match_info["id"])
        if session is None:
            return _error("invalid_request_error", "No such checkout.session", 404)
        shown = dict(session)
        if session["payment_intent"] and "payment_intent.latest_charge" in request.query.values():
            charge = self.charges.get(session["payment_intent"])
            shown["payment_intent"] = {
                "id": session["payment_intent"],
                "object": "payment_intent",
                "latest_charge": charge,
            }
        return web.json_response(shown)

    async def _list_disputes(self, request: web.Request) -> web.Response:
        return _page(request, self.disputes)

    async def _list_refunds(self, request: web.Request) -> web.Response:
        if "data.charge" not in request.query.values():
            return _page(request, self.refunds)
        charges = {charge["id"]: charge for charge in self.charges.values()}
        expanded = {name: {**one, "charge": charges.get(one["charge"])} for name, one in self.refunds.items()}
        return _page(request, expanded)

    async def _page(self, request: web.Request) -> web.Response:
        return self._till(request.match_info["id"])

    def _till(self, name: str, told: str = "", status: int = 200) -> web.Response:
        """Show a page on which somebody pays."""
        page = (
            '<!doctype html><html lang="en"><title>Pay</title><form method="post"><h1>{amount_total} {currency}</h1>'
            '<p role="alert">{told}</p><label>Card <input name="card" value="{card}"></label> <button>Pay</button> '
            '<button name="debit" value="yes">Debit my account</button> <a href="{cancel_url}">Back</a></form></html>'
        )
        shown = page.format(**self.sessions[name], told=told, card=GOOD_CARD)
        return web.Response(text=shown, content_type="text/html", status=status)

    async def _agree(self, request: web.Request) -> web.Response:
        """Somebody pays on a page: the studio is told so, and they are sent back to it.

        A card that is declined leaves the page open; an account that is debited has nothing in it, as is found later.
        """
        name, form = request.match_info["id"], await request.post()
        if "debit" in form:
            await self._tell(name, self.complete(name, paid=False))
            await self._tell(name, self.bounce(name))
        elif form["card"] == DECLINED_CARD:
            return self._till(name, "Your card was declined.", 402)
        else:
            await self._tell(name, self.complete(name))
        raise web.HTTPSeeOther(self.sessions[name]["success_url"])

    async def _tell(self, name: str, event: Object) -> None:
        """Tell the studio of what happened on a page of its own."""
        body, signature = signed(event)
        address = f"{self.sessions[name]['success_url'].partition('/credits')[0]}/api/v1/stripe/webhook"
        headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
        async with ClientSession() as session, session.post(address, data=body, headers=headers) as told:
            told.raise_for_status()

    async def _pay(self, request: web.Request) -> web.Response:
        body, signature = signed(self.complete(request.match_info["id"]))
        return web.Response(text=f"curl -H 'Stripe-Signature: {signature}' --data '{body.decode()}' $WEBHOOK\n")


def signed(event: Object, secret: str = SECRET, at: float | None = None) -> tuple[bytes, str]:
    """Sign an event as Stripe does: HMAC-SHA256 over the time, a dot and the body."""
    body = json.dumps(event, indent=2).encode()
    return body, signature_of(body, secret, at)


def signature_of(body: bytes, secret: str = SECRET, at: float | None = None) -> str:
    """Make the header that Stripe sends with a body."""
    seconds = int(time.time() if at is None else at)
    mac = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={mac},v0={'0' * 64}"


def _page(request: web.Request, things: dict[str, Object]) -> web.Response:
    """List things as Stripe does: the newest first, ten unless asked for more, behind one that is named."""
    query = request.query
    found = [one for one in reversed(things.values()) if one["created"] >= int(query.get("created[gte]", 0))]
    if "payment_intent" in query:
        found = [one for one in found if one["payment_intent"] == query["payment_intent"]]
    if "starting_after" in query:
        names = [one["id"] for one in found]
        if query["starting_after"] not in names:
            return _error("invalid_request_error", "No such object", 400)
        found = found[names.index(query["starting_after"]) + 1 :]
    limit = int(query.get("limit", 10))
    if not 1 <= limit <= 100:
        return _error("invalid_request_error", "limit must be between 1 and 100", 400)
    return web.json_response(
        {"object": "list", "url": request.path, "has_more": len(found) > limit, "data": found[:limit]}
    )


def _error(kind: str, message: str, status: int) -> web.Response:
    return web.json_response({"error": {"type": kind, "message": message}}, status=status)


@contextmanager
def stripe_server() -> Iterator[FakeStripe]:
    """Serve on 127.0.0.1 and a free port, in a thread of its own: tests that block do not hold it up."""
    stripe = FakeStripe()
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(stripe.app(), shutdown_timeout=0.1)

    async def begin() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        stripe.url = f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def end() -> None:
        await runner.cleanup()
        hanging = asyncio.all_tasks() - {asyncio.current_task()}
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)

    thread = threading.Thread(target=loop.run_forever, name="stripe", daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(begin(), loop).result()
    try:
        yield stripe
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


if __name__ == "__main__":
    with stripe_server() as serving:
        for name, value in serving.settings().items():
            sys.stdout.write(f"export {name}={value}\n")
        sys.stdout.flush()
        threading.Event().wait()
