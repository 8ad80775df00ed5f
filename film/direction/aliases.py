"""Which names of a screenplay are one person's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from film.direction.vocabulary import GENERIC
from film.direction.words import singular, tokens
from film.script.people import COURTESY, ROLES, TITLE_WORDS, TITLES

DISTINCT = frozenset(
    "young old older younger little elder another other first second third fourth fake real baby sr jr senior junior "
    "ii iii iv teen teenage teenaged adult kid child dead evil ghost robot clone new future past alternate mirror "
    "double twin the of and & with on at from in big small tall short fat thin male female mother father son daughter "
    "wife husband brother sister".split()
)
"""Words that tell two people of one name apart."""


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


@dataclass(frozen=True, slots=True)
class _Name:
    title: str
    core: tuple[str, ...]


def _parsed(name: str) -> _Name:
    words = name.replace("’", "'").split()
    title = ""
    while len(words) > 1 and words[0].strip(".,").lower() in TITLES:
        low = words[0].strip(".,").lower()
        title = title or TITLE_WORDS.get(low, low)
        words = words[1:]
    if len(words) > 1 and words[0] == "THE":
        words = words[1:]
    return _Name(title, tuple(word.strip(".,") for word in words))


def owners(use: Use) -> dict[str, str]:
    """Find for every name the name it is an alias of; itself for most.

    Two cues are one person where the shorter is an end of the longer, does not merely name a kind of person,
    matches one person only, and the two never answer each other. What is not clear stays apart.

    Args:
        use: How the names are used.

    Returns:
        The owner of each name, in one step.
    """
    names = [*use.cues, *(name for name in use.introduced if name not in use.cues)]
    parsed = {name: _parsed(name) for name in names}
    ends: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        core = parsed[name].core
        for length in range(1, len(core) + 1):
            for end in {core[:length], core[-length:]}:
                ends.setdefault(end, []).append(name)
    owner = {name: name for name in names}
    for short in sorted(use.cues, key=lambda name: -len(name.split())):
        longer = [name for name in ends.get(parsed[short].core, ()) if _may_be(short, name, parsed)]
        longer = [name for name in longer if frozenset((short, name)) not in use.adjacent]
        roots = list(dict.fromkeys(owner[name] for name in longer))
        if len(roots) == 1 and roots[0] != short and _clear(short, longer[0], roots[0], use, parsed):
            owner[short] = roots[0]
    return {name: _root(owner, name) for name in owner}


def _root(owner: Mapping[str, str], name: str) -> str:
    while owner[name] != name:
        name = owner[name]
    return name


def _clear(short: str, name: str, root: str, use: Use, parsed: Mapping[str, _Name]) -> bool:
    if frozenset((short, root)) in use.adjacent:
        return False
    if short in use.introduced and root in use.introduced and root in use.cues:
        return False
    spoken, told = name in use.cues, name in use.introduced
    if singular(parsed[short].core[-1].lower()) in GENERIC and not parsed[short].title:
        return not spoken or (short not in use.introduced and told)
    together = not set(use.scenes.get(short, ())).isdisjoint(use.scenes.get(name, ()))
    return told or not spoken or not together


def _may_be(short: str, name: str, parsed: Mapping[str, _Name]) -> bool:
    """Whether one name is an end of the other, and nothing in the rest tells two people apart."""
    few, many = parsed[short], parsed[name]
    if name == short or (few.title and few.title != many.title):
        return False
    if few.core == many.core:
        return bool(many.title) and not few.title and many.title not in COURTESY
    if len(few.core) >= len(many.core):
        return False
    at_end = many.core[-len(few.core) :] == few.core
    rest = many.core[: -len(few.core)] if at_end else many.core[len(few.core) :]
    return not any(
        word.lower() in DISTINCT
        or word.endswith("'S")
        or any(letter.isdigit() for letter in word)
        or not tokens(word)
        or (singular(word.lower()) in ROLES and not at_end)
        for word in rest
    )
