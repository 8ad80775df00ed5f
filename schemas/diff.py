"""What a changed script changes in its film."""

from __future__ import annotations

from enum import StrEnum

from schemas.base import Document


class Change(StrEnum):
    """What became of a scene or a shot."""

    SAME = "same"
    MOVED = "moved"
    """It says the same at another place of the film."""
    RETIMED = "retimed"
    """Of a shot: its picture stands, but its length, its camera move or its transitions differ."""
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


class ShotDiff(Document):
    """What became of a shot."""

    change: Change
    old: str | None
    """Its id in the old version; None where it is new."""
    new: str | None
    """Its id in the new version; None where it is gone."""
    draw: bool = False
    """Whether its picture must be drawn: none of the old pictures is the one it needs."""
    text: str
    """What it shows and says; the new version's where there is one."""
    before: str = ""
    """What it showed and said before, where that was something else."""


class SceneDiff(Document):
    """What became of a scene."""

    change: Change
    moved: bool = False
    """Whether it stands in another order among the scenes that both versions have."""
    old: int | None
    """Its index in the old version."""
    new: int | None
    """Its index in the new version."""
    title: str
    """Its slugline, or its place; the new version's where there is one."""
    shots: tuple[ShotDiff, ...]
    """In the order of the new version; those that are gone stand where they stood."""


class ScriptDiff(Document):
    """What became of a film: every scene and shot of both versions, once."""

    scenes: tuple[SceneDiff, ...]
    """In the order of the new version; those that are gone stand where they stood."""
    scene_counts: dict[Change, int]
    """How many scenes became what; every change is there."""
    shot_counts: dict[Change, int]
    """How many shots became what; every change is there."""
    shots: int
    """Shots of the new version."""
    draw: int
    """Those of them whose pictures must be drawn: what a new film costs."""
    seconds: float
    """Length of the new version."""
    seconds_touched: float
    """Seconds of it in shots that changed, are new, or are timed differently."""
