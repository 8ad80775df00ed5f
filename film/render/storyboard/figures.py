"""Puts a figure into the frame: where its feet stand, or where its head is."""

from __future__ import annotations

from dataclasses import dataclass

from film.render.storyboard.body import draw_body
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.creatures import BUILDS, DRAWERS
from film.render.storyboard.light import Light
from film.render.storyboard.props import GLOWING, HAND_METRES, METRES, draw_glyph
from film.render.storyboard.skeleton import skeleton
from schemas.enums import FigureKind, Pose, Side
from schemas.prompt import Figure

FLIES = frozenset({Pose.RUN, Pose.WALK, Pose.FIGHT})
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


def anatomy(figure: Figure) -> Anatomy:
    """Measure a figure in its pose."""
    kind = figure.look.kind
    if kind in HUMAN_METRES:
        bones = skeleton(kind, figure.pose, figure.facing is Side.CENTRE, figure.look.build)
        return Anatomy(HUMAN_METRES[kind], bones.height, bones.head, 112.0, True)
    build = BUILDS[kind]
    if kind is FigureKind.BIRD and figure.pose in FLIES:
        head = (build.head[0] + 8, build.head[1] - 26)
        return Anatomy(build.metres * figure.look.build, build.height, head, build.size, False)
    low = 90.0 if kind is FigureKind.ROBOT and figure.pose in {Pose.SIT, Pose.KNEEL} else 0.0
    head = (build.head[0], build.head[1] + low)
    return Anatomy(build.metres * figure.look.build, build.height, head, build.size, False)


def hand_of(figure: Figure, x: float, y: float, scale: float) -> tuple[float, float]:
    """Where the near hand of a human is on the frame, whose feet stand at (x, y)."""
    bones = skeleton(figure.look.kind, figure.pose, figure.facing is Side.CENTRE, figure.look.build)
    mirror = -1.0 if figure.facing is Side.LEFT else 1.0
    return x + mirror * scale * bones.hands[0][0], y + scale * bones.hands[0][1]


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
    """
    if held and figure.pose is Pose.STAND:
        figure = figure.model_copy(update={"pose": Pose.HOLD})
    kind = figure.look.kind
    mirror = -1.0 if figure.facing is Side.LEFT else 1.0
    lies = figure.pose is Pose.LIE and kind in HUMAN_METRES
    body = anatomy(figure)
    if shadow:
        wide = body.height * (0.5 if lies else 0.17 if body.human else 0.5) * scale
        c.ellipse(
            x + wide * 0.2, y, wide, max(2.0, wide * (0.08 if lies else 0.2)), light.shade, opacity=0.38, ink=False
        )
    around = (1.15 if body.human else 2.6 if kind is FigureKind.BIRD else 1.3) * body.height * scale
    side = around if lies or upright or not body.human or held else 0.4 * around
    c.bounds.append((x - side, y - around, x + side, y + 0.14 * around))
    line = c.line
    c.line = line / scale if scale else 0.0
    turn = ""
    if lies:
        turn = " rotate(-74)" if upright else f" translate({body.height * 0.48:.1f} -44) rotate(-90)"
    c.push(f"translate({x:.1f} {y:.1f}) scale({mirror * scale:.4f} {scale:.4f}){turn}")
    if kind in HUMAN_METRES:
        hand = draw_body(
            c,
            figure,
            light,
            front=figure.facing is Side.CENTRE,
            pixels=100 * scale,
            depth=depth,
            stool=stool,
            lit_right=lit_right if mirror > 0 else not lit_right,
        )
    else:
        coat = mix(light.lit(figure.look.top, depth), figure.look.top, 0.3)
        DRAWERS[kind](c, coat, figure.pose, figure.expression)
        hand = (body.head[0] + body.size * 0.7, body.head[1] + body.size * 0.3)
    if held is not None:
        size = (
            (METRES.get(held, HAND_METRES) if METRES.get(held, 0.0) < 1.5 else HAND_METRES)
            * body.height
            / body.metres
            / 100
        )
        grip = (hand[0] + 10, hand[1] + (30 if held in {"suitcase", "lantern"} else -12) * size)
        if held == "umbrella":
            grip = (body.head[0] + 26, body.head[1] - 72)
        share = 0.75 if held in GLOWING else 0.25
        if held in GLOWING:
            c.glow(*grip, 230, GLOWING[held], 0.7)
            front.glow(x + mirror * grip[0] * scale, y + grip[1] * scale, 420 * scale, GLOWING[held], 0.7)
        c.push(f"translate({grip[0]:.1f} {grip[1]:.1f}) scale({size:.3f})")
        draw_glyph(c, held, lambda colour: mix(light.lit(colour, depth), colour, share), paint)
        c.pop()
    c.pop()
    c.line = line
