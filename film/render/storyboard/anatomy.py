"""How a figure is built: what framing and drawing need to know of a body in its pose."""

from __future__ import annotations

import math
from dataclasses import dataclass

from film.render.storyboard.creatures import BUILDS
from film.render.storyboard.mounts import rise_of
from film.render.storyboard.perches import perch_rise
from film.render.storyboard.poses import SIDEWAYS, STANCES
from film.render.storyboard.skeleton import Skeleton, skeleton
from film.render.storyboard.wildlife import WILD_BUILDS
from schemas.enums import FigureKind, Pose, Side
from schemas.prompt import Figure

FLIES = frozenset({Pose.RUN, Pose.WALK, Pose.FIGHT, Pose.FLY})
"""Poses in which a bird is on the wing."""

HUMAN_METRES = {FigureKind.ADULT: 1.72, FigureKind.CHILD: 1.22}


@dataclass(frozen=True)
class Anatomy:
    """What framing needs to know of a figure, in local units."""

    metres: float
    height: float
    head: tuple[float, float]
    size: float
    """Height of the head."""
    human: bool


def is_front(figure: Figure) -> bool:
    """Whether a human is drawn from the front: who faces the camera in a pose that can be read from there."""
    return (
        figure.facing is Side.CENTRE and figure.pose not in SIDEWAYS and figure.on in {"", "floor", "chair", "throne"}
    )


def bones_of(figure: Figure) -> Skeleton:
    """The joints of a human."""
    look = figure.look
    bent = 9.0 if look.old and figure.pose not in {Pose.LIE, Pose.SLEEP} else 0.0
    return skeleton(look.kind, figure.pose, is_front(figure), look.build, figure.stance, bent, figure.on == "floor")


def anatomy(figure: Figure) -> Anatomy:
    """Measure a figure in its pose."""
    kind = figure.look.kind
    if kind in HUMAN_METRES:
        bones = bones_of(figure)
        x, y = bones.head
        legs = STANCES[bones.legs]
        y -= legs.lift + rise_of(figure.on, bones.legs)
        if legs.turn:
            turn, hip = math.radians(-legs.turn), bones.hips[0][1]
            y += legs.lift
            x, y = (
                x * math.cos(turn) - (y - hip) * math.sin(turn),
                x * math.sin(turn) + (y - hip) * math.cos(turn) + hip,
            )
            y -= legs.lift
        return Anatomy(HUMAN_METRES[kind], bones.height, (x, y), 112.0, True)
    build = WILD_BUILDS.get(figure.look.species, BUILDS[kind])
    if kind is FigureKind.BIRD and figure.pose in FLIES:
        head = (build.head[0] + 8, build.head[1] - 26)
        return Anatomy(build.metres * figure.look.build, build.height, head, build.size, False)
    low = 90.0 if kind is FigureKind.ROBOT and figure.pose in {Pose.SIT, Pose.KNEEL} else 0.0
    if figure.pose in {Pose.LIE, Pose.SLEEP} and kind in _SINKS:
        low = _SINKS[kind]
    units = build.height / (build.metres * figure.look.build)
    head = (build.head[0], build.head[1] + low - perch_rise(figure.on) * units)
    return Anatomy(build.metres * figure.look.build, build.height, head, build.size, False)


_SINKS = {FigureKind.DOG: 50.0, FigureKind.CAT: 50.0, FigureKind.HORSE: 64.0, FigureKind.COW: 70.0}
"""How much lower the head of an animal is that lies, in local units."""


def hand_of(figure: Figure, x: float, y: float, scale: float) -> tuple[float, float]:
    """Where the near hand of a human is on the frame, whose feet stand at (x, y)."""
    bones = bones_of(figure)
    mirror = -1.0 if figure.facing is Side.LEFT else 1.0
    return x + mirror * scale * bones.hands[0][0], y + scale * bones.hands[0][1]
