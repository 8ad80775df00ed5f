"""People and animals of a screenplay who act without a name: `A woman sleeps.`, `Two soldiers wait.`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from film.direction.words import singular, slug, tokens, unique
from film.script.people import FEMALE, MALE, ROLES, TITLE_WORDS, gender_of
from schemas.script import Character

MOST = 6
"""Of so many it is told; a seventh stranger is part of the set."""

_MORE = frozenset(
    "footman usher bellhop bellboy doorman vendor cashier receptionist paramedic medic fireman firefighter anchorman "
    "newsman cameraman barman barmaid cabbie cabdriver jogger cyclist pedestrian tourist commuter bystander villager "
    "trooper marine gunman hitman thug caterer stewardess steward croupier busboy bandleader nanny babysitter "
    "janitress repairman handyman salesman saleswoman saleslady businessman businesswoman chauffeur valet "
    "fisherwoman huntress horseman swordsman bowman rifleman gunner orderly patient hiker biker skater surfer "
    "swimmer runner protester demonstrator bailiff juror foreman auctioneer pickpocket drunk".split()
)
"""Nouns of those who pass by in a film and act."""
_NOUN_FORMS = ROLES | _MORE
_ADJECTIVES = "|".join(
    "old older elderly young younger middle-aged small little big large tall short thin fat stout black white red "
    "brown grey gray blond blonde bald bearded lonely tired poor rich drunk sleepy hungry barefoot stray wild tame "
    "wet frozen wounded ragged beautiful handsome pretty ugly strange nervous angry sad happy silent huge tiny "
    "masked armed".split()
)
_LOOKS = rf"(?:{_ADJECTIVES}|[a-z]{{3,}}(?:ed|ing))"
_PLURALS = {"men": "man", "women": "woman", "children": "child", "wolves": "wolf", "mice": "mouse", "ladies": "lady"}
_NOUNS = "|".join(sorted([*_NOUN_FORMS, *_PLURALS], key=len, reverse=True))
_FORMS = frozenset(noun + ending for noun in (*_NOUN_FORMS, *_PLURALS) for ending in ("", "s", "es"))
_SUBJECT = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<phrase>"
    r"(?:(?:An?|The|One|Two|Three|Four|Some|Several|Many)\s+"
    rf"(?:{_LOOKS}\s+){{0,3}})?"
    rf"(?P<noun>(?i:{_NOUNS})(?:e?s)?))(?=\s+[a-z])"
)
"""The subject of a sentence: an article or a number, up to three adjectives, a noun, and something that follows.

The adjectives are known ones: after just any words the noun might be the sentence's object.
"""

_NOT_A_VERB = frozenset("of and or with from named called who whose that would could should might never".split())
_NAMED_LATER = re.compile(
    r"\b(?:[Tt]his is|[Mm]eet|(?:[Hh]is|[Hh]er) name is|[Cc]all (?:him|her|them))\s+[A-Z]|[:–—]\s+[A-Z]{2}"
)
"""Whoever acts before this has a name after all."""


def nameless(
    actions: Iterable[str],
    known: Sequence[Character],
    taken: set[str],
    there: Callable[[int, str], Sequence[Character]] = lambda _, __: (),
) -> list[Character]:
    """Find who acts in a screenplay without a name.

    Only subjects of sentences count: what a name is explained by (`ANNA, a woman of thirty`) is no other person, and
    a noun by which somebody with a name is described stands for them.

    Args:
        actions: Texts of action.
        known: Those who have names.
        taken: Ids that are in use; those of the people found are added.
        there: Who is in the scene of an action, by its number and the text of it so far: *the men* may be they.

    Returns:
        One character a noun, in the order of first mention, described by the phrase that mentions them.
    """
    described = {singular(TITLE_WORDS.get(word, word)) for person in known for word in tokens(_words_of(person))}
    found: dict[str, tuple[str, str]] = {}
    named: set[str] = set()
    for number, text in enumerate(actions):
        if _FORMS.isdisjoint(tokens(text)):
            continue
        for match in _SUBJECT.finditer(text):
            noun = match["noun"].lower()
            role = _PLURALS.get(noun) or singular(noun)
            if role not in _NOUN_FORMS or role in described or role in found or role in named:
                continue
            if noun == match["phrase"].lower() and noun == role:
                continue  # a bare singular is no subject: `Man overboard`
            if _NAMED_LATER.search(text, match.end(), match.end() + 160):
                named.add(role)
                continue
            if match["phrase"].lower().startswith("the ") and _known_already(
                role, noun != role, text[match.end() :], there(number, text[: match.start()])
            ):
                continue
            if text[match.end() : match.end() + 40].split(maxsplit=1)[0].lower() not in _NOT_A_VERB:
                found[role] = (match["phrase"], noun)
    return [
        Character(id=unique(slug(role), taken), name=role, aliases=() if noun == role else (noun,), description=phrase)
        for role, (phrase, noun) in list(found.items())[:MOST]
    ]


_ANYBODY = frozenset("man woman boy girl child kid lady gentleman lad".split())
_ELSEWHERE = re.compile(r"\s+(?:at|behind|in|with|from|who|beside|on|near|by|outside|across)\b")


def _known_already(role: str, several: bool, after: str, people: Sequence[Character]) -> bool:
    """Whether *the men*, or *the man* who is not told apart, are people of the scene who have names."""
    if role not in _ANYBODY or _ELSEWHERE.match(after):
        return False
    sex = gender_of(role)
    fitting = [person for person in people if not sex or _sex(person) in {sex, ""}]
    return len(fitting) > int(several)


def _sex(person: Character) -> str:
    words = set(tokens(f"{person.name} {person.description}"))
    told = {sex for sex, nouns in (("f", FEMALE), ("m", MALE)) if words & nouns}
    return told.pop() if len(told) == 1 else gender_of(person.name)


def _words_of(person: Character) -> str:
    return " ".join((person.name, person.description, *person.aliases))
