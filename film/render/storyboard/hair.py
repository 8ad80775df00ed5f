"""Hair, beards, and the caps, hats and hoods that a script names. Local coordinates are those of the head."""

from __future__ import annotations

from dataclasses import dataclass

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter
from schemas.script import Look


@dataclass(frozen=True)
class HeadInk:
    """The colours of one head under the picture's light."""

    skin: str
    shade: str
    hair: str
    cloth: str
    hat: str = ""
    """Of what is worn on the head; that of the clothes, darker, where empty."""


def beard(c: Canvas, ink: HeadInk, turned: bool) -> None:
    """A full beard that hangs below the chin, and a moustache; cheeks and the skin around the mouth stay bare."""
    hangs = (
        "M-29 4C-30 24 -25 42 -15 54C-13 60 -10 63 -6 63C-3 70 3 73 8 70C13 74 20 72 22 65C29 62 34 54 36 44"
        "C37 38 36 33 34 30C30 27 27 26 24 26C18 24 8 24 1 27C-6 33 -14 33 -20 26C-24 20 -27 12 -29 4Z"
        if turned
        else "M-38 2C-38 24 -32 44 -22 56C-20 62 -14 66 -9 66C-5 73 5 73 9 66C14 66 20 62 22 56C32 44 38 24 38 2"
        "C35 16 29 27 22 31C15 25 7 25 0 26C-7 25 -15 25 -22 31C-29 27 -35 16 -38 2Z"
    )
    x = 12 if turned else 0
    strand = darker(ink.hair, 0.22)
    c.path(hangs, ink.hair)
    c.stroke(
        f"M{x - 30} 32Q{x - 28} 46 {x - 18} 55M{x - 22} 38Q{x - 19} 52 {x - 10} 61M{x - 8} 47Q{x - 7} 57 {x - 2} 64"
        f"M{x + 8} 47Q{x + 8} 57 {x + 4} 63M{x + 19} 40Q{x + 18} 51 {x + 12} 58",
        strand,
        1.7,
        opacity=0.75,
    )
    c.ellipse(x, 32, 13, 8, ink.skin, ink=False)
    c.path(f"M{x} 21C{x - 8} 19 {x - 17} 24 {x - 20} 33C{x - 12} 30 {x - 5} 29 {x} 27"
           f"C{x + 5} 29 {x + 12} 30 {x + 19} 33C{x + 16} 24 {x + 8} 19 {x} 21Z", ink.hair)  # fmt: skip


def hair_behind(c: Canvas, look: Look, ink: HeadInk, turned: bool) -> None:
    """Draw what of the hair, or of a hood, lies behind the head."""
    back = darker(ink.hair, 0.25)
    if look.hair == "long":
        c.path(
            "M-44 -14C-54 -74 40 -74 34 -20C26 20 -2 40 -8 92C-26 98 -50 96 -58 84C-46 50 -48 20 -44 -14Z"
            if turned
            else "M-43 -10C-52 -72 52 -72 43 -10C44 30 56 62 50 92C34 100 -34 100 -50 92C-56 62 -44 30 -43 -10Z",
            back,
        )
    elif look.hair == "curly":
        for x, y, r in (
            (-34, -26, 22),
            (-40, 0, 18),
            (34 - 12 * turned, -26, 22),
            (40 - 24 * turned, 0, 16),
            (0, -46, 26),
        ):
            c.circle(x, y, r, back)
    elif look.hair == "bun":
        c.circle(-38 if turned else 0, -50 if turned else -60, 19, back)
    elif look.hair == "hood":
        c.path("M-48 60C-66 -10 -56 -76 0 -76C56 -76 64 -10 48 60Z", darker(ink.cloth, 0.3))


def hair_before(c: Canvas, look: Look, ink: HeadInk, turned: bool) -> None:
    """Draw what of the hair lies before the face, or what covers it."""
    shine = lighter(ink.hair, 0.2)
    style = look.hair
    if style == "bald":
        c.ellipse(-10, -38, 12, 5, lighter(ink.skin, 0.4), opacity=0.5, ink=False)
        return
    if style in {"cap", "hat"}:
        _headgear(c, ink, style, turned)
        return
    if style == "hood":
        c.path(
            "M-48 60C-66 -10 -56 -76 0 -76C56 -76 64 -10 48 60C44 40 42 20 40 -4"
            "C36 -50 -36 -50 -40 -4C-42 20 -44 40 -48 60Z",
            ink.cloth,
        )
        return
    if style == "short":
        data = (
            "M-40 14C-48 -30 -40 -66 -2 -66C30 -66 42 -44 36 -20C30 -32 22 -36 8 -36"
            "C-6 -34 -16 -30 -18 -10C-22 -12 -28 -6 -27 2"
            "C-30 6 -34 12 -40 14Z"
            if turned
            else "M-40 2C-47 -66 47 -66 40 2C38 -14 35 -24 29 -31C12 -24 -10 -27 -26 -33C-34 -25 -38 -13 -40 2Z"
        )
    elif style == "curly":
        spots = ((-30, -36), (-14, -48), (6, -52), (24, -44), (-38, -18)) + (() if turned else ((36, -28),))
        for x, y in spots:
            c.circle(x, y, 15, ink.hair)
        c.ellipse(-8, -50, 9, 4, shine, opacity=0.4, ink=False)
        return
    else:
        data = (
            "M-42 26C-50 -30 -42 -66 -2 -66C30 -66 40 -42 36 -18C30 -34 18 -40 2 -40"
            "C-14 -34 -22 -18 -24 2C-26 14 -32 24 -42 26Z"
            if turned
            else "M-41 16C-49 -68 49 -68 41 16C38 -14 28 -36 2 -42C-22 -36 -36 -16 -41 16Z"
        )
    c.path(data, ink.hair)
    c.path("M-28 -40C-18 -56 8 -60 20 -54C4 -54 -14 -48 -24 -36Z", shine, opacity=0.35, ink=False)


def _headgear(c: Canvas, ink: HeadInk, style: str, turned: bool) -> None:
    c.path("M-40 2C-42 -14 -40 -24 -38 -30L-26 -30C-32 -20 -36 -10 -40 2Z", ink.hair, ink=False)
    cloth = ink.hat or darker(ink.cloth, 0.28)
    if style == "cap":
        c.path("M-41 -22C-44 -66 40 -68 40 -24C20 -32 -20 -32 -41 -22Z", cloth)
        c.path(
            "M2 -28C24 -34 50 -28 62 -16C46 -20 24 -22 4 -20Z"
            if turned
            else "M-34 -26C-20 -38 20 -38 34 -26C24 -14 -24 -14 -34 -26Z",
            darker(cloth, 0.3),
        )
        return
    c.path("M-34 -28C-38 -76 -14 -72 0 -68C14 -72 38 -76 34 -28Z", cloth)
    c.path("M-34 -34C-20 -28 20 -28 34 -34L34 -26C20 -20 -20 -20 -34 -26Z", darker(cloth, 0.4), ink=False)
    c.path("M-62 -26C-40 -36 40 -36 62 -26C44 -12 -44 -12 -62 -26Z", cloth)
