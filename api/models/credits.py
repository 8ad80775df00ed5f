"""Bodies of `/credits`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.models.base import Answer, Body
from schemas.credits import EntryType
from schemas.enums import Tier
from schemas.payments import CheckoutStatus, EventOutcome


class EntryShown(Answer):
    """One movement of your credits."""

    transaction_id: UUID
    seq: int
    type: EntryType
    amount: int
    """By how much the balance changed."""
    balance_after: int
    description: str
    created_at: datetime
    job_id: UUID | None


class TierShown(Answer):
    """What a tier gives."""

    tier: Tier
    allowance: int
    """Credits a month."""
    watermark: bool
    films_at_once: int
    drafts_a_day: int


class PackageShown(Answer):
    """Credits that can be bought at once."""

    id: str
    credits: int
    price: int
    """In the currency's smallest unit, such as cents."""
    currency: str


class Prices(Answer):
    """What films and credits cost."""

    tiers: list[TierShown]
    per_minute: dict[str, int]
    """Credits for each minute that a film has begun, by who makes its pictures or their motion; the two are added."""
    packages: list[PackageShown]


class Buy(Body):
    """Credits to be bought."""

    package_id: Annotated[str, Field(min_length=1, max_length=40, examples=["reel"])]
    """Which of the packages."""


class CheckoutShown(Answer):
    """A purchase."""

    checkout_id: UUID
    package_id: str
    credits: int
    price: int
    """In the currency's smallest unit, such as cents."""
    currency: str
    status: CheckoutStatus
    url: str | None = Field(examples=["https://checkout.stripe.com/c/pay/cs_test_a1b2"])
    """Where to pay, while its status is open."""
    created_at: datetime


class EventTaken(Answer):
    """What became of an event."""

    outcome: EventOutcome
