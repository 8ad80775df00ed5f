"""Who turns out to be whom: `The stranger takes off the mask: it is BOB`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from film.direction.spelling import Spelling
from film.direction.vocabulary import GENERIC
from film.direction.words import sentences, singular, tokens
from film.script.accents import without_accents
from schemas.enums import ElementKind
from schemas.script import Element

_UNKNOWN = GENERIC | frozenset(
    "shape silhouette shadow intruder assailant attacker suspect victim caller prisoner patient rider newcomer killer "
    "murderer sniper shooter hooded masked impostor creature being unknown biker gunman swordsman horseman knight "
    "bandit burglar guest guy someone somebody dancer".split()
)
"""Nouns that say nothing of who somebody is."""
_ANYBODY = frozenset("man woman voice person boy girl figure guy someone somebody".split())
_PART = r"(?:(?:D[Rr]|M[Rr]|M[Rr][Ss]|M[Ss]|D[Ee][Tt]|S[Gg][Tt]|S[Tt]|[A-Z])\.|[A-ZÀ-ÞŁØ][\w'’\-]{0,40})"
_NAME = rf"(?P<name>{_PART}(?:\s+{_PART}){{0,3}})"
"""Words are bounded: a line of one endless word would be read once from each of its letters."""
_END = r"(?=\s*(?:[.,;:!?()]|--|[–—]|$))"
_MASK = re.compile(
    r"\b(?:takes?|pulls?|tears?|rips?|lifts?|slips?|removes?|removing|drops?|lowers?|raises?|throws?|peels?|flips?|sheds?|"
    r"comes?|falls?|slides?|pushes|yanks?)\b[^.!?]{0,40}"
    r"\b(?:mask|hood|helmet|veil|visor|disguise|wig|balaclava|cowl|bandages|bandana|scarf|hat|goggles|sunglasses)\b"
    r"|\b(?:mask|hood|helmet|veil|visor|disguise|wig|balaclava|cowl)\b[^.!?]{0,20}\b(?:comes?|falls?|slides?|slips?|drops?|lifts?|is)\b"
    r"|\b(?:steps?|moves?|leans?)\s+(?:\w+\s+)?into the (?:light|moonlight|lamplight|firelight)\b"
    r"|\b(?:light|moonlight|lightning)\b[^.!?]{0,40}\b(?:his|her|their|the)\s+(?:\w+\s+)?face\b"
    r"|\b(?:shows?|reveals?|revealing|unmasks?)\s+(?:his|her|their|the|him|them)(?:self|selves)?\s*(?:face)?(?=\W)",
    re.IGNORECASE,
)
_IT_IS = re.compile(
    rf"\b(?:[Ii]t(?:\s+is|['’]s|\s+was)|[Tt]his\s+is|[Rr]evealing|[Tt]o\s+reveal)\s+"
    rf"(?:(?:[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Tt]he|{_PART}['’]s)\s+(?:[a-z\-]{{1,20}}\s+){{0,3}}?[a-z\-]{{1,20}},?\s+)?{_NAME}{_END}"
)
_TURNS_OUT = re.compile(
    r"\b(?:(?:is|are)\s+(?:then\s+|now\s+|finally\s+)?revealed\s+(?:to\s+be|as)|turns\s+out\s+to\s+be|is\s+none\s+other\s+than|"
    rf"reveals?\s+(?:him|her|them|it)sel(?:f|ves)\s+(?:to\s+be|as)|(?:is\s+(?:really|actually|in\s+fact)))\s+{_NAME}{_END}"
)
_IS_HERE = re.compile(rf"\b[Tt]he\s+(?:[a-z]{{1,20}}\s+){{1,6}}?[a-z]{{1,20}}\s*(?::|--|[–—])\s+{_NAME}(?=\s*[,(])")
"""`The sergeant slides in: HOLLIS, a surgeon before the war.`"""
_VOICE_OF = re.compile(rf"\b[Vv]oice\s+(?:belongs\s+to|is\s+that\s+of|comes\s+from)\s+{_NAME}{_END}")
_CALLED = re.compile(
    rf"\b(?:[Tt]his\s+is|[Mm]eet|[Cc]all\s+(?:him|her|them)|(?:[Hh]is|[Hh]er|[Tt]heir)\s+name\s+is|[Ww]e(?:['’]ll|\s+will)\s+(?:come\s+to\s+)?(?:know|call)\s+"
    rf"(?:him|her|them)(?:\s+as\b)?)\s*{_NAME}{_END}"
)
_KNOWN_AS = re.compile(
    rf"(?<![^\W_]){_NAME}[,\s(]+(?:formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?|(?:later|now|also|better)\s+known\s+as|a\.?k\.?a\.?|"
    r"now\s+calling\s+(?:him|her)self|whom\s+we\s+know\s+as|until\s+now\s+known\s+as)\s+(?:the\s+)?(?P<other>[\w.'’\-#]+(?:\s+[\w.'’\-#]+){0,3})",
    re.IGNORECASE,
)
_MAY_BE_KNOWN_AS = re.compile(r"[Ff]ormerly|[Pp]reviously|known as|\b[aA]\.?[kK]\.?[aA]\b|now calling|whom we know")
_OF_THAT = ("formerly", "previously", "known as", "aka", "ak.", "a.k", "now calling", "whom we know")
"""In small letters, what each of these holds one of."""
_LATER = re.compile(r"\b(?:later|now|better)\s+(?:known|calling)", re.IGNORECASE)
_BEGINS = re.compile(
    r"\b(?:it|this|his|her|their|the|meet|call|we|reveals?|revealing|is|are|turns|voice)\b", re.IGNORECASE
)
_SOMEBODY_ELSES = re.compile(
    r"\b(?:mask|hood|helmet|veil|visor|disguise|wig|balaclava|cowl)\s+(?:of|from|off)\b|['’]s\s+(?:\w+\s+)?"
    r"(?:mask|hood|helmet|veil|visor|disguise|wig|balaclava|cowl)\b"
)
"""A mask that another takes off somebody."""
_MOST = 50
"""So many times at most a text is asked for one way to reveal somebody."""
_FAR = 4000
"""So far back at most a text tells who somebody is, in characters."""


class Turn(NamedTuple):
    """A cue: the spelling of its name, its scene, the number of its element, and whether the speaker before goes on."""

    name: str
    scene: int | None
    at: int
    goes_on: bool
    """As `FRANK` and then, under another name, `MALONE (CONT'D)`."""


def reveals(
    elements: Sequence[Element], turns: Sequence[Turn], spelling: Spelling, names: Collection[str]
) -> list[tuple[str, str]]:
    """Find which cue without a name turns out to be whose.

    The action has to say so in as many words, of one cue without a name and one name that has cues; and the two may
    not contradict it: once it is known who somebody is, they speak under their name, and not before.

    Args:
        elements: The screenplay's elements.
        turns: Its cues, in order.
        spelling: How its names are spelt.
        names: The names that have cues, as it spells them, and those of others who are introduced.

    Returns:
        Pairs of cues, whoever is hidden first and the name second.
    """
    unknown = {name: noun for name in {turn.name: None for turn in turns} if (noun := _noun(name))}
    known = _Known(spelling, names)
    scenes: dict[int | None, list[Turn]] = {}
    for turn in turns:
        if turn.name in unknown:
            scenes.setdefault(turn.scene, []).append(turn)
    found: dict[str, str] = {}
    for number, element in enumerate(elements):
        text, action = element.text, element.kind is ElementKind.ACTION
        pairs: list[tuple[str, str]] = []
        if element.kind is ElementKind.CHARACTER and "(" in text:
            pairs += _renamed(text, known)
        if action or (element.kind is ElementKind.CHARACTER and "(" in text):
            small = text.lower()
            if any(words in small for words in _OF_THAT) and _MAY_BE_KNOWN_AS.search(text):
                pairs += _aliases(text, known)
        if action and element.scene in scenes and _BEGINS.search(text):
            pairs += _told(element, number, scenes[element.scene], unknown, known, turns)
        for hidden, name in pairs:
            if hidden != name and name not in unknown:
                found.setdefault(hidden, name)
    return list(found.items())


class _Known:
    """The names of a screenplay, by any spelling and any of their ends that is one person's alone."""

    def __init__(self, spelling: Spelling, names: Collection[str]) -> None:
        self._spelling = spelling
        self._names = frozenset(names)
        self._parts: dict[str, set[str]] = {}
        for name in names:
            words = name.split()
            for part in {words[0], words[-1]} - {name}:
                self._parts.setdefault(part, set()).add(name)

    def of(self, words: str) -> str | None:
        """The name that some words mean, or None."""
        name = " ".join(words.upper().rstrip(".,").split())
        for candidate in (name, name.removeprefix("THE ")):
            spelt = self._spelling.known(candidate)
            if spelt in self._names:
                return spelt
        parts = name.split()
        held = [one for one in (" ".join(parts[at:]) for at in range(1, len(parts))) if one in self._names]
        if len(held) == 1:
            return held[0]
        longer = self._parts.get(name, set())
        return next(iter(longer)) if len(longer) == 1 else None


def _noun(name: str) -> str:
    """The noun of a cue without a name: `figure` of `HOODED FIGURE`; empty for a name."""
    words = [word for word in tokens(without_accents(name)) if not word.isdigit()]
    if not words or words[0] in _MINE:
        return ""
    head = singular(words[-1])
    return head if head in _UNKNOWN and head == words[-1] else ""


_MINE = frozenset("my your our".split())


def _aliases(text: str, known: _Known) -> Iterator[tuple[str, str]]:
    for match in _KNOWN_AS.finditer(text):
        one, other = known.of(match["name"]), _longest(match["other"], known)
        if one and other and one != other:
            yield (one, other) if _noun(one) or _LATER.search(match.group()) else (other, one)


def _renamed(cue: str, known: _Known) -> Iterator[tuple[str, str]]:
    """Who a cue says that its speaker turns out to be: `HOODED MAN (NOW REVEALED AS TOM)`."""
    match = _AS_CUE.match(cue)
    if match:
        hidden, name = known.of(match["hidden"]), known.of(match["name"])
        if hidden and name and hidden != name:
            yield hidden, name


_AS_CUE = re.compile(
    r"(?P<hidden>[^(]{1,60}?)\s*\(\s*(?:(?:NOW|FINALLY|LATER)\s+)?(?:(?:IS\s+)?REVEALED\s+(?:AS|TO\s+BE)|(?:WHO\s+)?IS\s+(?:REALLY\s+)?|"
    r"A\.?K\.?A\.?\s|REALLY\s|ACTUALLY\s|NOW\s)\s*(?P<name>[^()]{1,40}?)\s*\)",
    re.IGNORECASE,
)


def _longest(words: str, known: _Known) -> str | None:
    parts = words.split()
    for length in range(len(parts), 0, -1):
        name = known.of(" ".join(parts[:length]))
        if name is not None:
            return name
    return None


def _told(
    element: Element,
    at: int,
    here: Sequence[Turn],
    unknown: Mapping[str, str],
    known: _Known,
    heard: Sequence[Turn],
) -> Iterator[tuple[str, str]]:
    text = element.text
    for pattern, named in (
        (_TURNS_OUT, False),
        (_IT_IS, False),
        (_IS_HERE, False),
        (_VOICE_OF, False),
        (_CALLED, True),
    ):
        for match in islice(pattern.finditer(text), _MOST):
            name = known.of(match["name"])
            if name is None or name in unknown:
                continue
            near = text[max(0, match.start() - _FAR) : match.start() + 1]
            before = near[:-1] if named else _before(near, len(near) - 1)
            if pattern is _IT_IS and not _MASK.search(before):
                continue
            if pattern is _IS_HERE:
                before = match.group()
                if unknown.keys().isdisjoint(before.upper().split()):
                    continue
            hidden = _hidden(before, at, here, unknown, named, pattern is _VOICE_OF)
            if hidden and (named or _agrees(hidden, name, element.scene, at, heard)):
                yield hidden, name


def _before(text: str, at: int) -> str:
    """The sentence that an offset stands in, up to there, and the one before it."""
    begun = [start for start, _ in sentences(text) if start <= at]
    return text[begun[-2] if len(begun) > 1 else 0 : at]


def _hidden(
    before: str, at: int, here: Sequence[Turn], unknown: Mapping[str, str], named: bool, voice: bool
) -> str | None:
    """The one cue without a name that a reveal is about: whom the words before it mention, else who has spoken."""
    spoken = {one.name for one in here if one.name in unknown and (named or one.at < at)}
    words = {"voice"} if voice else set(tokens(before))
    mentioned = [name for name in spoken if unknown[name] in words]
    if len(mentioned) > 1:
        mentioned = [name for name in mentioned if set(tokens(name)) <= words]
    if mentioned or named or voice:
        return mentioned[0] if len(mentioned) == 1 else None
    return next(iter(spoken)) if len(spoken) == 1 and not _SOMEBODY_ELSES.search(before) else None


def _agrees(hidden: str, name: str, scene: int | None, at: int, heard: Sequence[Turn]) -> bool:
    """Whether the cues agree that one is the other: never both at once, and none of them where the other should be."""
    with_hidden = {one.scene for one in heard if one.name == hidden}
    for one in heard:
        if one.name == hidden and one.at > at:
            return False
        if one.name == name and one.at < at and one.scene in with_hidden:
            return False
    return _noun(hidden) not in _ANYBODY or len(tokens(hidden)) > 1 or with_hidden == {scene}


__all__ = ["reveals"]
