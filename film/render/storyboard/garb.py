"""What people wear by their trade: over the body, and on the head. See `film.prompting.trades`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from film.render.storyboard.canvas import Canvas, Point
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.light import Light

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
    lean: float

    def at(self, down: float, across: float = 0.0) -> Point:
        """A point on the torso: `down` from neck (0) to hips (1), `across` from -1 to 1 at the waist."""
        x = self.neck[0] + (self.hip[0] - self.neck[0]) * down
        y = self.neck[1] + (self.hip[1] - self.neck[1]) * down
        return x + across * (self.wide * 0.8 + (self.waist - self.wide * 0.8) * min(1.0, down * 1.4)), y


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


def _oilskin(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
    dark = darker(top[0], 0.3)
    _collar(c, b, dark, 30)
    hem = (b.hip[0], b.low if long else b.hip[1] + 12)
    c.stroke(_line(b.at(0.12, 0.12), b.at(1.0, 0.06), (hem[0] + 6, hem[1])), dark, 4)
    for down in (0.3, 0.52, 0.74, 0.96):
        x, y = b.at(down, 0.1)
        c.rect(x - 15, y - 4, 30, 8, "#3a3128", r=3, ink=False)
        c.circle(x + 9, y, 5, "#c9ccd0", ink=False)


def _sweater(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
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


def _stripes(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
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


def _labcoat(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
    shirt, tie = mix("#7fa0b8", top[1], 0.25), mix("#8f3140", top[1], 0.15)
    x, y = b.neck
    c.path(_quad((x - 18, y + 2), (x + 20, y + 2), (x + 8, y + 92), (x, y + 92)), shirt, ink=False)
    c.path(_quad((x - 4, y + 10), (x + 6, y + 10), (x + 8, y + 62), (x + 2, y + 76), (x - 4, y + 62)), tie, ink=False)
    for side in (-1, 1):
        c.path(
            _quad((x + side * 20, y), (x + side * 40, y + 26), (x + 4, y + 96), (x + side * 12, y + 34)),
            darker(top[0], 0.1),
        )
    c.stroke(_line((x + 4, y + 96), (b.hip[0], b.low if long else b.hip[1])), darker(top[0], 0.3), 3)
    px, py = b.at(0.42, 0.34)
    c.rect(px, py, 28, 30, darker(top[0], 0.08))
    c.stroke(f"M{px + 6:.1f} {py - 8:.1f}v16M{px + 13:.1f} {py - 6:.1f}v14", "#2f5f8a", 3)


def _apron(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
    # White over strong colours, leather over pale ones: an apron is told from the shirt.
    bright = sum(int(top[0][i : i + 2], 16) for i in (1, 3, 5)) > 480
    cloth = mix("#8f6a48" if bright else "#ded6c4", top[1], 0.18)
    low = (b.hip[0], min(b.low if long else b.hip[1] + 128, -40.0))
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


def _uniform(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
    dark, gold = darker(top[0], 0.35), mix("#dcb65a", top[1], 0.1)
    _collar(c, b, dark, 22)
    c.stroke(_line(b.at(0.14, 0.1), b.at(1.0, 0.06)), dark, 3)
    for down in (0.28, 0.46, 0.64, 0.82):
        x, y = b.at(down, 0.08)
        c.circle(x + 8, y, 5.4, gold, ink=False)
    for side in (-1, 1) if front else (-0.62, 0.9):
        x, y = b.neck[0] + side * b.wide * 0.74, b.neck[1] + 22
        c.rect(x - 19, y - 9, 38, 12, gold, r=5)
    x, y = b.at(0.36, 0.38)
    c.rect(x, y, 30, 24, darker(top[0], 0.14))
    c.path(_quad(b.at(0.98, -1.02), b.at(0.98, 1.06), b.at(1.08, 1.06), b.at(1.08, -1.02)), "#2b2523", ink=False)
    x, y = b.at(1.03, 0.1)
    c.rect(x - 9, y - 9, 20, 18, gold, r=3, ink=False)


def _vest(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
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


def _overalls(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
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


def _robe(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
    fur, gold = mix("#f3efe6", top[1], 0.15), mix("#dcb65a", top[1], 0.1)
    x, y = b.neck
    c.path(
        f"M{x - b.wide * 0.8:.1f} {y + 12:.1f}Q{x:.1f} {y - 26:.1f} {x + b.wide * 0.8:.1f} {y + 12:.1f}"
        f"Q{x + b.wide * 0.9:.1f} {y + 56:.1f} {x:.1f} {y + 70:.1f}Q{x - b.wide * 0.9:.1f} {y + 56:.1f} {x - b.wide * 0.8:.1f} {y + 12:.1f}Z",
        fur,
    )
    for dx, dy in ((-0.5, 24), (-0.15, 44), (0.25, 40), (0.55, 24)):
        c.path(f"M{x + b.wide * dx:.1f} {y + dy:.1f}l4 12h-8Z", "#26232a", ink=False)
    hem = (b.hip[0], b.low if long else b.hip[1])
    c.stroke(_line((x, y + 70), b.at(1.0, 0.0), hem), gold, 9)


def _cassock(c: Canvas, b: Bust, top: Pair, front: bool, long: bool) -> None:
    x, y = b.neck
    c.path(_quad((x - 24, y - 8), (x + 24, y - 8), (x + 25, y + 14), (x - 25, y + 14)), top[0])
    c.rect(x - 4, y - 8, 22, 18, "#f4f1ea", ink=False)
    for down in (0.25, 0.4, 0.55, 0.7, 0.85):
        cx, cy = b.at(down, 0.06)
        c.circle(cx, cy, 3.4, lighter(top[0], 0.35), ink=False)
    gold = mix("#d9b45a", top[1], 0.1)
    cx, cy = b.at(0.5, 0.12)
    c.stroke(f"M{cx:.1f} {cy - 18:.1f}v40M{cx - 12:.1f} {cy - 6:.1f}h24", gold, 5)


_GARBS: Mapping[str, Callable[[Canvas, Bust, Pair, bool, bool], None]] = {
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
}


def draw_garb(c: Canvas, garb: str, bust: Bust, top: Pair, *, front: bool, long: bool) -> None:
    """Draw what a trade wears over a body's torso; an unknown name draws nothing.

    Args:
        c: The layer, in the body's group.
        garb: A name of `film.prompting.trades.GARBS`.
        bust: Where the clothes lie.
        top: The colours of what is worn above the waist, light included.
        front: Whether the body faces the camera.
        long: Whether a coat reaches below the knees.
    """
    painter = _GARBS.get(garb)
    if painter is not None:
        painter(c, bust, top, front, long)


_CROWN = "M-36 -30L-44 -72L-20 -52L0 -82L20 -52L44 -72L36 -30Q0 -20 -36 -30Z"


def draw_headwear(c: Canvas, name: str, top: Pair, *, turned: bool, light: Light) -> None:
    """Draw what a trade wears on the head; an unknown name draws nothing.

    Args:
        c: The layer, in the head's group: the head's middle is 0, 0 and it is 100 high.
        name: A name of `film.prompting.trades.HEADWEAR`.
        top: The colours of what is worn above the waist, light included.
        turned: Whether the head looks right rather than at the camera.
        light: The picture's light.
    """

    def seen(colour: str) -> str:
        return mix(light.lit(colour), colour, 0.36)

    if name == "knit":
        wool = seen("#39465c")
        c.path("M-43 -16C-48 -72 42 -76 42 -22C20 -30 -20 -28 -43 -16Z", wool)
        c.path(
            "M-45 -14C-48 -24 -46 -32 -42 -36C-16 -46 20 -48 42 -40C46 -34 46 -26 44 -20C18 -32 -20 -28 -45 -14Z",
            lighter(wool, 0.12),
        )
        c.stroke("M-34 -34v12M-20 -38v12M-6 -40v10M8 -41v11M22 -40v12M34 -38v13", darker(wool, 0.3), 2)
    elif name == "peaked":
        cloth = darker(top[0], 0.1)
        c.path("M-50 -44C-52 -74 46 -82 56 -50C40 -38 -28 -34 -50 -44Z", cloth)
        c.path("M-41 -22C-42 -36 -40 -44 -38 -46H40V-24C18 -32 -20 -30 -41 -22Z", darker(cloth, 0.4), ink=False)
        peak = (
            "M0 -30C26 -36 50 -28 60 -14C42 -20 22 -22 2 -20Z"
            if turned
            else "M-36 -28C-20 -38 20 -38 36 -28C26 -12 -26 -12 -36 -28Z"
        )
        c.path(peak, "#17161b")
        c.circle(26 if turned else 0, -46, 7, seen("#dcb65a"), ink=False)
    elif name == "toque":
        white = seen("#f3f1ea")
        c.path("M-34 -48C-70 -62 -58 -112 -22 -104C-10 -128 24 -126 28 -104C62 -110 68 -62 36 -48Z", white)
        c.path("M-39 -22C-40 -44 -38 -52 -36 -54H38V-24C18 -32 -18 -32 -39 -22Z", darker(white, 0.08))
        c.stroke("M-18 -92v36M4 -98v42M24 -90v34", darker(white, 0.2), 2)
    elif name == "crown":
        gold = seen("#dcb04a")
        c.path(_CROWN, gold)
        c.path("M-36 -30L-38 -40Q0 -30 38 -40L36 -30Q0 -20 -36 -30Z", darker(gold, 0.25), ink=False)
        for x, y in ((-44, -72), (0, -82), (44, -72)):
            c.circle(x, y, 5, seen("#b8322e"), ink=False)
    elif name == "straw":
        straw = seen("#d9b968")
        c.path("M-34 -30C-36 -74 34 -76 36 -30Z", straw)
        c.path("M-34 -40Q0 -30 36 -40V-30Q0 -20 -34 -30Z", darker(straw, 0.45), ink=False)
        c.path("M-72 -24C-44 -40 46 -40 74 -24C50 -8 -48 -8 -72 -24Z", lighter(straw, 0.08))
    elif name == "pointed":
        felt = darker(top[0], 0.2)
        c.path("M-36 -30Q-14 -90 -26 -148Q10 -110 38 -30Z", felt)
        c.path("M-36 -40Q0 -28 37 -42L38 -28Q0 -16 -36 -28Z", seen("#c9a24a"), ink=False)
        c.path("M-68 -24C-40 -38 42 -38 70 -24C48 -10 -46 -10 -68 -24Z", felt)
    elif name == "coif":
        white = seen("#f5f5f1")
        c.path("M-32 -40C-34 -78 32 -80 36 -42Q2 -56 -32 -40Z", white)
        c.stroke("M2 -70v18M-7 -61h18", seen("#c23b3b"), 6)
    elif name == "veil":
        dark = top[0]
        c.path(
            "M-42 70C-70 -10 -54 -78 0 -78C40 -78 46 -50 40 -24C20 -44 -20 -44 -30 -8C-34 20 -30 50 -22 66Z"
            if turned
            else "M-54 70C-70 -10 -54 -78 0 -78C54 -78 70 -10 54 70L38 60C42 20 44 -36 0 -40C-44 -36 -42 20 -38 60Z",
            dark,
        )
        c.stroke("M-30 -8C-20 -44 20 -44 40 -24" if turned else "M-40 10C-44 -40 44 -40 40 10", seen("#f4f1ea"), 10)
    elif name == "helmet":
        steel = darker(top[0], 0.12)
        c.path("M-48 -14C-52 -78 50 -80 50 -18C22 -30 -22 -28 -48 -14Z", steel)
        c.stroke("M-50 -14C-22 -28 22 -30 52 -18", darker(steel, 0.3), 7)
        c.path("M-30 -50C-16 -66 6 -66 18 -60C2 -60 -14 -54 -26 -42Z", lighter(steel, 0.3), opacity=0.5, ink=False)
