"""Puts a figure into the frame: where its feet stand, or where its head is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from film.render.storyboard.anatomy import HUMAN_METRES, Anatomy, anatomy, bones_of, is_front
from film.render.storyboard.body import draw_body
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.creatures import DRAWERS
from film.render.storyboard.holding import draw_held, stream
from film.render.storyboard.light import Light
from film.render.storyboard.mounts import before, behind, reach_of, rise_of
from film.render.storyboard.perches import draw_perch, perch_rise
from film.render.storyboard.poses import STANCES
from film.render.storyboard.skeleton import Skeleton
from film.render.storyboard.wildlife import WILDLIFE
from schemas.enums import FigureKind, Pose, Side
from schemas.prompt import Figure


def draw_figure(
    c: Canvas,
    front: Canvas,
    figure: Figure,
    light: Light,
    x: float,
    y: float,
    scale: float,
    *,
    depth: float = 0.0,
    stool: bool = False,
    held: str | None = None,
    paint: str = "",
    shadow: bool = True,
    upright: bool = False,
    lit_right: bool = True,
    aboard: Sequence[Figure] = (),
) -> None:
    """Draw a figure whose feet are at (x, y).

    Args:
        c: The layer.
        front: The soft layer, for light that a held thing gives.
        figure: Who, and what they do.
        light: The picture's light.
        x: Where they stand, in logical pixels.
        y: Height of the ground there.
        scale: Logical pixels a local unit.
        depth: 0 near the camera, 1 at the horizon.
        stool: Whether somebody who sits needs something to sit on.
        held: A thing in their hand.
        paint: The colour that the script gives it.
        shadow: Whether they throw a shadow on the ground.
        upright: Whether somebody who lies is turned only a little, as in a close shot.
        lit_right: Whether the light comes from the right.
        aboard: Who sits in the same car, behind them.
    """
    if held and figure.pose is Pose.STAND:
        figure = figure.model_copy(update={"pose": Pose.HOLD})
    kind = figure.look.kind
    mirror = -1.0 if figure.facing is Side.LEFT else 1.0
    human = kind in HUMAN_METRES
    bones = bones_of(figure) if human else None
    lies = bones is not None and bones.legs is Pose.LIE
    body = anatomy(figure)
    if shadow:
        wide = body.height * (0.5 if lies else 0.17 if body.human else 0.5) * scale
        c.ellipse(
            x + wide * 0.2, y, wide, max(2.0, wide * (0.08 if lies else 0.2)), light.shade, opacity=0.38, ink=False
        )
    if figure.on and not human:
        wide = 2.6 * body.height / body.metres * scale
        c.bounds.append((x - wide, y - 3.4 * body.height / body.metres * scale, x + wide, y + 0.3 * wide))
    around = (1.15 if body.human else 2.6 if kind is FigureKind.BIRD else 1.3) * body.height * scale
    wild = bones is not None and bones.legs in _SPREAD
    side = around if lies or upright or not body.human or held or wild else 0.4 * around
    c.bounds.append((x - side, y - around - (0.6 * around if wild else 0.0), x + side, y + 0.14 * around))
    line = c.line
    c.line = line / scale if scale else 0.0
    c.push(f"translate({x:.1f} {y:.1f}) scale({mirror * scale:.4f} {scale:.4f})")
    if bones is not None:
        hand = _mounted(
            c, figure, light, bones, 100 * scale, depth, stool, lit_right if mirror > 0 else not lit_right, upright,
            paint,
            aboard,
        )  # fmt: skip
        if figure.on:
            back, ahead = (reach * scale for reach in reach_of(figure.on))
            left, right = (x - back, x + ahead) if mirror > 0 else (x - ahead, x + back)
            tall = 1600 * scale if figure.on not in {"door", "window", "wall", "hatch"} else 9000.0
            c.bounds.append(
                (left, y - tall, right, y + (160 * scale if figure.on not in {"door", "window", "hatch"} else 9000.0))
            )
    else:
        coat = mix(light.lit(figure.look.top, depth), figure.look.top, 0.3)
        _beast(c, figure, light, body, coat, depth)
        hand = (body.head[0] + body.size * 0.7, body.head[1] + body.size * 0.3)
    if figure.pose is Pose.POUR and bones is not None:
        # Into a cup in the other hand.
        cup = figure.model_copy(update={"pose": Pose.HOLD})
        draw_held(c, front, cup, light, "cup", bones.hands[1], body, (x, y, mirror, scale), depth, "")
        stream(c, hand, bones.hands[1], mix(light.lit("#7db4d0", depth), "#7db4d0", 0.5))
    if held in {"bowl", "plate"} and figure.pose is Pose.EAT:
        # The dish is on the table, or in the other hand; the near one has the spoon.
        if not figure.on and bones is not None:
            dish = figure.model_copy(update={"pose": Pose.HOLD})
            draw_held(c, front, dish, light, held, bones.hands[1], body, (x, y, mirror, scale), depth, paint)
        held, paint = "spoon", ""
    if held and held not in {"computer", "chess"}:
        draw_held(c, front, figure, light, held, hand, body, (x, y, mirror, scale), depth, paint)
    c.pop()
    c.line = line


def _beast(c: Canvas, figure: Figure, light: Light, body: Anatomy, coat: str, depth: float) -> None:
    """Draw an animal on what it sits or lies on; its group's origin is the ground below."""
    units = body.height / body.metres
    rise = perch_rise(figure.on) * units
    if figure.on:
        draw_perch(c, figure.on, lambda colour: mix(light.lit(colour, depth), colour, 0.2), units)
        c.push(f"translate(0 {-rise:.1f})")
    drawer = WILDLIFE.get(figure.look.species) or DRAWERS[figure.look.kind]
    drawer(c, coat, figure.pose, figure.expression)
    if figure.on:
        c.pop()


_SPREAD = frozenset(
    {
        Pose.SWIM,
        Pose.FLY,
        Pose.JUMP,
        Pose.FALL,
        Pose.CRAWL,
        Pose.RIDE,
        Pose.CLIMB,
        Pose.DANCE,
        Pose.DIG,
        Pose.PICK_UP,
        Pose.WADE,
        Pose.KICK,
        Pose.REACH,
        Pose.LEAN,
    }
)
"""Poses that take more room than a body that stands."""


def _mounted(
    c: Canvas,
    figure: Figure,
    light: Light,
    bones: Skeleton,
    pixels: float,
    depth: float,
    stool: bool,
    lit_right: bool,
    upright: bool,
    paint: str,
    aboard: Sequence[Figure],
) -> tuple[float, float]:
    """Draw a human with what carries them; returns where the near hand is, in the figure's units."""
    legs = STANCES[bones.legs]
    small = bones.height / 643.0
    lies = bones.legs is Pose.LIE
    rise = rise_of(figure.on, bones.legs) + legs.lift

    def lit(colour: str) -> str:
        return mix(light.lit(colour, depth), colour, 0.2)

    lying = lies and not upright
    if figure.on and not lying:
        behind(c, figure.on, bones, lit, paint, light.middle)
    if rise and not lies:
        c.push(f"translate(0 {-rise:.1f})")
    if lying:
        c.push(f"translate(0 {-rise:.1f})")
        if figure.on:
            behind(c, figure.on, bones, lit, paint, light.middle)
    for index, other in enumerate(aboard):
        seated = other.model_copy(update={"facing": Side.RIGHT, "stance": Pose.SIT, "on": ""})
        c.push(f"translate({-250 - 30 * index:.0f} 0)")
        draw_body(c, seated, light, bones_of(seated), front=False, pixels=pixels, depth=depth, lit_right=lit_right)
        c.pop()
    hip = bones.hips[0][1]
    if lying:
        c.push(f"translate({bones.height * 0.48:.1f} -44) rotate(-90)")
    elif lies:
        c.push("rotate(-74)")
    elif legs.turn:
        c.push(f"rotate({-legs.turn:.0f} 0 {hip:.1f})")
    hand = draw_body(
        c, figure, light, bones, front=is_front(figure), pixels=pixels, depth=depth,
        stool=stool and figure.on in {"", "chair"}, lit_right=lit_right,
    )  # fmt: skip
    if lies or legs.turn:
        c.pop()
    if lying and figure.on:
        before(c, figure.on, bones, lit, small, paint, figure.held)
    if (rise and not lies) or lying:
        c.pop()
    if figure.on and not lying:
        before(c, figure.on, bones, lit, small, paint, figure.held)
    if figure.pose is Pose.SWIM:
        _water(c, light, depth, -250)
    elif figure.pose is Pose.WADE and figure.character:
        _water(c, light, depth, -0.27 * bones.height)
    return _placed(hand, bones, legs.turn, rise, lying)


def _placed(hand: tuple[float, float], bones: Skeleton, turn: float, rise: float, lying: bool) -> tuple[float, float]:
    x, y = hand
    if lying:
        return bones.height * 0.48 + y, -44 - x - rise
    if turn:
        angle, hip = math.radians(-turn), bones.hips[0][1]
        x, y = (
            x * math.cos(angle) - (y - hip) * math.sin(angle),
            x * math.sin(angle) + (y - hip) * math.cos(angle) + hip,
        )
    return x, y - rise


def _water(c: Canvas, light: Light, depth: float, top: float) -> None:
    """The water that somebody swims or wades in: up to the chest or the thighs, where `top` is."""
    tone = mix(light.horizon, light.lit("#2f6f94", depth), 0.7)
    data = f"M-5000 {top:.0f}" + "".join("q60 -34 120 0t120 0" for _ in range(42)) + "V2500H-5000Z"
    c.bounds.append((0.0, 0.0, 4000.0, 4000.0))
    c.path(data, tone, ink=False)
    c.stroke(f"M-420 {top + 20:.0f}q90 -40 180 0t180 0t180 0t180 0", mix(tone, "#ffffff", 0.55), 10)
    c.stroke(f"M-300 {top + 90:.0f}q90 -34 180 0t180 0t180 0", mix(tone, "#ffffff", 0.35), 8)
