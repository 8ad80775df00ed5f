"""Bodies of `/projects`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.models.base import Answer, Body, Line
from schemas.diff import Change, SceneDiff


class NewProject(Body):
    """A project to be made."""

    title: Line = Field(examples=["The Last Ferry"])


class ChangedProject(Body):
    """What of a project is changed."""

    title: Line = Field(examples=["The Last Ferry"])


class ProjectShown(Answer):
    """A script, and all that is made of it."""

    project_id: UUID
    title: str = Field(examples=["The Last Ferry"])
    status: str = Field(examples=["draft"])
    version: int = Field(examples=[3])
    """Raised by each change; `If-Match` names it."""
    has_script: bool
    poster: str | None = Field(examples=["https://store.example.org/jobs/…/poster.jpg?X-Amz-Signature=…"])
    """Where the poster of its newest film can be fetched for a quarter of an hour; null before there is one."""
    created_at: datetime
    updated_at: datetime


class ScriptShown(Answer):
    """A version of a project's script."""

    number: int = Field(examples=[1])
    file_name: str = Field(examples=["the_last_ferry.fountain"])
    format: str = Field(examples=["fountain"])
    """fountain, fdx or prose: as it was understood."""
    characters: int = Field(examples=[4820])
    """Code points of its text."""
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    created_at: datetime


class LinesChanged(Answer):
    """Neighbouring lines that are others in the newer version."""

    old_line: int = Field(examples=[12])
    """Number of the first of them in the older version, from 1; where none were there, of the one that follows."""
    old: list[str] = Field(examples=[["It rains."]])
    new_line: int = Field(examples=[12])
    new: list[str] = Field(examples=[["It snows."]])


class ScriptDiffShown(Answer):
    """What differs between two versions of a script: in its lines, and in the film that the rules make of it."""

    number: int = Field(examples=[2])
    against: int = Field(examples=[1])
    scenes: list[SceneDiff]
    """Those that are not the same, in the order of the newer version, with those of their shots that are not."""
    scene_counts: dict[Change, int] = Field(examples=[{"same": 11, "changed": 1}])
    """How many scenes became what, those that are not told among them."""
    shot_counts: dict[Change, int] = Field(examples=[{"same": 40, "changed": 2}])
    shots: int = Field(examples=[42])
    """Shots of the newer version's film."""
    draw: int = Field(examples=[2])
    """Those of them whose pictures are drawn anew."""
    seconds: float = Field(examples=[148.5])
    """Length of that film."""
    seconds_touched: float = Field(examples=[7.25])
    """Seconds of it in shots that are new, changed, or timed otherwise."""
    lines: list[LinesChanged]
    """What was written otherwise, in the order of the script."""
    complete: bool = Field(examples=[True])
    """Whether all that changed is told; of a script written anew, only the beginning is."""
