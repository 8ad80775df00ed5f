"""Machines that a story calls by an animal's name: a mule that is a cargo walker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from film.direction.words import tokens
from film.script.people import CREATURES
from schemas.script import Character

_NAMED = re.compile(r"\b[Aa]n? ((?:[a-z-]+ ){0,2}(?:walker|robot|machine|automaton|android|droid|walking-machine))\b")
_BUILT = frozenset(
    "legs leg joints joint metal steel iron brass rust rusted panels panel rivets motors motor servos servo hydraulics "
    "treads battery batteries paint headless antenna sensors sensor bolts plating pistons circuits".split()
)
"""Of what a machine that walks is told to be made."""
_SEVERAL = 2
"""A noun that comes so often at most is another word for somebody, and nobody else."""
_AROUND = 160
"""So far from it stands what it is made of, in characters."""


def as_machines(people: Sequence[Character], text: str) -> list[Character]:
    """Say of the one animal of a story that it is a machine, where the story says so once, in other words.

    Args:
        people: The story's characters.
        text: Its narration.

    Returns:
        They, the animal with what it is called besides: `The mule, a cargo walker`.
    """
    animals = [one for one in people if not CREATURES.isdisjoint(tokens(one.name))]
    if len(animals) != 1:
        return list(people)
    machine = next((match for match in _NAMED.finditer(text) if _is_built(text, match)), None)
    if machine is None or _goes_by_it(people, text, machine[1]):
        return list(people)
    beast = animals[0]
    words = f"{beast.description}, a walking machine"
    return [one.model_copy(update={"description": words}) if one is beast else one for one in people]


def _is_built(text: str, match: re.Match[str]) -> bool:
    return not _BUILT.isdisjoint(tokens(text[max(0, match.start() - _AROUND) : match.end() + _AROUND]))


def _goes_by_it(people: Sequence[Character], text: str, called: str) -> bool:
    """Whether the machine's noun is somebody's own: one of the characters, or told of again and again."""
    noun = called.split()[-1]
    if any(noun in tokens(f"{one.name} {' '.join(one.aliases)}") for one in people):
        return True
    return len(re.findall(rf"\b{noun}\b", text)) > _SEVERAL
