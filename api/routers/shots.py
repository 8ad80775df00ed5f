"""`/jobs/{job_id}/shots`: what each shot of a film is."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.deps import Reader, Uses
from api.models import shots as models
from api.paging import Limit, Page, page_of
from api.services import Services
from api.usecases.shots import ShotSeen, shots_of
from schemas.jobs import ShotNumber

router = APIRouter(prefix="/jobs", tags=["shots"])

After = Annotated[
    ShotNumber | None, Query(max_length=20, description="Where to go on: `next` of the page before, a shot's number.")
]


@router.get("/{job_id}/shots")
async def index(
    job_id: UUID,
    principal: Reader,
    uses: Uses,
    request: Request,
    response: Response,
    limit: Limit = 25,
    cursor: After = None,
) -> Page[models.ShotShown]:
    """The shots of a film, in the order of its newest revision, each with links to its picture, small and large.

    Pages behind the first are of the film as it was when the first was read, for a minute: a list that is read to its
    end has each shot once.
    """
    seen = await shots_of(
        principal.user_id,
        job_id,
        cursor,
        limit + 1,
        db=uses.db,
        settings=uses.settings,
        listing=uses.craft.list_shots,
        readings=uses.readings,
    )
    shown = {one.report.id: await _shown(one, uses) for one in seen[:limit]}
    return page_of(seen, limit, lambda one: one.report.id, lambda one: shown[one.report.id], request, response)


async def _shown(seen: ShotSeen, uses: Services) -> models.ShotShown:
    report = seen.report
    picture = None if report.picture is None else await uses.store.presign_get(report.picture)
    return models.ShotShown(
        number=report.id,
        scene=report.scene + 1,
        slugline=report.slugline,
        size=report.size,
        words=report.words,
        seconds=round(report.seconds, 3),
        state=seen.status,
        code=seen.code,
        message=seen.message,
        edited=list(report.edited),
        thumbnail=picture if report.thumbnail is None else await uses.store.presign_get(report.thumbnail),
        picture=picture,
    )
