"""Bodies of `/jobs`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Strict

from api.models.base import Answer, Body
from schemas.edits import MAX_SHOT_S, Words
from schemas.enums import JobStatus, Movement, ProfileName, RendererName, ShotSize
from schemas.jobs import Fps, RuntimeS, ShotNumber
from schemas.prompt import PixelSize, Seed


class OrderFilm(Body):
    """A film to be made of a project's newest script."""

    project_id: UUID
    style: Annotated[str, Field(min_length=1, max_length=60)] = "cinematic"
    renderer: RendererName = RendererName.STORYBOARD
    width: Annotated[PixelSize, Strict()] = 1280
    height: Annotated[PixelSize, Strict()] = 720
    fps: Fps = 24
    seed: Annotated[int, Strict(), Field(ge=0, lt=2**62)] = 0
    runtime_s: Annotated[RuntimeS, Strict()] | None = None
    """How long it shall last, in seconds; None for as long as the script plays by itself."""
    review: Annotated[bool, Strict()] = False
    """Whether it waits for an approval before anything is drawn."""
    profile: ProfileName = ProfileName.H264


class Between(Answer):
    """A range."""

    least: float
    most: float


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
    expected_s: Between | None
    """Seconds that eight in ten films of this kind would have taken here lately, for as long a film; null where too few
    were made to say."""


class Failure(Answer):
    """Why a film could not be made."""

    code: str = Field(examples=["InvalidScript"])
    message: str = Field(examples=["The script holds no scene."])


class JobShown(Answer):
    """A film that was asked for."""

    job_id: UUID
    project_id: UUID
    title: str = Field(examples=["The Last Ferry"])
    status: JobStatus = Field(examples=["running"])
    progress: int = Field(examples=[42])
    """Percent; 100 exactly when the film can be downloaded."""
    current_step: str | None = Field(examples=["keyframes"])
    revision: int = Field(examples=[0])
    version: int | None = Field(examples=[None])
    """The revision whose film can be downloaded; None before there is one."""
    last_event: int = Field(examples=[17])
    """Number of its last event."""
    error: Failure | None = Field(examples=[None])
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None = Field(examples=[None])


class Download(Answer):
    """A file of a finished film."""

    name: str = Field(examples=["final.mp4"])
    media_type: str = Field(examples=["video/mp4"])
    bytes: int = Field(examples=[4_711_000])
    url: str = Field(examples=["https://store.example.org/jobs/final.mp4?X-Amz-Signature=…"])
    """Good for `expires_in` seconds, for whoever has it."""
    expires_in: int = Field(examples=[900])


class Cancelled(Answer):
    """What became of calling a film off."""

    cancelling: bool = Field(examples=[True])
    """False where it had come to an end before."""


class ChangeShot(Body):
    """What shall be otherwise in one shot. What is left out stays."""

    shot: ShotNumber
    prompt: Words | None = None
    """What it shows, instead of the script's words."""
    added: Words | None = None
    """What it shows besides."""
    seed: Seed | None = None
    """Another take: the same words, another picture."""
    duration_s: Annotated[float, Field(gt=0, le=MAX_SHOT_S)] | None = None
    movement: Movement | None = None
    size: ShotSize | None = None


class MoveShot(Body):
    """Where a shot shall stand."""

    shot: ShotNumber
    anchor: ShotNumber
    """Beside which one."""
    side: Literal["before", "after"] = "after"


class ChangeFilm(Body):
    """What shall be otherwise in a film, by the numbers of its present version's shots."""

    shots: Annotated[list[ChangeShot], Field(max_length=200)] = []
    removed: Annotated[list[ShotNumber], Field(max_length=200)] = []
    order: Annotated[list[MoveShot], Field(max_length=200)] = []


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


class RetryShot(Body):
    """How a shot that failed is tried again."""

    seed: Annotated[int, Strict(), Field(ge=0, lt=2**63, examples=[4711])] | None = None
    """Instead of the shot's own."""
