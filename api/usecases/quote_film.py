"""What a film would be and cost, before anything is ordered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import UUID

from accounts import ledger
from accounts.prices import prices
from api.craft import Craft
from api.usecases.cast_pictures import name_pictures, pinned_of, references_of
from api.usecases.film_request import must_be_made_here
from api.usecases.given_files import ScriptFile, must_be_there
from api.usecases.keep_cast import cast_of
from api.usecases.measure_film import measure_film
from api.usecases.projects import script_of
from infrastructure.db.engine import Database
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.choices import FilmChoice
from schemas.people import Principal
from schemas.rate import seconds_of


@dataclass(frozen=True)
class Expected:
    """A range of seconds."""

    least: float
    most: float


@dataclass(frozen=True)
class Quote:
    """What a film would be and cost."""

    scenes: int
    shots: int
    characters: int
    duration_s: float
    credits: int
    """What is set aside for it; no more is taken."""
    balance: int
    """What its user has to spend."""
    expected_s: Expected | None
    """How long films of this kind have taken here lately, from begun to done, for as long a film: eight in ten lie
    between. None where too few were made to say."""


async def quote_film(
    principal: Principal,
    project_id: UUID,
    choice: FilmChoice,
    *,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    craft: Craft,
) -> Quote:
    """Quote a film of a project's newest script, with the cast that it keeps.

    Args:
        principal: Who asks.
        project_id: Of which of their projects.
        choice: What is chosen.
        db: The database.
        store: Where the script lies.
        settings: Says which renderers this installation has.
        craft: Says which styles there are, how films are painted, whether from pictures, and what is said in them.

    Raises:
        NotFound: They have no such project, or it has no script.
        InvalidRequest: There is no such style, such films are not made here, a file that is named is not there, a
            picture shows nobody of the film, or not everything can be said in the runtime that is asked for.
        InvalidSound: A voice says nothing in the film.
        ModelRefused: The model that the installation paints with cannot be used, or a LoRA, or it takes no pictures.
        InvalidScript: There is nothing in the script that could be shown.
        DependencyDown: So many ask at once that its turn did not come.
    """
    options = choice.options
    craft.check_style(options.style)
    must_be_made_here(options, settings)
    script = await script_of(principal.user_id, project_id, None, db=db)
    text = (await store.get_bytes(script.key, sha256=script.sha256)).decode("utf-8")
    painting = await asyncio.to_thread(craft.plan_painting, options.renderer, choice.painting)
    graphics, _ = await asyncio.to_thread(craft.plan_lettering, choice.lettering)
    cast = await cast_of(principal.user_id, project_id, db=db)
    kept = cast.cast.film_cast()
    await must_be_there(
        principal.user_id,
        project_id,
        choice.sound,
        choice.lettering,
        ScriptFile(text, script.file_name, kept.members),
        options.model_copy(update={"graphics": graphics}),
        db=db,
        must_be_said=craft.must_be_said,
    )
    film = await measure_film(text, script.file_name, options, kept.members)
    if painting is not None:
        chosen = references_of(choice.painting.references, film.cast)
        references = (*chosen, *pinned_of(cast, film.cast, chosen))
        await name_pictures(principal.user_id, project_id, references, db=db)
        await asyncio.to_thread(craft.check_aids, painting.model_copy(update={"references": references}), None)
    seconds = float(seconds_of(film.frames, options.fps))
    async with db.begin() as session:
        balance = await ledger.balance(session, principal.user_id)
        pace = await Jobs(session).pace(options.renderer, options.motion)
    return Quote(
        scenes=film.scenes,
        shots=film.shots,
        characters=len(film.cast),
        duration_s=seconds,
        credits=prices().film(options, film.frames),
        balance=balance.credits,
        expected_s=None if pace is None else Expected(*(round(one * seconds, 1) for one in pace)),
    )
