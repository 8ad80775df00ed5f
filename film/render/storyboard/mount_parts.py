"""Parts of what carries a figure: seats, beds, tables, walls. In the figure's units, facing right."""

from __future__ import annotations

from collections.abc import Callable

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, mix
from film.render.storyboard.props import FEET, draw_glyph
from film.render.storyboard.skeleton import Skeleton
from schemas.enums import Pose

METRE = 375.0
Lit = Callable[[str], str]
FAR = 5000.0
"""Beyond any edge of a picture."""


def put(c: Canvas, thing: str, x: float, y: float, metres: float, lit: Lit, paint: str = "") -> None:
    """Stand a thing on the ground at `x`, `y`, so many metres large."""
    k = metres * METRE / 100
    line, c.line = c.line, c.line / k
    c.push(f"translate({x:.1f} {y - FEET.get(thing, 48) * k:.1f}) scale({k:.3f})")
    draw_glyph(c, thing, lit, paint)
    c.pop()
    c.line = line


def upholstered(c: Canvas, on: str, seat: float, lit: Lit) -> None:
    """Draw an armchair, a sofa or a throne whose seat is at the height `seat`."""
    if on == "throne":
        gold, red = lit("#c99b33"), lit("#8f2638")
        c.path(f"M-120 0V{seat - 420:.0f}L-90 {seat - 520:.0f}L-30 {seat - 440:.0f}L30 {seat - 520:.0f}"
               f"L60 {seat - 420:.0f}V{seat:.0f}H110V0Z", gold)  # fmt: skip
        c.rect(-92, seat - 400, 124, 400, red, r=12)
        return
    colour = lit("#7a4a52" if on == "armchair" else "#5f6f86")
    wide = 210 if on == "armchair" else 620
    c.rect(-150, seat - 260, wide + 40, 330, darker(colour, 0.16), r=40)
    c.rect(-140, seat - 10, wide + 60, -seat - 6, colour, r=16)
    if on == "sofa":
        c.rect(430, seat - 90, 84, -seat + 84, darker(colour, 0.1), r=24)


def bed_behind(c: Canvas, bones: Skeleton, lit: Lit) -> None:
    """Draw a bed, for somebody who lies in it or sits on its edge."""
    h = bones.height
    x0, x1 = (-0.62 * h, 0.58 * h) if bones.legs is Pose.LIE else (-0.75 * h, 0.34 * h)
    top = 118.0 if bones.legs is Pose.LIE else bones.hips[0][1] + 34
    base = 0.0
    if bones.legs is Pose.LIE:
        # The body is lifted onto the mattress; the bed itself stands on the ground.
        top, base = -16.0, 128.0
    wood, sheet = lit("#7a5334"), lit("#efe9dc")
    c.rect(x0 - 34, top - 210, 34, base - top + 210, wood, r=8)
    c.rect(x1, top - 90, 30, base - top + 90, wood, r=8)
    c.rect(x0, top, x1 - x0, 70, sheet, r=14)
    c.rect(x0, top + 56, x1 - x0, 34, wood)
    c.rect(x0 + 4, top - 58, 170, 76, lit("#ffffff"), r=30)
    if bones.legs is not Pose.LIE:
        c.rect(x0 + 220, top - 12, x1 - x0 - 220, 80, lit("#4f7a9f"), r=16)


def blanket(c: Canvas, bones: Skeleton, lit: Lit) -> None:
    """Draw the blanket over whoever lies in a bed."""
    h = bones.height
    blue = lit("#4f7a9f")
    x0, x1 = -0.24 * h, 0.57 * h
    c.path(f"M{x0:.0f} 40L{x0 + 10:.0f} -92Q{x0 + 150:.0f} -128 {x0 + 300:.0f} -104"
           f"Q{x1 - 60:.0f} -110 {x1:.0f} -60V62H{x0:.0f}Z", blue)  # fmt: skip
    c.rect(x0 - 6, -92, 60, 140, lit("#e6ecf0"), r=18)
    c.stroke(f"M{x0 + 160:.0f} -96Q{x0 + 190:.0f} -20 {x0 + 170:.0f} 50", darker(blue, 0.25), 5)


def table(c: Canvas, bones: Skeleton, lit: Lit, small: float, held: str) -> None:
    """Draw a table before somebody, with what lies on it."""
    top = bones.hips[0][1] - 92 * small if bones.legs in {Pose.SIT, Pose.LIE} else -300 * small
    x0, x1 = 26.0, 560.0
    wood, dark = lit("#8f603a"), lit("#5f3d24")
    c.rect(x1 - 60, top, 26, -top + 4, dark)
    c.rect(x0 + 40, top, 26, -top + 4, dark)
    c.rect(x0, top, x1 - x0, 26, wood, r=6)
    c.rect(x0, top, x1 - x0, 8, lighter(wood, 0.16), r=4)
    if held == "computer":
        put(c, "computer", 230, top + 2, 0.5, lit)
    elif held in {"plate", "bowl"} or not held:
        put(c, held or "cup", 250 if held else 330, top + 2, 0.36 if held else 0.24, lit)
    elif held in {"pen", "brush"}:
        c.path(f"M80 {top - 2:.0f}L190 {top - 2:.0f}L230 {top - 16:.0f}L120 {top - 16:.0f}Z", lit("#f6f0de"))
    elif held == "chess":
        c.rect(170, top - 14, 220, 14, lit("#e9dcb8"))
    elif held == "cards":
        for x in (210, 300, 380):
            c.path(f"M{x} {top - 2:.0f}h44l14 -12h-44Z", lit("#fbf7ec"))
        put(c, "money", 440, top + 2, 0.2, lit)


def counter(c: Canvas, on: str, lit: Lit, small: float) -> None:
    """Draw a kitchen's counter or stove before whoever works at it."""
    top = -352.0 * small
    front = lit("#d5d3cc" if on == "stove" else "#9c7048")
    c.rect(64, top, 560, -top + 6, front)
    c.rect(50, top - 18, 590, 26, lit("#3a3d45" if on == "stove" else "#cfc6b4"), r=4)
    if on == "stove":
        c.rect(130, top + 90, 330, 190, lit("#2b2320"), r=10)
        for x in (150, 230, 310, 390):
            c.circle(x, top + 44, 15, lit("#3a3d45"), ink=False)
        c.path(f"M150 {top - 18:.0f}l14 -22l14 22l16 -28l16 28l14 -22l14 22Z", "#5fb8ff", ink=False)
        put(c, "pot", 196, top - 24, 0.62, lit)
    else:
        c.rect(110, top + 40, 200, -top - 60, darker(front, 0.14), r=6)
        c.rect(340, top + 40, 200, -top - 60, darker(front, 0.14), r=6)
        put(c, "bowl", 200, top - 14, 0.42, lit)


def piano(c: Canvas, lit: Lit) -> None:
    """Draw an upright piano before whoever plays it."""
    black = lit("#2a2226")
    c.rect(180, -470, 330, 474, black, r=8)
    c.rect(170, -486, 350, 26, lighter(black, 0.15))
    c.rect(70, -300, 150, 34, black)
    c.rect(70, -312, 130, 14, lit("#f7f1e4"))
    c.rect(88, -270, 20, 272, black)
    c.path("M150 -470L230 -600L330 -600L300 -470Z", lit("#f4ecd8"))


def crates(c: Canvas, lit: Lit, small: float) -> None:
    """Draw crates before whoever hides."""
    wood, dark = lit("#a8794a"), lit("#6d4a2c")
    for box in ((70, -215, 330, 225), (-170, -96, 230, 106)):
        x, y, w, h = (side * small for side in box)
        c.rect(x, y, w, h, wood, r=4)
        c.stroke(
            f"M{x + 12} {y + 12}h{w - 24}v{h - 24}h{24 - w}ZM{x + 12} {y + 12}L{x + w - 12} {y + h - 12}", dark, 12
        )


def partition(c: Canvas, on: str, lit: Lit, sky: str) -> None:
    """A wall that comes into the picture from its edge, with a door or a window in it."""
    wall, base = lit("#bfa98a"), lit("#6d5238")
    x0 = 196.0 if on == "door" else 176.0
    c.rect(x0, -FAR, FAR, FAR + 14, wall, ink=False)
    c.rect(x0, -FAR, 22, FAR + 14, darker(wall, 0.2), ink=False)
    c.rect(x0, -26, FAR, 40, base, ink=False)
    c.rect(x0, 14, FAR, 3000, mix(base, wall, 0.35), ink=False)
    if on == "door":
        wood, dark = lit("#94603a"), lit("#6d4328")
        c.rect(x0 + 40, -800, 330, 806, lighter(wall, 0.3))
        c.rect(x0 + 66, -774, 278, 780, "#ffd898", ink=False)
        c.path(f"M{x0 + 66:.0f} -774L{x0 - 60:.0f} -820V40L{x0 + 66:.0f} 6Z", wood)
        c.path(f"M{x0 + 44:.0f} -690L{x0 - 38:.0f} -716V-440L{x0 + 44:.0f} -440Z"
               f"M{x0 + 44:.0f} -340L{x0 - 38:.0f} -340V-60L{x0 + 44:.0f} -70Z", dark)  # fmt: skip
        c.circle(x0 - 40, -398, 14, lit("#e3c069"))
        return
    frame = lit("#efe6d4")
    c.rect(x0 + 60, -800, 560, 520, frame)
    c.rect(x0 + 84, -776, 512, 472, sky, ink=False)
    c.path(f"M{x0 + 84:.0f} -420Q{x0 + 220:.0f} -520 {x0 + 360:.0f} -440T{x0 + 596:.0f} -470V-304H{x0 + 84:.0f}Z",
           mix(sky, "#2f4a34", 0.6), ink=False)  # fmt: skip
    c.rect(x0 + 330, -776, 18, 472, frame, ink=False)
    c.rect(x0 + 84, -556, 512, 16, frame, ink=False)
    c.rect(x0 + 40, -284, 600, 30, lighter(frame, 0.2))
    for x in (x0 + 30, x0 + 560):
        c.path(f"M{x:.0f} -850h120q-20 300 -60 420q30 120 20 190h-80Z", lit("#b0503f"))


def litter_behind(c: Canvas, bones: Skeleton, lit: Lit, rise: float) -> None:
    """Draw a stretcher on wheels for whoever lies on it, `rise` above the ground; or one in a bearer's hands."""
    steel, sheet = lit("#a9b2ba"), lit("#eef0ee")
    if bones.legs is not Pose.LIE:
        c.rect(130, -402, 770, 14, lit("#8a5c38"), r=6)
        c.rect(210, -410, 610, 20, lit("#d9d3c0"), r=6)
        c.circle(292, -440, 42, lit("#e3b08a"))
        c.path("M252 -446Q250 -486 292 -484Q332 -482 332 -450Q296 -466 252 -446Z", lit("#4a3528"), ink=False)
        c.path("M344 -408Q350 -470 430 -474Q600 -470 800 -440Q830 -424 828 -404Z", lit("#7f95ab"))
        c.stroke("M470 -470Q500 -440 490 -408M640 -462Q660 -436 654 -406", lit("#5f758b"), 5)
        return
    h = bones.height
    x0, x1 = -0.62 * h, 0.6 * h
    c.stroke(
        f"M{x0 + 60:.0f} 24L{x1 - 60:.0f} {rise - 16:.0f}M{x1 - 60:.0f} 24L{x0 + 60:.0f} {rise - 16:.0f}",
        lit("#6a717a"),
        12,
    )
    for x in (x0 + 60, x1 - 60):
        c.circle(x, rise - 14, 15, lit("#26252c"))
    c.rect(x0 - 54, 14, x1 - x0 + 108, 13, steel, r=6)
    c.rect(x0, -18, x1 - x0, 36, sheet, r=12)
    c.rect(x0 + 6, -56, 150, 48, lit("#ffffff"), r=24)


def lectern(c: Canvas, lit: Lit, small: float) -> None:
    """Draw a stand of wood, such as a pulpit or a witness box, before whoever speaks there."""
    wood = lit("#7d5232")
    top = -372.0 * small
    c.rect(84, top, 270, -top + 6, wood)
    c.rect(112, top + 46, 214, -top - 96, darker(wood, 0.2), r=4)
    c.path(f"M56 {top + 6:.0f}L70 {top - 34:.0f}H372L384 {top + 6:.0f}Z", lighter(wood, 0.16))
    c.path(f"M120 {top - 34:.0f}l16 -22h150l10 22Z", lit("#f4ecd8"))


def coffin_behind(c: Canvas, lit: Lit) -> None:
    """Draw a coffin in the hands of its bearers."""
    wood, gold = lit("#7a4a2a"), lit("#d9ac48")
    c.path("M140 -420L176 -500H840L884 -420L870 -360H156Z", wood)
    c.path("M140 -420L176 -500H840L884 -420Z", lighter(wood, 0.2))
    c.stroke("M140 -420H884", darker(wood, 0.3), 5)
    c.stroke("M250 -392h80M460 -392h80M680 -392h80", gold, 9)
    c.stroke("M520 -486V-434M496 -468H544", gold, 7)


def post(c: Canvas, lit: Lit) -> None:
    """Draw a pillar behind the back of whoever leans against it."""
    stone = lit("#9c8d7c")
    c.rect(-262, -1500, 150, 1514, stone)
    c.rect(-262, -1500, 52, 1514, darker(stone, 0.22), ink=False)
    c.rect(-282, -20, 190, 34, darker(stone, 0.12))
