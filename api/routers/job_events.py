"""`/jobs/…/events`: what happens to a film, as it happens."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.connections import writer
from api.deps import Reader, Uses
from api.owned import owned_job
from api.streams import Seat, Watchers

router = APIRouter(prefix="/jobs", tags=["jobs"])

BEGIN = b"retry: 2000\n\n"
"""How many milliseconds after a loss a browser connects again."""

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
    return Stream(uses.watchers, job_id, known)


class Stream(Response):
    """What happens to a film from now on: nothing but what its seat holds is kept for each who watches."""

    media_type = "text/event-stream"

    def __init__(self, watchers: Watchers, job_id: UUID, known: int) -> None:
        """Answer with what follows the event that is known.

        Args:
            watchers: Those who watch films.
            job_id: The film.
            known: Number of the last of its events that is known; 0 for none.
        """
        super().__init__(headers={"x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._watchers = watchers
        self._job_id = job_id
        self._known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, until the film has come to an end or its watcher is gone."""
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": BEGIN, "more_body": True})
        with self._watchers.watching(self._job_id, self._known, writer(scope)) as seat:
            gone = asyncio.create_task(_until_gone(receive, seat))
            try:
                async for written in seat:
                    await send({"type": "http.response.body", "body": written, "more_body": True})
            finally:
                gone.cancel()
        await send({"type": "http.response.body", "body": b""})


async def _until_gone(receive: Receive, seat: Seat) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    seat.end()
