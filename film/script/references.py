"""Words that mean somebody whom the story has told of by others: `the old man`, `her father`, `the caller`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from film.script.naming import ARTICLES, COMPOUND, NOT_NAMES, singular_role
from film.script.people import FEMALE, KIN, MALE, ROLES, TITLES, YOUNG

ELDERS = frozenset(
    "mother father mom dad mum mamma mama papa aunt uncle wife husband grandmother grandfather grandma grandpa "
    "stepmother step-mother stepfather step-father godmother godfather".split()
)
"""Kin who are grown up."""
YOUNGER = YOUNG | frozenset("son daughter nephew niece grandson granddaughter baby toddler infant youngster".split())
"""Kin and others who are not, or are seldom told of as if they were."""
SPOUSES = frozenset(["wife", "husband"])
_DESCRIBED = frozenset(
    "man woman gentleman lady person stranger visitor caller guest host hostess companion friend newcomer new-comer "
    "speaker fellow chap passenger traveller traveler client patient latter invalid bearer owner creature "
    "youngster sister brother cousin".split()
)
"""Nouns that tell of anybody how they are met, and not what they are."""
_OTHERS = frozenset("latter former other one voice".split())
PASSING = frozenset("friend companion brother sister cousin speaker stranger newcomer new-comer voice".split())
"""Nouns that mean one today and another tomorrow."""
_LADY = {"his lady": "wife", "his good lady": "wife", "her lord": "husband", "her good man": "husband"}
_BEHIND = re.compile(r"\s(?:of|in|with|at|from|who|that|on|by|whose|beside|behind)\s", re.IGNORECASE)
_AGED = {"old": "old", "elderly": "old", "aged": "old", "elder": "", "young": "young", "little": "young"}
_OWNER = re.compile(r"([A-Z][\w.’'-]*(?:\s[A-Z][\w’'-]*)*)['’]s?$")
INVERSE: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("son", "daughter"), ("father", "mother")),
    **dict.fromkeys(("nephew", "niece"), ("uncle", "aunt")),
    **dict.fromkeys(("grandson", "granddaughter"), ("grandfather", "grandmother")),
    **dict.fromkeys(("father", "mother"), ("son", "daughter")),
    **dict.fromkeys(("uncle", "aunt"), ("nephew", "niece")),
    **dict.fromkeys(("grandfather", "grandmother"), ("grandson", "granddaughter")),
    "wife": ("husband", "husband"),
    "husband": ("wife", "wife"),
}
"""What whoever has such kin is to them: a man, and a woman."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase without a name that means somebody."""

    noun: str
    """Its head, in lower case; with `old` or `young` before it where that tells two apart."""
    head: str
    gender: str
    old: bool
    young: bool
    fresh: bool
    """Whether it brings somebody in: `a stout widow`."""
    owner: str
    """Whose kin they are: `his`, or a name; empty where it does not say."""
    kin: bool
    described: bool
    """Whether anybody may be meant, whatever they are."""


def noun_of(phrase: str) -> str:
    """The noun of a phrase without what it is told to be like: `young lady` of `a very tall young lady of fifteen`."""
    head = _BEHIND.split(f"{phrase} ", 1)[0].strip(" ,.;:")
    words = head.lower().replace("’", "'").split()
    if not words:
        return ""
    last = singular_role(words[-1]) or words[-1]
    aged = next((word for word in words[:-1] if word in {"old", "young"}), "")
    return f"{aged} {last}" if aged and last in COMPOUND else last


def refers(phrase: str) -> Reference | None:
    """Read a phrase that has no name in it but a possessor's.

    Args:
        phrase: Of a tag: `the old man`, `Scrooge's nephew`.

    Returns:
        What it tells; None for a name, a pronoun, and what is no noun phrase.
    """
    head = _BEHIND.split(f"{phrase} ", 1)[0].strip(" ,.;:").replace("’", "'")
    words = head.split()
    if len(words) < 2:
        return None
    first, last = words[0].lower(), words[-1].lower()
    owner = _owner(words)
    if not owner and first not in ARTICLES:
        return None
    rest = words[1:] if not owner or first in ARTICLES else words[len(owner.split()) :]
    if any(word[0].isupper() for word in rest) or last in NOT_NAMES or last in _OTHERS or not last[0].isalpha():
        return None
    last = _LADY.get(" ".join((first, *map(str.lower, rest))), singular_role(last) or last)
    aged = {_AGED.get(word.lower(), "") for word in rest[:-1]}
    gender = "f" if last in FEMALE else "m" if last in MALE or last in {"lord", "host"} else ""
    gender = gender or TITLES.get(last, "")
    return Reference(
        noun=f"{'old' if 'old' in aged else 'young'} {last}" if aged & {"old", "young"} and last in COMPOUND else last,
        head=last,
        gender=gender,
        old="old" in aged and last in COMPOUND,
        young=("young" in aged and last in COMPOUND) or last in YOUNGER,
        fresh=first in {"a", "an", "another", "some", "one"}
        or ((last not in ROLES or last in _DESCRIBED) and len(head) < len(phrase.strip(" ,.;:"))),
        owner=owner or (first if first in {"his", "her", "their", "my", "our"} else ""),
        kin=last in KIN,
        described=last in _DESCRIBED or last in YOUNG or first in {"that", "this"},
    )


def _owner(words: list[str]) -> str:
    """The name in `Mr. Gripp's nephew`; empty where there is none."""
    for at in range(min(3, len(words) - 1), 0, -1):
        found = _OWNER.fullmatch(" ".join(words[:at]))
        if found and words[0].lower() not in ARTICLES:
            return found[1]
    return ""
