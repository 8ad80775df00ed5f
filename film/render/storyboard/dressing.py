"""What belongs to a shot besides its figures: things on the ground, things shown alone, a crowd, a boat to stand in."""

from __future__ import annotations

from collections.abc import Callable

from film.render.storyboard.anatomy import anatomy
from film.render.storyboard.body import cloth_of
from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import mix
from film.render.storyboard.figures import draw_figure
from film.render.storyboard.measures import AFLOAT, GLOWING, METRES, MOUNTED, STANDING, metres_of
from film.render.storyboard.props import FEET, draw_glyph
from film.render.storyboard.skeleton import capsule
from film.render.storyboard.stage import Stage
from schemas.enums import Expression, FigureKind, Place, Pose, ShotSize, Side
from schemas.prompt import Figure, Picture
from schemas.script import Look

WIDE = frozenset({ShotSize.EWS, ShotSize.WS, ShotSize.FS})
"""Sizes in which whole bodies are seen."""


def divide(s: Stage, picture: Picture) -> tuple[list[str], list[str]]:
    """Tell things in a hand from things on the ground: a boat or a tree inside a house is a small one.

    What is part of a wall is neither: the set has its own doors and windows.
    """
    used = {figure.on for figure in picture.figures}
    free = [thing for thing in picture.props if thing not in MOUNTED and thing not in used]
    standing = [thing for thing in free if thing in STANDING and not (s.inside and METRES[thing] > 3)]
    return [thing for thing in free if thing not in standing], standing


def paint_of(picture: Picture, thing: str) -> str:
    """The colour that the script gives one of a picture's props; empty where it tells none."""
    return next((paint for name, paint in zip(picture.props, picture.paints, strict=False) if name == thing), "")


SHORE = {Place.HARBOUR: 0.62, Place.SEA: 0.5, Place.BEACH: 0.66, Place.SHIP: 0.8, Place.RIVER: 0.5, Place.BRIDGE: 0.7}
"""How far the water is: 0 at the figures' feet, 1 at the horizon."""


def spot(s: Stage, thing: str, ground: float) -> tuple[float, float]:
    """Say on what ground a thing stands, and how its scale compares with the figures': boats float."""
    if thing in AFLOAT and s.picture.place in SHORE:
        far = SHORE[s.picture.place]
        return s.hz + (ground - s.hz) * (1 - far), max(0.4, 1 - far)
    k = 0.55 if METRES.get(thing, 0.0) > 3 else 0.92
    return s.hz + (ground - s.hz) * k, k


def skiff(s: Stage, c: Canvas, columns: list[float], foot: float, metre: float, paint: str) -> None:
    """Whoever is out at sea stands in a boat; `paint` is its colour, empty where the script tells none."""
    left, right = min(columns) - metre * 1.1, max(columns) + metre * 1.3
    top, keel = foot - metre * 0.34, foot + metre * 0.30
    c.bounds.append((left - metre, top - metre, right + metre, keel + metre))
    hull = (
        f"M{left:.1f} {top:.1f}H{right:.1f}Q{right - metre * 0.2:.1f} {keel:.1f}"
        f" {right - metre * 0.7:.1f} {keel:.1f}H{left + metre * 0.5:.1f}"
        f"Q{left + metre * 0.1:.1f} {keel:.1f} {left:.1f} {top:.1f}Z"
    )
    c.path(hull, s.light.lit(paint or "#8f4232"))
    c.rect(left, top, right - left, metre * 0.11, s.light.lit("#efe6d2"))
    c.path(
        f"M{left - metre * 0.3:.1f} {keel - metre * 0.04:.1f}"
        f"Q{(left + right) / 2:.1f} {keel - metre * 0.22:.1f} {right + metre * 0.3:.1f}"
        f" {keel - metre * 0.04:.1f}V{keel + metre * 0.2:.1f}H{left - metre * 0.3:.1f}Z",
        s.light.lit("#2b658a"),
        ink=False,
    )


def beside(s: Stage, c: Canvas, thing: str, figure: Figure, x: float, reach: float) -> None:
    """A thing that somebody holds up beside their face, and the hand that holds it."""
    k = 0.0044 * reach
    y = s.h * 0.66
    foot = y + (FEET.get(thing, 48) - 6) * k
    cloth = cloth_of(figure, s.light, 0.0)
    lean = (s.w * 0.5 - x) * 0.3
    c.bounds.append((min(x - 60 * k, x + lean - 40 * k), y - 60 * k, max(x + 60 * k, x + lean + 40 * k), s.h))
    if thing in GLOWING:
        s.front.glow(x, y, 0.7 * s.h, GLOWING[thing], 0.7)
    c.path(capsule((x, foot + 16 * k), 10 * k, (x + lean, s.h * 1.1), 17 * k), cloth.top[1])
    c.path(capsule((x - 10 * k, foot + 2 * k), 9 * k, (x + 8 * k, foot + 4 * k), 10 * k), cloth.skin[1])
    line, c.line = c.line, c.line / k
    c.push(f"translate({x:.1f} {y:.1f}) scale({k:.3f})")
    share = 0.7 if thing in GLOWING else 0.3
    draw_glyph(c, thing, lambda colour: mix(s.light.lit(colour), colour, share), paint_of(s.picture, thing))
    c.pop()
    c.line = line
    fingers = "".join(
        capsule((x - 9 * k, foot + d * k), 4.4 * k, (x + 6 * k, foot + d * k), 4.4 * k) for d in (-4, 3, 10)
    )
    c.path(fingers, cloth.skin[0])


def stand(s: Stage, c: Canvas, thing: str, x: float, y: float, metre: float) -> None:
    """Put a thing on the ground at (x, y), with the shadow and the light it gives; `metre` in logical pixels."""
    size = metres_of(thing) * metre
    k = size / 100
    foot = y - FEET.get(thing, 48) * k
    c.bounds.append((x - size * 0.6, y - size, x + size * 0.6, y + size * 0.2))
    floats = thing in AFLOAT and s.picture.place in SHORE
    c.ellipse(
        x, y - size * 0.01, size * 0.46, size * (0.03 if floats else 0.05), s.light.shade, opacity=0.35, ink=False
    )
    line, c.line = c.line, c.line / k if k else 0.0
    c.push(f"translate({x:.1f} {foot:.1f}) scale({k:.4f})")
    draw_glyph(c, thing, _air(s, y), paint_of(s.picture, thing))
    c.pop()
    c.line = line
    if floats:
        wash(s, c, x, y, size)
    if thing in GLOWING:
        light = (x, y - size * 0.4, size * 2.2)
        s.front.glow(*(s.framed(*light) if c is s.c else light), GLOWING[thing], 0.7)


def hung(s: Stage, c: Canvas, thing: str, x: float, y: float, size: float) -> None:
    """Draw a thing in the air, its middle at (x, y), `size` logical pixels large."""
    k = size / 100
    c.bounds.append((x - size * 0.7, y - size * 0.7, x + size * 0.7, y + size * 0.7))
    line, c.line = c.line, c.line / k
    c.push(f"translate({x:.1f} {y:.1f}) scale({k:.4f})")
    draw_glyph(c, thing, lambda colour: mix(s.light.lit(colour, 0.2), colour, 0.3), paint_of(s.picture, thing))
    c.pop()
    c.line = line


def ledge(s: Stage, c: Canvas, thing: str, part: float, reach: float) -> None:
    """A thing on the edge of a table that comes into a medium shot at `part` of its width."""
    # A head, which is 0.3 of the reach in a medium shot, is about as many metres high.
    y, size = s.h * 0.88, min(0.3, max(0.12, 1.1 * metres_of(thing))) * reach
    x = s.w * part
    x0, x1 = (x - size * 0.9, s.w * 1.05) if part > 0.5 else (-0.05 * s.w, x + size * 0.9)
    c.bounds.append((min(x0, x - size), y - size * 1.2, max(x1, x + size), s.h))
    wood = s.light.lit("#7a5438")
    c.rect(x0, y, x1 - x0, s.h * 0.2, wood)
    c.rect(x0, y, x1 - x0, s.h * 0.018, mix(wood, s.light.warm, 0.4), ink=False)
    k = size / 100
    line, c.line = c.line, c.line / k
    c.ellipse(x, y + 8, size * 0.4, size * 0.05, s.light.shade, opacity=0.4, ink=False)
    c.push(f"translate({x:.1f} {y + 8 - FEET.get(thing, 48) * k:.1f}) scale({k:.4f})")
    share = 0.7 if thing in GLOWING else 0.3
    draw_glyph(c, thing, lambda colour: mix(s.light.lit(colour), colour, share), paint_of(s.picture, thing))
    c.pop()
    c.line = line
    if thing in GLOWING:
        s.front.glow(x, y - size * 0.4, size * 1.6, GLOWING[thing], 0.7)


def _air(s: Stage, y: float) -> Callable[[str], str]:
    """Light for a thing on the ground at `y`, with half of the air between it and the camera."""
    depth = 0.5 * s.depth(y)
    return lambda colour: mix(s.light.lit(colour, depth), colour, 0.24 if s.light.night else 0.12)


def wash(s: Stage, c: Canvas, x: float, y: float, size: float) -> None:
    """The water about a hull: it hides the keel, and foams."""
    tone = mix(s.light.horizon, s.light.lit("#2f6f94", 0.7 * s.depth(y)), 0.6)
    run = size * 1.16
    data = f"M{x - run / 2:.1f} {y:.1f}"
    for _ in range(6):
        data += (
            f"q{run / 24:.1f} {-size * 0.018:.1f} {run / 12:.1f} {-size * 0.004:.1f}t{run / 12:.1f} {size * 0.004:.1f}"
        )
    c.path(data + f"q{-run * 0.1:.1f} {size * 0.06:.1f} {-run / 2:.1f} "
        f"{size * 0.06:.1f}t{-run / 2:.1f} {-size * 0.06:.1f}Z",
           tone, opacity=0.92, ink=False)  # fmt: skip
    c.stroke(data, mix(tone, "#ffffff", 0.3 if s.light.night else 0.6), max(1.4, size * 0.008), opacity=0.8)


_COATS = ("#5f6b78", "#7a6a5c", "#6b5a66", "#56685a", "#8a7a68", "#4f5868")


_AT_REST = (Pose.STAND, Pose.WALK, Pose.TALK)


def crowd(s: Stage, c: Canvas) -> None:
    """People in the middle distance, quiet in colour, who do what the picture says."""
    pose = s.picture.crowd_pose
    for far in (0.62, 0.44):
        y = s.ground(far)
        count = 9 if far > 0.5 else 6
        for index in range(count):
            x = s.w * ((index + s.detail.uniform(0.15, 0.85)) / count)
            adult = s.detail.random() < 0.86
            look = Look(
                kind=FigureKind.ADULT if adult else FigureKind.CHILD,
                top=s.detail.choice(_COATS),
                bottom="#3a3d46",
                hair=s.detail.choice(("short", "long", "hat", "bun", "cap")),
                hair_colour=s.detail.choice(("#2b2320", "#5b3a25", "#a3a5a8")),
                skin=s.detail.choice(("#e3b08a", "#a56d47", "#7b4c30")),
                dress=s.detail.random() < 0.3,
            )
            figure = Figure(
                character="",
                look=look,
                pose=s.detail.choice(_AT_REST if pose is Pose.STAND else (pose, pose, Pose.STAND)),
                expression=Expression.NEUTRAL,
                side=Side.CENTRE,
                facing=s.detail.choice((Side.LEFT, Side.RIGHT)),
            )
            body = anatomy(figure)
            draw_figure(c, s.front, figure, s.light, x, y, s.m(y, body.metres) / body.height, depth=s.depth(y) * 0.9)
