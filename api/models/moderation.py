"""Bodies of `/admin/moderation`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from api.models.base import Answer
from schemas.enums import JobStatus
from schemas.moderation import Flag, ItemState


class HeldShown(Answer):
    """A film that moderation holds, or held."""

    item_id: UUID
    job_id: UUID
    user_id: UUID
    """Who ordered it."""
    revision: int
    title: str
    state: ItemState
    waits: bool
    """Whether it still waits: false once somebody has decided, and where its user has called it off."""
    held_for: str
    """Why it is held: its user has read the same."""
    status: JobStatus
    """Where its job stands."""
    created_at: datetime
    decided_at: datetime | None
    decided_by: UUID | None
    """None while nobody has, and for the local user of an installation without accounts."""
    reason: str
    """Why it was decided so; its user was told where it was refused."""


class Line(Answer):
    """A line of a script."""

    number: int
    """From 1, as flags count."""
    text: str


class Passage(Answer):
    """Lines of a script in which something was found, and those around them."""

    flags: list[Flag]
    lines: list[Line]


class HeldFilm(HeldShown):
    """A film that moderation holds, with what was found in its script."""

    passages: list[Passage] | None
    """In the order of the script; None where the script is gone from the store."""
