"""Who of a script a project's cast might keep, and what those look like who are kept."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

from film.direction import direct
from film.direction.cast import NARRATOR
from film.direction.cues import is_collective
from film.prompting.looks import look_of
from film.prompting.sheets import dressed, sheets_of
from film.prompting.wording import words_of
from film.script import read
from schemas.cast import MAX_DESCRIPTION, MAX_NAME, CastMember, Suggestion
from schemas.enums import FigureKind
from schemas.script import Breakdown, Character, Look

_BODIES = frozenset({FigureKind.ADULT, FigureKind.CHILD})


def suggest_cast(text: str, name: str, kept: Sequence[CastMember] = ()) -> tuple[Suggestion, ...]:
    """Find whom of a script a cast might keep: as its films show them, so that keeping them changes no picture.

    Args:
        text: The decoded script.
        name: Its file's name, a hint at its format.
        kept: Who is kept already.

    Returns:
        The others, who matters most first. Groups are none of them, nor is the voice that narrates.

    Raises:
        InvalidScript: There is nothing in the script that could be shown.
    """
    film = direct(read(text, name), kept=kept)
    sheets = sheets_of(film)
    found = [
        _suggestion(person, sheets[person.id].look, sheets[person.id].words)
        for person in dressed(film)
        if person.settled is None
        and person.id != NARRATOR
        and not person.members
        and not is_collective(person.name)
        and 0 < len(person.name.replace("\x00", "")) <= MAX_NAME
    ]
    return tuple(sorted(found, key=lambda one: -one.importance))


def _suggestion(person: Character, look: Look, words: str) -> Suggestion:
    human = look.kind in _BODIES
    name, description, *aliases = (
        text.replace("\x00", "") for text in (person.name, person.description, *person.aliases)
    )
    return Suggestion(
        film_id=person.id,
        name=name,
        aliases=tuple(alias for alias in aliases if 0 < len(alias) <= MAX_NAME),
        description=description[:MAX_DESCRIPTION],
        age=person.age,
        female=look.female if human else None,
        colour=look.top if human else "",
        speeches=person.speeches,
        importance=person.importance,
        words=words,
    )


def looks_in_words(members: Sequence[CastMember]) -> Mapping[str, str]:
    """Say what a painter reads of those who are kept, in each of their films.

    Args:
        members: They.

    Returns:
        The words by their ids.
    """
    return {member.id: _in_words(member) for member in members}


@lru_cache(maxsize=4096)
def _in_words(member: CastMember) -> str:
    fields = member.model_dump(exclude={"settled"})
    person = Character(**fields, settled=member.settled)
    return words_of(person, look_of(person))


def spare_colour(identity: str, taken: Sequence[str]) -> str:
    """Choose what somebody wears where nothing says it.

    Args:
        identity: Their id in films.
        taken: What others wear, as #rrggbb.

    Returns:
        A colour as #rrggbb.
    """
    return look_of(Character(id=identity, name=""), taken).top


def looks_of_film(film: Breakdown) -> Mapping[str, Hashable]:
    """Say on what of those in a film its pictures depend: two versions in which it is equal show them alike.

    Args:
        film: A breakdown.

    Returns:
        For each character's id their sheet.
    """
    return sheets_of(film)
