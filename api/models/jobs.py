"""Bodies of `/jobs`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, Strict

from api.models.base import Answer, Body, Line
from schemas.choices import FilmChoice
from schemas.credits import MAX_CREDITS
from schemas.enums import Corner, JobStatus, MotionKind, ProfileName, RendererName, SubtitleMode
from schemas.graphics import MAX_CARD, MAX_CREDITS_TEXT, LetteringChoice, LogoChoice
from schemas.jobs import FilmOptions, Fps, RuntimeS
from schemas.models import Sha256
from schemas.painting import MAX_REFERENCES, LoraChoice, PaintingChoice, ReferenceChoice, Scheduler
from schemas.prompt import PixelSize
from schemas.sound import VOICE_SAYS, MusicChoice, SoundChoice, VoiceChoice

MAX_VOICES = 500
"""Voices of one order: more are longer than a body may be."""

FileOf = Annotated[Sha256, Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])]
"""The sha256 of a file that the project has."""

AtMost = Annotated[int, Strict(), Field(ge=0, le=MAX_CREDITS, examples=[3])] | None
"""Credits that it may cost, as it was quoted: it is refused where it costs more by now. None leaves that open."""


class PictureAsked(Body):
    """A picture that shows what somebody looks like."""

    character: Annotated[Line, Field(examples=["Mara"])]
    """Somebody in the film, by a name that the script has."""
    sha256: FileOf
    """Of a picture that the project has."""
    weight: Annotated[float, Strict(), Field(gt=0, le=1)] = 0.6
    """How much of it is taken."""


class LoraAsked(Body):
    """One of the installation's LoRAs: weights that change how its model paints."""

    name: Annotated[str, Field(min_length=1, max_length=200, examples=["watercolour"])]
    """As `GET /loras` has it."""
    scale: Annotated[float, Strict(), Field(ge=-4, le=4)] = 1.0
    """How much it changes."""


class PaintingAsked(Body):
    """How a painted film shall be painted; what is left out is as the installation has it."""

    steps: Annotated[int, Strict(), Field(ge=1, le=150, examples=[30])] | None = None
    """More take longer, and find more detail."""
    guidance: Annotated[float, Strict(), Field(ge=0, le=30, examples=[6.0])] | None = None
    """How closely the words are followed."""
    scheduler: Scheduler | None = None
    lora: LoraAsked | None = None
    pictures: Annotated[list[PictureAsked], Field(max_length=MAX_REFERENCES)] = []


class LogoAsked(Body):
    """A picture that stands in a corner of every frame."""

    sha256: FileOf
    """Of a file that the project has, of kind `logo`."""
    corner: Corner = Corner.UPPER_RIGHT


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
    logo: LogoAsked | None = None
    font: FileOf | None = None
    """Of a file that the project has, of kind `font`: its letters come first, and others where it lacks one."""

    def choice(self) -> LetteringChoice:
        """What is chosen, in the engine's words."""
        logo = None if self.logo is None else LogoChoice(**dict(self.logo))
        return LetteringChoice(**dict(self) | {"logo": logo})


class MusicAsked(Body):
    """Music beneath the whole film."""

    sha256: FileOf
    """Of a file that the project has, of kind `music`."""
    gain_db: Annotated[float, Strict(), Field(ge=-60, le=24, examples=[-6.0])] = 0.0
    """Against the voices' loudness where nobody speaks; 0 is as loud."""
    duck_db: Annotated[float, Strict(), Field(ge=0, le=60)] = 12.0
    """How much it falls while somebody speaks."""
    once: Annotated[bool, Strict()] = False
    """Whether music that is shorter than the film ends, instead of beginning anew."""


class VoiceAsked(Body):
    """A voice that was recorded for a line of the film."""

    sha256: FileOf
    """Of a file that the project has, of kind `voice`."""
    says: Annotated[str, Field(pattern=VOICE_SAYS, examples=["12"])] | None = None
    """A line's number, dialogue and narration counted in the order of the script; or a shot, `s002-004`, for the first
    line that begins in it, and `s002-004-2` for the second. None where the file's name begins so."""


class SoundAsked(Body):
    """What is heard; docs/sound.md says how it is mixed."""

    music: MusicAsked | None = None
    voices: Annotated[list[VoiceAsked], Field(max_length=MAX_VOICES)] = []


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
    sound: SoundAsked | None = None
    """Music and voices; without them the film is silent."""
    at_most: AtMost = None

    def options(self) -> FilmOptions:
        """What is chosen, in the engine's words; how it is painted is the installation's to say."""
        ours = {"project_id", "painting", "lettering", "sound", "at_most"}
        return FilmOptions(**{name: getattr(self, name) for name in type(self).model_fields if name not in ours})

    def choice(self) -> FilmChoice:
        """All that is chosen, in the engine's words."""
        painting, lettering, sound = self.painting or PaintingAsked(), self.lettering, self.sound or SoundAsked()
        return FilmChoice(
            options=self.options(),
            painting=PaintingChoice(
                steps=painting.steps,
                guidance=painting.guidance,
                scheduler=painting.scheduler,
                lora=None if painting.lora is None else LoraChoice(**dict(painting.lora)),
                references=tuple(ReferenceChoice(**dict(one)) for one in painting.pictures),
            ),
            lettering=(lettering or LetteringAsked()).choice(),
            sound=SoundChoice(
                music=None if sound.music is None else MusicChoice(**dict(sound.music)),
                voices=tuple(VoiceChoice(**dict(voice)) for voice in sound.voices),
            ),
            at_most=self.at_most,
        )


class Between(Answer):
    """A range."""

    least: float
    most: float


class LoraShown(Answer):
    """A LoRA of the installation."""

    name: str = Field(examples=["watercolour"])


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
    held: bool = Field(default=False, examples=[False])
    """Whether moderation holds it: a moderator lets it go on, or refuses it, and nobody else can."""
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
