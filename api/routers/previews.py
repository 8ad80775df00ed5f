"""`/jobs/{job_id}/preview` and `/jobs/{job_id}/time-left`: a film before it is whole."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.deps import Reader, Uses
from api.models import previews as models
from api.models.jobs import Between
from api.owned import owned_job
from api.paging import Limit
from api.services import Services
from api.usecases.preview_film import FilmSoFar, so_far
from api.usecases.time_left import time_left
from infrastructure.storage import PRESIGN_S
from schemas.errors import Conflict
from schemas.profiles import MEDIA_TYPES

MOST_PIECES = 100_000

router = APIRouter(prefix="/jobs", tags=["previews"])

After = Annotated[
    int, Query(ge=0, le=MOST_PIECES, description="How many pieces, from the film's first on, are left out.")
]


@router.get("/{job_id}/preview")
async def read(job_id: UUID, principal: Reader, uses: Uses, limit: Limit = 25, after: After = 0) -> models.PreviewShown:
    """The film so far, while the rest is made: pieces that play one after the other. Sound comes at the end."""
    job = await owned_job(uses, principal, job_id)
    if job.status.terminal and job.version is None:
        raise Conflict("There is nothing to be watched: no film came of it.")
    found = await so_far(job, db=uses.db, store=uses.store)
    begins = found.begins()
    return models.PreviewShown(
        growing=found.growing,
        seconds=begins[len(found.standing)] if begins else 0.0,
        film_seconds=begins[-1] if begins else None,
        pieces=len(found.standing),
        media_type=MEDIA_TYPES[found.segments[0].encoder.container] if found.segments else None,
        items=[await _piece(found, begins, at, uses) for at in range(len(found.standing))[after : after + limit]],
        expires_in=PRESIGN_S,
    )


@router.get("/{job_id}/time-left")
async def left(job_id: UUID, principal: Reader, uses: Uses) -> models.TimeLeft:
    """How long a film in work will take: from what is done of it, what that took, and how films of its kind went on.

    Null while it is queued or waits for somebody, before its first picture, and of revisions, of which much may stand.
    """
    found = await time_left(await owned_job(uses, principal, job_id), db=uses.db)
    return models.TimeLeft(seconds=None if found is None else Between(least=found.least, most=found.most))


async def _piece(found: FilmSoFar, begins: list[float], at: int, uses: Services) -> models.PieceShown:
    ref = found.standing[at]
    return models.PieceShown(
        number=at + 1,
        starts_s=round(begins[at], 6),
        seconds=round(begins[at + 1] - begins[at], 6),
        bytes=ref.bytes,
        url=await uses.store.presign_get(ref.key, PRESIGN_S),
    )
