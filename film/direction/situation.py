"""Where in the film a moment is, and where the camera stands for it: what the rules of the grammar ask and answer."""

from __future__ import annotations

from typing import NamedTuple

from film.direction.moments import Moment
from film.direction.vocabulary import ASKEW, LOOKS_DOWN, TALL
from film.direction.words import tokens
from schemas.enums import Angle, Movement, ShotSize
from schemas.script import Rack, Scene

SIZES = tuple(ShotSize)
"""All sizes, widest first."""
TENSE = 0.7
"""Tension from which the camera comes one size closer."""


class Setup(NamedTuple):
    """Where the camera stands: one answer of the grammar."""

    rule: str
    """Name of the rule that answered."""
    size: ShotSize
    subjects: tuple[str, ...] = ()
    angle: Angle = Angle.EYE
    movement: Movement | None = None
    """Where the script itself names the move."""
    rack: Rack | None = None
    """How the focus moves."""
    limit: str = ""
    """What the script asks for and the shot does not show, in a sentence."""


class Situation(NamedTuple):
    """Where in the film a moment is.

    Everything in it comes from the moment's own scene, and most of it from counts of elements and speeches, not of
    words or shots: a changed word leaves the rest of the scene as it was.
    """

    scene: Scene
    number: int
    """Place of the moment in its scene, from 0."""
    new_place: bool
    """Whether the scene is the first one at its location at this time of day."""
    tension: float = 0.4
    """The scene's own tension here, rising towards its end; without what the moment itself adds."""
    present: tuple[str, ...] = ()
    """Who has been seen or heard in the scene so far, in the order of appearance."""
    turn: int = 0
    """How many speeches the scene has had before this one."""
    speech_part: int = 0
    """Which part of its speech a moment holds, from 0."""
    partner: str | None = None
    """Who is spoken to: the other one of the conversation, as far as it shows; None where nobody speaks."""
    listener: str | None = None
    """Who heard the last speech before a moment of silence."""
    previous: Setup | None = None
    last: bool = False
    """Whether the scene ends with this moment."""


def closer(size: ShotSize, situation: Situation) -> ShotSize:
    """One size closer where it is tense, and never closer than a close-up."""
    if situation.tension < TENSE:
        return size
    return step_closer(size)


def step_closer(size: ShotSize) -> ShotSize:
    """One size closer, and never closer than a close-up."""
    return _CLOSER.get(size, size)


_CLOSER = dict(zip(SIZES, SIZES[1 : SIZES.index(ShotSize.CU) + 1], strict=False))


def angle_of(moment: Moment) -> Angle:
    """Look up at what is tall, down on what is small, askew at what is out of joint."""
    if not moment.action:
        return Angle.EYE
    words = tokens(moment.action)
    if not TALL.isdisjoint(words):
        return Angle.LOW
    if not ASKEW.isdisjoint(words):
        return Angle.DUTCH
    return Angle.HIGH if moment.cast and not LOOKS_DOWN.isdisjoint(words) else Angle.EYE
