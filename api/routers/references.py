"""`/projects/{project_id}/references`: pictures, sounds and fonts of the user's own. Bytes never pass through here."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.deps import Reader, Uses, Writer
from api.models import references as models
from api.paging import Cursor, Limit, Page, cursor_of, page_of, place_of
from api.services import Services
from api.usecases.references import reference_of, references_of, remove_reference
from api.usecases.take_references import Announcement, announce_reference, complete_reference
from infrastructure.db.belongings import ReferenceRow
from infrastructure.references import kept_ref
from infrastructure.storage import PRESIGN_S
from schemas.references import ReferenceKind, ReferenceState
from schemas.sound import SAMPLE_RATE

router = APIRouter(prefix="/projects/{project_id}/references", tags=["references"])


@router.post("", status_code=201)
async def announce(
    project_id: UUID, body: models.NewReference, principal: Writer, uses: Uses, response: Response
) -> models.AnnouncedReference:
    """Announce a picture, a sound or a font, and be told how to upload it: straight to the store, in a quarter hour.

    Announcing a file again that has not come yet gives a new address. What is not completed within a day is dropped.
    """
    row, upload = await announce_reference(
        principal.user_id,
        project_id,
        Announcement(body.name, body.kind, body.media_type, body.bytes, body.sha256),
        db=uses.db,
        store=uses.store,
        settings=uses.settings,
    )
    response.headers["location"] = f"/api/v1/projects/{project_id}/references/{row.reference_id}"
    shown = models.UploadShown(method="PUT", url=upload.url, headers=upload.headers, expires_in=PRESIGN_S)
    return models.AnnouncedReference(reference=await _shown(row, uses), upload=shown)


@router.post("/{reference_id}/complete")
async def complete(project_id: UUID, reference_id: UUID, principal: Writer, uses: Uses) -> models.ReferenceShown:
    """Say that a file was uploaded: it is looked at, and can be used from then on."""
    row = await complete_reference(
        principal.user_id,
        project_id,
        reference_id,
        db=uses.db,
        store=uses.store,
        settings=uses.settings,
        examine=uses.craft.examine_reference,
    )
    return await _shown(row, uses)


@router.get("")
async def index(
    project_id: UUID,
    principal: Reader,
    uses: Uses,
    request: Request,
    response: Response,
    limit: Limit = 25,
    cursor: Cursor = None,
    kind: Annotated[ReferenceKind | None, Query(description="Of which kind; of all without.")] = None,
) -> Page[models.ReferenceShown]:
    """A project's pictures, sounds and fonts, the newest first."""
    rows = await references_of(principal.user_id, project_id, limit + 1, place_of(cursor), kind, db=uses.db)
    shown = {row.reference_id: await _shown(row, uses) for row in rows[:limit]}
    return page_of(
        rows,
        limit,
        lambda row: cursor_of((row.created_at, row.reference_id)),
        lambda row: shown[row.reference_id],
        request,
        response,
    )


@router.get("/{reference_id}")
async def read(project_id: UUID, reference_id: UUID, principal: Reader, uses: Uses) -> models.ReferenceShown:
    """A picture, a sound or a font, with a link to it."""
    return await _shown(await reference_of(principal.user_id, project_id, reference_id, db=uses.db), uses)


@router.delete("/{reference_id}", status_code=204)
async def delete(project_id: UUID, reference_id: UUID, principal: Writer, uses: Uses) -> None:
    """Delete a picture, a sound or a font. Films that were ordered with it keep a copy, and are made with it."""
    await remove_reference(principal.user_id, project_id, reference_id, db=uses.db, store=uses.store)


async def _shown(row: ReferenceRow, uses: Services) -> models.ReferenceShown:
    ready = row.state is ReferenceState.READY
    return models.ReferenceShown(
        reference_id=row.reference_id,
        name=row.name,
        kind=row.kind,
        state=row.state,
        media_type=row.media_type,
        bytes=row.bytes,
        sha256=row.sha256,
        width=row.width,
        height=row.height,
        seconds=None if row.samples is None else round(row.samples / SAMPLE_RATE, 3),
        created_at=row.created_at,
        completed_at=row.completed_at,
        url=await uses.store.presign_get(kept_ref(row).key) if ready else None,
    )
