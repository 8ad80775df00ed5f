"""`/admin/moderation`: films that wait for a second look."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from accounts.acting import Acting
from api.deps import Moderator, RequestId, Uses
from api.models import moderation as models
from api.models.admin import Reasoned
from api.paging import Cursor, Limit, Page, cursor_of, page_of, place_of
from api.usecases.moderate import Passage, approve_held, held_film, passages_of, refuse_held
from infrastructure.db.repositories.moderation import Held, Moderation
from schemas.moderation import ItemState

router = APIRouter(prefix="/admin/moderation", tags=["moderation"])


@router.get("")
async def index(
    _moderator: Moderator,
    uses: Uses,
    request: Request,
    response: Response,
    limit: Limit = 25,
    cursor: Cursor = None,
    state: Annotated[ItemState, Query(description="What was decided; `open` for what waits.")] = ItemState.OPEN,
) -> Page[models.HeldShown]:
    """Films that moderation holds, those that were ordered last first."""
    async with uses.db.begin() as session:
        found = await Moderation(session).page(limit + 1, place_of(cursor), state)
    return page_of(
        found, limit, lambda one: cursor_of((one.item.created_at, one.item.item_id)), _shown, request, response
    )


@router.get("/{item_id}")
async def read(item_id: UUID, _moderator: Moderator, uses: Uses) -> models.HeldFilm:
    """A film that moderation holds: what was found in its script, and the lines around it."""
    held = await held_film(item_id, db=uses.db)
    found = await passages_of(held, db=uses.db, store=uses.store)
    passages = None if found is None else [_passage(one) for one in found]
    return models.HeldFilm(**_told(held), passages=passages)


@router.post("/{item_id}/approve")
async def approve(
    item_id: UUID, body: Reasoned, moderator: Moderator, uses: Uses, request_id: RequestId
) -> models.HeldShown:
    """Let a film go on. One that its user wanted to see before it is drawn then waits for them alone."""
    acting = Acting(moderator.user_id, body.reason, request_id)
    return _shown(await approve_held(item_id, acting, db=uses.db, client=uses.temporal))


@router.post("/{item_id}/refuse")
async def refuse(
    item_id: UUID, body: Reasoned, moderator: Moderator, uses: Uses, request_id: RequestId
) -> models.HeldShown:
    """Refuse a film: it is called off. Its user is told so, with the reason, by letter and by the film's error."""
    acting = Acting(moderator.user_id, body.reason, request_id)
    return _shown(await refuse_held(item_id, acting, db=uses.db))


def _shown(held: Held) -> models.HeldShown:
    return models.HeldShown(**_told(held))


def _told(held: Held) -> dict[str, Any]:
    item, job = held
    return item.model_dump(exclude={"flags", "rev"}) | {
        "user_id": job.user_id,
        "revision": item.rev,
        "title": str(job.input["title"]),
        "waits": held.waits,
        "status": job.status,
    }


def _passage(passage: Passage) -> models.Passage:
    lines = [models.Line(number=number, text=text) for number, text in enumerate(passage.lines, passage.first)]
    return models.Passage(flags=list(passage.flags), lines=lines)
