"""A cast that is kept: who a project's people are, what they answer to, and what they look like in its films."""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from schemas.base import Document, is_none
from schemas.painting import Reference

MAX_MEMBERS = 200
"""People of one project's cast."""
MAX_NAME = 120
"""Code points of a name."""
MAX_ID = 2 * MAX_NAME
"""Code points of an id in films: it is made of a name, and may end in a number."""
MAX_ALIASES = 40
"""Other names of one of them."""
MAX_DESCRIPTION = 1000
"""Code points of what is told of somebody's looks."""
MAX_PICTURES = 4
"""Pictures that show one of them."""


def _is_empty(many: tuple[object, ...] | str) -> bool:
    return not many


Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
Description = Annotated[str, Field(max_length=MAX_DESCRIPTION)]
Age = Annotated[int, Field(ge=0, le=130)]
Colour = Annotated[str, Field(pattern=r"^(#[0-9a-f]{6})?$")]


class Settled(Document):
    """What is settled of somebody's looks where words do not tell, so that no other person and no shot decides it."""

    female: Annotated[bool | None, Field(exclude_if=is_none)] = None
    """Whether the body is a woman's or a girl's; None leaves it to their words and their id."""
    top: Annotated[Colour, Field(exclude_if=_is_empty)] = ""
    """Colour of what is worn above the waist; empty leaves it to their id."""


class CastMember(Document):
    """One person, as films know them."""

    id: Annotated[str, Field(min_length=1, max_length=MAX_ID)]
    """Of the character that they are in each film; looks that nothing tells are drawn from it. It outlives the name."""
    name: Name
    aliases: Annotated[tuple[Name, ...], Field(max_length=MAX_ALIASES)] = ()
    """Cues, and names in the action, that mean them, too."""
    description: Description = ""
    """What they look like, in words such as a script introduces somebody with; empty leaves it to the script."""
    age: Age | None = None
    """In years; None leaves it to the script."""
    settled: Settled = Settled()


class FilmCast(Document):
    """A project's cast, as a film was ordered with it."""

    members: Annotated[tuple[CastMember, ...], Field(max_length=MAX_MEMBERS)] = ()
    pictures: Annotated[tuple[Reference, ...], Field(exclude_if=_is_empty)] = ()
    """Those of the film's reference pictures that came with the cast, and not with the order."""

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        ids = [member.id for member in self.members]
        if len(set(ids)) < len(ids):
            raise ValueError("two members of a cast share an id")
        return self


class Person(Document):
    """One person of a project's cast, as its user keeps it."""

    person_id: UUID
    film_id: Annotated[str, Field(max_length=MAX_ID)]
    """See `CastMember.id`; empty until they are taken in."""
    name: Name
    aliases: Annotated[tuple[Name, ...], Field(max_length=MAX_ALIASES)] = ()
    description: Description = ""
    age: Age | None = None
    female: bool | None = None
    """Whether a woman or a girl; None leaves it to their words."""
    colour: Colour = ""
    """What they wear above the waist where their description names no colour; given once, so that looks stay apart."""
    pictures: Annotated[tuple[UUID, ...], Field(max_length=MAX_PICTURES)] = ()
    """Ids of the project's references that show them."""
    version: Annotated[int, Field(ge=1)] = 1
    """Raised by each change."""
    absorbed: tuple[Person, ...] = ()
    """Those who were merged into them, as they were: who splits one off again has them back."""


class CastList(Document):
    """The people of a project's cast."""

    people: Annotated[tuple[Person, ...], Field(max_length=MAX_MEMBERS)] = ()

    def film_cast(self, pictures: tuple[Reference, ...] = ()) -> FilmCast:
        """What its films are told.

        Args:
            pictures: Those that the film takes of the pictures that are kept.
        """
        members = (
            CastMember(
                id=one.film_id,
                name=one.name,
                aliases=one.aliases,
                description=one.description,
                age=one.age,
                settled=Settled(female=one.female, top=one.colour),
            )
            for one in self.people
        )
        return FilmCast(members=tuple(members), pictures=pictures)


class Suggestion(Document):
    """Somebody of a script whom a project's cast might keep, as its films show them so far."""

    film_id: str
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    age: int | None = None
    female: bool | None = None
    colour: str = ""
    speeches: int = 0
    importance: float = 0.0
    words: str = ""
    """What a painter reads of them."""
