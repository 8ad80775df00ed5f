"""Describes a look for a painter: the same words in every shot."""

from __future__ import annotations

from collections.abc import Mapping

from film.prompting.colours import COLOURS
from film.prompting.faces import HAIR, SKINS, is_female
from schemas.enums import FigureKind
from schemas.script import Character, Look

_Rgb = tuple[int, int, int]


def _rgb(colour: str) -> _Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


_COLOURS: Mapping[str, _Rgb] = {name: _rgb(colour) for name, colour in COLOURS.items()}
_HAIR: Mapping[str, _Rgb] = {name: _rgb(colour) for name, colour in HAIR.items()}


def _nearest(colour: str, names: Mapping[str, _Rgb]) -> str:
    red, green, blue = _rgb(colour)

    def distance(name: str) -> int:
        other = names[name]
        return (red - other[0]) ** 2 + (green - other[1]) ** 2 + (blue - other[2]) ** 2

    return min(names, key=distance)


def words_of(character: Character, look: Look) -> str:
    """Describe a character for a painter; the same words in every shot.

    Args:
        character: Who; the script's own introduction is not repeated, since the look was read from it.
        look: Their look.

    Returns:
        A noun phrase without the character's name, such as `an old woman with grey hair in a bun, a red coat`.
    """
    if look.kind not in {FigureKind.ADULT, FigureKind.CHILD}:
        phrase = f"{_nearest(look.top, _COLOURS)} {look.species or look.kind.value}"
        return f"{_article(phrase)} {phrase}"
    words = f"{character.name} {character.description}".lower()
    told = None if character.settled is None else character.settled.female
    female = is_female(character.id, words) if told is None else told
    noun = {True: ("girl", "woman"), False: ("boy", "man")}[female][look.kind is FigureKind.ADULT]
    build = "burly " if look.build > 1.1 else "slender " if look.build < 0.85 else ""
    age = "old " if look.old and look.kind is FigureKind.ADULT else "young " if look.kind is FigureKind.CHILD else ""
    hair = _nearest(look.hair_colour, _HAIR).replace("golden", "blond").replace("orange", "auburn")
    worn = {
        "bald": "a bald head",
        "bun": f"{hair} hair in a bun",
        "cap": f"{hair} hair under a cap",
        "hat": f"{hair} hair under a hat",
        "hood": f"a hood over {hair} hair",
    }
    tone = ("fair", "light", "olive", "brown", "dark brown", "deep brown")[SKINS.index(look.skin)]
    parts = [worn.get(look.hair, f"{look.hair} {hair} hair"), f"{tone} skin"]
    parts += ["a beard"] * look.beard + ["glasses"] * look.glasses
    parts += [_ON_HEAD[look.headwear]] if look.headwear else []
    garment = (
        _nearest(look.top, _COLOURS) + " " + _OVER[look.garb]
        if look.garb
        else _nearest(look.top, _COLOURS) + (" coat" if not female else " dress")
        if look.dress
        else (_nearest(look.top, _COLOURS) + (" shirt" if not female else " blouse"))
    )
    phrase = f"{age}{build}{noun}"
    return f"{_article(phrase)} {phrase} with {', '.join(parts)}, in {_article(garment)} {garment}"


_OVER = {
    "oilskin": "oilskin coat",
    "sweater": "roll-neck sweater",
    "stripes": "striped sailor's shirt",
    "labcoat": "lab coat",
    "apron": "shirt under an apron",
    "uniform": "uniform",
    "vest": "waistcoat over a shirt",
    "overalls": "shirt under overalls",
    "robe": "robe",
    "cassock": "cassock",
    "gown": "judge's gown",
}
_ON_HEAD = {
    "knit": "a knitted cap",
    "peaked": "a peaked cap",
    "toque": "a cook's hat",
    "crown": "a crown",
    "straw": "a straw hat",
    "pointed": "a pointed hat",
    "coif": "a nurse's cap",
    "veil": "a veil",
    "helmet": "a helmet",
    "wig": "a judge's wig",
    "stetson": "a wide-brimmed felt hat",
}


def _article(phrase: str) -> str:
    return "an" if phrase[0] in "aeiou" else "a"
