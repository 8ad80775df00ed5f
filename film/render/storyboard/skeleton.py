"""Where the joints of a human body are in each pose.

Local coordinates: a head is 100 high, x points where the figure faces, y points down, the ground is y = 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from film.render.storyboard.canvas import Point
from schemas.enums import FigureKind, Pose


@dataclass(frozen=True)
class Limbs:
    """Angles in degrees from straight down, positive towards where the figure faces; upper part, lower part."""

    lean: float
    near_leg: tuple[float, float]
    far_leg: tuple[float, float]
    near_arm: tuple[float, float]
    far_arm: tuple[float, float]


POSES: dict[Pose, Limbs] = {
    Pose.STAND: Limbs(1, (-3, -4), (5, 2), (-5, 10), (8, 14)),
    Pose.WALK: Limbs(4, (26, 8), (-20, -36), (-28, -6), (24, 48)),
    Pose.RUN: Limbs(17, (62, -28), (-26, -92), (-52, 48), (48, 128)),
    Pose.SIT: Limbs(3, (84, 4), (78, -4), (22, 78), (30, 70)),
    Pose.LIE: Limbs(0, (5, -6), (-2, -3), (8, 14), (-6, -2)),
    Pose.TALK: Limbs(2, (-5, -6), (7, 2), (28, 106), (4, 26)),
    Pose.POINT: Limbs(3, (-8, -9), (12, 2), (88, 92), (-10, 6)),
    Pose.HOLD: Limbs(1, (-4, -5), (6, 2), (16, 92), (22, 84)),
    Pose.FIGHT: Limbs(13, (38, 4), (-30, -44), (46, 142), (80, 96)),
    Pose.KNEEL: Limbs(4, (84, 2), (-2, -88), (20, 62), (30, 70)),
    Pose.EMBRACE: Limbs(6, (-6, -10), (10, 2), (8, 34), (10, 46)),
}


@dataclass(frozen=True)
class Skeleton:
    """Joints in local coordinates."""

    hips: tuple[Point, Point]
    """Near, far; the same for the pairs below."""
    knees: tuple[Point, Point]
    ankles: tuple[Point, Point]
    shoulders: tuple[Point, Point]
    elbows: tuple[Point, Point]
    hands: tuple[Point, Point]
    neck: Point
    head: Point
    """The middle of the head."""
    lean: float
    height: float
    """Of the figure when it stands."""


def _step(start: Point, length: float, degrees: float, side: float = 1.0) -> Point:
    radians = math.radians(degrees)
    return start[0] + side * length * math.sin(radians), start[1] + length * math.cos(radians)


def skeleton(kind: FigureKind, pose: Pose, front: bool, build: float = 1.0) -> Skeleton:
    """Place the joints of a body.

    Args:
        kind: ADULT or CHILD.
        pose: What the body does. A body that lies is placed upright; whoever draws it turns it.
        front: Whether it faces the camera; otherwise it faces right.
        build: Breadth in relation to the average.
    """
    child = kind is FigureKind.CHILD
    upper, lower, torso, arm = (98.0, 96.0, 142.0, 80.0) if child else (156.0, 152.0, 202.0, 116.0)
    limbs = POSES[pose]
    wide, narrow = (62.0, 27.0) if front else (34.0, 14.0)
    wide, narrow = wide * build * (0.82 if child else 1.0), narrow * build * (0.9 if child else 1.0)
    knee_bend = {Pose.SIT: lower + 14, Pose.KNEEL: upper * 0.1 + lower + 12}
    hip_y = -knee_bend.get(pose, upper + lower + 13)
    if front and pose in knee_bend:
        hip_y = -(upper * 0.34 + lower + 13)
    if pose in {Pose.WALK, Pose.FIGHT}:
        hip_y *= 0.965
    if pose is Pose.RUN and not front:
        # In mid-stride the leading foot is just off the ground.
        first, second = limbs.near_leg
        hip_y = -(upper * math.cos(math.radians(first)) + lower * math.cos(math.radians(second)) + 40)
    lean = limbs.lean if not front else limbs.lean * 0.2
    chest = (math.sin(math.radians(lean)) * torso, hip_y - math.cos(math.radians(lean)) * torso)

    def leg(hip: Point, angles: tuple[float, float], side: float) -> tuple[Point, Point]:
        first, second = angles
        if front:
            # Seen from the front a leg that is bent forwards is foreshortened, and a step goes a little sideways.
            first_length = upper * max(0.34, math.cos(math.radians(first)))
            second_length = lower * max(0.5, math.cos(math.radians(second)))
            knee = (hip[0] + side * 7, hip[1] + first_length)
            return knee, (knee[0] + side * 2, knee[1] + second_length)
        knee = _step(hip, upper, first)
        return knee, _step(knee, lower, second)

    def limb(shoulder: Point, angles: tuple[float, float], side: float) -> tuple[Point, Point]:
        first, second = angles
        if front:
            out = side * 1.0
            elbow = _step(shoulder, arm, max(7.0, abs(first) * 0.62), out)
            return elbow, _step(elbow, arm * 0.92, second * 0.9 if abs(second) > 80 else second * 0.25 - 6, out)
        elbow = _step(shoulder, arm, first)
        return elbow, _step(elbow, arm * 0.92, second)

    near = 1.0 if front else -1.0
    hips = ((near * narrow, hip_y), (-near * narrow, hip_y))
    shoulders = ((chest[0] + near * wide, chest[1] + 38), (chest[0] - near * wide, chest[1] + 38))
    if not front:
        shoulders = ((chest[0] - wide * 0.45, chest[1] + 20), (chest[0] + wide * 0.9, chest[1] + 20))
    near_leg = leg(hips[0], limbs.near_leg, near)
    far_leg = leg(hips[1], limbs.far_leg, -near)
    near_arm = limb(shoulders[0], limbs.near_arm, near)
    far_arm = limb(shoulders[1], limbs.far_arm, -near)
    forward = 0.0 if front else 7.0
    neck = (chest[0] + forward * 0.5, chest[1] - 4)
    head = (neck[0] + forward + lean * 0.9, neck[1] - (58 if child else 66))
    return Skeleton(
        hips=hips,
        knees=(near_leg[0], far_leg[0]),
        ankles=(near_leg[1], far_leg[1]),
        shoulders=shoulders,
        elbows=(near_arm[0], far_arm[0]),
        hands=(near_arm[1], far_arm[1]),
        neck=neck,
        head=head,
        lean=lean,
        height=upper + lower + 13 + torso + 4 + (108 if child else 116),
    )


def capsule(start: Point, r1: float, end: Point, r2: float) -> str:
    """Path data of a limb: two circles and what lies between them."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    nx, ny = (y2 - y1) / length, -(x2 - x1) / length
    # The corners run the way the circles do, so that the parts never cancel out.
    corners = (
        (x1 - nx * r1, y1 - ny * r1),
        (x2 - nx * r2, y2 - ny * r2),
        (x2 + nx * r2, y2 + ny * r2),
        (x1 + nx * r1, y1 + ny * r1),
    )
    quad = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
    return quad + _disc(x1, y1, r1) + _disc(x2, y2, r2)


def _disc(x: float, y: float, r: float) -> str:
    return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"
