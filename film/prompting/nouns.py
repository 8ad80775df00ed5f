"""Nouns of an action that name things, and what the action tells of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from film.prompting.thing_names import thing_named
from film.prompting.verbs import VERBS

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case; several ask for those of one action."""
    return tuple(_WORD.findall(text.lower()))


_ENDS = frozenset("a an the his her their its my our your of in on at with and or to from by is are was".split())


def told_of(word: str, action: str) -> tuple[str, ...]:
    """The words that stand before a noun where an action names it: `her wet paper boat` tells wet and paper of it."""
    return tuple(_told_in(action).get(word.removesuffix("s"), ()))


@lru_cache(maxsize=4)
def _told_in(action: str) -> Mapping[str, Sequence[str]]:
    """What stands before each noun of an action, by the noun without its `s`; found once for all of them."""
    words = tokens(action.split("—")[0])
    told: dict[str, list[str]] = {}
    for at, each in enumerate(words):
        mine = told.setdefault(each.removesuffix("s"), [])
        for before in reversed(words[max(0, at - 3) : at]):
            if before in _ENDS:
                break
            mine.append(before)
    return told


_BEFORE_NOUNS = frozenset("a an the his her their its my our two three some of with another old gold small".split())
_WORN_AS = frozenset({"hat", "dress", "coat", "shirt", "scarf", "helmet", "shoe", "mask", "crown", "star", "glove"})
_NO_NOUNS = frozenset(
    "drink plan note watch light message page star heart frame picture water stick gold jewel match matches cross "
    "file rod bust thread cuffs wool plume".split()
)
"""Words that are seldom the thing: in an action that the director took no prop from, they are not shown."""


def nouns_in(action: str) -> tuple[str, ...]:
    """The things that an action names beyond a shot's props, as words: each after an article or its like.

    What somebody wears is no prop.
    """
    words = tokens(action)
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        name = thing_named(word)
        if name is None or word in _NO_NOUNS or name in _WORN_AS or name in {"door", "window"}:
            continue
        plural = word.endswith("s") and not word.endswith("ss")
        if at + 1 < len(words) and words[at + 1] not in VERBS and thing_named(words[at + 1]):
            continue
        if not is_noun(words, at) or not (_BEFORE_NOUNS.intersection(words[max(0, at - 3) : at]) or plural):
            continue
        found.setdefault(word)
    return tuple(found)


_ALSO_VERBS = frozenset(
    "ring rings fire fires fired drinks glasses coaches chains ropes plates cards stars notes".split()
)


def is_noun(words: Sequence[str], at: int) -> bool:
    """Whether a word that may be a verb, or what is worn on a nose, is a thing here: after an article or its like."""
    if words[at] not in VERBS and words[at] not in _ALSO_VERBS:
        return True
    return bool(_BEFORE_NOUNS.intersection(words[max(0, at - 1) : at])) and words[at] != "glasses"


def props_of(props: Iterable[str], action: str) -> tuple[str, ...]:
    """The props of a shot that its action does not use as verbs: `the bell rings` shows no ring."""
    words = tokens(action)
    kept = []
    for prop in props:
        last = (tokens(prop) or ("",))[-1]
        forms = (last, last + "s", last + "es", last + "ed")
        places = [at for at, word in enumerate(words) if word in forms]
        if thing_named(prop) in _WORN_AS and {"in", "wearing", "with"} & set(words):
            continue
        if not places or any(is_noun(words, at) for at in places):
            kept.append(prop)
    return tuple(kept)
