"""What people wear over the body by their trade; see `film.prompting.trades`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from film.render.storyboard.canvas import Canvas, Point
from film.render.storyboard.colour import darker, lighter, mix

Pair = tuple[str, str]
"""A colour in the light and in the shade."""


@dataclass(frozen=True)
class Bust:
    """Where the clothes of a body lie, in its local units."""

    neck: Point
    hip: Point
    wide: float
    """Half the breadth at the shoulders."""
    waist: float
    low: float
    """Height of a long coat's hem."""
    front: bool
    """Whether the body faces the camera."""
    long: bool
    """Whether a coat reaches below the knees."""

    def at(self, down: float, across: float = 0.0) -> Point:
        """A point on the torso: `down` from neck (0) to hips (1), `across` from -1 to 1 at the waist."""
        x = self.neck[0] + (self.hip[0] - self.neck[0]) * down
        y = self.neck[1] + (self.hip[1] - self.neck[1]) * down
        half = across * (self.wide * 0.8 + (self.waist - self.wide * 0.8) * min(1.0, down * 1.4))
        if self.front:
            return x + half, y
        # Across a bent back is not across the frame.
        dx, dy = self.hip[0] - self.neck[0], self.hip[1] - self.neck[1]
        long = math.hypot(dx, dy) or 1.0
        return x + half * dy / long, y - half * dx / long


def _quad(*corners: Point) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def _line(*ends: Point) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ends)


def _collar(c: Canvas, b: Bust, colour: str, tall: float = 26.0) -> None:
    x, y = b.neck
    c.path(
        f"M{x - 27:.1f} {y + 18:.1f}Q{x - 30:.1f} {y - tall * 0.5:.1f} {x - 20:.1f} {y - tall * 0.6:.1f}"
        f"Q{x:.1f} {y - tall * 0.3:.1f} {x + 20:.1f} {y - tall * 0.6:.1f}"
        f"Q{x + 32:.1f} {y - tall * 0.4:.1f} {x + 27:.1f} {y + 18:.1f}Q{x:.1f} {y + 30:.1f} {x - 27:.1f} {y + 18:.1f}Z",
        colour,
    )


def _oilskin(c: Canvas, b: Bust, top: Pair) -> None:
    dark = darker(top[0], 0.3)
    _collar(c, b, dark, 30)
    hem = (b.hip[0], b.low if b.long else b.hip[1] + 12)
    c.stroke(_line(b.at(0.12, 0.12), b.at(1.0, 0.06), (hem[0] + 6, hem[1])), dark, 4)
    for down in (0.3, 0.52, 0.74, 0.96):
        x, y = b.at(down, 0.1)
        c.rect(x - 15, y - 4, 30, 8, "#3a3128", r=3, ink=False)
        c.circle(x + 9, y, 5, "#c9ccd0", ink=False)


def _sweater(c: Canvas, b: Bust, top: Pair) -> None:
    _collar(c, b, lighter(top[0], 0.08), 34)
    x, y = b.neck
    c.stroke(
        f"M{x - 16:.1f} {y - 10:.1f}v22M{x - 4:.1f} {y - 8:.1f}v26M{x + 9:.1f} {y - 9:.1f}v25", darker(top[0], 0.2), 2
    )
    rows = "".join(
        _line(b.at(down, -0.86), b.at(down + 0.03, 0.0), b.at(down, 0.86)) for down in (0.34, 0.46, 0.58, 0.7)
    )
    c.stroke(rows, darker(top[0], 0.2), 2.4, opacity=0.8)
    c.path(_quad(b.at(0.97, -1.0), b.at(0.97, 1.0), b.at(1.09, 1.0), b.at(1.09, -1.0)), darker(top[0], 0.14), ink=False)


def _stripes(c: Canvas, b: Bust, top: Pair) -> None:
    bands = "".join(
        _line(b.at(down, -0.9), b.at(down + 0.02, 0.0), b.at(down, 0.9)) for down in (0.26, 0.4, 0.54, 0.68, 0.82)
    )
    c.stroke(bands, mix("#2a3f70", top[1], 0.2), 9)
    x, y = b.neck
    scarf = mix("#b8322e", top[1], 0.15)
    c.path(
        f"M{x - 26:.1f} {y + 2:.1f}Q{x:.1f} {y + 24:.1f} {x + 26:.1f} {y + 2:.1f}L{x + 6:.1f} {y + 26:.1f}"
        f"L{x + 16:.1f} {y + 62:.1f}L{x + 2:.1f} {y + 40:.1f}L{x - 10:.1f} {y + 58:.1f}L{x - 3:.1f} {y + 26:.1f}Z",
        scarf,
    )


def _labcoat(c: Canvas, b: Bust, top: Pair) -> None:
    shirt, tie = mix("#7fa0b8", top[1], 0.25), mix("#8f3140", top[1], 0.15)
    x, y = b.neck
    c.path(_quad((x - 18, y + 2), (x + 20, y + 2), (x + 8, y + 92), (x, y + 92)), shirt, ink=False)
    c.path(_quad((x - 4, y + 10), (x + 6, y + 10), (x + 8, y + 62), (x + 2, y + 76), (x - 4, y + 62)), tie, ink=False)
    for side in (-1, 1):
        c.path(
            _quad((x + side * 20, y), (x + side * 40, y + 26), (x + 4, y + 96), (x + side * 12, y + 34)),
            darker(top[0], 0.1),
        )
    c.stroke(_line((x + 4, y + 96), (b.hip[0], b.low if b.long else b.hip[1])), darker(top[0], 0.3), 3)
    px, py = b.at(0.42, 0.34)
    c.rect(px, py, 28, 30, darker(top[0], 0.08))
    c.stroke(f"M{px + 6:.1f} {py - 8:.1f}v16M{px + 13:.1f} {py - 6:.1f}v14", "#2f5f8a", 3)


def _apron(c: Canvas, b: Bust, top: Pair) -> None:
    # White over strong colours, leather over pale ones: an apron is told from the shirt.
    bright = sum(int(top[0][i : i + 2], 16) for i in (1, 3, 5)) > 480
    cloth = mix("#8f6a48" if bright else "#ded6c4", top[1], 0.18)
    low = (b.hip[0], min(b.low if b.long else b.hip[1] + 128, -40.0))
    c.stroke(_line(b.at(0.3, -0.42), b.at(0.0, -0.24)) + _line(b.at(0.3, 0.5), b.at(0.0, 0.24)), darker(cloth, 0.2), 7)
    half = b.waist * 0.98
    c.path(
        _quad(b.at(0.26, -0.46), b.at(0.26, 0.54), b.at(0.7, 0.7), (b.hip[0] + half, b.hip[1] - 20),
              (low[0] + half * 1.05, low[1]), (low[0] - half * 0.9, low[1]), (b.hip[0] - half * 0.92, b.hip[1] - 20),
              b.at(0.7, -0.62)),
        cloth,
    )  # fmt: skip
    c.stroke(_line((b.hip[0] - half * 0.92, b.hip[1] - 26), (b.hip[0] + half, b.hip[1] - 26)), darker(cloth, 0.3), 6)
    x, y = b.at(0.5, -0.14)
    c.rect(x, y, 34, 26, darker(cloth, 0.12))


def _uniform(c: Canvas, b: Bust, top: Pair) -> None:
    dark, gold = darker(top[0], 0.35), mix("#dcb65a", top[1], 0.1)
    _collar(c, b, dark, 22)
    c.stroke(_line(b.at(0.14, 0.1), b.at(1.0, 0.06)), dark, 3)
    for down in (0.28, 0.46, 0.64, 0.82):
        x, y = b.at(down, 0.08)
        c.circle(x + 8, y, 5.4, gold, ink=False)
    for side in (-1, 1) if b.front else (-0.62, 0.9):
        x, y = b.neck[0] + side * b.wide * 0.74, b.neck[1] + 22
        c.rect(x - 19, y - 9, 38, 12, gold, r=5)
    x, y = b.at(0.36, 0.38)
    c.rect(x, y, 30, 24, darker(top[0], 0.14))
    c.path(_quad(b.at(0.98, -1.02), b.at(0.98, 1.06), b.at(1.08, 1.06), b.at(1.08, -1.02)), "#2b2523", ink=False)
    x, y = b.at(1.03, 0.1)
    c.rect(x - 9, y - 9, 20, 18, gold, r=3, ink=False)


def _vest(c: Canvas, b: Bust, top: Pair) -> None:
    shirt = mix("#f2efe8", top[1], 0.15)
    x, y = b.neck
    c.path(_quad((x - 24, y), (x + 26, y), (x + 14, y + 84), (x - 2, y + 84)), shirt, ink=False)
    c.path(
        _quad((x - 18, y + 4), (x + 2, y + 13), (x + 22, y + 4), (x + 22, y + 24), (x + 2, y + 15), (x - 18, y + 24)),
        "#17161b",
    )
    for down in (0.55, 0.7, 0.85):
        cx, cy = b.at(down, 0.1)
        c.circle(cx, cy, 4, lighter(top[0], 0.5), ink=False)


def _overalls(c: Canvas, b: Bust, top: Pair) -> None:
    denim = mix("#4a6079", top[1], 0.2)
    c.stroke(
        _line(b.at(0.36, -0.42), b.at(0.02, -0.56)) + _line(b.at(0.36, 0.5), b.at(0.02, 0.5)), darker(denim, 0.12), 13
    )
    half = b.waist
    c.path(
        _quad(b.at(0.34, -0.52), b.at(0.34, 0.6), b.at(0.66, 0.98), (b.hip[0] + half * 1.04, b.hip[1] + 16),
              (b.hip[0] - half * 1.04, b.hip[1] + 16), b.at(0.66, -0.98)),
        denim,
    )  # fmt: skip
    x, y = b.at(0.5, -0.22)
    c.rect(x, y, 44, 30, darker(denim, 0.16))
    for across in (-0.42, 0.5):
        cx, cy = b.at(0.37, across)
        c.circle(cx, cy, 5, "#d0b060", ink=False)


def _robe(c: Canvas, b: Bust, top: Pair) -> None:
    fur, gold = mix("#f3efe6", top[1], 0.15), mix("#dcb65a", top[1], 0.1)
    x, y = b.neck
    c.path(
        f"M{x - b.wide * 0.8:.1f} {y + 12:.1f}Q{x:.1f} {y - 26:.1f} {x + b.wide * 0.8:.1f} {y + 12:.1f}"
        f"Q{x + b.wide * 0.9:.1f} {y + 56:.1f} {x:.1f} {y + 70:.1f}Q"
        f"{x - b.wide * 0.9:.1f} {y + 56:.1f} {x - b.wide * 0.8:.1f} {y + 12:.1f}Z",
        fur,
    )
    for dx, dy in ((-0.5, 24), (-0.15, 44), (0.25, 40), (0.55, 24)):
        c.path(f"M{x + b.wide * dx:.1f} {y + dy:.1f}l4 12h-8Z", "#26232a", ink=False)
    hem = (b.hip[0], b.low if b.long else b.hip[1])
    c.stroke(_line((x, y + 70), b.at(1.0, 0.0), hem), gold, 9)


def _cassock(c: Canvas, b: Bust, top: Pair) -> None:
    x, y = b.neck
    c.path(_quad((x - 24, y - 8), (x + 24, y - 8), (x + 25, y + 14), (x - 25, y + 14)), top[0])
    c.rect(x - 4, y - 8, 22, 18, "#f4f1ea", ink=False)
    for down in (0.25, 0.4, 0.55, 0.7, 0.85):
        cx, cy = b.at(down, 0.06)
        c.circle(cx, cy, 3.4, lighter(top[0], 0.35), ink=False)
    gold = mix("#d9b45a", top[1], 0.1)
    cx, cy = b.at(0.5, 0.12)
    c.stroke(f"M{cx:.1f} {cy - 18:.1f}v40M{cx - 12:.1f} {cy - 6:.1f}h24", gold, 5)


def _gown(c: Canvas, b: Bust, top: Pair) -> None:
    white = mix("#f4f1ea", top[1], 0.1)
    x, y = b.neck
    for side in (-1, 1):
        low = b.at(1.0, side * 0.5)
        c.path(
            _quad((x + side * 22, y - 2), (x + side * 54, y + 34), low, (x + side * 8, y + 60)), lighter(top[0], 0.16)
        )
    c.path(_quad((x - 2, y + 4), (x + 8, y + 4), (x + 4, y + 60), (x - 13, y + 58)), white, ink=False)
    c.path(_quad((x + 8, y + 4), (x + 18, y + 4), (x + 26, y + 56), (x + 9, y + 60)), darker(white, 0.08), ink=False)


_GARBS: Mapping[str, Callable[[Canvas, Bust, Pair], None]] = {
    "oilskin": _oilskin,
    "sweater": _sweater,
    "stripes": _stripes,
    "labcoat": _labcoat,
    "apron": _apron,
    "uniform": _uniform,
    "vest": _vest,
    "overalls": _overalls,
    "robe": _robe,
    "cassock": _cassock,
    "gown": _gown,
}


def draw_garb(c: Canvas, garb: str, bust: Bust, top: Pair) -> None:
    """Draw what a trade wears over a body's torso; an unknown name draws nothing.

    Args:
        c: The layer, in the body's group.
        garb: A name of `film.prompting.trades.GARBS`.
        bust: Where the clothes lie.
        top: The colours of what is worn above the waist, light included.
    """
    painter = _GARBS.get(garb)
    if painter is not None:
        painter(c, bust, top)
