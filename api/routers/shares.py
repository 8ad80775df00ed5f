"""`/jobs/{job_id}/shares` and `/shared`: films that are watched without an account."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from api.deps import Reader, Uses, Writer, count_guest
from api.models import shares as models
from api.services import Services
from api.usecases import share_film as usecases
from infrastructure.db.sharing import ShareRow

router = APIRouter(tags=["shares"])


@router.post("/jobs/{job_id}/shares", status_code=201)
async def create(job_id: UUID, body: models.NewShare, principal: Writer, uses: Uses) -> models.ShareShown:
    """Make a link by which everybody who has it may watch a finished film, until it expires or is taken back."""
    lasts = timedelta(hours=body.hours)
    return _shown(await usecases.share_film(principal.user_id, job_id, lasts, db=uses.db), uses)


@router.get("/jobs/{job_id}/shares")
async def index(job_id: UUID, principal: Reader, uses: Uses) -> list[models.ShareShown]:
    """The links to a film that still lead there, the newest first."""
    return [_shown(one, uses) for one in await usecases.shares_of(principal.user_id, job_id, db=uses.db)]


@router.delete("/jobs/{job_id}/shares/{share_id}", status_code=204)
async def delete(job_id: UUID, share_id: UUID, principal: Writer, uses: Uses) -> None:
    """Take a link back. Addresses that were given out by it are good for up to a quarter of an hour more."""
    await usecases.end_share(principal.user_id, job_id, share_id, db=uses.db)


@router.post("/shared", dependencies=[Depends(count_guest)])
async def open_link(body: models.OpenShare, uses: Uses, response: Response) -> models.SharedFilm:
    """Open a link to a film. Its secret comes in the body: addresses stand in logs."""
    response.headers["x-robots-tag"] = "noindex, nofollow"
    showing = await usecases.shared_film(body.token, db=uses.db, store=uses.store, links=uses.links)
    return models.SharedFilm.model_validate(showing)


def _shown(share: ShareRow, uses: Services) -> models.ShareShown:
    return models.ShareShown(
        share_id=share.share_id,
        url=uses.links.url(share.share_id),
        created_at=share.created_at,
        expires_at=share.expires_at,
    )
