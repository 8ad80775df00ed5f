"""`/stripe`: what Stripe tells."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request

from accounts.payments import handle_event
from api.deps import Uses
from api.models import credits as models

router = APIRouter(prefix="/stripe", tags=["stripe"])

EXAMPLE = {"object": "event", "id": "evt_1", "type": "charge.refunded", "created": 1796000000, "livemode": True}


@router.post(
    "/webhook",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}, "example": EXAMPLE}},
        }
    },
)
async def webhook(
    request: Request,
    uses: Uses,
    signature: Annotated[
        str | None, Header(alias="Stripe-Signature", description="Made with the secret of Stripe's endpoint.")
    ] = None,
) -> models.EventTaken:
    """Stripe tells of a payment here; nobody else can. An event that comes twice has its effect once."""
    event = uses.payments.read(await request.body(), signature)
    return models.EventTaken(outcome=await handle_event(event, db=uses.db))
