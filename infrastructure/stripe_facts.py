"""What Stripe says, in its answers and its events: read, and no more of it than is used here.

None of it names whoever pays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter

from schemas.payments import CheckoutStatus, ClaimState


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


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,255}$")]
Currency = Annotated[str, Field(pattern=r"^[a-z]{3}$")]
Amount = Annotated[int, Field(ge=0, lt=10**15)]


class Charge(BaseModel):
    """A payment that was made."""

    id: Id
    payment_intent: Id | None
    amount: Amount
    amount_refunded: Amount
    currency: Currency

    def told(self) -> ClaimTold | None:
        """Say what of it went back; None where no payment of it has a name."""
        if self.payment_intent is None:
            return None
        return ClaimTold(
            self.id, self.payment_intent, ClaimState.REFUNDED, self.amount_refunded, self.currency, self.amount
        )


class Intent(BaseModel):
    """A payment, with its last attempt."""

    id: Id
    latest_charge: Charge | None


class Refund(BaseModel):
    """Something of a payment that was paid back. What of it went back in all, its charge says."""

    charge: Charge | None

    def told(self) -> ClaimTold | None:
        """Say what of its payment went back in all; None where there is no payment, or it has no name."""
        return None if self.charge is None else self.charge.told()


class Session(BaseModel):
    """A page on which somebody pays."""

    id: Id
    client_reference_id: str | None = None
    status: str | None = None
    payment_status: str
    amount_total: int | None = None
    currency: str | None = None
    payment_intent: Intent | Id | None = None

    def told(self, status: CheckoutStatus | None = None) -> SessionTold:
        """Say where its purchase stands: as an event says, or else as the page itself does."""
        intent = self.payment_intent.id if isinstance(self.payment_intent, Intent) else self.payment_intent
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


class Dispute(BaseModel):
    """A payment that its payer's bank wants back."""

    id: Id
    payment_intent: Id | None
    amount: Amount
    currency: Currency
    status: str

    def told(self) -> ClaimTold | None:
        """Say where it stands; None where that is of no account here."""
        state = _STATES.get(self.status)
        if state is None or self.payment_intent is None:
            return None
        return ClaimTold(self.id, self.payment_intent, state, self.amount, self.currency, None)


class Listed(BaseModel):
    """A page of a list, the newest first: what is in it is read one by one."""

    data: list[dict[str, Any]]
    has_more: bool


class _Data(BaseModel):
    object: dict[str, Any]


class _Event(BaseModel):
    object: Literal["event"]
    id: Id
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


def read_event(payload: bytes) -> PaymentEvent:
    """Read the body of an event, whose signature was seen.

    Raises:
        ValidationError: It is none of Stripe's.
    """
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
        return Session.model_validate(about).told(_SESSIONS[kind])
    if kind == "charge.refunded":
        return Charge.model_validate(about).told()
    # Created, closed, and what lies between: each says where the dispute stands.
    if kind.startswith("charge.dispute."):
        return Dispute.model_validate(about).told()
    return None


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
