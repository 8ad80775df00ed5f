"""`/metrics`: what Prometheus asks for."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable
from typing import Annotated

from fastapi import APIRouter, Header, Response

from api import measure
from api.deps import Uses
from api.services import Services
from infrastructure import metrics as told
from infrastructure.db.repositories.overview import Overview
from infrastructure.dead_letters import count_dead_letters
from infrastructure.queueing import KINDS, Depth
from infrastructure.tickets import Tickets
from schemas.enums import JobStatus
from schemas.errors import DependencyDown, NotFound, NotSignedIn
from schemas.stages import Queue

PATIENCE_S = 2.0
"""How long the database, and the queues, may take to answer."""
LOOK_S = 60.0
"""How often dead letters are looked at to tell what they are: it costs more than counting them."""

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"example": "studio_http_requests_in_hand 1.0\n"}}}},
)
async def metrics(uses: Uses, authorization: Annotated[str | None, Header(max_length=500)] = None) -> Response:
    """Figures of this process and of the whole installation, for who has the token of `STUDIO_METRICS_TOKEN`."""
    token = uses.settings.metrics_token
    if token is None:
        raise NotFound("No metrics are served here: STUDIO_METRICS_TOKEN is not set.")
    wanted = f"Bearer {token.get_secret_value()}".encode()
    if not secrets.compare_digest((authorization or "").encode(), wanted):
        raise NotSignedIn("Send the token of STUDIO_METRICS_TOKEN as “Authorization: Bearer …”.")
    measure.WATCHERS.set(uses.watchers.count)
    database, queues = await asyncio.gather(_answers(_ask(uses)), _answers(_count(uses)))
    measure.DATABASE.set(database)
    if not queues:
        measure.MESSAGES.clear()
        measure.DEAD.clear()
    return Response(told.written(), media_type=told.CONTENT_TYPE)


async def _answers(asking: Awaitable[None], patience_s: float = PATIENCE_S) -> bool:
    try:
        await asyncio.wait_for(asking, patience_s)
    except (DependencyDown, TimeoutError):
        return False
    return True


async def _count(uses: Services) -> None:
    jobs, dead = await uses.queues.depths()
    clips = await Tickets(uses.queues, Queue.GPU_MOTION).depth()
    for name, depth in (("jobs", jobs), ("clips", clips), ("dead_letters", dead)):
        measure.MESSAGES.labels(name, "waiting").set(depth.waiting)
        measure.MESSAGES.labels(name, "in_hand").set(depth.in_hand)
    if not await _answers(_tell_apart(uses, dead), PATIENCE_S / 2):
        measure.DEAD.clear()


_look_after = 0.0
"""When this process looks at dead letters again, by `time.monotonic`."""


async def _tell_apart(uses: Services, dead: Depth) -> None:
    global _look_after
    if dead.waiting and time.monotonic() < _look_after:
        return
    found = await count_dead_letters(uses.queues) if dead.waiting else {}
    for kind in KINDS:
        measure.DEAD.labels(kind).set(found.get(kind, 0))
    _look_after = time.monotonic() + LOOK_S if dead.waiting else 0.0


async def _ask(uses: Services) -> None:
    async with uses.db.begin() as session:
        overview = Overview(session)
        films = await overview.films()
        outboxes = {
            "commands": await overview.commands(),
            "letters": await overview.letters(),
            "webhooks": await overview.news(),
            "removals": await overview.removals(),
        }
    for status in JobStatus:
        measure.FILMS.labels(status.value).set(films.get(status, 0))
    for name, outbox in outboxes.items():
        measure.WAITING.labels(name).set(outbox.waiting)
        measure.OLDEST.labels(name).set(outbox.oldest_s or 0)
