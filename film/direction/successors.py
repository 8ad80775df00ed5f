"""Who of a film is who in it, once its script was directed again with another cast; and what its edits then are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from film.direction.identity import identify
from film.direction.kept import name_keys
from film.direction.recast import played
from schemas.edits import CharacterEdit, Edits
from schemas.script import Breakdown, Character, Shot


class Carried(NamedTuple):
    """A film's edits, as they are of its new cast."""

    edits: Edits
    lost: tuple[str, ...]
    """Ids, in the old cast, of those whose edits mean nobody any more, or too many."""


def successors(old: Breakdown, new: Breakdown) -> dict[str, str]:
    """Say who everybody of a script has become in another cast: whoever goes by their name there.

    Args:
        old: The breakdown of the script with the one cast.
        new: That of the same script with the other.

    Returns:
        By the ids of the one those of the other. Whoever has become several is the one who goes by their first name.
    """
    called: dict[str, str] = {}
    for person in new.characters:
        for key in _keys(person):
            called.setdefault(key, person.id)
    found = ((one.id, next((called[key] for key in _keys(one) if key in called), None)) for one in old.characters)
    return {who: now for who, now in found if now is not None}


def _keys(person: Character) -> Iterator[str]:
    for name in (person.name, *person.aliases):
        yield from name_keys(name)


def placed_otherwise(numbers: Iterable[str], old: Breakdown, new: Breakdown) -> tuple[str, ...]:
    """Find the shots whose number is that of other words in another cast, or of nothing: scenes may be divided anew.

    Args:
        numbers: Of shots.
        old: The breakdown of the script with the one cast.
        new: That of the same script with the other.

    Returns:
        Their numbers.
    """
    was, now = ({shot.id: _told(shot) for shot in film.shots} for film in (old, new))
    return tuple(number for number in numbers if was.get(number) != now.get(number))


def _told(shot: Shot) -> tuple[object, ...]:
    """What of the script a shot tells."""
    return shot.span, shot.action, tuple(line.text for line in shot.dialogue)


def carried_over(edits: Edits, old: Breakdown, new: Breakdown, became: Mapping[str, str]) -> Carried:
    """Make edits of a film those of the same film with another cast.

    A shot's key tells who is in it, so that it is another one where these have other ids. Of shots that are others in
    more than that, edits are left as they are, and without effect.

    Args:
        edits: All edits of the film.
        old: The breakdown of its script, that they are of.
        new: That of the same script with the other cast.
        became: Who everybody has become, as `successors` says.
    """
    cast, lost = _cast(edits.cast, became)
    keys = _shots(old, new, became)
    return Carried(
        Edits(
            cast=cast,
            shots={keys.get(key, key): edit for key, edit in edits.shots.items()},
            order=tuple(
                place.model_copy(
                    update={
                        "shot": keys.get(place.shot, place.shot),
                        "anchor": keys.get(place.anchor, place.anchor),
                    }
                )
                for place in edits.order
            ),
            removed=tuple(keys.get(key, key) for key in edits.removed),
        ),
        lost,
    )


def _cast(
    edits: Mapping[str, CharacterEdit], became: Mapping[str, str]
) -> tuple[dict[str, CharacterEdit], tuple[str, ...]]:
    """Carry the edits of people over; of several who have become one, whoever keeps their id has the last word."""
    share = Counter(became.values())
    found: dict[str, CharacterEdit] = {}
    lost = []
    for who in sorted(edits, key=lambda one: became.get(one) == one):
        edit, now = edits[who], became.get(who)
        into = None if edit.into is None else became.get(edit.into)
        if now is None or (edit.into is not None and into is None):
            lost.append(who)
        elif into is not None and into != now and share[now] > 1:
            lost.append(who)  # they would take the others along
        elif into is None or into != now:  # the cast has made them one already
            told = edit.model_copy(update={"into": into})
            found[now] = found.get(now, told).model_copy(update=told.model_dump(exclude_none=True))
    return found, tuple(lost)


def _shots(old: Breakdown, new: Breakdown, became: Mapping[str, str]) -> dict[str, str]:
    """Find the keys that shots have in the new cast, of those that are otherwise what they were."""
    if len(old.scenes) != len(new.scenes):
        return {}
    there = {shot.key for shot in new.shots}
    again = identify([played(shot, became) for shot in old.shots], new.scenes, new.locations)
    return {was.key: now.key for was, now in zip(old.shots, again, strict=True) if now.key in there}
