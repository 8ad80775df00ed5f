"""Stripe: pages on which somebody pays, and what it tells of payments. Bounded in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import stripe
import structlog
from pydantic import BaseModel, Field, ValidationError

from infrastructure.settings import Settings
from infrastructure.stripe_facts import (
    ClaimTold,
    Dispute,
    Id,
    Intent,
    Listed,
    PaymentEvent,
    Refund,
    Session,
    Told,
    read_event,
)
from schemas.errors import Conflict, DependencyDown, InvalidRequest, NotSetUp, SignatureRefused

DEADLINE_S: Final = 2.8
"""How long all that is asked of Stripe for one request may take."""
TRY_S: Final = 2.0
"""How long one try of that may take; other than all together, whose end would be taken for that of a try."""
RETRIES: Final = 2
"""How often a question that got no answer is asked again, in that time."""
TOLERANCE_S: Final = 300
"""How old an event's signature may be: an event that is sent again is signed again."""
LARGEST_EVENT: Final = 256 * 1024
"""Bytes of an event."""
PAGE: Final = 100
"""Entries of a page of a list: as many as Stripe gives at once."""
MOST_PAGES: Final = 1000
"""Pages that are read of one list: a list that does not end is given up."""

Ask = Callable[[stripe.StripeClient, Any], Awaitable[stripe.ListObject[Any]]]
"""Asks for a page of a list."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Offer:
    """What somebody is sent to pay for."""

    checkout_id: UUID
    """Ours; what is asked for twice with one is made once."""
    name: str
    """For whoever pays to read."""
    price: int
    """In the currency's smallest unit."""
    currency: str
    expires_at: datetime
    success_url: str
    cancel_url: str


@dataclass(frozen=True)
class Page:
    """Where it is paid for."""

    session_id: str
    url: str


class Payments:
    """Asks Stripe, and reads what it sends."""

    def __init__(self, settings: Settings) -> None:
        """Take what Stripe knows this installation by. Nothing is asked yet."""
        self._secret = settings.stripe_webhook_secret
        self._http: stripe.AIOHTTPClient | None = None
        self._client: stripe.StripeClient | None = None
        if settings.stripe_secret_key is not None:
            self._http = stripe.AIOHTTPClient(timeout=TRY_S)
            self._client = stripe.StripeClient(
                settings.stripe_secret_key.get_secret_value(),
                base_addresses={"api": str(settings.stripe_api_base).rstrip("/")},
                http_client=self._http,
                max_network_retries=RETRIES,
            )

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.close_async()  # type: ignore[no-untyped-call]

    def must_sell(self) -> None:
        """See that credits can be bought here.

        Raises:
            NotSetUp: They cannot.
        """
        self._asked()

    async def open_page(self, offer: Offer) -> Page:
        """Make a page on which an offer is paid for. Asked twice for one offer, it is the same page.

        Raises:
            NotSetUp: Nothing is sold here.
            Conflict: Another offer was made under the same id.
            DependencyDown: Stripe does not answer, or not with such a page.
        """
        reference = {"checkout_id": str(offer.checkout_id)}
        async with self._asking() as client:
            made = await client.v1.checkout.sessions.create_async(
                {
                    "mode": "payment",
                    "client_reference_id": str(offer.checkout_id),
                    "metadata": reference,
                    "payment_intent_data": {"metadata": reference},
                    "line_items": [
                        {
                            "quantity": 1,
                            "price_data": {
                                "currency": offer.currency,
                                "unit_amount": offer.price,
                                "product_data": {"name": offer.name},
                            },
                        }
                    ],
                    # The price is ours: in no other currency than we offer it.
                    "adaptive_pricing": {"enabled": False},
                    "expires_at": int(offer.expires_at.timestamp()),
                    "success_url": offer.success_url,
                    "cancel_url": offer.cancel_url,
                },
                {"idempotency_key": str(offer.checkout_id)},
            )
            page = _Page.model_validate(made.to_dict())
        if (page.amount_total, page.currency) != (offer.price, offer.currency):
            raise DependencyDown(f"Stripe made a page for {page.amount_total} {page.currency} of {offer}.")
        return Page(page.id, page.url)

    async def look(self, session_id: str) -> list[Told]:
        """Ask where a purchase stands, and what of its payment went back: for when its events were lost.

        Args:
            session_id: Stripe's name for its page.

        Returns:
            All of it; nothing where Stripe knows no such page.

        Raises:
            NotSetUp: Nothing is sold here.
            DependencyDown: Stripe does not answer, or nothing that can be used.
        """
        async with self._asking() as client:
            try:
                asked = await client.v1.checkout.sessions.retrieve_async(
                    session_id, {"expand": ["payment_intent.latest_charge"]}
                )
            except stripe.InvalidRequestError as error:
                if error.http_status != 404:
                    raise
                log.error("Stripe does not know a page that it made", session_id=session_id)
                return []
            session = Session.model_validate(asked.to_dict())
            told: list[Told | None] = [session.told()]
            intent = session.payment_intent
            if isinstance(intent, Intent):
                if intent.latest_charge is not None and intent.latest_charge.amount_refunded:
                    told.append(intent.latest_charge.told())
                disputes = await client.v1.disputes.list_async({"payment_intent": intent.id, "limit": PAGE})
                told.extend(Dispute.model_validate(one.to_dict()).told() for one in disputes.data)
        return [one for one in told if one is not None]

    async def claims(self, refunded_since: datetime, disputed_since: datetime) -> AsyncIterator[list[ClaimTold]]:
        """Ask what of payments went back, whichever payments: for when events were lost of those long known.

        Args:
            refunded_since: After when it was paid back.
            disputed_since: After when a bank asked for it first; how it stands by now is told.

        Yields:
            What a page of Stripe's lists tells, each once. Stripe is asked for the next one when that is wanted.

        Raises:
            NotSetUp: Nothing is sold here.
            DependencyDown: Stripe does not answer, or nothing that can be used.
        """
        expanded = {"expand": ["data.charge"]}
        async for page in self._pages(lambda one, how: one.v1.refunds.list_async(how | expanded), refunded_since):
            yield _told(Refund, page)
        async for page in self._pages(lambda one, how: one.v1.disputes.list_async(how), disputed_since):
            yield _told(Dispute, page)

    async def _pages(self, ask: Ask, since: datetime) -> AsyncIterator[list[dict[str, Any]]]:
        how: dict[str, Any] = {"created": {"gte": int(since.timestamp())}, "limit": PAGE}
        for _ in range(MOST_PAGES):
            async with self._asking() as client:
                page = Listed.model_validate((await ask(client, how)).to_dict())
                if page.has_more:
                    how["starting_after"] = _Named.model_validate(page.data[-1] if page.data else {}).id
            yield page.data
            if not page.has_more:
                return
        log.error("a list of Stripe's does not end", pages=MOST_PAGES)

    def read(self, payload: bytes, signature: str | None) -> PaymentEvent:
        """Read an event.

        Args:
            payload: The body, as it came.
            signature: Its `Stripe-Signature`.

        Raises:
            NotSetUp: This installation has no secret to know events by.
            SignatureRefused: Stripe has not signed it with that secret, or too long ago.
            InvalidRequest: It is signed, and none that can be read.
        """
        if self._secret is None:
            raise NotSetUp("Payments are not set up here: STUDIO_STRIPE_WEBHOOK_SECRET is not set.")
        secret = self._secret.get_secret_value()
        try:
            stripe.WebhookSignature.verify_header(payload, signature, secret, TOLERANCE_S)
        except (stripe.SignatureVerificationError, ValueError, TypeError) as error:
            raise SignatureRefused("The event is not signed by Stripe for this installation, or too old.") from error
        try:
            return read_event(payload)
        except ValidationError as error:
            log.error(
                "an event of Stripe's cannot be read", faults=error.errors(include_input=False, include_url=False)
            )
            raise InvalidRequest("The event is signed, and not as Stripe's API has them.") from error

    def _asked(self) -> stripe.StripeClient:
        if self._client is None:
            raise NotSetUp("Buying credits is not set up here: STUDIO_STRIPE_SECRET_KEY is not set.")
        return self._client

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[stripe.StripeClient]:
        """Ask within the bounds: whatever goes wrong with Stripe's answers ends as one of two errors."""
        client = self._asked()
        try:
            async with asyncio.timeout(DEADLINE_S):
                yield client
        except stripe.IdempotencyError as error:
            raise Conflict("Something else was asked for with this Idempotency-Key: choose a new one.") from error
        except stripe.StripeError as error:
            # Its words may hold a part of the key.
            what = f"{type(error).__name__}, status {error.http_status}, request {error.request_id}"
            raise DependencyDown(f"Stripe refuses: {what}, code {error.code}.") from error
        except (TimeoutError, ValueError, RecursionError) as error:
            raise DependencyDown(f"Stripe gave no answer that can be used: {type(error).__name__}.") from error


def _told(kind: type[Refund | Dispute], entries: Iterable[dict[str, Any]]) -> list[ClaimTold]:
    """Read entries of a list: one that cannot be read does not keep the others from being heard."""
    told: dict[ClaimTold, None] = {}  # of several refunds of one payment, each says the same
    for entry in entries:
        try:
            one = kind.model_validate(entry).told()
        except ValidationError as error:
            log.error("Stripe lists what cannot be read", faults=error.errors(include_input=False, include_url=False))
            continue
        if one is not None:
            told[one] = None
    return list(told)


class _Named(BaseModel):
    """Whatever has a name."""

    id: Id


class _Page(BaseModel):
    """A page that was just made."""

    id: Id
    url: Annotated[str, Field(max_length=4000)]
    amount_total: int
    currency: str

    def model_post_init(self, _context: Any) -> None:
        if urlsplit(self.url).scheme not in {"https", "http"}:
            raise ValueError("not an address that a browser can be sent to")
