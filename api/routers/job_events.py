"""`/jobs/…/events`: what happens to a film, as it happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse

from api.deps import Reader, Uses
from api.owned import owned_job
from api.services import Services
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from schemas.events import JobEvent

router = APIRouter(prefix="/jobs", tags=["jobs"])

KEEP_ALIVE_S = 15.0
"""How often a stream says something although nothing has happened, so that nobody on the way takes it for dead."""
AT_ONCE = 500
"""Events that are read at a time."""

EXAMPLE = 'id: 17\nevent: shots_made\ndata: {"seq": 17, "kind": "shots_made", "progress": 42, …}\n\n'


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
    job = await owned_job(uses, principal, job_id)
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
