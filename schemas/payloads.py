"""Inputs and results of the activities: references and small facts, each under 10 KB."""

from __future__ import annotations

from collections.abc import Sized
from typing import Annotated

from pydantic import Field

from schemas.artifact import ArtifactRef
from schemas.base import Message, is_none
from schemas.enums import DirectedBy, ProfileName
from schemas.jobs import DialogueFigures, FilmInput, ShotException, ShotNumber
from schemas.motion import MotionFigures
from schemas.prompt import Seed
from schemas.sound import SoundFigures


def _is_nothing(many: Sized) -> bool:
    return not many


BATCH_SHOTS = 6
"""Shots in one keyframe activity."""

LAST_SEGMENTS = 4
"""So many segments, the last of a film, are encoded the longest first, and more of a film that has more than 12."""

REEL_SEGMENTS = 60
"""Segments that one workflow encodes; a film of more has them encoded by children, a reel each."""

DIRECTOR_NOTES = 5
"""Notes on the direction that a workflow is told; the breakdown has them all."""

SCENE_TITLES = 60
"""Scenes whose titles a workflow is told: more would not fit into a payload."""


class AnalyzeResult(Message):
    """Stage 1: the breakdown, and as much of it as the workflow needs to plan."""

    breakdown: ArtifactRef
    title: str
    frames: int
    scene_shots: tuple[int, ...]
    """The number of shots of each scene."""
    scene_titles: Annotated[tuple[str, ...], Field(max_length=SCENE_TITLES)] = ()
    """What the first scenes are called, cut short: for people who look at the workflow."""
    directed_by: DirectedBy = DirectedBy.RULES
    director_model: str = ""
    """The language model that was asked to direct; empty where none is set."""
    director_notes: Annotated[tuple[str, ...], Field(max_length=DIRECTOR_NOTES + 1)] = ()
    """Where the rules took over from it, and why; the first of them, and how many there are more."""
    script_breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """The breakdown before its edits; None where there are none."""
    stand_ins: Annotated[tuple[ShotNumber, ...], Field(exclude_if=_is_nothing)] = ()
    """Shots for which the draft stands in from the beginning."""


class PromptsInput(Message):
    """Stage 2."""

    film: FilmInput
    breakdown: ArtifactRef
    script_breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """The breakdown before its edits; None where there are none."""


class PromptsResult(Message):
    """Stage 2: the prompts of the whole film, as one `schemas.prompt.FilmPrompts`."""

    prompts: ArtifactRef


class ShotOrder(Message):
    """A shot to be drawn, and what was decided about it since it was first tried."""

    shot: str
    round: int = 0
    """How often it failed for good and was tried again: three attempts count anew in each round."""
    seed: Seed | None = None
    """Draw with this seed instead of the shot's own."""
    stand_in: bool = False
    """Draw the draft that stands in for it."""


class KeyframesInput(Message):
    """Stage 3: a batch of shots, of one scene or of short ones that follow each other."""

    film: FilmInput
    prompts: ArtifactRef
    orders: Annotated[tuple[ShotOrder, ...], Field(min_length=1, max_length=BATCH_SHOTS)]


class ShotFailure(Message):
    """A shot that failed for good: its own errors, or the workers it took down, reached their limit."""

    shot: str
    error_type: str
    message: str
    attempts: int
    spec: str


class KeyframesResult(Message):
    """Stage 3: what stands now."""

    made: int
    """Shots of the batch whose picture is in the store."""
    drawn: int
    """Those of them that were drawn in this call; the others stood already."""
    kept: Annotated[int | None, Field(exclude_if=is_none)] = None
    """Those of them that stood before this job; None from workers that did not count them."""
    failed: tuple[ShotFailure, ...] = ()


class ConsistencyInput(Message):
    """Stage 3, last: a film whose pictures stand."""

    film: FilmInput
    prompts: ArtifactRef
    exceptions: tuple[ShotException, ...] = ()
    seeds: dict[ShotNumber, Seed] = {}


class GpuDemand(Message):
    """A piece of GPU work that is about to be asked for."""

    film: FilmInput
    queue: str
    """The task queue that it will wait in."""
    unit: str
    """What is to be made, for people who read the queue."""


class StandingInput(Message):
    """Stage 3 of a revision, first: its scenes, as they are given to children."""

    film: FilmInput
    breakdown: ArtifactRef
    prompts: ArtifactRef
    parts: tuple[tuple[int, int], ...]
    """The first and the last scene of each child; one that makes a part of a scene has that scene alone."""


class StandingResult(Message):
    """Stage 3 of a revision, first: what stands whole, pictures and moves."""

    parts: tuple[int, ...]
    """Indices of the children that are not needed."""
    motion: MotionFigures
    """What moves in how many of their shots."""


class AnimateInput(Message):
    """Stage 4, where more than the camera moves: shots of one scene whose keyframes stand."""

    film: FilmInput
    breakdown: ArtifactRef
    prompts: ArtifactRef
    orders: Annotated[tuple[ShotOrder, ...], Field(min_length=1, max_length=BATCH_SHOTS + 1)]
    """As their keyframes were drawn, in order, and behind them the shot that follows them in the scene, if one does."""
    shots: Annotated[int, Field(ge=1, le=BATCH_SHOTS)]
    """How many of them are animated: the first ones."""


class AnimateResult(Message):
    """Stage 4: what moves now in the shots."""

    motions: ArtifactRef
    """A `schemas.motion.ShotMotions`."""
    made: int
    """Clips that were made in this call; the others stood already, or could not be made."""


class MotionInput(Message):
    """Stage 4: the shots `first_shot` … `first_shot + shots` of one scene."""

    film: FilmInput
    breakdown: ArtifactRef
    scene: int
    first_shot: int
    shots: int
    motions: tuple[ArtifactRef, ...] = ()
    """Where more than the camera moves, what moves in the shots: see `AnimateResult`."""


class MotionResult(Message):
    """Stage 4: a `schemas.timeline.ScenePlan`."""

    plan: ArtifactRef
    moving: int
    """Shots whose camera moves."""
    figures: MotionFigures = MotionFigures()
    """What moves in how many shots, and where that is not what was asked for."""


class EncoderChoice(Message):
    """Stage 5, before the cut where the profile's encoder may not work: what is taken."""

    profile: ProfileName
    note: str = ""
    """Why it is another than was asked for, a sentence; empty where it is not."""


class CutInput(Message):
    """Stage 5, first half: from shots to a timeline."""

    film: FilmInput
    breakdown: ArtifactRef
    prompts: ArtifactRef
    exceptions: tuple[ShotException, ...] = ()
    seeds: dict[ShotNumber, Seed] = {}
    script_breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """The breakdown before its edits; None where there are none."""
    profile: Annotated[ProfileName | None, Field(exclude_if=is_none)] = None
    """What was chosen where the profile that was asked for may not work; None for that one."""


class CutResult(Message):
    """Stage 5, first half: the timeline, and the plan of its segments as read back from it."""

    timeline: ArtifactRef
    segments: ArtifactRef
    """A `schemas.timeline.SegmentPlan`."""
    count: int
    frames: int
    lengths: tuple[int, ...] = ()
    """Length of each segment, in frames."""
    notes: Annotated[tuple[str, ...], Field(max_length=4)] = ()
    """What users should know of the lettering, a sentence each: letters that no font has."""
    standing: Annotated[tuple[int, ...], Field(exclude_if=_is_nothing)] = ()
    """Of a revision: the segments that stand, which nobody need be asked about again."""

    def in_order(self) -> list[int]:
        """Order the segments as they are shown, so that the film can be watched from its beginning while it is made.

        Of the last third, the longest come first: so none of the long ones is left for the end, when others idle.
        """
        missing = self._missing()
        last = max(LAST_SEGMENTS, len(missing) // 3)
        return [*missing[:-last], *self._longest_first(missing[-last:])]

    def longest_first(self) -> list[int]:
        """Order the segments by their lengths, as films did that began before 2026-11-30."""
        return self._longest_first(self._missing())

    def _missing(self) -> list[int]:
        standing = frozenset(self.standing)
        return [at for at in range(self.count) if at not in standing]

    def _longest_first(self, indices: list[int]) -> list[int]:
        lengths = self.lengths or (0,) * self.count
        return sorted(indices, key=lambda index: -lengths[index])


class SegmentInput(Message):
    """Stage 5, second half: one segment of the plan."""

    film: FilmInput
    segments: ArtifactRef
    index: int


class SegmentResult(Message):
    """Stage 5, second half."""

    frames: int
    encoded: bool
    """Whether it was encoded in this call; False where it stood already."""
    kept: Annotated[bool | None, Field(exclude_if=is_none)] = None
    """Whether it stood before this job; None from workers that did not look."""


class ReelInput(Message):
    """Stage 5, second half, of a long film: the segments that one child encodes."""

    film: FilmInput
    segments: ArtifactRef
    indices: Annotated[tuple[int, ...], Field(min_length=1, max_length=REEL_SEGMENTS)]
    """Which of the plan's segments, in the order in which they are encoded."""
    count: int
    """How many segments the film has."""
    film_frames: int
    """How many frames it has, for progress."""


class ReelResult(Message):
    """What a reel became."""

    frames: int
    kept: Annotated[int | None, Field(exclude_if=is_none)] = None
    """Segments that stood before this job; None where a worker did not look."""


class MixInput(Message):
    """Stage 6, the sound: mixed while the pictures are encoded."""

    film: FilmInput
    cut: CutResult


class MixResult(Message):
    """Stage 6: the sound of a film, of which only its store knows the place; its name follows from the timeline."""

    heard: bool
    """Whether the film has any."""


class FinishInput(Message):
    """Stage 6."""

    film: FilmInput
    cut: CutResult
    breakdown: ArtifactRef | None = None
    """What the film must say; None in films begun by a version that did not look."""
    script_breakdown: Annotated[ArtifactRef | None, Field(exclude_if=is_none)] = None
    """What the script says, where shots were edited."""


class FinishResult(Message):
    """Stage 6: the verified, uploaded film."""

    output: ArtifactRef
    frames: int
    duration_s: float
    dialogue: DialogueFigures | None = None
    sound: Annotated[SoundFigures | None, Field(exclude_if=is_none)] = None
    """None for a silent film."""


class DiscardInput(Message):
    """Compensation of stage 6: take back a film that was uploaded but is not delivered."""

    film: FilmInput
    reason: str


class PublishInput(Message):
    """After a revision was delivered: its files become those of the job."""

    film: FilmInput
