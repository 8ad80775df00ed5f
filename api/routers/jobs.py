"""`/jobs`: films that were asked for."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Header, Query, Request, Response

from api.deps import Key, Reader, Uses, Writer
from api.models import jobs as models
from api.owned import owned_job, unknown_job
from api.paging import Cursor, Limit, Page, cursor_of, page_of, place_of
from api.usecases.cancel_film import cancel_film
from api.usecases.decide import approve_film, may_be_approved, retry_shot, skip_shot
from api.usecases.order_film import order_film
from infrastructure.db.repositories.glances import JobGlance, JobGlances
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.moderation import Moderation
from infrastructure.db.tables import JobRow
from infrastructure.publishing import INTERMEDIATE, OUTPUT
from infrastructure.storage import PRESIGN_S
from schemas.artifact import version_key
from schemas.errors import Conflict
from schemas.jobs import FilmState, ShotCommand, ShotNumber

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.post("", status_code=202)
async def order(body: models.OrderFilm, principal: Writer, uses: Uses, response: Response, key: Key) -> models.JobShown:
    """Order a film of a project's newest script. It begins as soon as there is a worker for it."""
    submitted = await order_film(
        principal,
        body.project_id,
        body.choice(),
        key,
        db=uses.db,
        store=uses.store,
        settings=uses.settings,
        craft=uses.craft,
    )
    job_id = submitted.film.job_id
    structlog.contextvars.bind_contextvars(job=str(job_id))  # the request's line tells which film came of it
    response.headers["location"] = f"/api/v1/jobs/{job_id}"
    response.headers["idempotent-replayed"] = "false" if submitted.new else "true"
    job = await owned_job(uses, principal, job_id)
    async with uses.db.begin() as session:
        held = await Moderation(session).holding([job_id])
    return _shown(job, held=job_id in held)


@router.get("")
async def index(
    principal: Reader,
    uses: Uses,
    request: Request,
    response: Response,
    limit: Limit = 25,
    cursor: Cursor = None,
    project_id: Annotated[UUID | None, Query(description="Of which project; of all without.")] = None,
) -> Page[models.JobShown]:
    """Your films, the newest first."""
    async with uses.db.begin() as session:
        rows = await Jobs(session).page(principal.user_id, limit + 1, place_of(cursor), project_id)
        held = await Moderation(session).holding([row.job_id for row in rows])
    return page_of(
        rows,
        limit,
        lambda row: cursor_of((row.created_at, row.job_id)),
        lambda row: _shown(row, held=row.job_id in held),
        request,
        response,
    )


@router.get("/{job_id}", response_model=models.JobShown, responses={304: {"description": "Nothing has happened since"}})
async def read(
    job_id: UUID,
    principal: Reader,
    uses: Uses,
    response: Response,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> models.JobShown | Response:
    """A film: how far it is, and what became of it."""
    job = await JobGlances(uses.glances).owned(principal.user_id, job_id)
    if job is None:
        raise unknown_job()
    etag = f'"{job.last_seq}{"-held" if job.held else ""}"'  # what a moderator decides need not be an event
    response.headers["etag"] = etag
    if if_none_match is not None and etag in if_none_match:
        return Response(status_code=304, headers={"etag": etag})
    return _shown(job, held=job.held)


@router.post("/{job_id}/cancel", status_code=202)
async def cancel(job_id: UUID, principal: Writer, uses: Uses) -> models.Cancelled:
    """Call a film off. Its events tell when it has happened."""
    await owned_job(uses, principal, job_id)
    return models.Cancelled(cancelling=await cancel_film(job_id, db=uses.db))


@router.post("/{job_id}/approve")
async def approve(job_id: UUID, principal: Writer, uses: Uses, key: Key) -> FilmState:
    """Let a film go on that waits for its review. What moderation holds, a moderator lets go on."""
    await owned_job(uses, principal, job_id)
    await may_be_approved(job_id, db=uses.db)
    return await approve_film(job_id, key=key, db=uses.db, client=await uses.temporal())


@router.post("/{job_id}/shots/{shot}/retry")
async def retry(
    job_id: UUID, shot: ShotNumber, body: models.RetryShot, principal: Writer, uses: Uses, key: Key
) -> FilmState:
    """Try a shot again that failed for good."""
    await owned_job(uses, principal, job_id)
    command = ShotCommand(shot=shot, seed=body.seed)
    return await retry_shot(job_id, command, key=key, db=uses.db, client=await uses.temporal())


@router.post("/{job_id}/shots/{shot}/skip")
async def skip(job_id: UUID, shot: ShotNumber, principal: Writer, uses: Uses, key: Key) -> FilmState:
    """Let the draft stand in for a shot that failed for good."""
    await owned_job(uses, principal, job_id)
    command = ShotCommand(shot=shot)
    return await skip_shot(job_id, command, key=key, db=uses.db, client=await uses.temporal())


@router.get("/{job_id}/downloads")
async def downloads(job_id: UUID, principal: Reader, uses: Uses) -> list[models.Download]:
    """The files of a finished film, each with a link that is good for a quarter of an hour."""
    job = await owned_job(uses, principal, job_id)
    if job.version is None:
        raise Conflict("There is nothing to download yet: the film is not finished.")
    found = []
    for folder in (OUTPUT, INTERMEDIATE):
        async for key in uses.store.list_keys(version_key(job_id, folder, job.version, "")):
            ref = await uses.store.head(key)
            if ref is not None:
                found.append(ref)
    title = str(job.input["title"])
    return [
        models.Download(
            name=PurePosixPath(ref.key).name,
            media_type=ref.media_type,
            bytes=ref.bytes,
            url=await uses.store.presign_get(ref.key, PRESIGN_S, _file_name(title, ref.key)),
            expires_in=PRESIGN_S,
        )
        for ref in found
    ]


def _shown(job: JobRow | JobGlance, *, held: bool) -> models.JobShown:
    failure = None
    if job.error_type:
        failure = models.Failure(code=job.error_type, message=job.error_message or "")
    return models.JobShown(
        job_id=job.job_id,
        project_id=job.project_id,
        title=job.title if isinstance(job, JobGlance) else str(job.input["title"]),
        status=job.status,
        held=held,
        progress=job.progress,
        current_step=job.current_step,
        revision=job.rev,
        version=job.version,
        last_event=job.last_seq,
        error=failure,
        created_at=job.created_at,
        started_at=job.started_at,
        completed_at=job.completed_at,
    )


def _file_name(title: str, key: str) -> str:
    """The name under which a browser saves a file: the film's own files are named after it."""
    path = PurePosixPath(key)
    plain = "".join(letter for letter in title if letter.isalnum() or letter in " -_").strip()[:80] or "film"
    return f"{plain}{path.suffix}" if path.stem == "final" else f"{plain} {path.name}"
