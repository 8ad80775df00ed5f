"""The cut: which frames of which shot follow which, and how they are divided among encoders.

`timeline.json` itself is an OpenTimelineIO document; `film.edit.timeline` writes it from a `Cut` and reads it
back into one. The film is made from what was read back.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from schemas.artifact import Sha256
from schemas.base import Document, is_none
from schemas.enums import FadeColour, MediaKind, TransitionKind, is_black
from schemas.motion import ShotMotion
from schemas.rate import FrameRate
from schemas.sound import Soundtrack

Frames = Annotated[int, Field(ge=0)]
Fraction = Annotated[float, Field(ge=0.0, le=1.0)]


def _is_empty(text: str) -> bool:
    return not text


def _is_still(kind: MediaKind) -> bool:
    return kind is MediaKind.STILL


class Framing(Document):
    """A window on the keyframe, in fractions of its width and height."""

    x: Fraction
    """Centre of the window, from the left edge."""
    y: Fraction
    """Centre of the window, from the upper edge."""
    scale: Annotated[float, Field(gt=0.2, le=1.0)]
    """Width of the window; 1.0 is the whole picture. The window always lies inside the picture."""


Depth = Annotated[float, Field(gt=0.0, le=1000.0)]
"""A distance from the camera, in that of the figures; see `film.layers.Layer`."""


class FocusPull(Document):
    """A focus that moves from one distance to another, eased, and stays there."""

    start: Depth
    """What is sharp before it."""
    end: Depth
    """What is sharp after it."""
    first: Frames = 0
    """Last frame of the shot at which the focus still rests."""
    frames: Annotated[int, Field(gt=0)]
    """Number of frames from there to the one at which it has arrived, both counted."""


class CameraMove(Document):
    """A camera move over a shot: from one framing to another, eased."""

    start: Framing
    end: Framing
    frames: Annotated[int, Field(gt=0)]
    """Number of frames from the first framing to the last. Handles beyond it hold the end framings' speed of zero.
    Of a clip, its number of frames; handles hold the first and the last."""
    focus: Annotated[FocusPull | None, Field(exclude_if=is_none)] = None
    """How the focus moves; None where it stays on the figures. Only a picture in layers can show it."""

    @property
    def deep(self) -> bool:
        """Whether a picture in layers shows more of this move than a flat one."""
        return self.start != self.end or self.focus is not None


class ShotMove(Document):
    """The move of one shot."""

    shot: str
    move: CameraMove
    motion: Annotated[ShotMotion | None, Field(exclude_if=is_none)] = None
    """How it moves; None in plans of versions in which there was the camera alone."""


class ScenePlan(Document):
    """Stage 4's result for the moves of a scene (or of a part of one)."""

    moves: tuple[ShotMove, ...]


class CutItem(Document):
    """One shot in the cut."""

    shot: str
    name: str
    """What an editor sees on the clip."""
    key: Annotated[str, Field(exclude_if=_is_empty)] = ""
    """Its `schemas.script.Shot.key`, which an edit elsewhere leaves; empty in cuts of older versions."""
    media_key: str
    """Key of the keyframe, or of the clip, in the assets bucket."""
    media_sha256: Sha256
    media_kind: Annotated[MediaKind, Field(exclude_if=_is_still)] = MediaKind.STILL
    """How it is read; left out of specs where it is a still, as in those written before."""
    move: CameraMove
    start: Frames = 0
    """First frame of the shot that is shown; above 0 where it was trimmed."""
    frames: Annotated[int, Field(gt=0)]
    transition_in: TransitionKind = TransitionKind.CUT
    transition_in_frames: Frames = 0
    transition_in_via: Annotated[FadeColour, Field(exclude_if=is_black)] = FadeColour.BLACK
    """What a fade in comes from; left out of specs where it is black, as in those written before."""
    transition_out: TransitionKind = TransitionKind.CUT
    transition_out_frames: Frames = 0
    transition_out_via: Annotated[FadeColour, Field(exclude_if=is_black)] = FadeColour.BLACK
    """What a fade out goes to; left out likewise."""


class Cue(Document):
    """One subtitle."""

    start: Frames
    """First frame of the film at which it is shown."""
    end: Frames
    """First frame at which it is no longer shown."""
    speaker: str = ""
    text: str


class Cut(Document):
    """The whole film, as an editor would hand it over."""

    title: str
    fps: FrameRate
    width: int
    height: int
    items: tuple[CutItem, ...]
    cues: tuple[Cue, ...] = ()
    soundtrack: Annotated[Soundtrack | None, Field(exclude_if=is_none)] = None
    """What is heard; None for a silent film."""

    @property
    def frames(self) -> int:
        """Length of the film in frames."""
        return sum(item.frames for item in self.items)


class VideoCodec(Document):
    """An encoder other than libx264, and what it makes."""

    encoder: str
    """FFmpeg's name of the encoder."""
    codec: str
    """FFmpeg's name of what it makes: what a decoder finds."""
    pixels: str
    """FFmpeg's name of the samples' format."""
    tag: Annotated[str, Field(pattern=r"^[a-z0-9]{4}$")]
    """The four letters by which players know the track."""
    container: str
    """FFmpeg's name of the format, which is the file's extension too: mp4 or mov."""
    options: dict[str, str] = {}
    """Options of the encoder: quality, and whatever makes its bytes depend on the frames alone."""


def _is_one(value: int) -> bool:
    return value == 1


class EncoderSettings(Document):
    """How frames are encoded. One thread an encoder: more is not reproducible."""

    preset: str = "veryfast"
    """Of libx264."""
    crf: Annotated[int, Field(ge=0, le=51)] = 18
    """Of libx264."""
    watermark: str | None = None
    """The words of the watermark, or None."""
    video: Annotated[VideoCodec | None, Field(exclude_if=is_none)] = None
    """Another encoder than libx264; left out of specs where there is none, as in those written before."""
    shrink: Annotated[int, Field(ge=1, le=8, exclude_if=_is_one)] = 1
    """By how much width and height are divided."""

    @property
    def container(self) -> str:
        """FFmpeg's name of the files' format, and their extension."""
        return "mp4" if self.video is None else self.video.container

    def size_of(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of what is encoded of a film, in pixels, even."""
        if self.shrink == 1:
            return width, height
        return max(2, width // self.shrink & ~1), max(2, height // self.shrink & ~1)


class Segment(Document):
    """A run of shots that one encoder turns into one file; the spec of a segment artifact.

    Shots it shares a dissolve or a wipe with lie in the same segment, so that no frame depends on another segment.
    """

    width: int
    height: int
    fps: FrameRate
    items: Annotated[tuple[CutItem, ...], Field(min_length=1)]
    encoder: EncoderSettings

    @property
    def frames(self) -> int:
        """Length in frames."""
        return sum(item.frames for item in self.items)

    def spec(self) -> dict[str, Any]:
        """Return what the segment's frames depend on: names, ids and places in the store are left out."""
        return self.model_dump(mode="json", exclude={"items": {"__all__": {"shot", "name", "key", "media_key"}}})


class SegmentPlan(Document):
    """The segments of a film, in order."""

    segments: Annotated[tuple[Segment, ...], Field(min_length=1)]
