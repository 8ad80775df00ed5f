"""How large things are, where they stand, what is paint on them, and where a hand takes them."""

from __future__ import annotations

from collections.abc import Mapping

METRES: Mapping[str, float] = {
    "car": 4.4,
    "boat": 4.5,
    "rowboat": 3.2,
    "ferry": 11.0,
    "raft": 2.8,
    "motorboat": 4.2,
    "cart": 3.0,
    "tablet": 0.3,
    "lunchbox": 0.32,
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
    "sword": 1.0,
    "rifle": 1.1,
    "bow": 1.2,
    "axe": 0.85,
    "shovel": 1.2,
    "broom": 1.35,
    "cannon": 1.9,
    "newspaper": 0.62,
    "basket": 0.5,
    "bucket": 0.45,
    "barrel": 0.95,
    "chest": 0.9,
    "gift": 0.5,
    "balloon": 0.62,
    "doll": 0.45,
    "baby": 0.52,
    "cat": 0.5,
    "chicken": 0.5,
    "violin": 0.66,
    "trumpet": 0.6,
    "drum": 0.6,
    "flag": 1.3,
    "torch": 0.62,
    "crutch": 1.2,
    "stick": 1.0,
    "bench": 1.7,
    "bed": 2.1,
    "gravestone": 0.95,
    "ladder": 2.6,
    "tent": 2.4,
    "snowman": 1.5,
    "statue": 2.8,
    "truck": 6.0,
    "bus": 8.0,
    "van": 5.0,
    "ambulance": 5.4,
    "taxi": 4.4,
    "police car": 4.4,
    "fire engine": 7.0,
    "pickup": 5.0,
    "tractor": 3.8,
    "motorcycle": 2.1,
    "stagecoach": 3.6,
    "tank": 6.0,
    "helicopter": 7.0,
    "spaceship": 9.0,
    "wheelchair": 1.1,
    "sofa": 1.9,
    "stove": 1.0,
    "case": 1.15,
    "anchor": 0.9,
    "lever": 0.5,
    "pot": 0.42,
    "stump": 0.62,
    "stretcher": 2.0,
    "coat": 0.8,
    "shirt": 0.6,
    "scarf": 0.5,
    "blanket": 0.55,
    "pillow": 0.5,
    "cage": 0.5,
    "hourglass": 0.3,
    "globe": 0.45,
    "cradle": 0.95,
    "typewriter": 0.42,
    "gramophone": 0.62,
    "television": 0.75,
    "vase": 0.42,
    "microscope": 0.42,
    "trophy": 0.36,
    "pram": 1.1,
    "nest": 0.32,
    "cross": 0.42,
    "shield": 0.8,
    "spear": 1.45,
    "pitchfork": 1.4,
    "oar": 1.4,
    "rod": 1.4,
    "coffin": 2.0,
    "hearth": 1.5,
    "wheelbarrow": 1.35,
    "placard": 1.1,
    "fountain": 2.4,
    "hay": 1.3,
    "pickaxe": 1.0,
    "scythe": 1.3,
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


AFLOAT = frozenset({"boat", "rowboat", "ferry", "raft", "motorboat"})
"""What floats where there is water."""

AIRBORNE = frozenset({"plane", "helicopter", "rocket", "spaceship", "kite", "balloon", "paper plane"})
"""What is in the air out of doors."""

MOUNTED = frozenset({"door", "open door", "window"})
"""What is part of a wall: it is shown with its wall round it, and nowhere without."""

STANDING = (
    frozenset(
        "stump stretcher car bicycle piano table chair tree train plane rocket fire flames box helm sled cannon barrel "
        "chest bench bed gravestone ladder tent snowman statue truck bus motorcycle stagecoach cart tank helicopter "
        "spaceship wheelchair sofa stove anchor lever hearth coffin wheelbarrow fountain hay pram cradle "
        "television van ambulance taxi pickup tractor".split()
    )
    | {"police car", "fire engine"}
    | AFLOAT
    | MOUNTED
)
"""What stands on the ground rather than being held."""

GLOWING: Mapping[str, str] = {
    "lantern": "#ffc46a",
    "candle": "#ffc46a",
    "lamp": "#ffd58a",
    "flashlight": "#fff0b8",
    "open door": "#ffcf86",
    "fire": "#ff9a3a",
    "phone": "#a8e4ff",
    "tablet": "#a8e4ff",
    "computer": "#a8e4ff",
    "cigarette": "#ff8a3a",
    "flames": "#ff8a3a",
    "torch": "#ff9a3a",
    "orb": "#8fe4ff",
    "wand": "#ffe08a",
    "match": "#ffb45a",
    "hearth": "#ff9a3a",
    "television": "#a8e4ff",
}
"""What gives light."""

GRIPS: Mapping[str, tuple[float, float]] = {
    "case": (0, -4),
    "sword": (0, 36),
    "rifle": (-14, 4),
    "gun": (-26, 16),
    "bow": (6, 0),
    "axe": (0, 30),
    "shovel": (0, -14),
    "broom": (0, -14),
    "flag": (-38, 24),
    "torch": (0, 30),
    "umbrella": (0, 40),
    "balloon": (0, 48),
    "wand": (-24, 42),
    "spoon": (0, 42),
    "pen": (-8, 8),
    "brush": (20, -30),
    "knife": (-28, 2),
    "hammer": (0, 34),
    "crutch": (0, -40),
    "stick": (0, -40),
    "lantern": (0, -46),
    "suitcase": (0, -40),
    "bucket": (0, -40),
    "basket": (0, -44),
    "flower": (0, 34),
    "glass": (0, 26),
    "bottle": (0, 0),
    "cup": (22, -2),
    "cigarette": (-30, 0),
    "telescope": (-10, 6),
    "trumpet": (-14, 4),
    "violin": (0, -40),
    "guitar": (-6, 20),
    "microphone": (0, 30),
    "flashlight": (-26, 0),
    "mirror": (0, 46),
    "kite": (0, 48),
    "cards": (0, 20),
    "newspaper": (-44, 30),
    "book": (0, 28),
    "letter": (-30, 26),
    "paper": (-20, 40),
    "map": (-40, 26),
    "photo": (-20, 44),
    "scroll": (-20, 36),
    "plate": (-30, 26),
    "tablet": (-30, 26),
    "rope": (0, 0),
    "drum": (0, 0),
    "spear": (0, 12),
    "pitchfork": (0, 14),
    "oar": (0, -16),
    "rod": (-34, 36),
    "placard": (0, 36),
    "scythe": (0, 10),
    "pickaxe": (0, 26),
    "cage": (0, -48),
    "match": (0, 40),
    "trophy": (0, 36),
    "feather": (-30, 40),
    "cross": (0, 34),
    "cloth": (0, -24),
    "handcuffs": (0, -8),
}
"""Where in a thing's box the hand that holds it is, where that is not its middle."""


def grip_of(thing: str) -> tuple[float, float]:
    """Where in a thing's box the hand that holds it is."""
    return GRIPS.get(thing, (0.0, 0.0))
