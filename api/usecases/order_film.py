"""Ordering a film over HTTP: of a script that a project has, on the terms of its user's tier."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.prices import prices
from api.craft import Craft
from api.usecases.projects import project_of, script_of
from api.usecases.submit_film import FilmRequest, Submitted, submit_film
from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.enums import Tier
from schemas.errors import Conflict, TooManyRequests
from schemas.jobs import FilmInput, FilmOptions
from schemas.people import Principal


async def order_film(
    principal: Principal,
    project_id: UUID,
    options: FilmOptions,
    key: str,
    *,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    craft: Craft,
) -> Submitted:
    """Order a film of a project's newest script.

    Args:
        principal: Who orders it.
        project_id: Of which of their projects.
        options: What is chosen; the tier is the user's own, whatever stands there.
        key: Idempotency key: the same key orders the same film once.
        db: The database.
        store: The store.
        settings: Says which renderers this installation has.
        craft: Says which styles there are.

    Raises:
        NotFound: They have no such project, or it has no script.
        Conflict: They have as many films in work as their tier allows.
        TooManyRequests: They have ordered as many drafts today as their tier allows.
        InvalidRequest: An option cannot be had here, or the key belongs to another order.
        InvalidScript: The installation's policy refuses the script.
    """
    craft.check_style(options.style)
    project = await project_of(principal.user_id, project_id, db=db)
    script = await script_of(principal.user_id, project_id, None, db=db)
    text = await store.get_bytes(script.key, sha256=script.sha256)
    request = FilmRequest(
        user_id=principal.user_id,
        locator=project.locator,
        title=project.title,
        file_name=script.file_name,
        original=await store.get_bytes(script.original_key),
        text=text.decode("utf-8"),
        options=options.model_copy(update={"tier": principal.tier}),
        job_id=_job_id(principal.user_id, key),
    )
    return await submit_film(
        request,
        db=db,
        store=store,
        settings=settings,
        check_aids=craft.check_aids,
        check_graphics=craft.check_graphics,
        admit=_Terms(principal.tier),
    )


DAY = timedelta(days=1)
LATER_S = 3600.0
"""When whoever has ordered all drafts of a day may ask again: there will be room for one more some time today."""


class _Terms:
    """Lets a user have one more film if their tier allows it."""

    def __init__(self, tier: Tier) -> None:
        self._terms = prices().terms(tier)

    async def __call__(self, session: AsyncSession, film: FilmInput, /) -> None:
        """See `api.usecases.submit_film.Admit`."""
        most, a_day = self._terms.films_at_once, self._terms.drafts_a_day
        jobs = Jobs(session)
        if await jobs.count_open(film.user_id) > most:
            films = "film" if most == 1 else "films"
            raise Conflict(f"Your tier makes {most} {films} at once; wait until one is ready, or cancel one first.")
        if not prices().a_minute(film.options) and await jobs.count_drafts(film.user_id, DAY) > a_day:
            raise TooManyRequests(
                f"Your tier makes {a_day} drafts a day; the next one can be ordered later.",
                retry_after_s=LATER_S,
                limit=a_day,
            )


def _job_id(user_id: UUID, key: str) -> UUID:
    """The id of what a user orders with a key: asked for twice, it is the same film. A UUID of RFC 9562's version 8."""
    digest = bytearray(hashlib.sha256(f"{user_id}\n{key}".encode()).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))
