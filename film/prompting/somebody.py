"""Nouns of people and animals: who acts without being a character of the film, and how many they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from film.prompting.species import ANIMALS
from film.prompting.verbs import BASES, VERBS
from film.script.people import CREATURES, ROLES

NUMBERS: Mapping[str, int] = {
    "two": 2,
    "both": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 5,
    "seven": 5,
    "several": 4,
    "some": 3,
    "many": 5,
    "dozens": 5,
    "few": 3,
    **dict.fromkeys(
        "eight nine ten eleven twelve dozen twenty thirty forty fifty hundred hundreds thousands".split(), 5
    ),
}
_FEW: Mapping[str, int] = {"two": 2, "three": 3, "four": 4, "five": 5}
LOTS = frozenset(
    "group groups line lines row rows crowd flock herd pack gang band bunch column ring circle queue swarm troop dozen "
    "dozens hundreds thousands handful mob party brood litter squad team train string bevy cluster knot huddle file "
    "procession company sea throng horde".split()
)
"""Nouns of many: `a flock of sheep` is sheep, and several."""
_CROWDS = frozenset(
    "crowd crowds people audience guests everyone everybody mob passengers spectators onlookers villagers tourists "
    "customers congregation commuters shoppers protesters patrons army jury jurors".split()
)
_MORE = frozenset(
    "rider gambler pirate seller warden crewman mechanic robber bandit cowboy outlaw warrior worker student pupil "
    "child girl boy patient victim driver cyclist runner swimmer dancer player enemy cop gunman monk bride groom "
    "parent schoolchild kid figure body corpse shark dolphin bear rat mouse lizard wolf sheep hen chicken duck seagull "
    "dove crab bug insect butterfly monkey tyrant captive hostage firefighter fireman paramedic couple family crew "
    "troop sheep cleaner boss squirrel sentinel trooper indian clown barman barmaid bartender croupier "
    "vendor tailor dealer courtier noble lord servant referee juror mourner "
    "stretcher-bearer dwarf peasant knight".split()
)
_KNOWN = ROLES | CREATURES | _MORE | ANIMALS | {"sailor", "man", "woman", "policeman"}
_PLURALS: Mapping[str, str] = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "mice": "mouse",
    "wolves": "wolf",
    "policemen": "policeman",
    "firemen": "fireman",
    "thieves": "thief",
    "geese": "goose",
    "schoolchildren": "child",
    "ladies": "lady",
    "gentlemen": "gentleman",
    "oxen": "ox",
    "cattle": "cow",
    "crew": "sailor",
    "troops": "soldier",
    "family": "man",
    "couple": "couple",
    "cavalry": "rider",
    "horsemen": "rider",
}
_ALIASES: Mapping[str, str] = {
    "horseman": "rider", "horsewoman": "rider",
    "maiden": "girl", "lass": "girl", "lassie": "girl", "lad": "boy", "urchin": "boy", "youngster": "boy",
}  # fmt: skip
"""Other words for one who may have been told of before."""
_NOT_PEOPLE = frozenset(
    "cook fish fly sleep driver's seal bear spy judge groom kid duck cop swallow ghost wren robin lark".split()
)
"""Nouns that are verbs or things as often: people only after an article or a number."""


_THEN_VERBS = frozenset(
    "can could cannot will would must may might shall should not hardly never i he she they we you who".split()
)
"""Behind these a noun of an animal is a verb: `she ducks`."""
_HISSING = ("s", "x", "z", "ch", "sh", "o")
"""Behind these a plural ends in `es`."""


class Mention(NamedTuple):
    """Somebody in a clause."""

    id: str
    start: int
    end: int
    noun: str = ""
    words: str = ""
    bodies: int = 1
    """How many they are."""
    extra: bool = False
    crowd: bool = False
    here: bool = True
    """Whether the clause itself names them; otherwise they go on from the one before."""
    object: bool = False
    """Whether a pronoun names them to whom something is done: `hits her`."""


@lru_cache(maxsize=8192)
def is_somebody(word: str) -> bool:
    """Whether a word by itself may tell of people or animals."""
    return word in _CROWDS or bool(noun_of(word)[0])


def somebody_at(words: Sequence[tuple[str, int]], index: int) -> Mention | None:
    """Whoever a word of a clause names who is no character; None for nobody."""
    word, at = words[index]
    if word in _CROWDS:
        few = next((_FEW[one] for one, _ in words[max(0, index - 2) : index] if one in _FEW), 0)
        if few:  # `four people` are four bodies, and no crowd
            return Mention("~person", at, at + len(word), "person", "person", few, extra=True)
        return Mention("~crowd", at, at + len(word), crowd=True)
    noun, plural = noun_of(word)
    if not noun:
        return None
    before = [one for one, _ in words[max(0, index - 4) : index]]
    if before and (before[-1] == "no" or (before[-1] in _THEN_VERBS and noun in ANIMALS)):
        return None  # `there was no bird in it`, `he could not bear it`
    acts_next = index + 1 < len(words) and words[index + 1][0] in VERBS and words[index + 1][0] not in BASES
    if noun not in _KNOWN and not (acts_next and index <= 3):
        return None
    counted = next((NUMBERS[one] for one in reversed(before) if one in NUMBERS), 0)
    if "one" in before and "of" in before[-3:]:
        counted, plural = 1, False  # `one of the drivers`
    elif "of" in before[-3:] and not LOTS.isdisjoint(before):
        counted = max(counted, 4)
    elif noun == "sheep" and not {"a", "one", "another", "his", "her"}.intersection(before):
        counted = counted or 4
    led = any(one in {"a", "an", "the", "another", "his", "her", "their", "its"} for one in before)
    if noun in _NOT_PEOPLE and not (counted or led):
        return None
    if index + 1 < len(words) and not (plural or led or counted) and at:
        return None
    if (
        index + 1 < len(words)
        and not plural
        and _qualifies(words[index + 1][0])
        and words[index + 1][1] == at + len(word) + 1
    ):
        return None
    count = 2 if noun == "couple" else counted or (4 if plural else 1)
    describing = []
    for one in reversed(before):
        if one in {"a", "an", "the", "another", "and", "of", "with", "at", "on", "to", "by"} or one in VERBS:
            break
        describing.append(one)
    return Mention(f"~{noun}", at, at + len(word), noun, " ".join((*reversed(describing), noun)), count, extra=True)


_TRADE = re.compile(
    r"(?!(?:.*(?:wave|fire|water|power|tower|flower|weather|thunder|shower|paper|door|floor|sister|father|mother|copter"
    r"|scraper|nother|ther|uter|nter|tter|dder|mmer|pper|gger|ngar|nger|adow|ator|ctor|itor|rror|nchor|color|olour"
    r"|human))$)[a-z]{3,}(?:[^aeiou]er|eer|ier|ist|woman|[a-z]{2}sman)"
)
"""Nouns that by their ending name somebody by what they do: `cleaner`, `dentist`, `salesman`; things are left out."""
_LINKS = frozenset(
    "and or with in on at of from to by for over under behind beside near into out up down off away through across "
    "along towards toward against around past before after inside outside is are was were has have had who whom that "
    "which than like as his her their its my the a an him them it then still also both all now there until while when "
    "because but so if though although where since yet once today tonight "
    "alone first last right here away together again".split()
)


def _qualifies(after: str) -> bool:
    """Whether a word after a noun of people shows that it only describes another: `a giant wave`."""
    if after in BASES:
        return True
    return after not in _LINKS and after not in VERBS and not after.endswith(("ly", "s", "ed", "ing"))


@lru_cache(maxsize=8192)
def noun_of(word: str) -> tuple[str, bool]:
    """A noun of people or animals in the singular, and whether it stands in the plural; empty for another word."""
    word = _ALIASES.get(word, word)
    if word in _PLURALS:
        return _PLURALS[word], True
    known = _KNOWN
    if word.endswith("men") and (word[:-2] + "an" in known or _TRADE.fullmatch(word[:-2] + "an")):
        return word[:-2] + "an", True  # `fishermen`
    if word in known or _TRADE.fullmatch(word):
        return word, False
    for ending in ("s", "es"):
        one = word.removesuffix(ending)
        if word.endswith(ending) and one in known and (ending == "s" or one.endswith(_HISSING)):
            return one, True  # and `stages` are no stags
    return "", False
