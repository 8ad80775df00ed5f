"""A film job: what is asked for, what the workflow is given, what comes out."""

from __future__ import annotations

import operator
from collections.abc import Sized
from typing import Annotated, NamedTuple
from uuid import UUID

from pydantic import Field

from schemas.artifact import ArtifactRef
from schemas.base import Document, Message, is_none
from schemas.enums import DirectedBy, MotionKind, ProfileName, RendererName, ShotOutcome, Tier
from schemas.graphics import Graphics, is_plain
from schemas.motion import MotionFigures, VideoModel
from schemas.painting import Painting
from schemas.prompt import PixelSize, Seed
from schemas.rate import FrameRate
from schemas.sound import SoundFigures

MAX_FPS = 60
Fps = Annotated[FrameRate, Field(le=MAX_FPS)]
RuntimeS = Annotated[float, Field(gt=0, le=6 * 3600)]
ShotNumber = Annotated[str, Field(pattern=r"^s\d{3,}-\d{3,}$")]
Round = Annotated[int, Field(ge=0)]

MAX_SCENE_SHOTS = 60
"""A scene with more shots is split into parts, each its own child workflow."""

SHARED_SHOTS = 30
"""Where short scenes share a child workflow, they have no more shots than this together."""

PARKED_HOURS = 72
"""How long a film waits for somebody to decide about a shot that failed for good."""


def _is_zero(number: int) -> bool:
    return number == 0


def _is_empty(many: Sized) -> bool:
    return not many


def _is_camera(motion: MotionKind) -> bool:
    return motion is MotionKind.CAMERA


def _is_h264(profile: ProfileName) -> bool:
    return profile is ProfileName.H264


class FilmOptions(Document):
    """What a user may choose about a film."""

    style: str = "cinematic"
    renderer: RendererName = RendererName.STORYBOARD
    width: PixelSize = 1280
    height: PixelSize = 720
    fps: Fps = 24
    tier: Tier = Tier.PRO
    review: bool = False
    """Whether the film waits for an approval between the prompts and the pictures."""
    seed: Annotated[int, Field(ge=0, lt=2**62)] = 0
    """From which all seeds of the film derive: another one gives another take of every picture."""
    runtime_s: RuntimeS | None = None
    """How long the film shall last, in seconds, met to the frame; None for as long as the script plays by itself."""
    motion: Annotated[MotionKind, Field(exclude_if=_is_camera)] = MotionKind.CAMERA
    """How the pictures shall move; left out of specs where it is the camera alone, as in those written before."""
    painting: Annotated[Painting | None, Field(exclude_if=is_none)] = None
    """How its keyframes are painted; None for a film that is drawn."""
    profile: Annotated[ProfileName, Field(exclude_if=_is_h264)] = ProfileName.H264
    """How it is encoded; left out of specs where it is H.264 by x264."""
    video: Annotated[VideoModel | None, Field(exclude_if=is_none)] = None
    """How its clips are made; None where no video model makes any."""
    graphics: Annotated[Graphics, Field(exclude_if=is_plain)] = Graphics()
    """Title, credits, captions, subtitles, logo and font; left out where all is as it always was."""


class FilmInput(Message):
    """FilmWorkflow's input."""

    job_id: UUID
    rev: Annotated[int, Field(ge=0)] = 0
    project_id: UUID
    user_id: UUID
    title: str
    script: ArtifactRef
    """The decoded text of the script."""
    file_name: str
    """The name under which the script was given; a hint at its format."""
    options: FilmOptions
    versions: dict[str, int]
    """The version of each stage, pinned when the job was submitted."""
    style: ArtifactRef | None = None
    """The style whole, a `schemas.style.StyleSpec`; None where `options.style` names one that every worker has."""
    sound: ArtifactRef | None = None
    """What shall be heard, a `schemas.sound.SoundOrder`; None for a silent film."""
    review_reason: str = ""
    """Why the film waits for an approval although its options do not ask for one: a sentence for its users."""
    base: Annotated[int | None, Field(exclude_if=is_none)] = None
    """The version that this revision was asked of; None for a film's first."""
    edits: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """All edits of the film, a `schemas.edits.Edits`; None where it is as its script says."""
    breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """The breakdown of the script, where it stands: a revision does not direct its script again."""
    cast: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """The cast that its project kept when it was ordered, a `schemas.cast.FilmCast`; None where nobody was kept."""
    charged: Annotated[tuple[ShotNumber, ...] | None, Field(exclude_if=is_none)] = None
    """Numbers of the shots that a revision is paid for: those it makes anew. None where all are, as a film's first."""

    @property
    def reviewed(self) -> bool:
        """Whether the film waits for an approval before anything is drawn."""
        return self.options.review or bool(self.review_reason)

    @property
    def workflow_id(self) -> str:
        """Id of the film's workflow."""
        return film_workflow_id(self.job_id, self.rev)


def film_workflow_id(job_id: UUID, rev: int = 0) -> str:
    """Build the id of a film's workflow."""
    return f"film-{job_id}-r{rev}"


def scene_workflow_id(film: str, scene: int, part: int | None = None) -> str:
    """Build the id of a scene's workflow, or of one part of a scene.

    Args:
        film: Id of the film's workflow.
        scene: The scene's index, from 0; ids count from 1.
        part: Number of the part, from 1, where the scene was split.
    """
    scene_id = f"{film}/scene-{scene + 1:03d}"
    return scene_id if part is None else f"{scene_id}-part-{part}"


class DialogueFigures(Message):
    """What was found when the finished film's subtitles were read back and held against its script.

    A line is a run of dialogue in a screenplay, a quotation or a stretch of narration in prose.
    """

    lines: int
    """Lines that the script has, as the film's director read it."""
    verbatim: int
    """Those of them that the film shows once, verbatim and in order."""
    missing: int
    """The others; a film is not delivered unless this is 0."""
    cues: int
    """Subtitles that the film is divided into."""
    cps_max: float
    """The most characters a second that a subtitle asks to be read, its white space included."""
    columns_max: int = 0
    """The widest line of a subtitle; East Asian wide characters count twice."""
    second_reader: str
    """Who read the script a second time, independently."""
    second_lines: int
    """Lines that the second reader found."""
    second_found: int
    """Those of them that the film shows verbatim and in order, but for emphasis; in prose but for punctuation."""
    second_reader_agrees: bool
    """Whether the film shows all that the second reader found, and nothing else."""
    warnings: Annotated[tuple[str, ...], Field(max_length=4)] = ()
    """Where the readers differ, and what cannot be read in time: a sentence each."""
    removed: Annotated[int, Field(exclude_if=_is_zero)] = 0
    """Lines of the script that the film leaves out, because their shots were removed; not counted in `lines`."""


class CharacterLikeness(Message):
    """How much alike a character looks in its pictures."""

    character: str
    """Id."""
    score: float
    """Mean cosine of all pairs of its pictures, -1 to 1; higher is more alike."""
    pictures: int
    """How many were compared."""
    shots: dict[str, float] = {}
    """For each shot the mean cosine with the others: the lowest is the one to look at. Only in the document."""


class ConsistencyFigures(Message):
    """How much alike the characters of a painted film look, each from shot to shot."""

    eye: str
    """What looked; scores of different eyes cannot be compared. `colours-…` sees no faces. Empty if nothing did."""
    characters: tuple[CharacterLikeness, ...] = ()
    said: str = ""
    """Why there are no scores although something was painted; else empty."""


class KeptFigures(Message):
    """How much of a film stood before its job began: an edit makes anew only what it changes."""

    pictures: int
    """Keyframes in the film, stand-ins among them."""
    pictures_kept: int
    segments: int
    """Stretches that were encoded on their own."""
    segments_kept: int


class FilmResult(Message):
    """FilmWorkflow's result."""

    output: ArtifactRef
    frames: int
    duration_s: float
    scenes: int
    shots: int
    stand_ins: tuple[str, ...] = ()
    """Ids of the shots in whose place the draft's picture stands."""
    dialogue: DialogueFigures | None = None
    """None where nobody looked: the film was begun by an older version."""
    consistency: ConsistencyFigures | None = None
    """None where nothing was painted."""
    stages: dict[str, float] = {}
    """Seconds of wall time by stage."""
    directed_by: DirectedBy = DirectedBy.RULES
    director_notes: tuple[str, ...] = ()
    """Where the rules directed instead of the language model that was asked, and why."""
    motion: MotionFigures = MotionFigures()
    """What moves in how many shots, and where that is not what was asked for."""
    sound: Annotated[SoundFigures | None, Field(exclude_if=is_none)] = None
    """What was measured of the film's sound; None for a silent film."""
    profile: Annotated[ProfileName, Field(exclude_if=_is_h264)] = ProfileName.H264
    """How it was encoded."""
    profile_note: Annotated[str, Field(exclude_if=operator.not_)] = ""
    """Why that is another than was asked for, a sentence; empty where it is not."""
    kept: Annotated[KeptFigures | None, Field(exclude_if=is_none)] = None
    """None where a worker of an older version took part, which did not count."""
    notes: tuple[str, ...] = ()
    """What users should know of the lettering, a sentence each."""
    script_breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """The breakdown of the script, to which edits apply; None in films of older versions, which cannot be revised."""
    breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """That of the film, after its edits."""
    timeline: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """The timeline that the film was made from."""
    seeds: Annotated[dict[ShotNumber, Seed], Field(exclude_if=_is_empty)] = {}
    """Seeds with which shots were tried again, where they were drawn with them: a revision draws them so, too."""


def reel_workflow_id(film: str, reel: int) -> str:
    """Build the id of the workflow that encodes one reel of a long film.

    Args:
        film: Id of the film's workflow.
        reel: The reel's index, from 0; ids count from 1.
    """
    return f"{film}/reel-{reel + 1:03d}"


class ShotRun(NamedTuple):
    """Neighbouring shots of one scene."""

    scene: int
    first_shot: int
    """Index, within the scene, of the first of them."""
    shots: int


class SceneInput(Message):
    """SceneWorkflow's input: a run of shots of one scene, or several short scenes whole."""

    film: FilmInput
    prompts: ArtifactRef
    breakdown: ArtifactRef
    scene: int
    first_shot: int
    """Index, within the scene, of the first shot of this part."""
    shots: Annotated[int, Field(ge=1, le=MAX_SCENE_SHOTS)]
    """Shots of this scene; those of the scenes that share its workflow are not counted here."""
    following: Annotated[tuple[int, ...], Field(max_length=SHARED_SHOTS, exclude_if=_is_empty)] = ()
    """The numbers of shots of the scenes that follow and share its workflow."""
    part: int | None = None
    film_shots: int
    """Number of shots of the whole film, for progress."""
    drawn: Annotated[int | None, Field(exclude_if=is_none)] = None
    """Number of shots of all parts that are made with it: of a revision those that do not stand; None before this was
    said."""
    place: Annotated[int | None, Field(exclude_if=is_none)] = None
    """How many parts come before it, of those that are made; None before this was said."""
    title: str = ""
    """The scene's slugline or place, for people who look at the workflow."""
    stand_ins: Annotated[tuple[ShotNumber, ...], Field(exclude_if=_is_empty)] = ()
    """Shots for which the draft stands in from the beginning, since they failed in the version that is revised."""

    @property
    def runs(self) -> tuple[ShotRun, ...]:
        """The shots of each of its scenes, in order; a scene without any has no run."""
        more = ((self.scene + place, 0, shots) for place, shots in enumerate(self.following, 1) if shots)
        return (ShotRun(self.scene, self.first_shot, self.shots), *(ShotRun(*run) for run in more))

    @property
    def all_shots(self) -> int:
        """How many shots its workflow makes, whatever scenes they belong to."""
        return self.shots + sum(self.following)

    def holds(self, scene: int, shot: int) -> bool:
        """Whether a shot, by the indices of its scene and within it, is made by its workflow."""
        return any(run.scene == scene and 0 <= shot - run.first_shot < run.shots for run in self.runs)


class ShotException(Message):
    """A shot that did not end as it should have."""

    shot: ShotNumber
    outcome: ShotOutcome
    reason: str = ""


class SceneResult(Message):
    """SceneWorkflow's result. Pictures are not listed: their names follow from their specs."""

    scene: int
    made: int
    """Shots whose own picture stands."""
    exceptions: tuple[ShotException, ...] = ()
    rounds: dict[str, int] = {}
    """For each shot that was retried after it had failed for good: how often."""
    seeds: dict[ShotNumber, Seed] = {}
    """For each shot that was changed: its new seed."""
    motion_s: float = 0.0
    """Wall time of the scene's motion stage, in seconds."""
    motion: MotionFigures = MotionFigures()
    """What moves in how many of the shots, and where that is not what was asked for."""
    kept: Annotated[int | None, Field(exclude_if=is_none)] = None
    """Pictures that stood before this job; None where that was not counted."""


class ShotCommand(Message):
    """Input of the Updates `retry_shot` and `skip_shot`."""

    shot: ShotNumber
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    """For a retry: draw with this seed instead of the shot's own."""


class ShotDecision(Message):
    """What was decided about a parked shot; a signal from the film to the scene."""

    shot: ShotNumber
    skip: bool = False
    """Whether the draft's picture shall stand in; otherwise the shot is tried again."""
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class ParkedShot(Message):
    """A shot that failed for good and waits for a decision."""

    shot: ShotNumber
    error_type: str
    message: str
    attempts: int


class SceneRevised(Message):
    """What a scene that waits is made from, from now on; a signal from the film to the scene."""

    film: FilmInput
    prompts: ArtifactRef
    breakdown: ArtifactRef


class ShotReleased(Message):
    """A parked shot that is no longer waiting; a signal from the scene to the film."""

    shot: ShotNumber
    outcome: ShotOutcome
    reason: str = ""


class FilmState(Message):
    """Answer of FilmWorkflow's Updates, and of its debug query."""

    status: str = Field(examples=["running"])
    stage: str = Field(examples=["keyframes"])
    progress: int = Field(examples=[42])
    parked: tuple[ParkedShot, ...] = ()
    script_breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """The breakdown of the script, once there is one."""
    breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """That of the film, after its edits."""
    edits: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """Its edits; None where it is as its script says, and where an older worker answers."""
