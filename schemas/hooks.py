"""Webhooks: what the studio tells programs of its users, unasked."""

from __future__ import annotations

from enum import StrEnum

from schemas.enums import JobStatus


class HookEvent(StrEnum):
    """What a webhook may be told: a film has come to have this status."""

    COMPLETED = "film.completed"
    FAILED = "film.failed"
    CANCELLED = "film.cancelled"
    NEEDS_ATTENTION = "film.needs_attention"
    AWAITING_REVIEW = "film.awaiting_review"


TOLD = frozenset({JobStatus(event.removeprefix("film.")) for event in HookEvent})
"""The statuses that are told of. An event is called `film.` and the status."""


class ShutWhy(StrEnum):
    """Why a webhook is told nothing."""

    OWNER = "owner"
    """Its owner wants it so."""
    GONE = "gone"
    """It answered 410 Gone."""
    FAILING = "failing"
    """Something could not be delivered, however often it was tried, and nothing else could either."""
