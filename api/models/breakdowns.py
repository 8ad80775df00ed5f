"""Bodies of `/jobs/{job_id}/breakdown`."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from api.models.base import Answer
from schemas.enums import Angle, IntExt, Movement, ShotSize, TimeOfDay
from schemas.rate import FrameRate


class CharacterShown(Answer):
    """Somebody of a film."""

    id: str = Field(examples=["mara"])
    """Changes name them so, whatever they are called."""
    name: str = Field(examples=["Mara"])
    aliases: list[str] = Field(examples=[["Captain Mara"]])
    """What else the script calls them, and whoever was made one with them."""
    description: str = Field(examples=["30, in a red coat"])
    """How they look: they are drawn and painted from these words."""
    speeches: int = Field(examples=[4])
    importance: float = Field(examples=[1.0])
    """1 for whoever leads, and less for others."""
    shots: list[str] = Field(examples=[["s001-002"]])
    """Numbers of the shots that show them."""
    edited: list[str] = Field(examples=[["name"]])
    """What about them was changed: name, description."""


class LineShown(Answer):
    """What is said in a shot."""

    character: str = Field(examples=["mara"])
    """Id of whoever says it; `narrator` for narration."""
    text: str = Field(examples=["He said he would be here."])


class ShotOfBreakdown(Answer):
    """A shot, as it will be made."""

    number: str = Field(examples=["s001-002"])
    """Its scene and its place there, both from 1; changes name it so."""
    size: ShotSize = Field(examples=["MCU"])
    angle: Angle = Field(examples=["eye"])
    movement: Movement = Field(examples=["push_in"])
    subjects: list[str] = Field(examples=[["mara"]])
    """Ids of who is in the picture, the most important first."""
    words: str = Field(examples=["Mara walks along the pier."])
    """What happens; empty where somebody only speaks."""
    lines: list[LineShown]
    frames: int = Field(examples=[60])
    seconds: float = Field(examples=[2.5])
    edited: list[str] = Field(examples=[["duration"]])
    """What of it was changed: prompt, seed, duration, move, size, order."""


class SceneOfBreakdown(Answer):
    """A scene, with the shots that stand in it, in the film's order; on a page, with those of them that it holds."""

    number: str | None = Field(examples=["12A"])
    """As the script numbers it; null where it does not."""
    slugline: str = Field(examples=["EXT. HARBOUR - DUSK"])
    int_ext: IntExt = Field(examples=["ext"])
    time_of_day: TimeOfDay = Field(examples=["dusk"])
    seconds: float = Field(examples=[12.5])
    """How long all of it lasts."""
    shots: list[ShotOfBreakdown]


class BreakdownShown(Answer):
    """All that a film is made from: its cast, its scenes and its shots.

    A long film comes in pages, each a stretch of its shots, with the scenes and the people in them.
    """

    job_id: UUID
    title: str = Field(examples=["The Last Ferry"])
    changeable: bool
    """Whether it can be changed by `POST /jobs/{job_id}/revisions` now: it waits, or has ended."""
    fps: FrameRate = Field(examples=[24])
    frames: int = Field(examples=[1440])
    seconds: float = Field(examples=[60.0])
    characters: list[CharacterShown]
    """Whoever leads first."""
    scenes: list[SceneOfBreakdown]
    order: list[str] = Field(examples=[["s001-001", "s001-002"]])
    """Numbers of all shots as they are shown, whatever scenes they belong to."""
    next: str | None = Field(default=None, examples=[None])
    """The cursor of the next page; null where this is the last, as it is for any but very long films."""
