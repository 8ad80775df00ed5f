"""Bodies of `/jobs`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, Strict

from api.models.base import Answer, Body
from schemas.credits import MAX_CREDITS
from schemas.enums import JobStatus, MotionKind, ProfileName, RendererName, SubtitleMode
from schemas.graphics import MAX_CARD, MAX_CREDITS_TEXT, LetteringChoice
from schemas.jobs import FilmOptions, Fps, RuntimeS
from schemas.painting import PaintingChoice, Scheduler
from schemas.prompt import PixelSize

AtMost = Annotated[int, Strict(), Field(ge=0, le=MAX_CREDITS, examples=[3])] | None
"""Credits that it may cost, as it was quoted: it is refused where it costs more by now. None leaves that open."""


class PaintingAsked(Body):
    """How a painted film shall be painted; what is left out is as the installation has it."""

    steps: Annotated[int, Strict(), Field(ge=1, le=150, examples=[30])] | None = None
    """More take longer, and find more detail."""
    guidance: Annotated[float, Strict(), Field(ge=0, le=30, examples=[6.0])] | None = None
    """How closely the words are followed."""
    scheduler: Scheduler | None = None


class LetteringAsked(Body):
    """What stands on cards, and over the pictures."""

    title: Annotated[str, Field(max_length=MAX_CARD, examples=["The Last Ferry"])] = ""
    """Of a card before the first shot; empty for none."""
    subtitle: Annotated[str, Field(max_length=MAX_CARD, examples=["Tangier, 1942"])] = ""
    """What stands below it."""
    credits: Annotated[str, Field(max_length=MAX_CREDITS_TEXT, examples=["Written by: Jane Doe"])] = ""
    """Cards behind the last shot: a credit a line, `role: name`, or a name alone; an empty line parts groups."""
    captions: Annotated[bool, Strict()] = True
    """Whether what the script asks to be read over the picture (`SUPER:`) is drawn over its shot."""
    subtitles: SubtitleMode = SubtitleMode.SOFT
    """As a track of the film and a file, as a file alone, or burnt into the pictures."""


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
    motion: MotionKind = MotionKind.CAMERA
    """What moves: the camera over the pictures, what is between them, or clips of a video model."""
    painting: PaintingAsked | None = None
    """How it is painted; only with the renderer that paints."""
    lettering: LetteringAsked | None = None
    at_most: AtMost = None

    def options(self) -> FilmOptions:
        """What is chosen, in the engine's words; how it is painted is the installation's to say."""
        ours = {"project_id", "painting", "lettering", "at_most"}
        return FilmOptions(**{name: getattr(self, name) for name in type(self).model_fields if name not in ours})

    def painting_asked(self) -> PaintingChoice | None:
        """What is asked of the painter, in the engine's words."""
        return None if self.painting is None else PaintingChoice(**dict(self.painting))

    def lettering_asked(self) -> LetteringChoice | None:
        """What is asked to be lettered, in the engine's words."""
        return None if self.lettering is None else LetteringChoice(**dict(self.lettering))


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


class RetryShot(Body):
    """How a shot that failed is tried again."""

    seed: Annotated[int, Strict(), Field(ge=0, lt=2**63, examples=[4711])] | None = None
    """Instead of the shot's own."""
