"""Faces: hair, skin, age and sex, from the words that introduce somebody, and else from their id."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from film.direction.sex import sex_told
from film.prompting.colours import COLOURS, colour_named

HAIR = {
    "black": "#1f1b1b",
    "brown": "#5b3a25",
    "golden": "#d9b25f",
    "orange": "#a9502a",
    "grey": "#a3a5a8",
    "white": "#e3e2de",
    "red": "#8e3322",
}
_NATURAL = ("black", "brown", "golden", "orange", "brown", "black")
SKINS = ("#f2cdae", "#e8b793", "#d39b72", "#b97d54", "#9a6643", "#80533a")


def draw(identity: str, trait: str, count: int) -> int:
    """Choose one of so many by a hash of who it is and which trait it is for."""
    return int.from_bytes(hashlib.sha256(f"{trait}\n{identity}".encode()).digest()[:8], "big") % count


@cache
def whole(pattern: str) -> re.Pattern[str]:
    """One of a pattern's alternatives, as whole words; there are as many patterns as the code has."""
    return re.compile(rf"\b(?:{pattern})\b")


def says(words: str, pattern: str) -> bool:
    """Whether words hold one of a pattern's alternatives, whole."""
    return whole(pattern).search(words) is not None


def is_female(identity: str, words: str) -> bool:
    """Whether somebody is a woman or a girl: by their words, and else by their id."""
    told = sex_told(words)
    if told is not None:
        return told
    first = identity.split("-")[-1] if identity else ""
    if first.endswith(("a", "ie", "elle", "ine")):
        return True
    return draw(identity, "hair-length", 2) == 0


def is_old(words: str, years: int | None = None) -> bool:
    """Whether age shows."""
    if years is not None and years < _AGED - 12:
        return False
    age = re.search(r"\b(\d{2})(?:s|\b)", words)
    told = says(words, r"old|elderly|aged|ancient|grandmother|grandfather|wrinkled|retired")
    return told or (years or 0) >= _AGED or (age is not None and int(age[1]) >= _AGED)


def hair_of(identity: str, words: str, female: bool) -> str:
    """The cut of the hair, or what covers it: one of `Look.hair`."""
    for style, pattern in (
        ("bald", r"bald|shaven|hairless|shaved head|head shaved"),
        ("hood", r"hood|hooded|cloak|hoodie"),
        ("hat", r"hat|fedora|top hat"),
        ("cap", r"cap|beanie|helmet|beret"),
        ("bun", r"bun|hair up|ponytail|braids? pinned up|beehive|chignon|topknot"),
        ("curly", r"curly|curls|afro|frizzy|wild hair"),
        ("long", r"long[- ](?:\w+ )?hair|long-haired|(?:long )?(?:\w+ )?plaits?|pigtails?|braids?|locs|dreadlocks"),
        ("short", r"short[- ](?:\w+ )?hair|crew cut|cropped"),
    ):
        if says(words, pattern):
            return style
    choices = ("long", "bun", "curly", "long") if female else ("short", "short", "curly", "short", "short")
    return choices[draw(identity, "hair", len(choices))]


_HAIRS = r"hair|curls|braids?|plaits?|pigtails?|bun|beehive|chignon|ponytail|locs|bob|fringe|crew ?cut|mop|beard"
_OF_HAIR = re.compile(rf"(?<![a-z-])\b([a-z-]+)(?: (?:curly|long|short|wavy|straight|thinning))? (?:{_HAIRS})\b")


_GREYING = 48
"""Years from which hair begins to go grey, where the script says nothing else of it."""
_AGED = 60
"""Years from which somebody looks old."""
_HAIR_GREYING = ("#6b6460", "#7c746c", "#8a8683")


def hair_colour_of(identity: str, words: str, age: int | None = None) -> str:
    """The colour of the hair, as #rrggbb."""
    said = next((colour for match in _OF_HAIR.finditer(words) if (colour := colour_named(match[1]))), None)
    dyed = re.search(r"\b(?:hair|curls)\b[^.;]{0,24}\b(?:colou?r|dyed)(?: of)? ([a-z-]+)", words)
    said = said or (colour_named(dyed[1]) if dyed else None)
    if said in HAIR:
        return HAIR[said]
    if said is not None:
        return COLOURS[said]
    if says(words, r"blonde?|flaxen|fair[ -](?:hair\w*|curls|braids?|plaits?)"):
        return HAIR["golden"]
    if says(words, r"redhead|ginger"):
        return HAIR["orange"]
    if age and _GREYING <= age < _AGED:
        return _HAIR_GREYING[draw(identity, "hair-colour", len(_HAIR_GREYING))]
    if is_old(words, age):
        return HAIR["white" if draw(identity, "white", 2) else "grey"]
    if says(words, _COMPLEXIONS[0][0]) or says(words, r"asian|chinese|japanese|korean|indian|african"):
        return HAIR["black"]
    return HAIR[_NATURAL[draw(identity, "hair-colour", len(_NATURAL))]]


_COMPLEXIONS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (r"black (?:\w+ )?(?:man|woman|girl|boy|child|lady|kid|teenager|male|female|american)|african\w*|nigerian|kenyan|"
     r"ethiopian|jamaican|(?:dark|deep|ebony|black)[- ]skin\w*|dark complexion", (5, 4)),
    (r"brown[- ]skin\w*|indian|pakistani|bengali|tamil|native american|aboriginal|maori|latin[oa]|mexican|cuban|"
     r"egyptian|moroccan|arab\w*", (3, 4)),
    (r"tanned|sun-?burn\w*|olive[- ]skin\w*|weather-?beaten|bronzed|spanish|italian|greek|turkish|persian|iranian|"
     r"sicilian", (2, 3)),
    (r"asian|chinese|japanese|korean|vietnamese|thai", (1, 1)),
    (r"pale|fair[- ]skin\w*|white[- ]skin\w*|freckle\w*|porcelain|pallid|ashen|albino|ginger|red-?head\w*|blonde?|"
     r"blond-?haired|irish|scottish|swedish|norwegian|danish|finnish|white (?:man|woman|girl|boy)", (0, 1)),
)  # fmt: skip
"""What the script says of skin, and what hair says of it where it does not: indices of `SKINS`."""


def skin_of(identity: str, words: str, hair_colour: str) -> str:
    """The colour of the skin, as #rrggbb."""
    for pattern, choices in _COMPLEXIONS:
        if says(words, pattern):
            return SKINS[choices[draw(identity, "skin", len(choices))]]
    if hair_colour in {HAIR["golden"], HAIR["orange"], HAIR["red"]}:
        return SKINS[draw(identity, "skin", 2)]
    return SKINS[draw(identity, "skin", len(SKINS))]
