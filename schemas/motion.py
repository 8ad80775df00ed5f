"""How shots move: what a clip is made from, what each shot got, and why it is not what was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from schemas.base import Document, Message
from schemas.enums import MovedBy
from schemas.models import Sha256
from schemas.prompt import PixelSize, Seed
from schemas.rate import FrameRate

NOTES = 5
"""Notes on the motion that a film's summary holds; the plans of its scenes have them all."""


class ShotMotion(Document):
    """How a shot moves, and what of the motion that was asked for could not be had: never swapped in silence."""

    shot: str
    kind: MovedBy
    said: str = ""
    """A sentence for the film's users where the shot moves otherwise than was asked; else empty."""


class ShotMotions(Document):
    """What moves in some shots of a scene."""

    motions: tuple[ShotMotion, ...] = ()


class MotionFigures(Message):
    """How the shots of a film, or of a part of one, move."""

    shots: dict[str, int] = {}
    """Number of shots by what moves in them, as `MovedBy`."""
    otherwise: Annotated[int, Field(ge=0)] = 0
    """Shots that move otherwise than was asked."""
    notes: Annotated[tuple[str, ...], Field(max_length=NOTES + 1)] = ()
    """The first of them, and why; and how many there are more."""

    @classmethod
    def of(cls, motions: Sequence[ShotMotion]) -> MotionFigures:
        """Count the shots of a film, in their order."""
        notes = [f"{motion.shot}: {motion.said}" for motion in motions if motion.said]
        more = (f"And {len(notes) - NOTES} more shots.",) if len(notes) > NOTES else ()
        return cls(
            shots=dict(sorted(Counter(motion.kind.value for motion in motions).items())),
            otherwise=len(notes),
            notes=(*notes[:NOTES], *more),
        )

    @classmethod
    def together(cls, parts: Sequence[MotionFigures]) -> MotionFigures:
        """Add up the parts of a film, in their order."""
        otherwise = sum(part.otherwise for part in parts)
        # What a part says of how many more there are is said again for the whole.
        notes = [note for part in parts for note in part.notes[: min(part.otherwise, NOTES)]][:NOTES]
        more = (f"And {otherwise - len(notes)} more shots.",) if otherwise > len(notes) else ()
        shots: Counter[str] = Counter()
        for part in parts:
            shots.update(part.shots)
        return cls(shots=dict(sorted(shots.items())), otherwise=otherwise, notes=(*notes, *more))


class VideoModel(Document):
    """All of a video model that changes what it makes."""

    model: Sha256
    """Digest of its manifest."""
    steps: Annotated[int, Field(ge=1, le=150)] = 30
    guidance: Annotated[float, Field(ge=0, le=30)] = 3.0


class ClipSpec(Document):
    """All that a clip depends on, and nothing else: hashed, it is the clip's name.

    What flow makes depends on its keyframes alone: words, seed and model are empty then.
    """

    kind: MovedBy
    """FLOW or VIDEO; a camera needs no clip."""
    first: Sha256
    """Of the keyframe it begins with."""
    last: Sha256 | None = None
    """Of the keyframe it leads to; None where the end is open."""
    width: PixelSize
    height: PixelSize
    frames: Annotated[int, Field(gt=0)]
    fps: FrameRate
    positive: str = ""
    negative: str = ""
    seed: Seed = 0
    video: VideoModel | None = None
