"""Ordering a film over HTTP: of a script that a project has, on the terms of its user's tier."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from accounts.prices import prices
from api.apart import apart
from api.craft import Craft
from api.usecases.cast_pictures import lent_pictures, pinned_of, references_of
from api.usecases.film_request import FilmRequest, must_be_made_here
from api.usecases.given_files import ScriptFile, graphics_of, hear_sounds
from api.usecases.judge_script import judge_words
from api.usecases.keep_cast import cast_of
from api.usecases.measure_film import Measured, measure_film
from api.usecases.projects import project_of, script_of
from api.usecases.submit_film import Submitted, submit_film
from api.usecases.terms import Terms
from infrastructure.db.engine import Database
from infrastructure.db.repositories.versions import Versions
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.base import canonical_json
from schemas.cast import CastMember
from schemas.choices import FilmChoice
from schemas.errors import InputError
from schemas.graphics import Graphics, LetteringChoice
from schemas.jobs import FilmOptions
from schemas.painting import Painting
from schemas.people import Principal
from schemas.sound import SoundChoice


async def order_film(
    principal: Principal,
    project_id: UUID,
    choice: FilmChoice,
    key: str,
    *,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    craft: Craft,
) -> Submitted:
    """Order a film of a project's newest script, with the cast that it keeps, and set its price aside.

    Args:
        principal: Who orders it.
        project_id: Of which of their projects.
        choice: What is chosen.
        key: Idempotency key: the same key orders the same film once, whatever became of the project since.
        db: The database.
        store: The store.
        settings: Says which renderers this installation has.
        craft: Says which styles there are, and how films are painted.

    Raises:
        NotFound: They have no such project, or it has no script.
        ModelRefused: The model that the installation paints or films with cannot be used, or a picture, or a LoRA.
        InvalidSound: Music or a voice cannot be heard, or a voice says nothing in the film.
        Conflict: They have as many films in work as their tier allows, or it costs more than they have agreed to.
        TooManyRequests: They have ordered as many drafts today as their tier allows.
        InvalidRequest: An option cannot be had here, or the key belongs to another order.
        InvalidScript: The installation's policy refuses the script, or there is nothing in it to be shown.
        InsufficientCredits: It costs more than they have.
        AccountFrozen: It costs something, and they owe credits.
    """
    project = await project_of(principal.user_id, project_id, db=db)
    job_id, asked = _job_id(principal.user_id, key), _digest(project_id, choice)
    async with db.begin() as session:
        first = await Versions(session).get(job_id, 0)
    if first is not None and first.request_key == asked:
        return Submitted(first.film_input, new=False)
    craft.check_style(choice.options.style)
    must_be_made_here(choice.options, settings)
    script = await script_of(principal.user_id, project_id, None, db=db)
    text = (await store.get_bytes(script.key, sha256=script.sha256)).decode("utf-8")
    original = await store.get_bytes(script.original_key)
    graphics, files = await _lettered(choice.lettering, craft, settings)
    files = (*files, *await graphics_of(principal.user_id, project_id, choice.lettering, db=db, store=store))
    own = choice.lettering.logo is not None or choice.lettering.font is not None
    if own:  # a font, or a picture, of a stranger: it is read apart
        await apart(craft.check_graphics, graphics, {hashlib.sha256(data).hexdigest(): data for data in files})
    options = await _made_here(choice, craft)
    kept = await cast_of(principal.user_id, project_id, db=db)
    film = await _measured(text, script.file_name, options, kept.cast.film_cast().members)
    chosen = references_of(choice.painting.references, film.cast)
    pinned = pinned_of(kept, film.cast, chosen) if options.painting is not None else ()
    pictures = await lent_pictures(principal.user_id, project_id, (*chosen, *pinned), db=db, store=store)
    if options.painting is not None:
        painting = options.painting.model_copy(update={"references": (*chosen, *pinned)})
        options = options.model_copy(update={"painting": painting})
        if pictures:  # of a stranger, too
            await apart(craft.check_aids, painting, {hashlib.sha256(data).hexdigest(): data for data in pictures})
    options = options.model_copy(update={"tier": principal.tier, "graphics": graphics})
    terms = Terms(principal.tier, prices().film(options, film.frames), choice.at_most)
    if choice.sound != SoundChoice():  # minutes of listening
        await _must_be_let_in(terms, principal.user_id, job_id, options, db)
    heard = await hear_sounds(
        principal.user_id,
        project_id,
        choice.sound,
        ScriptFile(text, script.file_name, kept.cast.film_cast().members),
        options,
        db=db,
        store=store,
        settings=settings,
        hear=craft.hear,
    )
    request = FilmRequest(
        user_id=principal.user_id,
        locator=project.locator,
        title=project.title,
        file_name=script.file_name,
        original=original,
        text=text,
        options=options,
        references=pictures,
        files=files,
        sound=heard.order,
        sounds=heard.files,
        cast=kept.cast.film_cast(pinned) if kept.cast.people else None,
        job_id=job_id,
        asked=asked,
    )
    return await submit_film(
        request,
        db=db,
        store=store,
        settings=settings,
        check_aids=_were_looked_at if pictures else craft.check_aids,
        check_graphics=_were_looked_at if own else craft.check_graphics,
        admit=terms,
    )


async def _must_be_let_in(terms: Terms, user_id: UUID, job_id: UUID, options: FilmOptions, db: Database) -> None:
    """See that a film would be let in, unless the same order, asked twice at once, let it in meanwhile."""
    try:
        async with db.begin() as session:
            await terms.expect(session, user_id, options)
    except InputError:
        async with db.begin() as session:
            if await Versions(session).get(job_id, 0) is None:
                raise


async def _lettered(choice: LetteringChoice, craft: Craft, settings: Settings) -> tuple[Graphics, tuple[bytes, ...]]:
    """Find what is lettered; what stands on cards is read as the script is."""
    if choice.words:
        await asyncio.to_thread(judge_words, choice.words, settings)
    return await asyncio.to_thread(craft.plan_lettering, choice)


async def _made_here(choice: FilmChoice, craft: Craft) -> FilmOptions:
    """Find the models by which this installation makes such a film."""
    options = choice.options
    painting = await asyncio.to_thread(craft.plan_painting, options.renderer, choice.painting)
    video = await asyncio.to_thread(craft.plan_filming, options.motion)
    return options.model_copy(update={"painting": painting, "video": video})


async def _measured(text: str, file_name: str, options: FilmOptions, kept: Sequence[CastMember]) -> Measured:
    """Measure a film; the script of a draft, which costs nothing and shows nobody's picture, is not directed for it."""
    if not prices().a_minute(options) and options.painting is None:
        return Measured(scenes=0, shots=0, frames=0, cast=())
    return await measure_film(text, file_name, options, kept)


def _were_looked_at(_asked: Graphics | Painting, _files: Mapping[str, bytes] | None) -> None:
    """What was looked at in a process of its own."""


def _job_id(user_id: UUID, key: str) -> UUID:
    """The id of what a user orders with a key: asked for twice, it is the same film. A UUID of RFC 9562's version 8."""
    digest = bytearray(hashlib.sha256(f"{user_id}\n{key}".encode()).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))


def _digest(project_id: UUID, choice: FilmChoice) -> str:
    """What is asked for, in short: not what the project makes of it, nor what it may cost. No key has a space in it."""
    asked = canonical_json(choice.model_copy(update={"at_most": None}))
    digest = hashlib.sha256(f"{project_id}\n{asked}".encode())
    return f"order {digest.hexdigest()}"
