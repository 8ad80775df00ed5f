"""Learns from a story's pronouns which of its people are men and which are women."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from film.script.evidence import acts
from film.script.naming import Mention
from film.script.people import CREATURES
from film.script.saying import SAYS

if TYPE_CHECKING:
    from film.script.persons import Person

_PRONOUN = re.compile(r"\b(?:he|she|his|her|himself|herself|him)\b", re.IGNORECASE)
_WEIGHTS = {"he": 2.0, "she": 2.0, "his": 1.0, "her": 0.5, "himself": 2.0, "herself": 2.0}
_SUBJECTS = frozenset(["he", "she"])
_OWNS = re.compile(
    r"[Hh]er (?!(?:and|but|or|to|in|on|at|with|from|for|of|as|that|when|while|if|the|a|an|so|by)\b)[a-z]"
)
_FEMININE = frozenset("she her herself".split())
_ENDS = re.compile(r"[.!?;]")
_NEAR = 240
"""So many characters after somebody was told of, a pronoun may mean them."""
_PASSES = 2


def learn_genders(
    persons: Sequence[Person],
    of: Callable[[Mention], Person | None],
    narration: Sequence[Sequence[Mention]],
    texts: Sequence[str],
) -> None:
    """Give people the gender that the pronouns after them tell; those that have one keep it.

    A pronoun speaks for who acted last, unless somebody near is known to be meant by it: `she` after `Mrs. Bennet
    looked at Lydgate` tells nothing of Lydgate.

    Args:
        persons: The people; their `gender` is set.
        of: Whoever a mention means.
        narration: The mentions in each piece of narration.
        texts: Those pieces.
    """
    said = [one for mentions in narration for one in mentions if one.before in SAYS or one.after in SAYS]
    speaking = {id(of(one)) for one in said}

    def meant(mention: Mention) -> Person | None:
        person = of(mention)
        mute = person is not None and person.role and person.key[1][-1] in CREATURES and id(person) not in speaking
        return None if mute else person

    for _ in range(_PASSES):
        votes: dict[int, dict[str, float]] = {}
        for mentions, text in zip(narration, texts, strict=True):
            _read(mentions, text, meant, votes)
        learnt = False
        for person in persons:
            counted = votes.get(id(person))
            if counted and not person.gender and counted["m"] != counted["f"]:
                person.gender = max(counted, key=lambda sex: counted[sex])
                learnt = True
        if not learnt:
            return


def _read(
    mentions: Sequence[Mention],
    text: str,
    of: Callable[[Mention], Person | None],
    votes: dict[int, dict[str, float]],
) -> None:
    """Count the pronouns of one piece of narration."""
    told: list[tuple[int, Mention | str]] = [
        (found.start(), found.group().lower()) for found in _PRONOUN.finditer(text)
    ]
    told += [(one.start, one) for one in mentions if not one.plural]
    near: dict[int, tuple[Person, int]] = {}
    beside: dict[str, int] = {}
    subject: Person | None = None
    last: dict[str, int] = {}
    """Where `he` and `she` stood last, whoever they meant."""
    for at, one in sorted(told, key=lambda pair: pair[0]):
        if isinstance(one, Mention):
            person = of(one)
            if person is None:
                continue
            near[id(person)] = (person, at)
            if (acts(one) and not one.owned) or subject is None:
                if person is not subject:
                    # `When she came back Hallam had lit the stove`: there is another one, whom `she` will mean
                    beside.update({sex: at for sex, then in last.items() if not _ENDS.search(text, then, at)})
                subject = person
            continue
        sex = "f" if one in _FEMININE else "m"
        if one in _SUBJECTS:
            last[sex] = at
        if subject is None or subject.gender or at - near[id(subject)][1] > _NEAR:
            continue
        if one == "him" or (one == "her" and not _OWNS.match(text, at)):
            beside[sex] = at  # `Anna looked at him`: there is another one, whom `he` will mean
            continue
        since = near[id(subject)][1] if one not in _SUBJECTS else -1
        others = [then for known, then in near.values() if known.gender == sex and at - then < _NEAR and then > since]
        if not others and beside.get(sex, -1) < 0:
            votes.setdefault(id(subject), {"m": 0.0, "f": 0.0})[sex] += _WEIGHTS[one]
