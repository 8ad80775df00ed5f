"""Bodies of `/credits`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from api.models.base import Answer
from schemas.credits import EntryType
from schemas.enums import Tier


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
