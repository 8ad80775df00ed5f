"""Stripe: pages on which somebody pays, and what it tells of payments. Bounded in time.

What is read of Stripe's answers and events is what is used here, and nothing that names whoever pays.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

import stripe
import structlog
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from infrastructure.settings import Settings
from schemas.errors import Conflict, DependencyDown, InvalidRequest, NotSetUp, SignatureRefused
from schemas.payments import CheckoutStatus, ClaimState

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


@dataclass(frozen=True)
class SessionTold:
    """Where a purchase stands, as Stripe says."""

    checkout_id: UUID | None
    """Ours; None where the page is none of ours."""
    session_id: str
    status: CheckoutStatus
    amount: int | None
    currency: str | None
    payment_intent: str | None


@dataclass(frozen=True)
class ClaimTold:
    """What of a payment went back, as Stripe says."""

    claim_id: str
    payment_intent: str
    state: ClaimState
    amount: int
    currency: str
    charged: int | None
    """How much was paid; None where it does not say."""


Told = SessionTold | ClaimTold


@dataclass(frozen=True)
class PaymentEvent:
    """Something that Stripe tells: signed by it, and not too old."""

    event_id: str
    type: str
    object_id: str
    created_at: datetime
    livemode: bool
    told: Told | None
    """None where it changes nothing here."""


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
            session = _Session.model_validate(asked.to_dict())
            told: list[Told] = [session.told()]
            intent = session.payment_intent
            if isinstance(intent, _Intent):
                if intent.latest_charge is not None and intent.latest_charge.amount_refunded:
                    told.append(intent.latest_charge.told())
                disputes = await client.v1.disputes.list_async({"payment_intent": intent.id, "limit": 100})
                found = (_Dispute.model_validate(one.to_dict()).told() for one in disputes.data)
                told.extend(one for one in found if one is not None)
        return told

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
            return _read(payload)
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


_Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,255}$")]
_Currency = Annotated[str, Field(pattern=r"^[a-z]{3}$")]
_Amount = Annotated[int, Field(ge=0, lt=10**15)]


class _Page(BaseModel):
    """A page that was just made."""

    id: _Id
    url: Annotated[str, Field(max_length=4000)]
    amount_total: int
    currency: str

    def model_post_init(self, _context: Any) -> None:
        if urlsplit(self.url).scheme not in {"https", "http"}:
            raise ValueError("not an address that a browser can be sent to")


class _Charge(BaseModel):
    """A payment that was made."""

    id: _Id
    payment_intent: _Id | None
    amount: _Amount
    amount_refunded: _Amount
    currency: _Currency

    def told(self) -> ClaimTold:
        assert self.payment_intent is not None
        return ClaimTold(
            self.id, self.payment_intent, ClaimState.REFUNDED, self.amount_refunded, self.currency, self.amount
        )


class _Intent(BaseModel):
    """A payment, with its last attempt."""

    id: _Id
    latest_charge: _Charge | None


class _Session(BaseModel):
    """A page on which somebody pays."""

    id: _Id
    client_reference_id: str | None = None
    status: str | None = None
    payment_status: str
    amount_total: int | None = None
    currency: str | None = None
    payment_intent: _Intent | _Id | None = None

    def told(self, status: CheckoutStatus | None = None) -> SessionTold:
        intent = self.payment_intent.id if isinstance(self.payment_intent, _Intent) else self.payment_intent
        found = status or self._stands()
        return SessionTold(_uuid(self.client_reference_id), self.id, found, self.amount_total, self.currency, intent)

    def _stands(self) -> CheckoutStatus:
        if self.status == "expired":
            return CheckoutStatus.EXPIRED
        if self.status != "complete":
            return CheckoutStatus.OPEN
        return CheckoutStatus.PAID if self.payment_status == "paid" else CheckoutStatus.PROCESSING


_STATES: Final = {
    "warning_needs_response": ClaimState.INQUIRY,
    "warning_under_review": ClaimState.INQUIRY,
    "warning_closed": ClaimState.INQUIRY,
    "needs_response": ClaimState.DISPUTED,
    "under_review": ClaimState.DISPUTED,
    "lost": ClaimState.LOST,
    "won": ClaimState.WON,
}


class _Dispute(BaseModel):
    """A payment that its payer's bank wants back."""

    id: _Id
    payment_intent: _Id | None
    amount: _Amount
    currency: _Currency
    status: str

    def told(self) -> ClaimTold | None:
        state = _STATES.get(self.status)
        if state is None or self.payment_intent is None:
            return None
        return ClaimTold(self.id, self.payment_intent, state, self.amount, self.currency, None)


class _Data(BaseModel):
    object: dict[str, Any]


class _Event(BaseModel):
    object: Literal["event"]
    id: _Id
    type: Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,255}$")]
    created: Annotated[int, Field(ge=0, lt=2**40)]
    livemode: bool
    data: _Data


_EVENT = TypeAdapter(_Event)
_SESSIONS: Final = {
    "checkout.session.completed": None,  # paid, or still on its way: the page says which
    "checkout.session.async_payment_succeeded": CheckoutStatus.PAID,
    "checkout.session.async_payment_failed": CheckoutStatus.FAILED,
    "checkout.session.expired": CheckoutStatus.EXPIRED,
}


def _read(payload: bytes) -> PaymentEvent:
    event = _EVENT.validate_json(payload)
    named = event.data.object.get("id")
    object_id = named if isinstance(named, str) and named.isprintable() else ""
    return PaymentEvent(
        event.id,
        event.type,
        object_id[:255],
        _time(event.created),
        event.livemode,
        _told(event.type, event.data.object),
    )


def _told(kind: str, about: dict[str, Any]) -> Told | None:
    if kind in _SESSIONS:
        return _Session.model_validate(about).told(_SESSIONS[kind])
    if kind == "charge.refunded":
        charge = _Charge.model_validate(about)
        return charge.told() if charge.payment_intent is not None else None
    # Created, closed, and what lies between: each says where the dispute stands.
    if kind.startswith("charge.dispute."):
        return _Dispute.model_validate(about).told()
    return None


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
