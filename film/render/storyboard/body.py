"""Human bodies, dressed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from film.render.storyboard.canvas import Canvas, Point, Stop
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.garb import Bust, draw_garb
from film.render.storyboard.hair import HeadInk
from film.render.storyboard.head import draw_head
from film.render.storyboard.headwear import draw_headwear
from film.render.storyboard.light import Light
from film.render.storyboard.skeleton import Skeleton, capsule
from schemas.enums import Expression, FigureKind, Pose
from schemas.prompt import Figure
from schemas.script import Look


@dataclass(frozen=True)
class Cloth:
    """The colours a body is drawn in, light included; the second of each is the shaded one."""

    top: tuple[str, str]
    bottom: tuple[str, str]
    skin: tuple[str, str]
    hair: str
    shoes: str
    hat: str = ""


def cloth_of(figure: Figure, light: Light, depth: float) -> Cloth:
    """Light a figure's colours; `depth` is 0 near and 1 at the horizon."""
    look = figure.look

    def pair(colour: str) -> tuple[str, str]:
        # People are lit a little better than the set, so that they are read first.
        seen = mix(light.lit(colour, depth), colour, 0.46 if light.night else 0.34)
        return seen, mix(darker(seen, 0.26), light.shade, 0.12)

    return Cloth(pair(look.top), pair(look.bottom), pair(look.skin), pair(look.hair_colour)[0], pair("#2a2327")[0],
                 pair(look.hat_colour)[0] if look.hat_colour else "")  # fmt: skip


def draw_body(
    c: Canvas,
    figure: Figure,
    light: Light,
    bones: Skeleton,
    *,
    front: bool,
    pixels: float,
    depth: float = 0.0,
    stool: bool = False,
    lit_right: bool = True,
) -> Point:
    """Draw a human into the canvas's present group, standing at 0, 0 and facing right, or the camera.

    Args:
        c: The layer; a head is 100 units high in its present group.
        figure: Who, and what they do.
        light: The picture's light.
        bones: Their joints.
        front: Whether they face the camera.
        pixels: Height of the head on screen.
        depth: 0 near the camera, 1 at the horizon.
        stool: Whether somebody who sits needs something to sit on.
        lit_right: Whether the light comes from the right, in the group.

    Returns:
        Where the near hand is, in local coordinates.
    """
    cloth = cloth_of(figure, light, depth)
    girth = figure.look.build * (0.8 if figure.look.kind is FigureKind.CHILD else 1.0)
    gesture = figure.pose not in _ARMS_DOWN
    if stool and bones.legs is Pose.SIT:
        _stool(c, bones, light, depth)
    _arm(c, bones, 1, cloth, girth, far=not front)
    if front and not gesture:
        _arm(c, bones, 0, cloth, girth, far=False)
    _leg(c, bones, 1, cloth, girth, far=not front)
    _leg(c, bones, 0, cloth, girth, far=False)
    _neck(c, bones, cloth, girth)
    _torso(c, bones, cloth, girth, front, figure.look, lit_right)
    if figure.look.dress:
        _skirt(c, bones, cloth, girth, front)
    bust = _bust(bones, girth, front, figure.look.dress)
    if figure.look.garb:
        draw_garb(c, figure.look.garb, bust, cloth.top)
    ink = HeadInk(cloth.skin[0], cloth.skin[1], cloth.hair, cloth.top[0], cloth.hat)
    c.push(f"translate({bones.head[0]:.1f} {bones.head[1]:.1f}) rotate({bones.lean * 0.5:.1f})")
    draw_head(
        c,
        figure.look,
        ink,
        _expression(figure),
        turned=not front,
        talking=figure.speaks or figure.pose in {Pose.TALK, Pose.SING},
        pixels=pixels,
        lit_right=lit_right,
    )
    if figure.look.headwear:
        draw_headwear(c, figure.look.headwear, cloth.top, turned=not front, light=light)
    c.pop()
    if not front or gesture:
        _arm(c, bones, 0, cloth, girth, far=False, points=figure.pose is Pose.POINT)
    return bones.hands[0]


_ARMS_DOWN = frozenset({Pose.STAND, Pose.WALK, Pose.RUN, Pose.SIT, Pose.LIE, Pose.KNEEL, Pose.SLEEP, Pose.BOW})
"""Poses in which the arms hang beside or behind the body."""


def _bust(bones: Skeleton, girth: float, front: bool, long: bool) -> Bust:
    hips = bones.hips
    low = min(0.0, max(point[1] for point in bones.knees) + 46)
    wide, waist = (86.0, 62.0) if front else (58.0, 50.0)
    return Bust(bones.neck, ((hips[0][0] + hips[1][0]) / 2, hips[0][1]), wide * girth, waist * girth, low, front, long)


def _expression(figure: Figure) -> Expression:
    if figure.pose is Pose.FIGHT and figure.expression is Expression.NEUTRAL:
        return Expression.ANGRY
    return figure.expression


def _leg(c: Canvas, bones: Skeleton, side: int, cloth: Cloth, girth: float, *, far: bool) -> None:
    colour = cloth.bottom[1] if far else cloth.bottom[0]
    hip, knee, ankle = bones.hips[side], bones.knees[side], bones.ankles[side]
    x, y = ankle
    toe = 30 if bones.hips[0][0] < bones.hips[1][0] else 12
    c.path(
        f"M{x - 15:.1f} {y - 8:.1f}h24Q{x + toe + 6:.1f} {y + 2:.1f} {x + toe + 4:.1f} {y + 15:.1f}H{x - 17:.1f}Z",
        cloth.shoes,
    )
    c.path(capsule(hip, 37 * girth, knee, 27 * girth) + capsule(knee, 27 * girth, ankle, 17 * girth), colour)


def _arm(c: Canvas, bones: Skeleton, side: int, cloth: Cloth, girth: float, *, far: bool, points: bool = False) -> None:
    colour = cloth.top[1] if far else mix(cloth.top[0], cloth.top[1], 0.3)
    skin = cloth.skin[1] if far else cloth.skin[0]
    shoulder, elbow, hand = bones.shoulders[side], bones.elbows[side], bones.hands[side]
    dx, dy = hand[0] - elbow[0], hand[1] - elbow[1]
    length = max(1.0, (dx * dx + dy * dy) ** 0.5)
    tip = (hand[0] + dx / length * 14, hand[1] + dy / length * 14)
    ux, uy = dx / length, dy / length
    thumb = ((hand[0] + uy * 8, hand[1] - ux * 8), (hand[0] + uy * 17 + ux * 15, hand[1] - ux * 17 + uy * 15))
    fingers = capsule(tip, 12, (tip[0] + ux * 13, tip[1] + uy * 13), 8)
    if points:
        fingers += capsule(tip, 7, (tip[0] + ux * 34, tip[1] + uy * 34), 5)
    c.path(capsule(hand, 12, tip, 14) + fingers + capsule(thumb[0], 7, thumb[1], 5), skin)
    cuff = (elbow[0] + dx * 0.92, elbow[1] + dy * 0.92)
    c.path(capsule(shoulder, 27 * girth, elbow, 20 * girth) + capsule(elbow, 20 * girth, cuff, 16 * girth), colour)


def _neck(c: Canvas, bones: Skeleton, cloth: Cloth, girth: float) -> None:
    top = (bones.head[0] - 3, bones.head[1] + 30)
    c.path(capsule(top, 17, (bones.neck[0], bones.neck[1] + 16), 21 * girth), cloth.skin[1])


def _torso(c: Canvas, bones: Skeleton, cloth: Cloth, girth: float, front: bool, look: Look, lit_right: bool) -> None:
    coat, female = look.dress, look.female and look.kind is FigureKind.ADULT
    nx, ny = bones.neck
    hx = (bones.hips[0][0] + bones.hips[1][0]) / 2
    hy = bones.hips[0][1]
    wide, waist, hip = (86.0, 62.0, 66.0) if front else (58.0, 50.0, 50.0)
    if female:
        wide, waist, hip = wide * 0.9, waist * 0.8, hip * 1.06
    wide, waist, hip = wide * girth, waist * girth, hip * girth
    bent = not front and abs(bones.lean) >= _BENT
    if bent:
        # A trunk that bends keeps its breadth: it is drawn upright and turned about the hips.
        c.push(f"translate({hx:.1f} {hy:.1f}) rotate({math.degrees(math.atan2(nx - hx, hy - ny)):.1f})")
        nx, ny, hx, hy = 0.0, -math.hypot(nx - hx, ny - hy), 0.0, 0.0
    mid = ((nx + hx) / 2, (ny + hy) / 2 + 16)
    data = (
        f"M{nx - 22:.1f} {ny + 2:.1f}C{nx - wide * 0.7:.1f} {ny + 8:.1f} {nx - wide:.1f}"
        f" {ny + 14:.1f} {nx - wide:.1f} {ny + 44:.1f}"
        f"C{nx - wide * 0.92:.1f} {ny + 90:.1f} {mid[0] - waist:.1f} {mid[1] - 10:.1f}"
        f" {mid[0] - waist:.1f} {mid[1] + 12:.1f}"
        f"L{hx - hip:.1f} {hy + 14:.1f}H{hx + hip:.1f}L{mid[0] + waist:.1f} {mid[1] + 12:.1f}"
        f"C{mid[0] + waist:.1f} {mid[1] - 10:.1f} {nx + wide * 0.92:.1f} {ny + 90:.1f} {nx + wide:.1f} {ny + 44:.1f}"
        f"C{nx + wide:.1f} {ny + 14:.1f} {nx + wide * 0.7:.1f} {ny + 8:.1f} {nx + 22:.1f} {ny + 2:.1f}Z"
    )
    base, shade = cloth.top
    glint = lighter(base, 0.14)
    stops: tuple[Stop, ...] = (
        (0, glint, 1.0),
        (0.22, base, 1.0),
        (0.6, base, 1.0),
        (0.72, shade, 1.0),
        (1, shade, 1.0),
    )
    if lit_right:
        stops = tuple((1 - offset, colour, opacity) for offset, colour, opacity in reversed(stops))
    c.path(data, c.linear(stops, x2=1.0, y2=0.12))
    drop = 46 if coat else 30
    c.path(
        f"M{nx - 20:.1f} {ny + 1:.1f}L{nx + 2:.1f} {ny + drop:.1f}L{nx + 20:.1f} {ny + 1:.1f}"
        f"Q{nx:.1f} {ny + 12:.1f} {nx - 20:.1f} {ny + 1:.1f}Z",
        mix(cloth.skin[1], "#f4efe6", 0.75 if coat else 0.0),
        ink=False,
    )
    collar = darker(base, 0.2)
    c.path(
        f"M{nx - 24:.1f} {ny - 3:.1f}L{nx - 30:.1f} {ny + 12:.1f}L{nx + 2:.1f} {ny + drop + 6:.1f}"
        f"L{nx - 18:.1f} {ny + 2:.1f}Z"
        f"M{nx + 24:.1f} {ny - 3:.1f}L{nx + 30:.1f} {ny + 12:.1f}L{nx + 2:.1f} {ny + drop + 6:.1f}"
        f"L{nx + 18:.1f} {ny + 2:.1f}Z",
        collar,
        ink=False,
    )
    if coat or front:
        c.line_to(nx + 2, ny + drop + 6, hx + 2, hy + 10, darker(base, 0.32), 2.4)
        for step in (0.45, 0.62, 0.79):
            c.circle(nx + (hx - nx) * step + 8, ny + (hy - ny) * step, 3.4, darker(base, 0.45), ink=False)
    if bent:
        c.pop()


_BENT = 20.0
"""Degrees from which a back counts as bent."""


def _skirt(c: Canvas, bones: Skeleton, cloth: Cloth, girth: float, front: bool) -> None:
    hx = (bones.hips[0][0] + bones.hips[1][0]) / 2
    hy = bones.hips[0][1]
    knees = [point[0] for point in (*bones.knees, *bones.ankles)]
    low = min(0.0, max(point[1] for point in bones.knees) + 46)
    hip = (66 if front else 50) * girth
    left, right = min(hx - hip * 1.25, min(knees[:2]) - 40), max(hx + hip * 1.25, max(knees[:2]) + 40)
    base, shade = cloth.top
    c.path(
        f"M{hx - hip * 0.92:.1f} {hy - 24:.1f}L{left:.1f} {low:.1f}"
        f"Q{(left + right) / 2:.1f} {low + 22:.1f} {right:.1f} {low:.1f}"
        f"L{hx + hip * 0.92:.1f} {hy - 24:.1f}Z",
        c.linear(((0, base, 1.0), (0.55, base, 1.0), (0.7, shade, 1.0), (1, shade, 1.0)), x2=1.0, y2=0.0),
    )
    c.stroke(f"M{hx:.1f} {hy:.1f}L{(left + right) / 2 - 12:.1f} {low:.1f}", darker(base, 0.3), 2.4, opacity=0.6)
    c.rect(hx - hip * 0.94, hy - 34, hip * 1.88, 14, darker(base, 0.35), ink=False)


def _stool(c: Canvas, bones: Skeleton, light: Light, depth: float) -> None:
    hy = bones.hips[0][1] + 34
    wood, dark = light.lit("#7a5334", depth), light.lit("#4a3122", depth)
    for x in (-48, 44):
        c.path(capsule((x * 0.8, hy), 8, (x, -4), 7), dark)
    c.rect(-62, hy - 4, 124, 18, wood, r=6)
    c.path(capsule((-58, hy), 8, (-72, hy - 150), 8), dark)
    c.rect(-84, hy - 178, 22, 96, wood, r=8)
