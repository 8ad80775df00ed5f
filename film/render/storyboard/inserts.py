"""Shots without figures: things large in the frame, on a table, on the ground, on the water, or in their wall."""

from __future__ import annotations

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.dressing import SHORE, WIDE, paint_of, spot, stand, wash
from film.render.storyboard.measures import AFLOAT, GLOWING, MOUNTED, STANDING, metres_of
from film.render.storyboard.perches import perch_rise
from film.render.storyboard.props import FEET, draw_glyph
from film.render.storyboard.stage import Stage
from schemas.enums import Place, ShotSize
from schemas.prompt import Picture

_SCALE = {ShotSize.MS: 0.42, ShotSize.MCU: 0.5, ShotSize.CU: 0.62, ShotSize.ECU: 0.8}
"""How large the first thing is, in fractions of the frame's reach."""


def insert(s: Stage, c: Canvas, things: list[str], picture: Picture, reach: float) -> bool:
    """Draw a shot that has no figures.

    Args:
        s: The stage, its set built.
        c: The layer of the figures.
        things: What is shown, first the most important.
        picture: The plan.
        reach: What sizes are fractions of, in logical pixels.

    Returns:
        Whether the things stand before the set, so that the set may go out of focus.
    """
    if picture.size in WIDE:
        _wide(s, c, things, reach)
        return False
    mounted = [thing for thing in picture.props if thing in MOUNTED]
    if mounted and not things:
        _in_wall(s, c, mounted[0], picture, reach)
        return True
    if not things:
        return False
    if things[0] in AFLOAT and picture.place in SHORE:
        _afloat(s, c, things[0], picture, reach)
        return True
    _near(s, c, things, picture, reach)
    return True


def _wide(s: Stage, c: Canvas, things: list[str], reach: float) -> None:
    metre = s.u if s.picture.size is not ShotSize.FS else reach * 0.43
    bearer = next((thing for thing in things if thing in BEARS), None) if not s.inside or not s.tops else None
    if bearer is not None:
        _laden(s, c, bearer, [thing for thing in things if thing not in STANDING], metre)
        things = [thing for thing in things if thing in STANDING and thing != bearer]
    for index, thing in enumerate(things):
        if thing not in STANDING and s.inside and s.tops:
            # As large as it is: what is to be seen better is shown closer.
            x, y, pixels = s.framed(*s.tops[index % len(s.tops)])
            stand(s, c, thing, x, y, pixels)
            continue
        y, k = spot(s, thing, s.foot) if thing in AFLOAT else (s.foot, 1.0)
        size = min(metre * k, 0.36 * s.w / metres_of(thing))
        # Beside the pier, where there is one.
        first = 0.75 if thing in AFLOAT and s.picture.place is Place.HARBOUR else 0.62
        stand(s, c, thing, s.w * (first - 0.24 * index), y, size)


BEARS = frozenset({"table", "bench", "barrel", "stump", "piano", "sofa", "chair"})
"""What small things stand on that are told of with it."""


def _laden(s: Stage, c: Canvas, bearer: str, load: list[str], metre: float) -> None:
    """A table, or another thing that bears, with what stands on it: large enough for that to be seen."""
    metre = max(metre, 0.5 * s.h / metres_of(bearer)) if load else metre
    x, y = 0.5 * s.w, s.foot
    stand(s, c, bearer, x, y, metre)
    wide = metres_of(bearer) * metre * 0.78
    for index, thing in enumerate(load):
        at = x + wide * ((index + 0.5) / len(load) - 0.5)
        stand(s, c, thing, at, y - perch_rise(bearer) * metre, metre)


def _near(s: Stage, c: Canvas, things: list[str], picture: Picture, reach: float) -> None:
    top = s.h * 0.72
    size = _SCALE[picture.size] * reach
    # Nothing is drawn above the taller of the two: every glyph ends at its foot and is at most 1.2 sizes high.
    c.bounds.append((0.0, max(0.0, top + s.h * 0.13 - 1.2 * size), s.w, s.h))
    x = s.w * (0.5 if len(things) == 1 else 0.42) + s.detail.uniform(-0.02, 0.02) * s.w
    second = things[1] if len(things) > 1 else None
    if second in STANDING and things[0] not in STANDING:
        # What stands on the floor stands behind the table that the first thing is on.
        _glyph(s, c, second, s.w * 0.74, top + size * 0.16, size * 0.7, picture)
        second = None
    _board(s, c, top, things[0] in STANDING)
    if second is not None:
        _shadow(s, c, s.w * 0.74, top + s.h * 0.06, size * 0.62)
        _glyph(s, c, second, s.w * 0.74, top + s.h * 0.06, size * 0.62, picture)
    _shadow(s, c, x, top + s.h * 0.13, size)
    _glyph(s, c, things[0], x, top + s.h * 0.13, size, picture)


def _board(s: Stage, c: Canvas, top: float, floor: bool) -> None:
    """The table that things lie on; the floor or the ground for what stands there."""
    wood = s.light.lit("#7a5438")
    if floor:
        wood = s.light.lit("#7d5f42" if s.inside else s.soil("#e6ecf2" if s.light.snowy else "#8d867a"))
    near = mix(wood, s.light.warm, 0.25 if not floor else 0.08)
    paint = c.linear(((0, near, 1), (1, mix(wood, s.light.shade, 0.5), 1)))
    c.rect(-0.1 * s.w, top, 1.2 * s.w, s.h * 0.5, paint, ink=False)
    if not floor:
        c.line_to(-0.1 * s.w, top, 1.1 * s.w, top, mix(wood, s.light.warm, 0.5), 3)


def _shadow(s: Stage, c: Canvas, x: float, y: float, size: float) -> None:
    c.ellipse(x + size * 0.05, y - size * 0.005, size * 0.46, size * 0.06, s.light.shade, opacity=0.5, ink=False)


def _glyph(s: Stage, c: Canvas, thing: str, x: float, y: float, size: float, picture: Picture) -> None:
    k = size / 100
    line, c.line = c.line, c.line / k
    c.push(f"translate({x:.1f} {y - FEET.get(thing, 48) * k:.1f}) scale({k:.4f})")
    share = 0.75 if thing in GLOWING else 0.35
    draw_glyph(c, thing, lambda colour: mix(s.light.lit(colour), colour, share), paint_of(picture, thing))
    c.pop()
    c.line = line
    s.front.glow(x, y - size * 0.4, size * 1.1, GLOWING.get(thing, s.light.warm), 0.7 if thing in GLOWING else 0.22)


def _afloat(s: Stage, c: Canvas, thing: str, picture: Picture, reach: float) -> None:
    """A boat near by, on the water that the place has."""
    c.bounds.append((0.0, 0.0, s.w, s.h))
    top, size = s.h * 0.66, _SCALE[picture.size] * reach * 1.15
    tone = mix(s.light.horizon, s.light.lit("#2f6f94"), 0.7)
    c.rect(
        -0.1 * s.w,
        top,
        1.2 * s.w,
        s.h * 0.5,
        c.linear(((0, tone, 1), (1, mix(tone, s.light.shade, 0.45), 1))),
        ink=False,
    )
    _glyph(s, c, thing, s.w * 0.5, s.h * 0.8, size, picture)
    wash(s, c, s.w * 0.5, s.h * 0.8, size)


def _in_wall(s: Stage, c: Canvas, thing: str, picture: Picture, reach: float) -> None:
    """A door or a window with the wall that holds it."""
    c.bounds.append((0.0, 0.0, s.w, s.h))
    w, h = s.w, s.h
    floor = h * 0.9
    wall = s.layout.choice(("#cdb99a", "#a9b8ae", "#c9a58f") if s.inside else ("#d8b48c", "#c9a08a", "#cfc3a8"))
    lit = s.light.lit(wall)
    c.rect(
        -0.1 * w,
        -0.1 * h,
        1.2 * w,
        1.2 * h,
        c.linear(((0, lit, 1), (1, mix(lit, s.light.shade, 0.3), 1)), x2=1),
        ink=False,
    )
    if s.inside:
        c.rect(-0.1 * w, floor - h * 0.05, 1.2 * w, h * 0.05, s.light.lit(darker(wall, 0.3)), ink=False)
        ground = s.light.lit("#8f6a48")
    else:
        _courses(s, c, wall, floor)
        ground = s.light.lit("#e4ebf2" if s.light.snowy else "#8d867d")
    c.rect(-0.1 * w, floor, 1.2 * w, h * 0.2, ground, ink=False)
    size = (1.12 if thing != "window" else 0.8) * min(reach, 0.8 * h) * (0.8 + _SCALE[picture.size] * 0.3)
    x, y = w * 0.5, floor if thing != "window" else h * 0.78
    if thing != "window":
        frame, half = s.light.lit(lighter(wall, 0.35)), size * 0.36
        c.rect(x - half, y - size * 1.05, 2 * half, size * 1.05, frame)
        c.rect(x - half * 1.3, y - h * 0.012, 2.6 * half, h * 0.05, s.light.lit("#9a948a"))
        if thing == "open door":
            c.poly(
                (
                    (x - size * 0.26, y + h * 0.04),
                    (x + size * 0.26, y + h * 0.04),
                    (x + size * 0.5, h * 1.1),
                    (x - size * 0.6, h * 1.1),
                ),
                s.light.warm,
                opacity=0.3,
                ink=False,
            )
    _glyph(s, c, thing, x, y, size, picture)
    if s.light.snowy and not s.inside:
        for left, right in ((-0.05, 0.36), (0.66, 1.05)):
            c.path(f"M{left * w:.1f} {floor + h * 0.02:.1f}Q{(left + right) / 2 * w:.1f} {floor - h * 0.07:.1f} "
                   f"{right * w:.1f} {floor + h * 0.02:.1f}Z", s.light.lit("#f1f5fa"), ink=False)  # fmt: skip


def _courses(s: Stage, c: Canvas, wall: str, floor: float) -> None:
    """A plastered front: a stone base, and patches where the bricks show."""
    stone = s.light.lit(darker(wall, 0.3))
    c.rect(-0.1 * s.w, floor - s.h * 0.14, 1.2 * s.w, s.h * 0.14, stone, ink=False)
    joints = "".join(
        f"M{s.w * (index / 9 + 0.03 * row):.1f} {floor - s.h * 0.07 * row:.1f}v{-s.h * 0.07:.1f}"
        for row in (0, 1)
        for index in range(10)
    )
    c.stroke(joints + f"M0 {floor - s.h * 0.07:.1f}H{s.w:.1f}", s.light.lit(darker(wall, 0.5)), 2, opacity=0.6)
    brick = s.light.lit(mix(wall, "#a5624f", 0.6))
    for left, top in ((0.06, 0.2), (0.82, 0.12), (0.8, 0.52), (0.12, 0.56)):
        for row in range(2):
            for column in range(3 - row):
                c.rect(
                    s.w * (left + 0.034 * column + 0.015 * row),
                    s.h * (top + 0.034 * row),
                    s.w * 0.03,
                    s.h * 0.027,
                    brick,
                    ink=False,
                )
