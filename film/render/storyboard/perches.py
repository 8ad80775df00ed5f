"""What animals sit, stand or lie on that is higher than the ground. In their units, facing right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter
from film.render.storyboard.measures import metres_of
from film.render.storyboard.props import FEET, draw_glyph

_RISES: Mapping[str, float] = {
    "chair": 0.46,
    "armchair": 0.46,
    "table": 0.98,
    "bed": 0.72,
    "sofa": 0.62,
    "bench": 0.53,
    "stump": 0.45,
    "box": 0.5,
    "barrel": 0.9,
    "piano": 1.3,
    "stove": 0.7,
    "stone": 0.24,
    "gravestone": 0.9,
    "wall": 1.3,
    "fence": 1.0,
    "roof": 1.5,
    "branch": 1.5,
    "rafter": 1.9,
}
"""How high above the ground each bears, in metres."""
_SHOWN_AS = {"armchair": "sofa"}


def perch_rise(on: str) -> float:
    """How high a perch lifts whoever is on it, in metres; 0 for the ground."""
    return _RISES.get(on, 0.0)


def draw_perch(c: Canvas, on: str, lit: Callable[[str], str], metre: float) -> None:
    """Draw a perch, standing on the ground at 0, 0; a name that is none draws nothing.

    Args:
        c: The layer, in the animal's group.
        on: A name of `film.prompting.verbs.MOUNTS`.
        lit: Lights a colour.
        metre: Local units a metre.
    """
    if on not in _RISES:
        return
    line, c.line = c.line, c.line / (metre / 100)
    c.push(f"scale({metre / 100:.3f})")
    if on in _BUILT:
        _BUILT[on](c, lit)
    else:
        thing = _SHOWN_AS.get(on, on)
        size = metres_of(thing)
        c.push(f"scale({size:.3f}) translate(0 {-FEET.get(thing, 48)})")
        draw_glyph(c, thing, lit)
        c.pop()
    c.pop()
    c.line = line


def _wall(c: Canvas, lit: Callable[[str], str]) -> None:
    stone = lit("#a09384")
    c.rect(-190, -126, 380, 132, stone)
    c.stroke("M-190 -84H190M-190 -42H190M-120 -126v42M0 -126v42M120 -126v42M-60 -84v42M60 -84v42M-120 -42v42M0 -42v42",
             darker(stone, 0.22), 3)  # fmt: skip
    c.rect(-200, -136, 400, 14, lighter(stone, 0.2))


def _fence(c: Canvas, lit: Callable[[str], str]) -> None:
    wood = lit("#a98a62")
    c.rect(-180, -88, 360, 11, wood)
    c.rect(-180, -42, 360, 11, wood)
    for x in (-170, -88, -6, 76, 158):
        c.rect(x, -100, 14, 104, lighter(wood, 0.12), r=3)


def _roof(c: Canvas, lit: Callable[[str], str]) -> None:
    tile, wall = lit("#9c5240"), lit("#cdb894")
    c.rect(-150, -76, 300, 82, wall)
    c.rect(-26, -64, 52, 70, darker(wall, 0.5))
    c.path("M-200 -70L-140 -152H140L200 -70Z", tile)
    c.stroke("M-184 -92H184M-168 -112H168M-154 -132H154", darker(tile, 0.25), 3)


def _branch(c: Canvas, lit: Callable[[str], str]) -> None:
    bark, leaf = lit("#6d4a30"), lit("#4f8a48")
    c.path("M-176 6Q-164 -120 -170 -330H-120Q-126 -140 -112 6Z", bark)
    c.path("M-150 -130Q-40 -156 150 -150L154 -143Q-20 -132 -140 -96Z", bark)
    for x, y, r in ((-150, -330, 92), (-226, -292, 66), (-72, -306, 62), (140, -168, 34), (166, -146, 26)):
        c.circle(x, y, r, leaf)
    c.circle(-170, -346, 40, lighter(leaf, 0.15), ink=False)


def _rafter(c: Canvas, lit: Callable[[str], str]) -> None:
    wood = lit("#7d5636")
    c.stroke("M-150 -184L-330 -330M150 -184L330 -330", darker(wood, 0.25), 18)
    c.rect(-420, -190, 840, 26, wood)
    c.rect(-420, -190, 840, 7, lighter(wood, 0.18), ink=False)
    c.stroke("M-300 -176h120M-60 -172h150M180 -178h140", darker(wood, 0.2), 2.4)


_BUILT: Mapping[str, Callable[[Canvas, Callable[[str], str]], None]] = {
    "wall": _wall,
    "fence": _fence,
    "roof": _roof,
    "branch": _branch,
    "rafter": _rafter,
}
