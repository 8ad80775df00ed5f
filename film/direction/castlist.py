"""A project's cast, edited: people come and go, are renamed, merged and split. Each name is one person's, always."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from film.direction.ages import age_in, tells_age
from film.direction.cast import NARRATOR
from film.direction.kept import name_keys
from film.direction.sex import sex_told
from film.direction.words import slug, unique
from schemas.cast import MAX_ALIASES, MAX_MEMBERS, MAX_NAME, MAX_PICTURES, CastList, Person, Suggestion
from schemas.errors import Conflict, InvalidRequest, NotFound, Outdated


def person_of(cast: CastList, person_id: UUID) -> Person:
    """Find somebody.

    Raises:
        NotFound: Nobody of the cast is them.
    """
    found = next((one for one in cast.people if one.person_id == person_id), None)
    if found is None:
        raise NotFound("There is no such member of the cast.")
    return found


def at_version(cast: CastList, person_id: UUID, version: int | None) -> Person:
    """Find somebody as they were read.

    Args:
        cast: The cast.
        person_id: They.
        version: The version that was read; None whatever it is.

    Raises:
        NotFound: Nobody of the cast is them.
        Outdated: They were changed since.
    """
    found = person_of(cast, person_id)
    if version is not None and found.version != version:
        raise Outdated(f"{found.name} was changed meanwhile, and is at version {found.version}. Read it again.")
    return found


def add_person(cast: CastList, person: Person) -> CastList:
    """Take somebody in, whose id in films is chosen here: of their name, unless it is given.

    Raises:
        Conflict: A name is somebody else's, or there are as many as a cast may have.
    """
    if len(cast.people) >= MAX_MEMBERS:
        raise Conflict(f"A cast has {MAX_MEMBERS} members at most; delete one first.")
    wanted = (person.film_id or slug(person.name))[:MAX_NAME]
    taken = _taken(cast)
    tidied = _tidy(person.model_copy(update={"film_id": unique(wanted, taken)}))
    return _checked(cast, (*cast.people, tidied), tidied)


def chosen(cast: CastList, suggested: Sequence[Suggestion], names: Sequence[str]) -> tuple[Suggestion, ...]:
    """Find those who are meant of a script's people whom a cast might keep.

    Args:
        cast: The cast; names of whom it has already are done with.
        suggested: They.
        names: By which some of them are called: their names, or their ids in films.

    Returns:
        Those of them who are meant, each once, in their order.

    Raises:
        InvalidRequest: Somebody is neither suggested nor in the cast.
    """
    called = {name_keys(one.name)[0]: one for one in suggested}
    by_id = {one.film_id: one for one in suggested}
    had = {key for person in cast.people for key in _keys(person)} | {one.film_id for one in cast.people}
    meant: set[str] = set()
    for name in names:
        key = name_keys(name)[0]
        found = by_id.get(name) or called.get(key)
        if found is not None:
            meant.add(found.film_id)
        elif not had & {name, key}:
            raise InvalidRequest(f"Nobody who is suggested is called {name}; ask for the suggestions again.")
    return tuple(one for one in suggested if one.film_id in meant)


def keep_suggested(
    cast: CastList, suggested: Iterable[Suggestion], new_id: Callable[[], UUID]
) -> tuple[CastList, tuple[Person, ...]]:
    """Take in those of a script whom nobody of the cast answers for.

    A name of theirs that somebody of the cast has stays with that one.

    Args:
        cast: The cast.
        suggested: They, who matters most first.
        new_id: Makes ids.

    Returns:
        The cast, and who is new.

    Raises:
        Conflict: There would be more than a cast may have.
    """
    known = {key for person in cast.people for key in _keys(person)}
    taken = _taken(cast)
    added: list[Person] = []
    for one in suggested:
        names = [name for name in (one.name, *one.aliases) if name_keys(name)[0] not in known]
        if one.name not in names:
            continue
        person = Person(
            person_id=new_id(),
            film_id=unique(one.film_id[:MAX_NAME], taken),
            name=one.name,
            aliases=tuple(names[1:])[:MAX_ALIASES],
            description=one.description,
            age=one.age,
            female=one.female,
            colour=one.colour,
        )
        added.append(_tidy(person))
        known.update(_keys(added[-1]))
    if len(cast.people) + len(added) > MAX_MEMBERS:
        raise Conflict(
            f"A cast has {MAX_MEMBERS} members at most; with these it would have {len(cast.people) + len(added)}."
        )
    return CastList(people=(*cast.people, *added)), tuple(added)


def change_person(cast: CastList, person_id: UUID, changes: Mapping[str, Any]) -> CastList:
    """Give somebody another name, other aliases or another look. A name that was theirs goes on meaning them.

    Where a new description tells whether it is a woman, or how old they are, what was settled of that goes with the
    old one, unless the changes say it, too.

    Args:
        cast: The cast.
        person_id: They.
        changes: Fields of `Person`.

    Raises:
        NotFound: Nobody of the cast is them.
        Conflict: A name is somebody else's, or they have too many.
    """
    before = person_of(cast, person_id)
    after = before.model_copy(update={**_told(changes.get("description")), **changes})
    if "name" in changes and "aliases" not in changes:
        after = after.model_copy(update={"aliases": (*after.aliases, before.name)})
    return _replaced(cast, _tidy(after))


def _told(description: str | None) -> dict[str, Any]:
    """What a new description tells of what is settled apart from it."""
    told: dict[str, Any] = {}
    if description is not None and (female := sex_told(description.lower())) is not None:
        told["female"] = female
    if description is not None and tells_age(description):
        told["age"] = age_in(description)
    return told


def merge_people(cast: CastList, person_id: UUID, other_id: UUID) -> CastList:
    """Make two people one: the first, who answers to the names of both, and has the pictures of both.

    Args:
        cast: The cast.
        person_id: Who stays; their name and look are those of both.
        other_id: Who goes into them. As they were they can be split off again.

    Raises:
        NotFound: One of them is nobody of the cast.
        InvalidRequest: They are one already.
        Conflict: Together they have more names or pictures than one may have.
    """
    stays, goes = person_of(cast, person_id), person_of(cast, other_id)
    if person_id == other_id:
        raise InvalidRequest(f"{stays.name} is to be merged with themselves; name two members.")
    pictures = (*stays.pictures, *goes.pictures)
    if len(pictures) > MAX_PICTURES:
        raise Conflict(
            f"{stays.name} and {goes.name} have {len(pictures)} pictures together; {MAX_PICTURES} are the most: take "
            "some away first."
        )
    absorbed = (*stays.absorbed, goes.model_copy(update={"absorbed": ()}), *goes.absorbed)
    one = stays.model_copy(
        update={"aliases": (*stays.aliases, goes.name, *goes.aliases), "pictures": pictures, "absorbed": absorbed}
    )
    left = CastList(people=tuple(person for person in cast.people if person.person_id != other_id))
    return _replaced(left, _tidy(one))


def split_person(cast: CastList, person_id: UUID, names: Sequence[str], new_id: UUID) -> tuple[CastList, Person]:
    """Make somebody of their own of some of a person's names.

    Who was merged into that person under such a name is as they were: id, look and pictures. Anybody else begins
    without a look, which the script then gives them.

    Args:
        cast: The cast.
        person_id: Whose names they are.
        names: Those aliases of theirs that mean the other; the first is their name.
        new_id: The id of who is new.

    Returns:
        The cast, and who was split off.

    Raises:
        NotFound: Nobody of the cast is them.
        InvalidRequest: One of the names is none of their aliases.
        Conflict: There are as many as a cast may have.
    """
    stays = person_of(cast, person_id)
    own = {name_keys(alias)[0]: alias for alias in stays.aliases}
    keys = list(dict.fromkeys(name_keys(name)[0] for name in names))
    for name in names:
        if name_keys(name)[0] not in own:
            raise InvalidRequest(f"{name} is no alias of {stays.name}; those are {', '.join(stays.aliases) or 'none'}.")
    before = next((one for one in stays.absorbed if name_keys(one.name)[0] in keys), None)
    if before is None:
        person = Person(person_id=new_id, film_id="", name=own[keys[0]], aliases=tuple(own[key] for key in keys[1:]))
    else:
        first = name_keys(before.name)[0]
        theirs = tuple(own[key] for key in keys if key != first)
        person = before.model_copy(update={"name": own[first], "aliases": theirs, "version": before.version + 1})
    left = stays.model_copy(
        update={
            "aliases": tuple(alias for key, alias in own.items() if key not in keys),
            "pictures": tuple(one for one in stays.pictures if one not in person.pictures),
            "absorbed": tuple(one for one in stays.absorbed if one is not before),
        }
    )
    cast = add_person(_replaced(cast, left), person.model_copy(update={"pictures": _left(person, stays)}))
    return cast, person_of(cast, person.person_id)


def _left(person: Person, stays: Person) -> tuple[UUID, ...]:
    """Those of the pictures of who was absorbed that nobody took away meanwhile."""
    return tuple(one for one in person.pictures if one in stays.pictures)


def remove_person(cast: CastList, person_id: UUID) -> CastList:
    """Let somebody go: their names are the script's again.

    Raises:
        NotFound: Nobody of the cast is them.
    """
    gone = person_of(cast, person_id)
    return CastList(people=tuple(one for one in cast.people if one is not gone))


def pin_picture(cast: CastList, person_id: UUID, reference_id: UUID) -> CastList:
    """Let a picture show somebody. Doing it again has the same effect.

    Raises:
        NotFound: Nobody of the cast is them.
        Conflict: They have as many as one may have, or it shows somebody else.
    """
    person = person_of(cast, person_id)
    if reference_id in person.pictures:
        return cast
    shown = next((one for one in cast.people if reference_id in one.pictures), None)
    if shown is not None:
        raise Conflict(f"This picture shows {shown.name}; take it away there first.")
    if len(person.pictures) >= MAX_PICTURES:
        raise Conflict(f"A member of the cast has {MAX_PICTURES} pictures at most; take one away first.")
    return _replaced(cast, person.model_copy(update={"pictures": (*person.pictures, reference_id)}))


def unpin_picture(cast: CastList, person_id: UUID, reference_id: UUID) -> CastList:
    """Take a picture away from somebody.

    Raises:
        NotFound: Nobody of the cast is them, or it does not show them.
    """
    person = person_of(cast, person_id)
    if reference_id not in person.pictures:
        raise NotFound("There is no such file.")
    left = tuple(one for one in person.pictures if one != reference_id)
    return _replaced(cast, person.model_copy(update={"pictures": left}))


def _taken(cast: CastList) -> set[str]:
    """Ids in films that nobody new may have; who was absorbed has theirs again when they are split off."""
    return {NARRATOR, *(one.film_id for person in cast.people for one in (person, *person.absorbed))}


def _tidy(person: Person) -> Person:
    """Leave out aliases that say the same as another name of theirs."""
    seen = {name_keys(person.name)[0]}
    aliases = []
    for alias in person.aliases:
        key = name_keys(alias)[0]
        if key not in seen:
            seen.add(key)
            aliases.append(alias)
    return person.model_copy(update={"aliases": tuple(aliases)})


def _keys(person: Person) -> tuple[str, ...]:
    return tuple(name_keys(name)[0] for name in (person.name, *person.aliases))


def _replaced(cast: CastList, person: Person) -> CastList:
    """Put somebody in the place of who they were, a version later."""
    # Who was absorbed can be split off by a name; one whose name was taken away is forgotten.
    keys = set(_keys(person))
    absorbed = tuple(one for one in person.absorbed if name_keys(one.name)[0] in keys)
    later = person.model_copy(update={"version": person.version + 1, "absorbed": absorbed})
    people = tuple(later if one.person_id == person.person_id else one for one in cast.people)
    return _checked(cast, people, later)


def _checked(cast: CastList, people: tuple[Person, ...], changed: Person) -> CastList:
    """See that every name is one person's alone."""
    if len(changed.aliases) > MAX_ALIASES:
        raise Conflict(f"{changed.name} would have {len(changed.aliases)} aliases; {MAX_ALIASES} are the most.")
    theirs = dict(zip(_keys(changed), (changed.name, *changed.aliases), strict=True))
    for other in people:
        if other.person_id == changed.person_id:
            continue
        for key in _keys(other):
            if key in theirs:
                raise Conflict(
                    f"“{theirs[key]}” is a name of {other.name}, and a name belongs to one member: merge the two, or "
                    "take it away there first."
                )
    return cast.model_copy(update={"people": people})
