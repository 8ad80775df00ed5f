"""Versions of a film: what is kept of each, and what its shots are."""

from __future__ import annotations

from enum import StrEnum

from schemas.artifact import ArtifactRef
from schemas.base import Document
from schemas.enums import ShotSize
from schemas.jobs import DialogueFigures


class FinishedFilm(Document):
    """A film that was joined, verified and stored: what stands need not be verified again."""

    film: ArtifactRef
    beside: tuple[ArtifactRef, ...]
    """Poster and subtitles, in the same folder."""
    frames: int
    duration_s: float
    dialogue: DialogueFigures | None


class ShotState(StrEnum):
    """What a shot is."""

    CURRENT = "current"
    """The film shows it as the newest revision asks for."""
    STALE = "stale"
    """The film shows it, but the newest revision asks for another picture, which no film shows yet."""
    MISSING = "missing"
    """There is no picture of it: it was not drawn yet, or has expired and is made again with the next revision."""
    FAILED = "failed"
    """It could not be drawn: the draft stands in for it."""


class ShotReport(Document):
    """A shot of a film, as `studio shots` lists it."""

    id: str
    key: str
    scene: int
    slugline: str
    size: ShotSize
    frames: int
    seconds: float
    state: ShotState
    edited: tuple[str, ...] = ()
    """What was edited: prompt, seed, duration, move, size, order."""
