"""Bodies of `/projects`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from api.models.base import Answer, Body, Line


class NewProject(Body):
    """A project to be made."""

    title: Line


class ChangedProject(Body):
    """What of a project is changed."""

    title: Line


class ProjectShown(Answer):
    """A script, and all that is made of it."""

    project_id: UUID
    title: str
    status: str
    version: int
    """Raised by each change; `If-Match` names it."""
    has_script: bool
    created_at: datetime
    updated_at: datetime


class ScriptShown(Answer):
    """A version of a project's script."""

    number: int
    file_name: str
    format: str
    """fountain, fdx or prose: as it was understood."""
    characters: int
    """Code points of its text."""
    sha256: str
    created_at: datetime
