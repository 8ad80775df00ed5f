"""Bodies of `/jobs/…/revisions` and `/jobs/…/versions`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, Strict

from api.models.base import Answer, Body
from api.models.jobs import AtMost
from schemas.edits import MAX_SHOT_S, Changes, Name, Who, Words
from schemas.enums import JobStatus, Movement, ShotSize
from schemas.jobs import ShotNumber
from schemas.prompt import Seed


class ChangeShot(Body):
    """What shall be otherwise in one shot. What is left out stays."""

    shot: ShotNumber
    prompt: Words | None = None
    """What it shows, instead of the script's words."""
    added: Words | None = None
    """What it shows besides."""
    seed: Annotated[Seed, Strict()] | None = None
    """Another take: the same words, another picture."""
    duration_s: Annotated[float, Strict(), Field(gt=0, le=MAX_SHOT_S)] | None = None
    movement: Movement | None = None
    size: ShotSize | None = None


class MoveShot(Body):
    """Where a shot shall stand."""

    shot: ShotNumber
    anchor: ShotNumber
    """Beside which one."""
    side: Literal["before", "after"] = "after"


class ChangeCharacter(Body):
    """What shall be otherwise about somebody. What is left out stays."""

    character: Annotated[Who, Field(examples=["mara"])]
    """Their id, their name or an alias, as the breakdown has them."""
    name: Annotated[Name, Field(examples=["Captain Mara"])] | None = None
    description: Annotated[Words, Field(examples=["a tall woman of 60 with grey hair, in a green coat"])] | None = None
    """How they look, instead of the script's words."""
    into: Who | None = None
    """Who they are in truth: the two are one from now on, called so and looking so."""


class ChangeFilm(Body):
    """What shall be otherwise in a film, by the numbers of its present version's shots."""

    cast: Annotated[list[ChangeCharacter], Field(max_length=200)] = []
    shots: Annotated[list[ChangeShot], Field(max_length=200)] = []
    removed: Annotated[list[ShotNumber], Field(max_length=200)] = []
    order: Annotated[list[MoveShot], Field(max_length=200)] = []
    recast: Annotated[bool, Strict()] = False
    """Whether it shall have the cast that its project keeps by now, instead of the one that it was ordered with: the
    shots of whoever looks otherwise are drawn anew."""
    at_most: AtMost = None

    def changes(self) -> Changes:
        """What is asked, in the engine's words."""
        return Changes.model_validate(self.model_dump(exclude={"at_most"}))


class RevisionQuoteShown(Answer):
    """What a change would make anew, and cost."""

    shots: list[str] = Field(examples=[["s001-002"]])
    """Numbers of the shots that are made anew, in the film as it would be."""
    seconds: float = Field(examples=[4.5])
    """How long these last."""
    credits: int = Field(examples=[1])
    """What is set aside for it; no more is taken."""
    balance: int = Field(examples=[12])
    """What you have to spend."""
    dropped: list[str] = Field(examples=[["s003-002"]])
    """What loses its edits, since another cast has other people in it: shots, by their numbers in the present version
    or, where they were removed and are there again, in the script; and people, by name, whom it does not have."""
    set_aside: int | None = Field(examples=[None])
    """Credits that are set aside for a film that waits: it is changed as long as it costs no more. Null where nothing
    is, or it has ended."""


class ChangedFilm(Answer):
    """What became of a change."""

    revision: int | None
    """The revision that was ordered; null where the film is changed as it waits."""


class VersionShown(Answer):
    """A version of a film."""

    number: int
    base: int | None
    """The version that it was asked of; null for the first."""
    status: JobStatus
    current: bool
    """Whether it is the one that is downloaded."""
    has_film: bool
    message: str
    """How it ended, where it did not end with a film."""
    created_at: datetime
    completed_at: datetime | None
