"""What each pose does with legs, back and arms. Angles in degrees from straight down, positive to the front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.enums import Pose

Angles = tuple[float, float]
"""Of the upper and the lower part of a limb."""


@dataclass(frozen=True)
class Reach:
    """Where a hand is, rather than how the arm gets there."""

    anchor: str
    """head, neck or hip: what the offsets are measured from."""
    x: float
    """To the front, in local units."""
    y: float
    """Down."""
    wide: float = 0.0
    """To the side, where the body is seen from the front."""


Arm = Angles | Reach


@dataclass(frozen=True)
class Legs:
    """What the lower half does."""

    near: Angles
    far: Angles
    lean: float = 1.0
    """Of the back, forwards."""
    low: float | None = None
    """Height of the hips in fractions of the leg's length; None for straight legs."""
    lift: float = 0.0
    """How far all of it is above the ground, in local units."""
    turn: float = 0.0
    """How far all of it is tipped over, backwards, about the hips."""


STANCES: Mapping[Pose, Legs] = {
    Pose.STAND: Legs((-3, -4), (5, 2)),
    Pose.WALK: Legs((26, 8), (-20, -36), 4, 0.965),
    Pose.RUN: Legs((62, -28), (-26, -92), 17),
    Pose.SIT: Legs((84, 4), (78, -4), 3),
    Pose.LIE: Legs((5, -6), (-2, -3), 0),
    Pose.KNEEL: Legs((84, 2), (-2, -88), 4),
    Pose.FIGHT: Legs((38, 4), (-30, -44), 13, 0.965),
    Pose.CLIMB: Legs((72, -14), (4, -22), 6, None, 60),
    Pose.DANCE: Legs((34, -34), (-10, -12), -6, 0.99),
    Pose.RIDE: Legs((56, -12), (50, -18), 4),
    Pose.SWIM: Legs((18, -10), (-16, -30), 0, None, 0, -72),
    Pose.FLY: Legs((-4, -16), (-12, -40), 0, None, 240, -52),
    Pose.JUMP: Legs((74, -34), (-30, -96), 10, None, 170),
    Pose.FALL: Legs((56, 16), (-26, -60), -8, None, 200, 62),
    Pose.CRAWL: Legs((26, -88), (-6, -86), 80, 0.52),
    Pose.CROUCH: Legs((112, -30), (84, -58), 34, 0.36),
    Pose.DIG: Legs((34, 10), (-22, -30), 34, 0.95),
    Pose.PUSH: Legs((36, 16), (-34, -38), 26, 0.93),
    Pose.PULL: Legs((30, 26), (-14, -20), -18, 0.95),
    Pose.PICK_UP: Legs((24, -26), (10, -22), 72, 0.94),
    Pose.BOW: Legs((-3, -4), (5, 2), 52),
    Pose.THROW: Legs((34, 18), (-24, -30), -8, 0.965),
    Pose.AIM: Legs((14, 4), (-16, -20), 2, 0.985),
    Pose.CHEER: Legs((8, 2), (-8, -6), -3),
    Pose.WADE: Legs((46, -4), (-18, -34), 9, 0.955),
    Pose.LEAN: Legs((30, 22), (66, -58), -13, 0.93),
    Pose.KICK: Legs((82, 66), (-8, -14), -20, 0.985),
    Pose.REACH: Legs((14, 6), (-20, -30), 13, 0.975),
}
"""Poses that have legs of their own; in all others the legs do what the figure's stance says."""

ON_THE_FLOOR = Legs((128, 38), (112, 60), 6)
"""Sitting on the ground, the knees drawn up."""

_REST: tuple[Arm, Arm] = ((-5, 10), (8, 14))
ARMS: Mapping[Pose, tuple[Arm, Arm]] = {
    Pose.STAND: _REST,
    Pose.WALK: ((-28, -6), (24, 48)),
    Pose.RUN: ((-52, 48), (48, 128)),
    Pose.SIT: ((22, 78), (30, 70)),
    Pose.LIE: ((8, 14), (-6, -2)),
    Pose.TALK: ((28, 106), (4, 26)),
    Pose.POINT: ((88, 92), (-10, 6)),
    Pose.HOLD: ((16, 92), (22, 84)),
    Pose.FIGHT: ((46, 142), (80, 96)),
    Pose.KNEEL: ((20, 62), (30, 70)),
    Pose.EMBRACE: ((8, 34), (10, 46)),
    Pose.KISS: ((24, 64), (14, 52)),
    Pose.SLEEP: ((8, 14), (-6, -2)),
    Pose.READ: (Reach("neck", 104, 74, 40), Reach("neck", 122, 66, 40)),
    Pose.WRITE: (Reach("neck", 128, 128, 20), Reach("neck", 96, 150, 56)),
    Pose.EAT: (Reach("head", 58, 42, 8), Reach("neck", 104, 146, 52)),
    Pose.DRINK: (Reach("head", 62, 34, 12), (6, 20)),
    Pose.SMOKE: (Reach("head", 52, 36, 14), (8, 16)),
    Pose.PHONE: (Reach("head", -10, 26, 40), (8, 30)),
    Pose.OPEN: ((58, 80), (2, 14)),
    Pose.LOOK_OUT: (Reach("head", 110, 24, 70), (4, 16)),
    Pose.PEER: (Reach("head", 62, 16, 16), Reach("head", 96, 22, 26)),
    Pose.CLIMB: ((140, 170), (128, 150)),
    Pose.CARRY: ((36, 88), (44, 92)),
    Pose.GIVE: ((66, 86), (20, 60)),
    Pose.PICK_UP: ((8, 12), (24, 20)),
    Pose.THROW: (Reach("head", -78, -62, 84), (84, 100)),
    Pose.PUSH: ((70, 96), (78, 102)),
    Pose.PULL: ((70, 82), (78, 88)),
    Pose.DIG: ((20, 44), (56, 50)),
    Pose.SWEEP: (Reach("neck", 92, 60, 30), Reach("neck", 84, 150, 20)),
    Pose.WORK: (Reach("neck", 142, 118, 26), Reach("neck", 120, 142, 44)),
    Pose.PLAY: (Reach("neck", 62, 136, 10), Reach("neck", 136, 84, 70)),
    Pose.DANCE: ((150, 176), (-62, -100)),
    Pose.SING: ((74, 118), (12, 96)),
    Pose.CHEER: (Reach("head", 70, -104, 96), Reach("head", 104, -84, 96)),
    Pose.WAVE: (Reach("head", 88, -58, 88), (6, 14)),
    Pose.SALUTE: (Reach("head", 34, -22, 40), (4, 6)),
    Pose.BOW: ((-16, 8), (12, 60)),
    Pose.PRAY: (Reach("neck", 74, 30, 4), Reach("neck", 80, 34, 4)),
    Pose.AIM: ((84, 88), (78, 92)),
    Pose.DRIVE: ((48, 92), (54, 96)),
    Pose.ROW: ((50, 80), (56, 86)),
    Pose.RIDE: ((34, 82), (40, 86)),
    Pose.SWIM: ((164, 176), (-40, -20)),
    Pose.FLY: ((150, 172), (60, 90)),
    Pose.JUMP: ((132, 160), (-100, -140)),
    Pose.FALL: ((150, 130), (-120, -150)),
    Pose.CRAWL: ((70, 10), (20, -10)),
    Pose.CROUCH: ((40, 88), (52, 104)),
    Pose.WEEP: (Reach("head", 34, 22, 14), Reach("head", 40, 28, 14)),
    Pose.SCREAM: (Reach("head", 14, 34, 44), Reach("head", 30, 36, 44)),
    Pose.FOLD: (Reach("neck", 62, 112, -34), Reach("neck", 34, 128, -40)),
    Pose.THINK: (Reach("head", 30, 58, 10), Reach("neck", 60, 130, 40)),
    Pose.WADE: ((58, 118), (-64, -104)),
    Pose.LEAN: (Reach("neck", 62, 112, -34), Reach("neck", 34, 128, -40)),
    Pose.KICK: ((-56, -20), (64, 82)),
    Pose.POUR: (Reach("neck", 150, 16, 64), Reach("neck", 150, 150, 44)),
    Pose.REACH: ((128, 136), (-24, -12)),
    Pose.LISTEN: (Reach("head", -46, 0, 46), (-4, 20)),
    Pose.SHRUG: (Reach("neck", 118, 62, 116), Reach("neck", -74, 66, 116)),
    Pose.HALT: (Reach("neck", 176, -44, 80), (2, 10)),
    Pose.WHISPER: (Reach("head", 50, 26, 26), (4, 16)),
    Pose.VOW: (Reach("neck", 48, 66, 4), (2, 10)),
}
"""Near arm, far arm."""

LEANS: Mapping[Pose, float] = {
    Pose.TALK: 2,
    Pose.POINT: 3,
    Pose.EMBRACE: 6,
    Pose.KISS: 9,
    Pose.WEEP: 12,
    Pose.WRITE: 10,
    Pose.WORK: 8,
    Pose.EAT: 6,
    Pose.PRAY: 8,
    Pose.OPEN: 5,
    Pose.GIVE: 5,
    Pose.SING: -5,
    Pose.SCREAM: -5,
    Pose.CARRY: -3,
    Pose.LOOK_OUT: 4,
    Pose.DRINK: -3,
    Pose.PEER: 3,
    Pose.DRIVE: 2,
    Pose.POUR: 5,
    Pose.LISTEN: 9,
    Pose.SHRUG: -3,
    Pose.HALT: 2,
    Pose.WHISPER: 8,
    Pose.VOW: -2,
}
"""How the back leans in poses without legs of their own."""

SIDEWAYS = frozenset(set(STANCES) - {Pose.STAND, Pose.SIT, Pose.LIE, Pose.KNEEL, Pose.CHEER}) | {
    Pose.OPEN,
    Pose.LOOK_OUT,
    Pose.GIVE,
    Pose.DRIVE,
    Pose.ROW,
    Pose.WORK,
    Pose.SWEEP,
    Pose.KISS,
    Pose.EMBRACE,
    Pose.WRITE,
    Pose.CARRY,
    Pose.PEER,
    Pose.SLEEP,
    Pose.POINT,
    Pose.POUR,
    Pose.HALT,
}
"""Poses that are not readable from the front: whoever is in one is drawn from the side."""


def legs_of(pose: Pose, stance: Pose) -> Pose:
    """Which of `STANCES` the legs of a body are in."""
    if pose in {Pose.SLEEP, Pose.LIE}:
        return Pose.SIT if pose is Pose.SLEEP and stance is Pose.SIT else Pose.LIE
    if pose is Pose.DRIVE or pose is Pose.ROW:
        return Pose.SIT
    if pose is Pose.OPEN:
        return Pose.WALK
    if pose is Pose.PRAY and stance is Pose.STAND:
        return Pose.KNEEL
    if pose in STANCES and pose is not Pose.STAND:
        return pose if stance not in {Pose.SIT, Pose.LIE, Pose.KNEEL} or pose not in {Pose.CHEER, Pose.AIM} else stance
    return stance if stance in STANCES else Pose.STAND
