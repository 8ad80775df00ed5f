"""What administrators and moderators do, written down so that it can be looked up."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from schemas.base import Document

OPERATOR = "operator"
"""The role of whoever sits at the installation itself, and works with its database: no account stands for them."""


PAYMENTS = "payments"
"""The role of the software itself where it handles what Stripe tells: nobody acts then."""


class AuditAct(StrEnum):
    """What was done."""

    USER_CHANGED = "user_changed"
    USER_BANNED = "user_banned"
    USER_DELETED = "user_deleted"
    FILM_APPROVED = "film_approved"
    FILM_REFUSED = "film_refused"
    LETTER_REDRIVEN = "letter_redriven"
    LETTER_DISCARDED = "letter_discarded"
    CREDITS_GRANTED = "credits_granted"
    PAYMENT_REFUSED = "payment_refused"
    """What Stripe told of a payment does not go together with what was sold, or its account is gone."""


class TargetKind(StrEnum):
    """To what."""

    USER = "user"
    JOB = "job"
    DEAD_LETTER = "dead_letter"
    """By its message's id."""
    CHECKOUT = "checkout"


class Act(Document):
    """Something that was done, by whom and why. Written in the transaction that does it."""

    actor_id: UUID | None
    """Who did it; None for the operator."""
    role: str
    """In which role: one of `schemas.people.Role`, `OPERATOR` or `PAYMENTS`."""
    act: AuditAct
    target_kind: TargetKind
    target_id: UUID
    reason: str
    request_id: str = ""
    """Of the request that did it; empty for what was done without one."""
    before: dict[str, Any] = {}
    """What was there before, of what was changed. Nothing that names a person: this outlives accounts."""
    after: dict[str, Any] = {}
    """What is there now."""
