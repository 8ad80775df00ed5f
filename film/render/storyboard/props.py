"""Things: how large they are, where they stand, what light they give, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from film.render.storyboard.canvas import Canvas
from film.render.storyboard.colour import darker, lighter, luminance
from film.render.storyboard.glyphs import GLYPHS
from film.render.storyboard.glyphs_base import DARK, WOOD
from film.render.storyboard.glyphs_more import GRIPS, MORE_FEET, MORE_METRES, MORE_PAINTED, MORE_STANDING

METRES: Mapping[str, float] = {
    "car": 4.4,
    "boat": 4.5,
    "rowboat": 3.2,
    "ferry": 11.0,
    "helm": 1.1,
    "sled": 1.1,
    "window": 1.3,
    "open door": 2.2,
    "telescope": 0.6,
    "bicycle": 1.8,
    "piano": 1.6,
    "table": 1.5,
    "chair": 1.0,
    "door": 2.2,
    "tree": 5.0,
    "train": 7.0,
    "plane": 8.0,
    "rocket": 6.0,
    "fire": 1.1,
    "box": 0.7,
    "suitcase": 0.75,
    "guitar": 1.0,
    "umbrella": 1.0,
    "flames": 1.3,
    **MORE_METRES,
}
"""Size of what is larger than a hand, in metres."""

HAND_METRES = 0.34
"""Things in a hand are drawn a little too large, but not larger: a picture is read in a second."""

_SMALL: Mapping[str, float] = {
    thing: metres
    for metres, things in (
        (0.09, "apple egg ring button cigarette chalk heart"),
        (0.12, "cup money key cards star glass shell"),
        (0.16, "pen syringe phone camera candle orb"),
        (0.2, "knife spoon gun bomb stone brush skull crown flashlight mask"),
        (0.24, "letter photo book bowl plate ball bell cake mirror"),
        (0.28, "bottle bread hammer shoe paper helmet microphone radio"),
    )
    for thing in things.split()
}
_LEGIBLE = 1.3
"""Small things are drawn so much too large, wherever people stand beside them."""


def metres_of(thing: str) -> float:
    """How large a thing is beside people, in metres: its own size, and a little more where a hand could hide it."""
    return METRES.get(thing) or min(HAND_METRES, _LEGIBLE * _SMALL.get(thing, HAND_METRES))


AFLOAT = frozenset({"boat", "rowboat", "ferry"})
"""What floats where there is water."""

AIRBORNE = frozenset({"plane", "helicopter", "rocket", "spaceship", "kite", "balloon", "paper plane"})
"""What is in the air out of doors."""

MOUNTED = frozenset({"door", "open door", "window"})
"""What is part of a wall: it is shown with its wall round it, and nowhere without."""

STANDING = (
    frozenset("car bicycle piano table chair tree train plane rocket fire flames box helm sled".split())
    | AFLOAT
    | MOUNTED
    | MORE_STANDING
)
"""What stands on the ground rather than being held."""

PAINTED: Mapping[str, tuple[str, ...]] = {
    "car": ("#b8402f",),
    "boat": ("#8f4232",),
    "rowboat": ("#7f5636",),
    "ferry": ("#a8362f",),
    "train": ("#34566b",),
    "door": ("#94603a", "#6d4328", "#7a4c2c"),
    "open door": ("#94603a", "#6d4328", "#7a4c2c"),
    "umbrella": ("#b3343a", "#d0505a"),
    "bicycle": ("#b8322e",),
    "suitcase": ("#94602f", "#5f3b1d"),
    "book": ("#8f2f33",),
    "hat": ("#5d4a3c", "#4a3a30"),
    "flower": ("#d8405c",),
    "ball": ("#d8503c", "#f0917f"),
    "cup": ("#f1ece0", "#e0d6c2"),
    "bottle": ("#2f6b4a",),
    "phone": (DARK,),
    "box": ("#b98850", "#d8ab70", "#8f6234"),
    "chair": ("#a8713f", WOOD),
    "table": ("#a8713f", "#c58f58"),
    "kite": ("#d8503c",),
    "sled": ("#c08a54",),
    "paper boat": ("#fbf8ee", "#f4f0e4", "#fffdf6", "#dcd7c8", "#d3cdbc"),
    "apple": ("#c8322c", "#ec7a6c"),
    "heart": ("#d0343f",),
    **MORE_PAINTED,
}
"""Which of a thing's colours are its paint, the main one first: what a script's `red` or `blue` means."""

GLOWING: Mapping[str, str] = {
    "lantern": "#ffc46a",
    "candle": "#ffc46a",
    "lamp": "#ffd58a",
    "flashlight": "#fff0b8",
    "open door": "#ffcf86",
    "fire": "#ff9a3a",
    "phone": "#a8e4ff",
    "computer": "#a8e4ff",
    "cigarette": "#ff8a3a",
    "flames": "#ff8a3a",
    "torch": "#ff9a3a",
    "orb": "#8fe4ff",
    "wand": "#ffe08a",
}
"""What gives light."""


FEET: Mapping[str, int] = {
    "letter": 36,
    "lantern": 42,
    "car": 32,
    "boat": 40,
    "gun": 40,
    "book": 36,
    "cup": 36,
    "glass": 44,
    "bottle": 50,
    "key": 22,
    "umbrella": 51,
    "suitcase": 38,
    "knife": 14,
    "flower": 50,
    "camera": 36,
    "clock": 47,
    "hat": 36,
    "ring": 46,
    "ball": 46,
    "flashlight": 34,
    "rowboat": 36,
    "ferry": 38,
    "paper boat": 34,
    "helm": 52,
    "net": 44,
    "sled": 32,
    "kite": 52,
    "telescope": 24,
    "window": 49,
    "open door": 50,
    "bicycle": 38,
    "computer": 36,
    "radio": 34,
    "guitar": 41,
    "piano": 46,
    "map": 40,
    "box": 40,
    "money": 32,
    "door": 50,
    "table": 42,
    "bread": 28,
    "apple": 44,
    "fish": 22,
    "rope": 41,
    "plane": 40,
    "rocket": 50,
    "train": 37,
    "bell": 44,
    "mirror": 50,
    "cigarette": 6,
    "syringe": 14,
    "skull": 40,
    "crown": 34,
    "star": 42,
    "heart": 44,
    "fire": 45,
    "tree": 50,
    "egg": 42,
    "flames": 40,
    **MORE_FEET,
}
"""How far below its middle a thing ends, where that is not 48: what it stands on lies there."""


def grip_of(thing: str) -> tuple[float, float]:
    """Where in a thing's box the hand that holds it is."""
    return GRIPS.get(thing, (0.0, 0.0))


def draw_glyph(c: Canvas, thing: str, lit: Callable[[str], str], paint: str = "") -> None:
    """Draw a thing into the canvas's present group, in a box from -50 to 50.

    Args:
        c: The layer.
        thing: A key of `GLYPHS`.
        lit: Lights a colour.
        paint: The colour that the script gives it, as #rrggbb; its own where empty.
    """
    own = PAINTED.get(thing, ()) if paint else ()
    for shape in GLYPHS[thing]:
        colour = shape[1]
        if colour in own:
            # Lighter and darker parts stay lighter and darker than the main one.
            step = luminance(colour) - luminance(own[0])
            colour = lighter(paint, min(0.6, 2 * step)) if step > 0 else darker(paint, min(0.6, -2 * step))
        if len(shape) == 3:
            c.stroke(shape[0], lit(colour), shape[2])
        else:
            c.path(shape[0], lit(colour))
