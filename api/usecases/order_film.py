"""Ordering a film over HTTP: of a script that a project has, on the terms of its user's tier."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from accounts import ledger
from accounts.prices import prices
from api.craft import Craft
from api.usecases.judge_script import judge_words
from api.usecases.measure_film import measure_film
from api.usecases.projects import project_of, script_of
from api.usecases.submit_film import FilmRequest, Submitted, must_be_made_here, submit_film
from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.enums import Tier
from schemas.errors import Conflict, TooManyRequests
from schemas.graphics import Graphics, LetteringChoice
from schemas.jobs import FilmInput, FilmOptions
from schemas.painting import PaintingChoice
from schemas.people import Principal


async def order_film(
    principal: Principal,
    project_id: UUID,
    options: FilmOptions,
    key: str,
    *,
    painting: PaintingChoice | None = None,
    lettering: LetteringChoice | None = None,
    at_most: int | None = None,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    craft: Craft,
) -> Submitted:
    """Order a film of a project's newest script, and set its price aside.

    Args:
        principal: Who orders it.
        project_id: Of which of their projects.
        options: What is chosen; the tier is the user's own, whatever stands there.
        key: Idempotency key: the same key orders the same film once.
        painting: What is chosen about how it is painted; None leaves all of it to the installation.
        lettering: What is chosen to be lettered; None for captions and subtitles alone.
        at_most: Credits that it may cost, as it was quoted; None leaves that open.
        db: The database.
        store: The store.
        settings: Says which renderers this installation has.
        craft: Says which styles there are, and how films are painted.

    Raises:
        NotFound: They have no such project, or it has no script.
        ModelRefused: The model that the installation paints or films with cannot be used.
        Conflict: They have as many films in work as their tier allows, or it costs more than `at_most`.
        TooManyRequests: They have ordered as many drafts today as their tier allows.
        InvalidRequest: An option cannot be had here, or the key belongs to another order.
        InvalidScript: The installation's policy refuses the script, or what is lettered.
        InsufficientCredits: It costs more than they have.
        AccountFrozen: It costs something, and they owe credits.
    """
    craft.check_style(options.style)
    must_be_made_here(options, settings)
    project = await project_of(principal.user_id, project_id, db=db)
    script = await script_of(principal.user_id, project_id, None, db=db)
    text = await store.get_bytes(script.key, sha256=script.sha256)
    original = await store.get_bytes(script.original_key)
    graphics, files = await _lettered(lettering or LetteringChoice(), craft, settings)
    options = options.model_copy(
        update={
            "tier": principal.tier,
            "graphics": graphics,
            "painting": await asyncio.to_thread(craft.plan_painting, options.renderer, painting or PaintingChoice()),
            "video": await asyncio.to_thread(craft.plan_filming, options.motion),
        }
    )
    price = await _price(text.decode("utf-8"), script.file_name, options)
    request = FilmRequest(
        user_id=principal.user_id,
        locator=project.locator,
        title=project.title,
        file_name=script.file_name,
        original=original,
        text=text.decode("utf-8"),
        options=options,
        files=files,
        job_id=_job_id(principal.user_id, key),
    )
    return await submit_film(
        request,
        db=db,
        store=store,
        settings=settings,
        check_aids=craft.check_aids,
        check_graphics=craft.check_graphics,
        admit=Terms(principal.tier, price, at_most),
    )


async def _lettered(choice: LetteringChoice, craft: Craft, settings: Settings) -> tuple[Graphics, tuple[bytes, ...]]:
    """Find what is lettered; what stands on cards is read as the script is."""
    if choice.words:
        await asyncio.to_thread(judge_words, choice.words, settings)
    return await asyncio.to_thread(craft.plan_lettering, choice)


async def _price(text: str, file_name: str, options: FilmOptions) -> int:
    """Price a film; the script of a draft, which costs nothing, is not directed for it."""
    if not prices().a_minute(options):
        return 0
    return prices().film(options, (await measure_film(text, file_name, options)).frames)


DAY = timedelta(days=1)
LATER_S = 3600.0
"""When whoever has ordered all drafts of a day may ask again: there will be room for one more some time today."""


class Terms:
    """Lets a user have one more film, or one more version of one, if their tier allows it and they can pay for it."""

    def __init__(self, tier: Tier, price: int, at_most: int | None = None) -> None:
        """Know the terms.

        Args:
            tier: The user's.
            price: What it costs at most.
            at_most: What they have agreed to; None leaves that open.
        """
        self._terms = prices().terms(tier)
        self._price = price
        self._at_most = at_most

    async def __call__(self, session: AsyncSession, film: FilmInput, /) -> None:
        """See `api.usecases.submit_film.Admit`."""
        if self._at_most is not None and self._price > self._at_most:
            raise Conflict(
                f"It costs {self._price} credits, not {self._at_most}: ask for a new quote, and order it for that."
            )
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
        await ledger.reserve(session, user_id=film.user_id, job_id=film.job_id, rev=film.rev, price=self._price)


def _job_id(user_id: UUID, key: str) -> UUID:
    """The id of what a user orders with a key: asked for twice, it is the same film. A UUID of RFC 9562's version 8."""
    digest = bytearray(hashlib.sha256(f"{user_id}\n{key}".encode()).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))
