"""`/webhooks`: where your programs are told what happens to your films."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.deps import Reader, Uses, Writer
from api.models import webhooks as models
from api.paging import Cursor, Limit, Page, cursor_of, page_of, place_of
from api.usecases import webhooks as usecases
from infrastructure.db.hooks import WebhookRow

router = APIRouter(prefix="/webhooks", tags=["webhooks"])


@router.post("", status_code=201)
async def create(body: models.NewWebhook, principal: Writer, uses: Uses, response: Response) -> models.WebhookMade:
    """Name an address that is told what happens to your films. The secret that it is signed with is shown once."""
    hook, secret = await usecases.add_webhook(
        principal.user_id, body.url, body.events, db=uses.db, sealer=uses.sealer, outbound=uses.outbound
    )
    response.headers["location"] = f"/api/v1/webhooks/{hook.webhook_id}"
    return _made(hook, secret)


@router.get("")
async def index(principal: Reader, uses: Uses) -> list[models.WebhookShown]:
    """Your webhooks, the newest first."""
    return [
        models.WebhookShown.model_validate(hook) for hook in await usecases.webhooks_of(principal.user_id, db=uses.db)
    ]


@router.get("/{webhook_id}")
async def read(webhook_id: UUID, principal: Reader, uses: Uses) -> models.WebhookShown:
    """A webhook."""
    return models.WebhookShown.model_validate(await usecases.webhook_of(principal.user_id, webhook_id, db=uses.db))


@router.delete("/{webhook_id}", status_code=204)
async def delete(webhook_id: UUID, principal: Writer, uses: Uses) -> None:
    """Delete a webhook, with the list of what it was told."""
    await usecases.delete_webhook(principal.user_id, webhook_id, db=uses.db)


@router.post("/{webhook_id}/enable")
async def enable(webhook_id: UUID, principal: Writer, uses: Uses) -> models.WebhookShown:
    """Let a webhook be told what happens from now on; what still waits for it is sent."""
    hook = await usecases.switch_webhook(principal.user_id, webhook_id, on=True, db=uses.db)
    return models.WebhookShown.model_validate(hook)


@router.post("/{webhook_id}/disable")
async def disable(webhook_id: UUID, principal: Writer, uses: Uses) -> models.WebhookShown:
    """Let a webhook be told nothing."""
    hook = await usecases.switch_webhook(principal.user_id, webhook_id, on=False, db=uses.db)
    return models.WebhookShown.model_validate(hook)


@router.post("/{webhook_id}/rotate")
async def rotate(webhook_id: UUID, principal: Writer, uses: Uses) -> models.WebhookMade:
    """Give a webhook another secret. For a day deliveries are signed with both, so that none is lost meanwhile."""
    return _made(*await usecases.rotate_secret(principal.user_id, webhook_id, db=uses.db, sealer=uses.sealer))


@router.get("/{webhook_id}/deliveries")
async def deliveries(
    webhook_id: UUID,
    principal: Reader,
    uses: Uses,
    request: Request,
    response: Response,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> Page[models.DeliveryShown]:
    """What a webhook was told and is to be told, the newest first."""
    rows = await usecases.deliveries_of(principal.user_id, webhook_id, limit + 1, place_of(cursor), db=uses.db)
    return page_of(
        rows,
        limit,
        lambda row: cursor_of((row.created_at, row.delivery_id)),
        models.DeliveryShown.model_validate,
        request,
        response,
    )


@router.post("/{webhook_id}/deliveries/{delivery_id}/redeliver", status_code=202)
async def redeliver(webhook_id: UUID, delivery_id: UUID, principal: Writer, uses: Uses) -> models.DeliveryShown:
    """Send something once more, with the same `webhook-id`."""
    again = await usecases.redeliver(principal.user_id, webhook_id, delivery_id, db=uses.db)
    return models.DeliveryShown.model_validate(again)


def _made(hook: WebhookRow, secret: str) -> models.WebhookMade:
    return models.WebhookMade(secret=secret, **models.WebhookShown.model_validate(hook).model_dump())
