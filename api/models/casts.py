"""Bodies of `/projects/…/cast`."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, Strict

from api.models.base import Answer, Body, Line
from schemas.cast import MAX_ALIASES, MAX_DESCRIPTION, MAX_MEMBERS, MAX_NAME


def _short(name: str) -> str:
    if len(name) > MAX_NAME:
        raise ValueError(f"may have {MAX_NAME} characters at most")
    return name


def _description(text: str) -> str:
    return " ".join(text.split())


Name = Annotated[Line, AfterValidator(_short), Field(max_length=MAX_NAME, examples=["Mara"])]
Aliases = Annotated[list[Name], Field(max_length=MAX_ALIASES, examples=[["MARA (40)", "MOTHER"]])]
Description = Annotated[
    str,
    Field(max_length=MAX_DESCRIPTION, examples=["a weathered woman, grey hair in a bun, a red coat"]),
    AfterValidator(_description),
]
Age = Annotated[int, Strict(), Field(ge=0, le=130, examples=[40])]
Female = Annotated[bool, Strict(), Field(examples=[True])]


class NewMember(Body):
    """Somebody whom a project's films shall know."""

    name: Name
    aliases: Aliases = []
    """Other cues, and names in the action, that mean them."""
    description: Description = ""
    """What they look like, as a script introduces somebody; left empty, it is what the script says."""
    age: Age | None = None
    female: Female | None = None
    """Whether a woman or a girl; null leaves it to their words."""

    def fields(self) -> dict[str, Any]:
        """What is said, in the engine's words."""
        return {**dict(self), "aliases": tuple(self.aliases)}


class ChangedMember(Body):
    """What of somebody is changed; what is left out stays."""

    name: Name = ""
    """Another name; the one before goes on meaning them, unless `aliases` are given, too."""
    aliases: Aliases = []
    """All of their aliases."""
    description: Description = ""
    age: Age | None = None
    female: Female | None = None

    def fields(self) -> dict[str, Any]:
        """What is said, in the engine's words."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return said if "aliases" not in said else {**said, "aliases": tuple(self.aliases)}


class Merge(Body):
    """Who is the same person."""

    other: UUID
    """Another member: they go into this one."""


class Split(Body):
    """Which aliases are somebody of their own."""

    aliases: Annotated[list[Name], Field(min_length=1, max_length=MAX_ALIASES, examples=[["CYBER BOB"]])]
    """The first is the name of who is split off."""


class KeepSuggested(Body):
    """Who of those that are suggested shall be kept."""

    names: Annotated[list[Name], Field(max_length=MAX_MEMBERS)] | None = None
    """Their names; null for all of them."""


class MemberShown(Answer):
    """Somebody of a project's cast."""

    member_id: UUID
    character: str = Field(examples=["mara"])
    """Their id in films' breakdowns; a new name does not change it."""
    name: str = Field(examples=["Mara"])
    aliases: list[str] = Field(examples=[["MARA (40)", "MOTHER"]])
    description: str = Field(examples=["a weathered woman, grey hair in a bun, a red coat"])
    age: int | None = Field(examples=[40])
    female: bool | None = Field(examples=[True])
    pictures: list[UUID]
    """Ids of the project's references that show them: every painted film takes them."""
    looks: str = Field(examples=["a woman with grey hair in a bun, fair skin, in a red dress"])
    """What a painter reads of them, as far as nothing is left to a script."""
    version: int = Field(examples=[1])
    """Raised by each change; `If-Match` names it."""


class CastShown(Answer):
    """The cast that a project keeps."""

    version: int = Field(examples=[3])
    """Raised by each change of anybody; 0 where nobody was ever kept."""
    members: list[MemberShown]


class SuggestionShown(Answer):
    """Somebody of the newest script whom the cast does not have."""

    character: str = Field(examples=["mara"])
    name: str = Field(examples=["MARA"])
    aliases: list[str]
    description: str
    age: int | None = Field(examples=[40])
    female: bool | None = Field(examples=[True])
    speeches: int = Field(examples=[12])
    importance: float = Field(examples=[1.0])
    """0 to 1: 1.0 for whoever leads."""
    looks: str = Field(examples=["a woman with grey hair in a bun, fair skin, in a red dress"])
    """What a painter reads of them so far; keeping them changes no picture."""
