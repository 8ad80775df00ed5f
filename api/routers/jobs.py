"""`/jobs`: films that were asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import PurePosixPath
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.deps import Reader, Uses, Writer
from api.models import jobs as models
from api.paging import Cursor, Limit, Page, cursor_of, page_of, place_of
from api.services import Services
from api.usecases.cancel_film import cancel_film
from api.usecases.change_film import change_film
from api.usecases.decide import approve_film, may_be_approved, retry_shot, skip_shot
from api.usecases.order_film import order_film
from api.usecases.quote_film import quote_film
from api.usecases.versions import restore_version, versions_of
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.tables import JobRow
from infrastructure.publishing import INTERMEDIATE, OUTPUT
from infrastructure.storage import PRESIGN_S
from schemas.artifact import version_key
from schemas.edits import Changes
from schemas.errors import Conflict, NotFound
from schemas.events import JobEvent
from schemas.jobs import FilmOptions, FilmState, ShotCommand, ShotNumber

router = APIRouter(prefix="/jobs", tags=["jobs"])
quotes = APIRouter(prefix="/quotes", tags=["jobs"])

KEEP_ALIVE_S = 15.0
"""How often a stream says something although nothing has happened, so that nobody on the way takes it for dead."""
AT_ONCE = 500
"""Events that are read at a time."""

EXAMPLE = 'id: 17\nevent: shots_made\ndata: {"seq": 17, "kind": "shots_made", "progress": 42, …}\n\n'

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Chosen by whoever asks: asking twice with one key has the effect of asking once.",
    ),
]


@router.post("", status_code=202)
async def order(body: models.OrderFilm, principal: Writer, uses: Uses, response: Response, key: Key) -> models.JobShown:
    """Order a film of a project's newest script. It begins as soon as there is a worker for it."""
    submitted = await order_film(
        principal,
        body.project_id,
        _options(body),
        key,
        db=uses.db,
        store=uses.store,
        settings=uses.settings,
        craft=uses.craft,
    )
    job_id = submitted.film.job_id
    response.headers["location"] = f"/api/v1/jobs/{job_id}"
    response.headers["idempotent-replayed"] = "false" if submitted.new else "true"
    return _shown(await _owned(uses, principal.user_id, job_id))


@quotes.post("")
async def quote(body: models.OrderFilm, principal: Reader, uses: Uses) -> models.QuoteShown:
    """What a film would be and cost. Nothing is ordered."""
    quoted = await quote_film(
        principal, body.project_id, _options(body), db=uses.db, store=uses.store, craft=uses.craft
    )
    return models.QuoteShown.model_validate(quoted)


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
    return page_of(rows, limit, lambda row: cursor_of((row.created_at, row.job_id)), _shown, request, response)


@router.get("/{job_id}", response_model=models.JobShown, responses={304: {"description": "Nothing has happened since"}})
async def read(
    job_id: UUID,
    principal: Reader,
    uses: Uses,
    response: Response,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> models.JobShown | Response:
    """A film: how far it is, and what became of it."""
    job = await _owned(uses, principal.user_id, job_id)
    etag = f'"{job.last_seq}"'
    response.headers["etag"] = etag
    if if_none_match is not None and etag in if_none_match:
        return Response(status_code=304, headers={"etag": etag})
    return _shown(job)


@router.post("/{job_id}/cancel", status_code=202)
async def cancel(job_id: UUID, principal: Writer, uses: Uses) -> models.Cancelled:
    """Call a film off. Its events tell when it has happened."""
    await _owned(uses, principal.user_id, job_id)
    return models.Cancelled(cancelling=await cancel_film(job_id, db=uses.db))


@router.post("/{job_id}/approve")
async def approve(job_id: UUID, principal: Writer, uses: Uses, key: Key) -> FilmState:
    """Let a film go on that waits for its review. What moderation holds, a moderator lets go on."""
    await _owned(uses, principal.user_id, job_id)
    await may_be_approved(job_id, db=uses.db)
    return await approve_film(job_id, key=key, db=uses.db, client=await uses.temporal())


@router.post("/{job_id}/shots/{shot}/retry")
async def retry(
    job_id: UUID, shot: ShotNumber, body: models.RetryShot, principal: Writer, uses: Uses, key: Key
) -> FilmState:
    """Try a shot again that failed for good."""
    await _owned(uses, principal.user_id, job_id)
    command = ShotCommand(shot=shot, seed=body.seed)
    return await retry_shot(job_id, command, key=key, db=uses.db, client=await uses.temporal())


@router.post("/{job_id}/shots/{shot}/skip")
async def skip(job_id: UUID, shot: ShotNumber, principal: Writer, uses: Uses, key: Key) -> FilmState:
    """Let the draft stand in for a shot that failed for good."""
    await _owned(uses, principal.user_id, job_id)
    command = ShotCommand(shot=shot)
    return await skip_shot(job_id, command, key=key, db=uses.db, client=await uses.temporal())


@router.post("/{job_id}/revisions", status_code=202)
async def change(
    job_id: UUID, body: models.ChangeFilm, principal: Writer, uses: Uses, response: Response, key: Key
) -> models.ChangedFilm:
    """Change a film: one that is finished gets a new version, one that waits is changed where it waits.

    Only what changes is drawn, and only the stretches that hold it are encoded.
    """
    await _owned(uses, principal.user_id, job_id)
    changed = await change_film(
        job_id,
        Changes.model_validate(body.model_dump()),
        key=key,
        db=uses.db,
        store=uses.store,
        settings=uses.settings,
        client=uses.temporal,
    )
    response.headers["idempotent-replayed"] = "false" if changed.new else "true"
    return models.ChangedFilm(revision=changed.revision)


@router.get("/{job_id}/versions")
async def versions(job_id: UUID, principal: Reader, uses: Uses) -> list[models.VersionShown]:
    """The versions of a film, the first one first."""
    await _owned(uses, principal.user_id, job_id)
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
    await _owned(uses, principal.user_id, job_id)
    await restore_version(job_id, number, db=uses.db, store=uses.store)


@router.get("/{job_id}/downloads")
async def downloads(job_id: UUID, principal: Reader, uses: Uses) -> list[models.Download]:
    """The files of a finished film, each with a link that is good for a quarter of an hour."""
    job = await _owned(uses, principal.user_id, job_id)
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


@router.get(
    "/{job_id}/events",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {"text/event-stream": {"example": EXAMPLE}},
            "description": "Its events, as they happen",
        },
        204: {"description": "It has come to an end, and all is told"},
    },
)
async def events(
    job_id: UUID,
    principal: Reader,
    uses: Uses,
    last_event_id: Annotated[str | None, Header(pattern="^[0-9]{0,15}$")] = None,
    after: Annotated[int, Query(ge=0, le=2**53, description="Number of the last event that is known.")] = 0,
) -> Response:
    """What happens to a film, as server-sent events: from its beginning, or from where the last connection ended."""
    job = await _owned(uses, principal.user_id, job_id)
    known = int(last_event_id) if last_event_id else after
    if job.status.terminal and known >= job.last_seq:
        return Response(status_code=204)  # tells browsers to stop asking
    return StreamingResponse(
        _stream(uses, job_id, known), media_type="text/event-stream", headers={"x-accel-buffering": "no"}
    )


async def _stream(uses: Services, job_id: UUID, known: int) -> AsyncIterator[str]:
    """Tell of events until the film has come to an end."""
    async with uses.watchers.watching(job_id) as happened:
        yield "retry: 2000\n\n"
        while True:
            happened.clear()
            async with uses.db.begin() as session:
                told = await Events(session).after(job_id, known, AT_ONCE)
                job = await Jobs(session).get(job_id)
            for event in told:
                known = event.seq
                yield _written(event)
            if job is None or (job.status.terminal and known >= job.last_seq):
                return
            if told:
                continue
            try:
                await asyncio.wait_for(happened.wait(), KEEP_ALIVE_S)
            except TimeoutError:
                yield ": still here\n\n"


def _written(event: JobEvent) -> str:
    return f"id: {event.seq}\nevent: {event.kind.value}\ndata: {event.model_dump_json()}\n\n"


def _options(body: models.OrderFilm) -> FilmOptions:
    return FilmOptions(**{name: getattr(body, name) for name in type(body).model_fields if name != "project_id"})


async def _owned(uses: Services, user_id: UUID, job_id: UUID) -> JobRow:
    async with uses.db.begin() as session:
        job = await Jobs(session).owned(user_id, job_id)
    if job is None:
        raise NotFound("There is no such film.")
    return job


def _shown(job: JobRow) -> models.JobShown:
    failure = None
    if job.error_type:
        failure = models.Failure(code=job.error_type, message=job.error_message or "")
    return models.JobShown(
        job_id=job.job_id,
        project_id=job.project_id,
        title=str(job.input["title"]),
        status=job.status,
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
