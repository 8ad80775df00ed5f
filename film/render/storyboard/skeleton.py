"""Where the joints of a human body are in each pose.

Local coordinates: a head is 100 high, x points where the figure faces, y points down, the ground is y = 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from film.render.storyboard.canvas import Point
from film.render.storyboard.poses import ARMS, LEANS, ON_THE_FLOOR, STANCES, Angles, Arm, Reach, legs_of
from schemas.enums import FigureKind, Pose


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
    legs: Pose = Pose.STAND
    """Which of `film.render.storyboard.poses.STANCES` the legs are in."""


def _step(start: Point, length: float, degrees: float, side: float = 1.0) -> Point:
    radians = math.radians(degrees)
    return start[0] + side * length * math.sin(radians), start[1] + length * math.cos(radians)


def _bent(shoulder: Point, target: Point, upper: float, lower: float) -> tuple[Point, Point]:
    """Elbow and hand of an arm that reaches for a point, the elbow hanging: the law of cosines."""
    dx, dy = target[0] - shoulder[0], target[1] - shoulder[1]
    far = math.hypot(dx, dy) or 1.0
    reach = max(abs(upper - lower) + 1.0, min(far, upper + lower - 1.0))
    hand = shoulder[0] + dx / far * reach, shoulder[1] + dy / far * reach
    at = math.acos(max(-1.0, min(1.0, (upper**2 + reach**2 - lower**2) / (2 * upper * reach))))
    way = math.atan2(dy, dx)
    elbows = [
        (shoulder[0] + upper * math.cos(way + s * at), shoulder[1] + upper * math.sin(way + s * at)) for s in (1, -1)
    ]
    return max(elbows, key=lambda point: point[1]), hand


def skeleton(
    kind: FigureKind,
    pose: Pose,
    front: bool,
    build: float = 1.0,
    stance: Pose = Pose.STAND,
    bent: float = 0.0,
    floor: bool = False,
) -> Skeleton:
    """Place the joints of a body.

    Args:
        kind: ADULT or CHILD.
        pose: What the body does. A body that lies is placed upright; whoever draws it turns it.
        front: Whether it faces the camera; otherwise it faces right.
        build: Breadth in relation to the average.
        stance: What the legs do where the pose leaves it open.
        bent: How far the back is bent by age, in degrees.
        floor: Whether somebody who sits does so on the ground.
    """
    child = kind is FigureKind.CHILD
    upper, lower, torso, arm = (98.0, 96.0, 142.0, 80.0) if child else (156.0, 152.0, 202.0, 116.0)
    kept = legs_of(pose, stance)
    floor = floor and kept is Pose.SIT
    limbs = ON_THE_FLOOR if floor else STANCES[kept]
    wide, narrow = (62.0, 27.0) if front else (34.0, 14.0)
    wide, narrow = wide * build * (0.82 if child else 1.0), narrow * build * (0.9 if child else 1.0)
    knee_bend = {Pose.SIT: 44.0 if floor else lower + 14, Pose.KNEEL: upper * 0.1 + lower + 12}
    hip_y = -knee_bend.get(kept, upper + lower + 13)
    if front and kept in knee_bend and not floor:
        hip_y = -(upper * 0.34 + lower + 13)
    if limbs.low is not None:
        hip_y = -(upper + lower + 13) * limbs.low
    if kept is Pose.RUN and not front:
        # In mid-stride the leading foot is just off the ground.
        first, second = limbs.near
        hip_y = -(upper * math.cos(math.radians(first)) + lower * math.cos(math.radians(second)) + 40)
    nods = 24.0 if pose is Pose.SLEEP and kept is Pose.SIT else 0.0
    back = nods + (limbs.lean if kept is pose else max(limbs.lean, LEANS.get(pose, 1.0), key=abs)) + bent
    lean = back if not front else back * 0.2
    chest = (math.sin(math.radians(lean)) * torso, hip_y - math.cos(math.radians(lean)) * torso)

    def leg(hip: Point, angles: Angles, side: float) -> tuple[Point, Point]:
        first, second = angles
        if front:
            # Seen from the front a leg that is bent forwards is foreshortened, and a step goes a little sideways.
            first_length = upper * max(0.34, math.cos(math.radians(first)))
            second_length = lower * max(0.5, math.cos(math.radians(second)))
            knee = (hip[0] + side * 7, hip[1] + first_length)
            return knee, (knee[0] + side * 2, knee[1] + second_length)
        knee = _step(hip, upper, first)
        return knee, _step(knee, lower, second)

    def limb(shoulder: Point, arm_: Arm, side: float) -> tuple[Point, Point]:
        if isinstance(arm_, Reach):
            ax, ay = {"head": head, "neck": neck}[arm_.anchor]
            small = 0.78 if child and arm_.anchor == "neck" else 1.0
            x = side * arm_.wide if front else arm_.x * small
            return _bent(shoulder, (ax + x, ay + arm_.y * small), arm, arm * 0.92)
        first, second = arm_
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
    near_leg = leg(hips[0], limbs.near, near)
    far_leg = leg(hips[1], limbs.far, -near)
    forward = 0.0 if front else 7.0
    neck = (chest[0] + forward * 0.5, chest[1] - 4)
    stem, nod = 58 if child else 66, min(lean, 60.0) * 0.9
    head = (neck[0] + forward + nod, neck[1] - stem + max(0.0, nod - 20) * 0.6)
    arms = ARMS[pose]
    near_arm = limb(shoulders[0], arms[0], near)
    far_arm = limb(shoulders[1], arms[1], -near)
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
        legs=kept,
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
