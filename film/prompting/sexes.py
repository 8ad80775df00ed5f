"""Women and men: what pronouns tell of those of whom neither name nor introduction does."""

from __future__ import annotations

import re
from collections import Counter

from film.direction.sex import sex_told
from schemas.script import Breakdown, Character

_PRONOUN = re.compile(r"\b(?:(she|herself)|(he|himself)|(hers?)|(his|him))\b", re.IGNORECASE)
_SUBJECT, _OTHER = 3, 1
"""Whom a shot is of is more often its `she` than the owner of its `her`."""


def with_sexes(breakdown: Breakdown) -> tuple[Character, ...]:
    """Take the cast, each with the pronoun that the film's shots have for them.

    A shot of one person alone speaks of them: `TERESA, 61, grey braid, steps down. She peels the paper off.` Where the
    name or the introduction tells, nothing is added; nor to whoever is kept, who looks alike in all films.

    Args:
        breakdown: Stage 1's result.

    Returns:
        Its characters; of some the introduction ends with `she` or `he`.
    """
    open_ = {
        one.id
        for one in breakdown.characters
        if one.settled is None and sex_told(f"{one.name} {one.description}".lower()) is None
    }
    votes: dict[str, Counter[str]] = {}
    for shot in breakdown.shots if open_ else ():
        if len(shot.subjects) == 1 and shot.subjects[0] in open_ and shot.action:
            votes.setdefault(shot.subjects[0], Counter()).update(_heard(shot.action))
    return tuple(_said(one, votes.get(one.id, Counter())) for one in breakdown.characters)


def _heard(action: str) -> Counter[str]:
    heard: Counter[str] = Counter()
    for she, he, hers, _ in _PRONOUN.findall(action):
        heard["she" if she or hers else "he"] += _SUBJECT if she or he else _OTHER
    return heard


def _said(person: Character, votes: Counter[str]) -> Character:
    if votes["she"] == votes["he"]:
        return person
    pronoun = "she" if votes["she"] > votes["he"] else "he"
    return person.model_copy(update={"description": f"{person.description}, {pronoun}".lstrip(", ")})
