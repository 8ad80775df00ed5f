"""A project's cast: kept, looked at, and edited by its user."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from api.apart import apart
from api.craft import Craft
from api.usecases.judge_script import judge_words
from api.usecases.projects import script_of
from api.usecases.references import reference_of
from film.direction import castlist
from infrastructure.db.engine import Database
from infrastructure.db.repositories.casts import Casts, KeptCast
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.cast import CastList, Person, Suggestion
from schemas.errors import Conflict, InvalidRequest, NotFound
from schemas.references import ReferenceKind, ReferenceState

Edit = Callable[[CastList], tuple[CastList, UUID]]
"""Changes a cast, and says whom it is about."""


async def cast_of(user_id: UUID, project_id: UUID, *, db: Database) -> KeptCast:
    """Find the cast of a project of a user.

    Raises:
        NotFound: They have no such project.
    """
    async with db.begin() as session:
        found = await Casts(session).of(user_id, project_id)
    if found is None:
        raise _unknown()
    return found


async def suggestions_of(
    user_id: UUID, project_id: UUID, *, db: Database, store: ObjectStore, craft: Craft
) -> tuple[Suggestion, ...]:
    """Find whom of a project's newest script its cast does not have.

    Raises:
        NotFound: They have no such project, or it has no script.
        InvalidScript: There is nothing in the script that could be shown.
        DependencyDown: So many ask at once that its turn did not come.
    """
    script = await script_of(user_id, project_id, None, db=db)
    kept = await cast_of(user_id, project_id, db=db)
    text = (await store.get_bytes(script.key, sha256=script.sha256)).decode("utf-8")
    return await apart(craft.suggest_cast, text, script.file_name, kept.cast.film_cast().members)


async def keep_suggested(
    user_id: UUID,
    project_id: UUID,
    names: Sequence[str] | None,
    *,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    craft: Craft,
) -> KeptCast:
    """Keep those who are suggested. Doing it again has the same effect.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        names: Whom; None for all.
        db: The database.
        store: Where the script lies.
        settings: Hold the policy of moderation.
        craft: Finds them.

    Raises:
        NotFound: They have no such project, or it has no script.
        InvalidRequest: Nobody of them, nor of the cast, is called so, or their words are not used here.
        Conflict: There would be more than a cast may have.
        InvalidScript: There is nothing in the script that could be shown.
        DependencyDown: So many ask at once that its turn did not come.
    """
    suggested = await suggestions_of(user_id, project_id, db=db, store=store, craft=craft)
    if names is not None:
        kept = await cast_of(user_id, project_id, db=db)
        suggested = castlist.chosen(kept.cast, suggested, names)
    words = [word for one in suggested for word in (one.name, *one.aliases, one.description)]
    await _judge(words, settings)

    def keep(cast: CastList) -> CastList:
        return castlist.keep_suggested(cast, suggested, new_id)[0]

    async with db.begin() as session:
        kept = await _held(Casts(session), user_id, project_id)
        after = keep(kept.cast)
        version = kept.version if after == kept.cast else await Casts(session).write(project_id, after)
    return KeptCast(after, version, kept.pictures)


async def add_member(
    user_id: UUID, project_id: UUID, fields: Mapping[str, Any], *, db: Database, settings: Settings, craft: Craft
) -> tuple[Person, KeptCast]:
    """Take somebody in.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        fields: Fields of `Person`: a name at least.
        db: The database.
        settings: Hold the policy of moderation.
        craft: Chooses what they wear where nothing says it.

    Raises:
        NotFound: They have no such project.
        InvalidRequest: Their words are not used here.
        Conflict: A name is somebody else's, or there are as many as a cast may have.
    """
    await _judge(_words(fields), settings)
    person = Person(person_id=new_id(), film_id="", **fields)

    def add(cast: CastList) -> tuple[CastList, UUID]:
        return _dressed(castlist.add_person(cast, person), person.person_id, craft), person.person_id

    return await _edited(user_id, project_id, add, db=db)


async def change_member(
    user_id: UUID,
    project_id: UUID,
    person_id: UUID,
    changes: Mapping[str, Any],
    version: int | None,
    *,
    db: Database,
    settings: Settings,
) -> tuple[Person, KeptCast]:
    """Give somebody another name, other aliases or another look.

    Raises:
        NotFound: They have no such project, or it has no such member.
        Outdated: The member was changed since that version.
        InvalidRequest: Their words are not used here.
        Conflict: A name is somebody else's, or they have too many.
    """
    await _judge(_words(changes), settings)

    def change(cast: CastList) -> tuple[CastList, UUID]:
        castlist.at_version(cast, person_id, version)
        return castlist.change_person(cast, person_id, changes), person_id

    return await _edited(user_id, project_id, change, db=db)


async def remove_member(user_id: UUID, project_id: UUID, person_id: UUID, version: int | None, *, db: Database) -> None:
    """Let somebody go. Films that were ordered with them keep them.

    Raises:
        NotFound: They have no such project, or it has no such member.
        Outdated: The member was changed since that version.
    """
    async with db.begin() as session:
        kept = await _held(Casts(session), user_id, project_id)
        castlist.at_version(kept.cast, person_id, version)
        await Casts(session).write(project_id, castlist.remove_person(kept.cast, person_id))


async def merge_members(
    user_id: UUID, project_id: UUID, person_id: UUID, other_id: UUID, version: int | None, *, db: Database
) -> tuple[Person, KeptCast]:
    """Make two people one: see `film.direction.castlist.merge_people`.

    Raises:
        NotFound: They have no such project, or it has no such member.
        Outdated: The first was changed since that version.
        InvalidRequest: They are one already.
        Conflict: Together they have more names or pictures than one may have.
    """

    def merge(cast: CastList) -> tuple[CastList, UUID]:
        castlist.at_version(cast, person_id, version)
        return castlist.merge_people(cast, person_id, other_id), person_id

    return await _edited(user_id, project_id, merge, db=db)


async def split_member(
    user_id: UUID,
    project_id: UUID,
    person_id: UUID,
    names: Sequence[str],
    version: int | None,
    *,
    db: Database,
    craft: Craft,
) -> tuple[Person, KeptCast]:
    """Make somebody of their own of some of a member's names: see `film.direction.castlist.split_person`.

    Returns:
        Who was split off.

    Raises:
        NotFound: They have no such project, or it has no such member.
        Outdated: The member was changed since that version.
        InvalidRequest: One of the names is none of their aliases.
        Conflict: There are as many as a cast may have.
    """

    def split(cast: CastList) -> tuple[CastList, UUID]:
        castlist.at_version(cast, person_id, version)
        after, person = castlist.split_person(cast, person_id, names, new_id())
        return _dressed(after, person.person_id, craft), person.person_id

    return await _edited(user_id, project_id, split, db=db)


async def pin_picture(
    user_id: UUID, project_id: UUID, person_id: UUID, reference_id: UUID, *, db: Database
) -> tuple[Person, KeptCast]:
    """Let a picture of the project show a member of its cast.

    Raises:
        NotFound: They have no such project, it has no such member, or no such file.
        InvalidRequest: The file is no picture of somebody.
        Conflict: It was not uploaded yet, shows somebody else, or the member has as many as one may have.
    """
    castlist.person_of((await cast_of(user_id, project_id, db=db)).cast, person_id)
    row = await reference_of(user_id, project_id, reference_id, db=db)
    if row.kind is not ReferenceKind.CHARACTER:
        raise InvalidRequest(f"{row.name} is no picture of somebody: announce it with the kind “character”.")
    if row.state is not ReferenceState.READY:
        raise Conflict(f"{row.name} was not uploaded yet: upload it, and complete it.")

    def pin(cast: CastList) -> tuple[CastList, UUID]:
        return castlist.pin_picture(cast, person_id, reference_id), person_id

    return await _edited(user_id, project_id, pin, db=db)


async def unpin_picture(
    user_id: UUID, project_id: UUID, person_id: UUID, reference_id: UUID, *, db: Database
) -> tuple[Person, KeptCast]:
    """Take a picture away from a member of a cast; the project keeps it.

    Raises:
        NotFound: They have no such project, it has no such member, or the picture does not show them.
    """

    def unpin(cast: CastList) -> tuple[CastList, UUID]:
        return castlist.unpin_picture(cast, person_id, reference_id), person_id

    return await _edited(user_id, project_id, unpin, db=db)


async def _edited(user_id: UUID, project_id: UUID, edit: Edit, *, db: Database) -> tuple[Person, KeptCast]:
    """Change a cast while nobody else does."""
    async with db.begin() as session:
        kept = await _held(Casts(session), user_id, project_id)
        after, person_id = edit(kept.cast)
        version = kept.version if after == kept.cast else await Casts(session).write(project_id, after)
    return castlist.person_of(after, person_id), KeptCast(after, version, kept.pictures)


async def _held(casts: Casts, user_id: UUID, project_id: UUID) -> KeptCast:
    kept = await casts.of(user_id, project_id, hold=True)
    if kept is None:
        raise _unknown()
    return kept


def _dressed(cast: CastList, person_id: UUID, craft: Craft) -> CastList:
    """Settle what somebody new wears where nothing says it, so that nobody who comes later changes it."""
    person = castlist.person_of(cast, person_id)
    if person.colour:
        return cast
    taken = [one.colour for one in cast.people if one.colour]
    colour = craft.spare_colour(person.film_id, taken)
    people = (one.model_copy(update={"colour": colour}) if one is person else one for one in cast.people)
    return CastList(people=tuple(people))


def _words(fields: Mapping[str, Any]) -> list[str]:
    return [
        word
        for name in ("name", "aliases", "description")
        for word in ([fields[name]] if isinstance(fields.get(name), str) else fields.get(name) or ())
    ]


async def _judge(words: Sequence[str], settings: Settings) -> None:
    """Names and looks become part of prompts: they are held against the policy as a script is."""
    if words:
        await asyncio.to_thread(judge_words, "\n\n".join(words), settings)


def _unknown() -> NotFound:
    return NotFound("There is no such project.")
