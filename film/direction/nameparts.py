"""The parts of names: titles, first names, surnames, nicknames; and how a screenplay uses its names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from film.script.accents import without_accents
from film.script.people import FEMALE_NAMES, MALE_NAMES, TITLE_WORDS, TITLES

DISTINCT = frozenset(
    "young old older younger little elder another other first second third fourth fake real baby sr jr senior junior "
    "ii iii iv teen teenage teenaged adult kid child dead evil ghost robot clone new future past alternate mirror "
    "double twin the of and & with on at from in big small tall short fat thin male female mother father son daughter "
    "wife husband brother sister".split()
)
"""Words that tell two people of one name apart."""
_BEFORE_TITLES = frozenset(TITLES) | frozenset("special acting lead senior first second".split())
_NICKNAME = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")


@dataclass(frozen=True, slots=True)
class Use:
    """How a screenplay uses its names."""

    cues: Mapping[str, int]
    """Speeches a name, in capitals."""
    introduced: Mapping[str, str]
    """By name in capitals the words that introduce them."""
    adjacent: Collection[frozenset[str]]
    """Pairs of cues that follow each other."""
    scenes: Mapping[str, Collection[int | None]]
    """The scenes that each cue speaks in."""
    first: Mapping[str, int] = field(default_factory=dict)
    """Where each name first stands, in a cue or in capitals: numbers of elements."""
    same: Collection[tuple[str, str]] = ()
    """Pairs of names that the action says are one person's, the better known second."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts."""

    titles: frozenset[str]
    core: tuple[str, ...]
    nicknames: tuple[tuple[str, ...], ...] = ()
    the: bool = False


def parsed_name(name: str) -> Name:
    """Tell the titles of a name from the rest, and what somebody is called besides.

    Args:
        name: In capitals.
    """
    plain = without_accents(name).replace("’", "'")
    nicknames = tuple(tuple(found[1].removeprefix("THE ").split()) for found in _NICKNAME.finditer(plain))
    words = _NICKNAME.sub(" ", plain).split()
    the = len(words) > 1 and words[0] == "THE"
    words = words[1:] if the else words
    titles: set[str] = set()
    while len(words) > 1 and (low := words[0].strip(".,").lower()) in _BEFORE_TITLES:
        if low in TITLES:
            titles.add(TITLE_WORDS.get(low, low))
        elif words[1].strip(".,").lower() not in TITLES:
            break
        words = words[1:]
    if len(words) > 1 and words[0] == "THE":
        words = words[1:]
    given = _given(words)
    if given:
        titles.add(" ".join(words[:given]).lower())
        words = words[given:]
    return Name(frozenset(titles), tuple(word.strip(".,") for word in words), nicknames, the)


def _given(words: Sequence[str]) -> int:
    """Where the first name stands in `DEFENSE ATTORNEY GRACE WELLS`: after a trade; 0 where there is none before it."""
    for number in range(1, len(words) - 1):
        if words[number].lower() in FEMALE_NAMES or words[number].lower() in MALE_NAMES:
            before = [word.lower() for word in words[:number]]
            plain = not any(word in DISTINCT or word.endswith("'s") or not word.isalpha() for word in before)
            first = before[0] in FEMALE_NAMES or before[0] in MALE_NAMES
            return number if plain and not first else 0
    return 0


def answer(use: Use, some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one of some names answers one of others."""
    return any(frozenset((one, other)) in use.adjacent for one in some for other in others)
