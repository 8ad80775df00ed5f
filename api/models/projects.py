"""Bodies of `/projects`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.models.base import Answer, Body, Line


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
