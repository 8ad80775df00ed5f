"""Versions of a film: what is kept of each, and what its shots are."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.artifact import ArtifactRef
from schemas.base import Document, is_none
from schemas.enums import ShotSize
from schemas.jobs import DialogueFigures
from schemas.sound import SoundFigures


class FinishedFilm(Document):
    """A film that was joined, verified and stored: what stands need not be verified again."""

    film: ArtifactRef
    beside: tuple[ArtifactRef, ...]
    """Poster and subtitles, in the same folder."""
    frames: int
    duration_s: float
    dialogue: DialogueFigures | None
    sound: Annotated[SoundFigures | None, Field(exclude_if=is_none)] = None
    """None for a silent film."""


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
    drawn: ShotSize | None = None
    """The size in which it is drawn, where its own would hide what happens."""
    frames: int
    seconds: float
    state: ShotState
    edited: tuple[str, ...] = ()
    """What was edited: prompt, seed, duration, move, size, order."""
    words: str = ""
    """What it shows and says, in the script's words."""
    picture: str | None = None
    """Key of the picture that the newest revision asks for, where it stands."""
    thumbnail: str | None = None
    """Key of a small one of it; None where it was drawn before there were any."""
