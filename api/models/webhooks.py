"""Bodies of `/webhooks`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.models.base import Answer, Body
from schemas.hooks import HookEvent, ShutWhy

URL = "https://example.org/hooks/films"


class NewWebhook(Body):
    """An address that wants to be told what happens to films."""

    url: Annotated[str, Field(min_length=1, max_length=2000, examples=[URL])]
    """Begins with `https://` and lies on the public internet; redirects are not followed."""
    events: Annotated[list[HookEvent], Field(min_length=1, max_length=20)] = sorted(HookEvent)
    """What it wants to be told; everything, unless said otherwise."""


class WebhookShown(Answer):
    """An address that is told what happens to films, without its secret."""

    webhook_id: UUID
    url: str = Field(examples=[URL])
    events: list[HookEvent]
    created_at: datetime
    disabled_at: datetime | None
    """Since when it is told nothing."""
    disabled_why: ShutWhy | None
    secret_before_until: datetime | None
    """Until when deliveries are signed with the secret before, too."""


class WebhookMade(WebhookShown):
    """A webhook with a secret that was just made."""

    secret: str = Field(examples=["whsec_q3JkP1xZAndTheRestOfItInBase64Letters00000="])
    """What deliveries are signed with, by the Standard Webhooks scheme. Shown this once."""


class DeliveryShown(Answer):
    """Something that a webhook was told, or is to be told."""

    delivery_id: UUID
    event_id: str = Field(examples=["evt_01939a3e7c1e7d529b0c5f2f4f0f9a11_42"])
    """The header `webhook-id`: the same however often it is sent."""
    event: HookEvent
    job_id: UUID
    body: str = Field(
        examples=[
            '{"type" : "film.completed", "timestamp" : "2026-11-29T18:30:00.000000Z", "data" : {"title" : "Rain"}}'
        ]
    )
    created_at: datetime
    attempts: int
    tried_at: datetime | None
    next_try_at: datetime | None
    """When it is sent next; None where it was delivered, or is given up."""
    last_status: int | None = Field(examples=[503])
    """HTTP's, of the last answer."""
    last_error: str | None = Field(examples=["no answer within 10 seconds"])
    delivered_at: datetime | None
