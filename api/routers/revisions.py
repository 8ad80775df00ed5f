"""`/jobs/…/revisions` and `/jobs/…/versions`: films that are changed, and what they were before."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path, Response

from api.deps import Key, Reader, Uses, Writer
from api.models import revisions as models
from api.owned import owned_job
from api.usecases.change_film import change_film
from api.usecases.price_revision import quote_revision
from api.usecases.versions import restore_version, versions_of

router = APIRouter(prefix="/jobs", tags=["jobs"])

IfMatch = Annotated[
    str | None,
    Header(max_length=200, description="ETag of the breakdown that you have read; refused with 412 if it has changed."),
]


@router.post("/{job_id}/revisions", status_code=202)
async def change(
    job_id: UUID,
    body: models.ChangeFilm,
    principal: Writer,
    uses: Uses,
    response: Response,
    key: Key,
    if_match: IfMatch = None,
) -> models.ChangedFilm:
    """Change a film: one that is finished gets a new version, one that waits is changed where it waits.

    Only what changes is drawn, and only the stretches that hold it are encoded. Send the breakdown's ETag as `If-Match`
    to change nothing but what you have read: of two who change a film that waits at once, one is refused.
    """
    await owned_job(uses, principal, job_id)
    changed = await change_film(
        principal,
        job_id,
        body.changes(),
        key=key,
        at_most=body.at_most,
        version=_version(if_match),
        db=uses.db,
        store=uses.store,
        settings=uses.settings,
        craft=uses.craft,
        client=uses.temporal,
    )
    response.headers["idempotent-replayed"] = "false" if changed.new else "true"
    if changed.version is not None:
        response.headers["etag"] = f'"{changed.version}"'
    return models.ChangedFilm(revision=changed.revision)


@router.post("/{job_id}/revisions/quote")
async def quote_change(
    job_id: UUID, body: models.ChangeFilm, principal: Reader, uses: Uses
) -> models.RevisionQuoteShown:
    """What a change of a film would make anew, and cost. Nothing is ordered.

    Of a film that waits, that is all of it, for nothing is made yet.
    """
    await owned_job(uses, principal, job_id)
    quoted = await quote_revision(
        principal, job_id, body.changes(), db=uses.db, store=uses.store, client=uses.temporal, craft=uses.craft
    )
    return models.RevisionQuoteShown.model_validate(quoted)


@router.get("/{job_id}/versions")
async def versions(job_id: UUID, principal: Reader, uses: Uses) -> list[models.VersionShown]:
    """The versions of a film, the first one first."""
    await owned_job(uses, principal, job_id)
    job, found = await versions_of(job_id, db=uses.db)
    return [
        models.VersionShown(
            number=one.rev,
            base=one.base,
            status=one.status,
            current=one.rev == job.version,
            has_film=one.film is not None,
            message=one.message,
            created_at=one.created_at,
            completed_at=one.completed_at,
        )
        for one in found
    ]


@router.post("/{job_id}/versions/{number}/restore", status_code=204)
async def restore(
    job_id: UUID, number: Annotated[int, Path(ge=0, le=2**31 - 1)], principal: Writer, uses: Uses
) -> None:
    """Make an earlier version the film again. Nothing is made for it, and nothing is lost."""
    await owned_job(uses, principal, job_id)
    await restore_version(job_id, number, db=uses.db, store=uses.store)


def _version(if_match: str | None) -> str | None:
    """Read which breakdown somebody has read; anything that is no ETag of ours is one that has changed since."""
    plain = "" if if_match is None else if_match.strip()
    return None if plain in {"", "*"} else plain.removeprefix("W/").strip('"')
