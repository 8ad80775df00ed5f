"""Bodies of `/jobs`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.models.base import Answer, Body
from schemas.enums import JobStatus, ProfileName, RendererName
from schemas.jobs import Fps, RuntimeS
from schemas.prompt import PixelSize


class OrderFilm(Body):
    """A film to be made of a project's newest script."""

    project_id: UUID
    style: Annotated[str, Field(min_length=1, max_length=60)] = "cinematic"
    renderer: RendererName = RendererName.STORYBOARD
    width: PixelSize = 1280
    height: PixelSize = 720
    fps: Fps = 24
    seed: Annotated[int, Field(ge=0, lt=2**62)] = 0
    runtime_s: RuntimeS | None = None
    """How long it shall last, in seconds; None for as long as the script plays by itself."""
    review: bool = False
    """Whether it waits for an approval before anything is drawn."""
    profile: ProfileName = ProfileName.H264


class QuoteShown(Answer):
    """What a film would be and cost."""

    scenes: int
    shots: int
    characters: int
    duration_s: float
    credits: int
    """What is set aside for it; no more is taken."""
    balance: int
    """What you have to spend."""
    expected_s: tuple[float, float] | None
    """Seconds that eight in ten films of this kind would have taken here lately, for as long a film; null where too few
    were made to say."""


class Failure(Answer):
    """Why a film could not be made."""

    code: str
    message: str


class JobShown(Answer):
    """A film that was asked for."""

    job_id: UUID
    project_id: UUID
    title: str
    status: JobStatus
    progress: int
    """Percent; 100 exactly when the film can be downloaded."""
    current_step: str | None
    revision: int
    version: int | None
    """The revision whose film can be downloaded; None before there is one."""
    last_event: int
    """Number of its last event."""
    error: Failure | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None


class Download(Answer):
    """A file of a finished film."""

    name: str
    media_type: str
    bytes: int
    url: str
    """Good for `expires_in` seconds, for whoever has it."""
    expires_in: int


class Cancelled(Answer):
    """What became of calling a film off."""

    cancelling: bool
    """False where it had come to an end before."""


class RetryShot(Body):
    """How a shot that failed is tried again."""

    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    """Instead of the shot's own."""
