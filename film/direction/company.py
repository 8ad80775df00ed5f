"""Who is meant by those who have no names: `Both laugh.`, `The men look at each other.`, `Everyone rises.`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from film.direction.drawn import BODY
from film.direction.vocabulary import EXPRESSIONS, VERBS
from film.direction.words import singular, tokens
from film.script.people import KIN, ROLES, YOUNG
from schemas.script import Character

_PLURALS = {
    "mice": "mouse",
    "wolves": "wolf",
    "thieves": "thief",
    "policewomen": "policewoman",
    "men": "man",
    "women": "woman",
    "children": "child",
    "gentlemen": "gentleman",
    "policemen": "policeman",
}
_SEXES = {
    "men": "m", "boys": "m", "gentlemen": "m", "lads": "m", "guys": "m", "brothers": "m", "fellows": "m",
    "women": "f", "girls": "f", "ladies": "f", "sisters": "f", "gals": "f",
}  # fmt: skip
_YOUNG = frozenset("children kids youngsters teens teenagers boys girls".split())
_ONE = {"man": "m", "gentleman": "m", "boy": "m", "woman": "f", "lady": "f", "girl": "f"}
_OF_PEOPLE = _SEXES.keys() | _YOUNG
_ROLES = frozenset(
    "soldiers officers cops guards detectives doctors nurses students sailors pilots astronauts thieves hunters "
    "waiters actors dancers musicians nuns priests monks knights pirates prisoners lovers friends strangers neighbours "
    "neighbors colleagues partners twins cousins nephews nieces siblings parents newlyweds teenagers agents".split()
)
_ROLES |= frozenset(f"{role}s" for role in ROLES) | {"mice", "wolves", "thieves", "policemen", "policewomen"}
_ROLES -= _OF_PEOPLE
"""Groups that those of a scene are of whose description says so."""
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple": 2, "pair": 2, "duo": 2, "trio": 3}
_PEOPLE = frozenset("of people friends lovers strangers siblings brothers sisters".split()) | _OF_PEOPLE
_SAID = VERBS | frozenset(EXPRESSIONS) | frozenset("are were have turn nod rise eat talk nods eats talks rises".split())
_KINDS = "|".join(sorted(_OF_PEOPLE))
_WORDS = (
    frozenset("both everyone everybody all others rest two three four five six family group party gang".split())
    | _COUNTS.keys()
    | _OF_PEOPLE
    | _ROLES
    | _ONE.keys()
)
"""One of these is in every sentence of people together."""
_ADULT, _GROWING = 18, 20
_WHO = re.compile(
    r"\b(?P<every>everyone|everybody|all of them|they all)\b"
    r"|\b(?:all|the|they|these)\s+(?P<count>two|three|four|five|six)\b"
    rf"(?:\s+(?:\w+\s+)?(?P<kind>{_KINDS})\b)?"
    rf"|\bthe\s+(?:(?:young|old|other|little)\s+)?(?P<sex>{_KINDS})\b(?!['’]|-)"
    rf"|\bthe\s+(?P<role>{'|'.join(sorted(_ROLES))})\b(?!['’]|-)"
    r"|\bthe\s+(?:others|rest(?=\s+(?:of\s+them\b|[a-z]+\b(?<!of))))(?P<others>)(?!['’])"
    r"|\bthe\s+(?P<pair>couple|pair|duo|trio)\b(?!\s+of\s+(?!them))"
    r"|\bthe\s+(?:whole\s+|entire\s+)?(?P<family>family)\b"
    r"(?!['’]|\s+(?:car|dog|home|house|bible|photo|portrait|business|name|room|tree|van|album|table|doctor))"
    r"|\bthe\s+(?P<group>group|party|gang|whole lot)\b(?!['’]|\s+of\b)"
    rf"|(?P<both>\bboth of them\b|\bthey both\b|(?:^|(?<=[.!?]\s))both\b)(?:\s+(?P<of>{_KINDS})\b)?"
    r"|(?:^|(?<=[.!?]\s))(?P<all>all)\b"
    r"(?!\s+(?:two|three|four|five|six)\b)"
    rf"|\bthe\s+(?:(?!other\b|dead\b)[a-z]+\s+)?(?P<one>{'|'.join(_ONE)})(?P<whose>['’]s)?\b"
    r"(?!-|\s+(?:at|behind|in|with|from|who|beside|on|near|by)\b)",
    re.IGNORECASE,
)
_NOT_THEM = re.compile(r"\s+(?:but|except(?: for)?|save(?: for)?)\b", re.IGNORECASE)
_MOST = 6
"""So many times at most one sentence is asked for people together."""


def together(
    text: str,
    named: tuple[str, ...],
    there: Sequence[str],
    recent: Sequence[str],
    sex: Callable[[str], str],
    who_is: Mapping[str, Character] | None = None,
) -> tuple[str, ...]:
    """Find who is in a sentence of people without names.

    Args:
        text: The sentence.
        named: Whom it names, or its pronouns mean.
        there: Who is in the scene.
        recent: Those who were last told of, the last one last.
        sex: Says of somebody `m` or `f`, or nothing.
        who_is: The characters by id.

    Returns:
        Who is in it: those it names first.
    """
    if _WORDS.isdisjoint(tokens(text)):
        return named
    found = named
    for match in islice(_WHO.finditer(text), _MOST):
        if len(there) < 2 or not _does(match, text):
            continue
        if match["every"] and _NOT_THEM.match(text, match.end()):
            return tuple(who for who in there if who not in named)
        meant = _meant(match, found, there, [who for who in recent if who in there], sex, who_is or {})
        if len(meant) > 1 or (meant and match["one"]):
            found = tuple(dict.fromkeys((*found, *meant)))
    return found


def _does(match: re.Match[str], text: str) -> bool:
    """Whether people are told of, and not both doors: what follows is a verb, or nothing."""
    if not (match["count"] or match["both"] or match["all"]) or match["kind"]:
        return True
    word = next(iter(tokens(text[match.end() : match.end() + 40])), "")
    if not word or word in _PEOPLE or " of them" in match.group().lower():
        return True
    after = tokens(text[match.end() : match.end() + 40])[1:2]
    if word in BODY or word in _OBJECTS:
        return False
    if word in _SAID or f"{word}s" in _SAID:
        return True
    return not _is_plural(word) and not any(map(_is_plural, after))


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


_OBJECTS = frozenset("feet teeth of in on at to and or doors sides".split())
"""What both are that are no people."""


def _meant(
    match: re.Match[str],
    named: Sequence[str],
    there: Sequence[str],
    recent: Sequence[str],
    sex: Callable[[str], str],
    who_is: Mapping[str, Character],
) -> Sequence[str]:
    kind = (match["sex"] or match["kind"] or match["of"] or "").lower()
    if match["one"]:
        return _the_one(match["one"].lower(), [who for who in there if who not in named], sex, who_is)
    if match["role"]:
        return [who for who in there if _is(who_is.get(who), match["role"].lower())]
    if match["family"]:
        return _kin(there, who_is)
    if kind:
        there = _of_kind(kind, there, sex, who_is)
    if match["others"] is not None:
        last = named or recent[-1:]
        return [who for who in there if who not in last]
    count = _COUNTS.get((match["count"] or match["pair"] or "").lower(), 2 if match["both"] else len(there))
    if count >= len(there):
        return there
    latest = [*[who for who in there if who not in recent], *[who for who in recent if who in there]][-count:]
    return [who for who in there if who in latest]


def _of_kind(
    kind: str, there: Sequence[str], sex: Callable[[str], str], who_is: Mapping[str, Character]
) -> Sequence[str]:
    """Those who are men, girls or children; where no two surely are, those of whom nothing tells otherwise."""
    wanted = _SEXES.get(kind, "")
    young = [who for who in there if _is_young(who_is.get(who))]
    if kind not in _YOUNG:
        grown = [who for who in there if who not in young]
        there = grown if len(grown) > 1 else there
    else:
        there = young or [who for who in there if _age(who_is.get(who)) is None]
    sure = [who for who in there if not wanted or sex(who) == wanted]
    return sure if len(sure) > 1 else [who for who in there if not wanted or sex(who) in {wanted, ""}]


def _the_one(
    noun: str, there: Sequence[str], sex: Callable[[str], str], who_is: Mapping[str, Character]
) -> Sequence[str]:
    """The only one of a scene whom a noun can mean: `The man shrugs.`; nobody where it may be one of several."""
    fitting = [who for who in there if sex(who) in {_ONE[noun], ""}]
    if noun in {"boy", "girl"}:
        fitting = [who for who in fitting if (age := _age(who_is.get(who))) is not None and age < _GROWING]
    sure = [who for who in fitting if sex(who)]
    return fitting if len(fitting) == 1 and (sure or noun in {"boy", "girl"}) else ()


def _age(person: Character | None) -> int | None:
    return person.age if person is not None else None


def _is_young(person: Character | None) -> bool:
    if person is None:
        return False
    if person.age is not None:
        return person.age < _ADULT
    return not YOUNG.isdisjoint(tokens(f"{person.name} {person.description}"))


def _is(person: Character | None, role: str) -> bool:
    """Whether somebody is one of a group by what is told of them."""
    if person is None:
        return False
    words = tokens(f"{person.name} {' '.join(person.aliases)} {person.description}")
    return (_PLURALS.get(role) or singular(role)) in words or role in words


def _kin(there: Sequence[str], who_is: Mapping[str, Character]) -> Sequence[str]:
    """Those of a scene who are a family: of one surname, or called or described as somebody's kin."""
    people = [who_is[who] for who in there if who in who_is]
    surnames = Counter(tokens(person.name)[-1] for person in people if len(tokens(person.name)) > 1)
    related = [
        person.id
        for person in people
        if not KIN.isdisjoint(tokens(f"{person.name} {person.description}"))
        or (len(tokens(person.name)) > 1 and surnames[tokens(person.name)[-1]] > 1)
    ]
    return related
