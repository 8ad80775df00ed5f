"""Who is behind a noun: the members of a group, and whoever has a trade."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from film.direction.cues import names_together
from film.direction.words import singular, tokens
from film.script.accents import without_accents
from film.script.people import ROLES
from schemas.script import Character

_COMMON = frozenset(
    "man woman boy girl child kid baby friend stranger lady gentleman fellow lad lass youth teenager".split()
)
"""Nouns that many people of a script may be called by."""
_GROUPS = frozenset("twin triplet thug goon cop brother guy kid trooper villager survivor".split())


def trades(
    cues: Collection[str], introduced: Mapping[str, str], answers: Collection[frozenset[str]]
) -> list[tuple[str, str]]:
    """Cues of a trade that the action gives to one person: `VICAR`, where it says `PAUL, the vicar`.

    Args:
        cues: The names that have cues, in capitals.
        introduced: By name in capitals the words that introduce them.
        answers: Pairs of cues that follow each other in a scene; these are two people.

    Returns:
        Pairs of a cue and the name it means.
    """
    held: dict[str, list[str]] = {}
    for name, words in introduced.items():
        trade = _HAS_TRADE.match(words[len(name) :]) if words.upper().startswith(name) else None
        if trade and trade[1].lower() in ROLES - _COMMON:
            held.setdefault(trade[1].upper(), []).append(name)
    return [
        (role, people[0])
        for role, people in held.items()
        if role in cues and role not in introduced and len(people) == 1 and frozenset((role, people[0])) not in answers
    ]


_HAS_TRADE = re.compile(r"(?:\s*\([^)]*\))?(?:,\s*\d+)?,\s+the\s+(?:[\w\-]+\s+)?([\w\-]+)(?=\s*(?:$|[,.;]))")


def with_members(people: Sequence[Character], actions: Sequence[str]) -> list[Character]:
    """Tell groups whom they are made of, where all of them are characters themselves.

    Args:
        people: The characters.
        actions: Texts of action.

    Returns:
        The same characters; those of whom the name (`JOHN AND MARY`) or the action (`The TWINS, EDDIE and TEDDY`)
        tells who they are have members.
    """
    known = {tokens(without_accents(name)): person.id for person in people for name in (person.name, *person.aliases)}
    found: list[Character] = []
    for person in people:
        names = names_together(person.name) or _listed(person.name, actions)
        members = [known.get(tokens(without_accents(name))) for name in names]
        ids = tuple(dict.fromkeys(who for who in members if who is not None and who != person.id))
        together = len(ids) > 1 and all(members)
        found.append(person.model_copy(update={"members": ids}) if together else person)
    return found


def _listed(name: str, actions: Sequence[str]) -> tuple[str, ...]:
    """The people whom an action lists right after a group: `The TWINS, EDDIE and TEDDY (8)`."""
    last = name.split()[-1]
    if not last.endswith("S") or len(last) < 4 or singular(last.lower()) not in ROLES | _GROUPS:
        return ()
    group = re.compile(
        rf"\b{re.escape(name)}\s*(?:[,:(–—]|--?)\s*(?P<list>{_ONE}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_ONE})+)"
    )
    for text in actions:
        match = group.search(text) if name in text else None
        if match:
            return tuple(re.sub(r"\s*\([^)]*\)$", "", one) for one in re.split(_JOIN, match["list"]))
    return ()


_ONE = r"[A-Z][A-Z.'’\-]*[A-Z](?:\s[A-Z][A-Z.'’\-]*[A-Z])*(?:\s*\([^)]{0,30}\))?"
_JOIN = r",\s*(?:and\s+)?|\s+and\s+"
