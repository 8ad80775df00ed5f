"""What a stretch of a sentence tells of somebody's looks: `bald as an egg`, `with a red braid`, `the goat`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from film.direction.ages import age_in
from film.prompting.colours import colour_named
from film.prompting.species import ANIMALS, NAMES
from film.script.people import CREATURES, ROLES


class Fragment(NamedTuple):
    """A few words about somebody, and what of them they tell."""

    about: str
    """One of `ABOUT`: of each a portrait needs one fragment."""
    words: str


_HAIR = r"hair|curls|braids?|plaits?|pigtails?|ponytail|bun|dreadlocks|topknot|chignon|crew ?cut|fringe|bob"
_BEARD = r"beard|moustache|mustache|whiskers|sideburns|stubble"
_GLASSES = r"spectacles|eyeglasses|monocle|goggles|glasses"
_GARMENT = (
    r"(?:over|rain|trench|great)?coat|jacket|dress|shirt|sweater|hoodie|uniform|suit|robe|cloak|gown|blouse|overalls|"
    r"jumper|jersey|waistcoat|tunic|apron|cardigan|parka|oilskin|kimono"
)
_HEADWEAR = r"cap|hat|beret|helmet|beanie|bonnet|hood|bowler"
_HEAD = r"head|scalp|skull|pate|crown"
_FUR = r"fur|coat|wool|fleece|feathers|plumage|mane|hide|wings|back"
NOUNS = "|".join((_HAIR, _BEARD, _GLASSES, _GARMENT, _HEADWEAR, _HEAD, _FUR))
ABOUT: dict[str, re.Pattern[str]] = {
    "hair": re.compile(rf"(?<![\w-])(?:bald|shaven|hairless|\w+-haired|blonde?|redhead|{_HAIR})(?![\w-])"),
    "beard": re.compile(rf"(?<![\w-])(?:bearded|unshaven|clean-shaven|{_BEARD})(?![\w-])"),
    "glasses": re.compile(rf"(?<![\w-])(?:bespectacled|{_GLASSES})(?![\w-])"),
    "clothes": re.compile(rf"(?<![\w-])(?:{_GARMENT})s?(?![\w-])"),
    "headwear": re.compile(rf"(?<![\w-])(?:{_HEADWEAR})s?(?![\w-])"),
    "build": re.compile(
        r"(?<![\w-])(?:fat|stout|burly|thin|skinny|gaunt|lanky|slender|slim|broad|plump|heavy|lean|muscular|frail|"
        r"round)"
        r"(?![\w-])"
    ),
    "old": re.compile(r"(?<![\w-])(?:old|elderly|ancient|aged|young|wrinkled|\d{1,2})(?![\w-])"),
    "fur": re.compile(r"(?<![\w-])(?:fur|fleece|feathers|plumage|\w+-coloured)(?![\w-])"),
}
"""What a portrait may lack, and the words by which a description tells of it already."""

_ADJECTIVES = r"(?:[a-z][\w-]*,? ){0,3}?"
HAS = re.compile(rf"(?<![\w-])(?P<words>{_ADJECTIVES})(?P<what>{NOUNS})s?(?![\w-])")
"""A part of the body or a garment, with up to three words before it. In lower case."""
_OF_ITSELF = re.compile(
    r"(?<![\w-])(?:(?P<hair>bald|shaven-headed|hairless|[a-z]+-haired|blonde?|red-?headed|curly-headed)"
    r"|(?P<beard>bearded|unshaven|moustached)|(?P<glasses>bespectacled)"
    r"|(?P<build>fat|stout|burly|thin|skinny|gaunt|lanky|slender|slim|plump|heavyset|muscular|frail|broad-shouldered)"
    r"|(?P<old>elderly|wrinkled|very old|old(?= (?:man|woman|and|now|by))|young(?= (?:man|woman|and))))(?![\w-])"
)
_CUTS = frozenset(
    "long short curly cropped wild wavy straight frizzy thinning bobbed shoulder-length tangled close-cropped "
    "fair flaxen".split()
)
_LOST = re.compile(r"(?<![\w-])(?:bald|balding|shaven|shaved|hairless)(?![\w-])")
_ALONE = re.compile(rf"(?:{_BEARD}|{_GLASSES}|braids?|plaits?|pigtails?|ponytail|bun|dreadlocks|crew ?cut)$")
_NAMED = re.compile(
    r"(?P<words>(?:[a-z][\w'’-]* ){0,4}?)(?P<noun>[a-z][\w-]*)"
    r"(?= *(?:$|[,;:.)]|who\b|that\b|with\b|in\b|of\b|from\b|and\b|as\b))"
)
_YEARS = re.compile(
    r"(?:about |nearly |almost |only |barely |just )?(?:\d{1,3}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"[a-z]+teen|[a-z]+ty(?:-[a-z]+)?)(?= *(?:$|[,.;]|and\b|years\b|now\b))"
)
_OF_YEARS = re.compile(
    r"(?<![\w-])(?:man|woman|girl|boy|child|lad|lass|youth|lady|gentleman|person|fellow|widow) of (?:about |some |"
    r"nearly "
    r"|almost |only |barely )?(?:\d{1,3}|[a-z]+)(?![\w-])"
)
"""`a tall woman of fifty`; what is no number tells no age."""
_BEASTS = ANIMALS | (CREATURES & NAMES.keys())
_HUMAN = (ROLES - CREATURES) | frozenset("fellow lady gent bloke guy".split())


def tells_cut(words: str) -> bool:
    """Whether words about hair tell how it is worn, as a bun and plaits do: its colour may be told besides."""
    return _ALONE.search(words) is not None and re.search(_BEARD, words) is None


def noun_in(words: str) -> tuple[str, bool] | None:
    """What somebody is, by the noun phrase that a text begins with, behind its article.

    Args:
        words: In lower case, such as `big white goat, who could not see`.

    Returns:
        The phrase up to its noun, and whether that is an animal's; None where it is nobody's.
    """
    found = _NAMED.match(words)
    if found is None:
        return None
    noun = found["noun"]
    if noun in _HUMAN:
        # `a bear of a man` is a man, and `a lion tamer` no lion.
        return " ".join([*(word for word in found["words"].split() if word not in _BEASTS), noun]), False
    if noun in _BEASTS and not words[found.end() :].startswith((" of a ", " of the ")):
        return f"{found['words']}{noun}", True
    return None


def names_kind(words: str) -> bool:
    """Whether words, in lower case, hold a noun for a person or an animal."""
    return not (_HUMAN | _BEASTS).isdisjoint(re.findall(r"[a-z]+(?:-[a-z]+)*", words))


def is_told(what: str, description: str) -> bool:
    """Whether a description, in lower case, tells already what a fragment would be about."""
    return ABOUT[what].search(description) is not None


def fragments_in(text: str, *, beast: bool = False) -> Iterator[Fragment]:
    """Find what a stretch of a sentence, about one person alone, tells of their looks.

    Args:
        text: In lower case.
        beast: Whether it is an animal: any colour is then its coat's.

    Yields:
        Fragments, in no order of weight; several may be about one thing.
    """
    for match in _OF_ITSELF.finditer(text):
        yield Fragment(match.lastgroup or "hair", match[0])
    for match in HAS.finditer(text):
        if (told := owned(match["words"], match["what"])) is not None:
            yield told
    if beast:
        colour = next((word for word in re.findall(r"[a-z]+(?:-[a-z]+)?", text) if colour_named(word)), None)
        if colour is not None:
            yield Fragment("fur", f"{colour} fur")
    years = age_in(f", {text}") if _YEARS.match(text) or _OF_YEARS.search(text) else None
    if years is not None:
        yield Fragment("old", str(years))


def owned(words: str, what: str) -> Fragment | None:
    """What a part of the body or a garment tells, with the words before it; None where that is nothing to be seen.

    Args:
        words: Up to three words before it, in lower case.
        what: The noun.
    """
    before = words.replace(",", " ").split()
    if "no" in before or "without" in before:
        return None
    colour = next((word for word in reversed(before) if colour_named(word)), "")
    if re.fullmatch(_HEAD, what):
        if _LOST.search(words):
            return Fragment("hair", "bald")
        return Fragment("hair", f"{colour} hair") if colour in {"grey", "gray", "white", "blond", "blonde"} else None
    if re.fullmatch(_HAIR, what):
        kept = [word for word in before if word in _CUTS or colour_named(word)]
        return Fragment("hair", " ".join((*kept, what))) if kept or _ALONE.match(what) else None
    if re.fullmatch(_BEARD, what):
        return Fragment("beard", f"{colour} {what}".strip())
    if re.fullmatch(_GLASSES, what):
        return Fragment("glasses", "spectacles") if what != "glasses" or _worn(before) else None
    if re.fullmatch(_HEADWEAR, what):
        return Fragment("headwear", f"a {colour} {what}") if colour else None
    if re.fullmatch(_GARMENT, what):
        return Fragment("clothes", f"in a {colour} {what}") if colour else None
    return Fragment("fur", f"{colour} fur") if colour and re.fullmatch(_FUR, what) else None


def _worn(before: Sequence[str]) -> bool:
    """Whether glasses are worn rather than drunk from: `her thick glasses`, and not `two glasses`."""
    return bool(
        {"thick", "round", "dark", "steel-rimmed", "reading", "horn-rimmed", "thick-lensed"}.intersection(before)
    )
