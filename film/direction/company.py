"""Who is meant by those who have no names: `Both laugh.`, `The men look at each other.`, `Everyone rises.`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from film.direction.drawn import BODY
from film.direction.vocabulary import EXPRESSIONS, VERBS
from film.direction.words import tokens

_WORDS = frozenset("both everyone everybody all men women boys girls others two three four five six couple".split())
"""One of these is in every sentence of people together."""
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple": 2}
_SEXES = {"men": "m", "boys": "m", "women": "f", "girls": "f"}
_PEOPLE = frozenset("of people friends lovers strangers siblings brothers sisters".split()) | _SEXES.keys()
_SAID = VERBS | frozenset(EXPRESSIONS) | frozenset("are were have turn nod rise eat talk nods eats talks rises".split())
_WHO = re.compile(
    r"\b(?P<every>everyone|everybody|all of them|they all)\b"
    r"|\b(?:all|the|they|these)\s+(?P<count>two|three|four|five|six)\b(?:\s+(?P<kind>men|women|boys|girls)\b)?"
    r"|\bthe\s+(?P<sex>men|women|boys|girls)\b(?!['’])|\bthe\s+(?P<others>others)\b(?!['’])|\bthe\s+(?P<pair>couple)\b"
    r"|(?P<both>\bboth of them\b|\bthey both\b|(?:^|[.!?]\s+)both\b)|(?:^|[.!?]\s+)(?P<all>all)\b",
    re.IGNORECASE,
)
_NOT_THEM = re.compile(r"\s+(?:but|except(?: for)?|save(?: for)?)\b", re.IGNORECASE)


def together(
    text: str, named: tuple[str, ...], there: Sequence[str], recent: Sequence[str], sex: Callable[[str], str]
) -> tuple[str, ...]:
    """Find who is in a sentence of people without names.

    Args:
        text: The sentence.
        named: Whom it names, or its pronouns mean.
        there: Who is in the scene.
        recent: Those who were last told of, the last one last.
        sex: Says of somebody `m` or `f`, or nothing.

    Returns:
        Who is in it: those it names first.
    """
    if len(there) < 2 or _WORDS.isdisjoint(tokens(text)):
        return named
    match = _WHO.search(text)
    if match is None or not _does(match, text):
        return named
    if match["every"] and _NOT_THEM.match(text, match.end()):
        return tuple(who for who in there if who not in named)
    found = _meant(match, named, there, [who for who in recent if who in there], sex)
    return tuple(dict.fromkeys((*named, *found))) if len(found) > 1 else named


def _does(match: re.Match[str], text: str) -> bool:
    """Whether people are told of, and not both doors: what follows is a verb, or nothing."""
    if match["every"] or match["sex"] or match["kind"] or match["others"] or match["pair"]:
        return True
    word = next(iter(tokens(text[match.end() : match.end() + 40])), "")
    if not word or word in _PEOPLE or " of them" in match.group().lower():
        return True
    return word not in BODY and (word in _SAID or f"{word}s" in _SAID)


def _meant(
    match: re.Match[str], named: Sequence[str], there: Sequence[str], recent: Sequence[str], sex: Callable[[str], str]
) -> Sequence[str]:
    kind = (match["sex"] or match["kind"] or "").lower()
    if kind:
        sure = [who for who in there if sex(who) == _SEXES[kind]]
        there = sure if len(sure) > 1 else [who for who in there if sex(who) in {_SEXES[kind], ""}]
    if match["others"]:
        last = named or recent[-1:]
        return [who for who in there if who not in last]
    count = _COUNTS.get((match["count"] or match["pair"] or "").lower(), 2 if match["both"] else len(there))
    if count >= len(there):
        return there
    latest = [*[who for who in there if who not in recent], *[who for who in recent if who in there]][-count:]
    return [who for who in there if who in latest]
