"""Who does something where a thing acts first: `The door opens and Bo steps in`."""

from __future__ import annotations

import re

from film.direction.cast import Cast
from film.direction.words import tokens

_CLAUSE = re.compile(r"\b(?:and|as|while|when|revealing)\b|[.;:!?\n—–]|,\s", re.IGNORECASE)
_SUBJECT = frozenset("he she they".split())
_LONGEST = 60
"""In characters: how far into a clause its subject is looked for."""
_SUBJECT_WORDS = 4


def joining(text: str, people: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """Find who begins a later clause of an action.

    Args:
        text: The action.
        people: Who is in it.
        cast: Who is called how.

    Returns:
        Their ids; nobody whose hand, coat or shadow alone is told of.
    """
    found: dict[str, None] = {}
    for clause in _CLAUSE.split(text)[1:]:
        words = tokens(clause[:_LONGEST])[:_SUBJECT_WORDS]
        if words and words[0] in _SUBJECT:
            found.update(dict.fromkeys(people[:1]))
        elif words and "'" not in clause[:_LONGEST] and "’" not in clause[:_LONGEST]:
            found.update(
                dict.fromkeys(who for who in cast.mentions(" ".join(clause.split()[:_SUBJECT_WORDS])) if who in people)
            )
    return tuple(found)
