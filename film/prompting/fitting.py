"""Fits a prompt into SDXL's two text encoders: what matters most comes first, and only whole phrases are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from film.prompting.tokens import ENCODER_TOKENS, TokenCounter

FIRST, SECOND = 0, 1
"""The encoders: the first reads who and what, the second where, when and in which manner."""

CLAUSE_TOKENS = 36
"""A clause of the script's action that is longer is cut between words, so that its beginning at least is read."""

_CLAUSE = re.compile(
    r"[,\s](?:(?<=[.!?;:]\s)\s*|(?<=,)\s+|"
    r"(?<=\s)(?<!\s\s)\s*(?:(?:[–—]|--)\s+|(?=(?:and|as|while|then|but|until|before|after)\s)))",
    re.IGNORECASE,
)
"""The space behind a sign, or before a dash or a word that joins; what begins with it is found without a look at each
letter."""


class Kind(IntEnum):
    """What a phrase is about. The lower, the more it matters: phrases are offered in this order."""

    FRAME = 0
    """What the picture is, and how much of the subject it holds."""
    IDENTITY = 1
    """Who somebody is, to the eye."""
    DOING = 2
    """How they stand and look."""
    ACTION = 3
    PROP = 4
    CAMERA = 5
    PLACE = 6
    TIME = 7
    WEATHER = 8
    STYLE = 9


SCENERY = frozenset({Kind.PLACE, Kind.TIME, Kind.WEATHER})


class Phrase(NamedTuple):
    """A few words that stand or fall together."""

    text: str
    kind: Kind
    home: int
    """The encoder that shall read it."""


class Fitted(NamedTuple):
    """What each encoder reads, and what neither had room for, the most important first."""

    first: str
    second: str
    left_out: tuple[str, ...]


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """Put a phrase on one line, without signs at its edges: phrases are joined by commas, and counted apart."""
    words = " ".join(text.split())
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    while start < end and not words[end - 1].isalnum():
        end -= 1
    return words[start:end]


def clauses(action: str, counter: TokenCounter) -> list[str]:
    """Cut an action where a reader would pause, and between words where there is no pause for long."""
    found: list[str] = []
    for clause in _CLAUSE.split(action) if action else ():
        found += _bites(clause, counter)
    return [clause for clause in map(tidy, found) if clause]


def _bites(clause: str, counter: TokenCounter) -> Iterable[str]:
    words = clause.split()
    if clause.isascii() and len(clause) <= CLAUSE_TOKENS:  # nothing takes more tokens than bytes
        yield " ".join(words)
        return
    bite: list[str] = []
    taken = 0
    for word in words:
        cost = counter.count(word)
        if bite and taken + cost > CLAUSE_TOKENS:
            yield " ".join(bite)
            bite, taken = [], 0
        bite.append(word)
        taken += cost
    if bite:
        yield " ".join(bite)


def fit(phrases: Sequence[Phrase], counter: TokenCounter, limit: int = ENCODER_TOKENS) -> Fitted:
    """Give each phrase of one prompt to an encoder; see `Fitter`."""
    return Fitter(counter, limit).fit(phrases)


class Fitter:
    """Fits prompts into the two encoders, and measures each phrase once: a film says most of them in many shots."""

    def __init__(self, counter: TokenCounter, limit: int = ENCODER_TOKENS) -> None:
        """Fit by the tokens of a model.

        Args:
            counter: Counts tokens.
            limit: How many tokens each encoder reads.
        """
        self._counter = counter
        self._limit = limit
        self._measured: dict[str, tuple[str, int]] = {}

    def fit(self, phrases: Sequence[Phrase]) -> Fitted:
        """Give each phrase to an encoder.

        Frames come first, then those who are in the picture: to whichever encoder has room. Nothing of the scenery is
        taken in while an identity is left out. Then every phrase goes to its home, in the order of importance; what has
        no room there may use what the other encoder has left.

        Args:
            phrases: What is to be said, in the order in which it is read; said twice to one encoder, it is read once.

        Returns:
            The prompts: each holds whole phrases in the order given, joined by commas.
        """
        first = self.whole([phrase for phrase in phrases if phrase.home == FIRST])
        second = self.whole([phrase for phrase in phrases if phrase.home == SECOND])
        if first is not None and second is not None:
            return Fitted(first, second, ())
        return _cut(_distinct(phrases), self._counter, self._limit)

    def whole(self, phrases: Iterable[Phrase]) -> str | None:
        """Read all phrases of one encoder at once.

        Args:
            phrases: Those whose home it is.

        Returns:
            What it reads; None where it has no room for all of them, and `fit` has to choose.
        """
        measured = self._measured
        found: dict[str, None] = {}
        room = self._limit + 1  # the first phrase has no comma before it
        for given, _, _ in phrases:
            text, cost = measured.get(given) or self._measure(given)
            if not text or text in found:
                continue
            room -= cost + 1
            if room < 0:
                return None
            found[text] = None
        return ", ".join(found)

    def _measure(self, given: str) -> tuple[str, int]:
        text = tidy(given)
        self._measured[given] = text, self._counter.count(text)
        return self._measured[given]


def _cut(wanted: Sequence[Phrase], counter: TokenCounter, limit: int) -> Fitted:
    ranked = sorted(range(len(wanted)), key=lambda index: wanted[index].kind)
    encoders = _Encoders(wanted, counter, limit)
    out: set[int] = set()
    rest: list[int] = []
    for index in ranked:
        phrase = wanted[index]
        if phrase.kind > Kind.IDENTITY:
            rest.append(index)
        elif not encoders.take(index, phrase.home, also=phrase.kind is Kind.IDENTITY):
            out.add(index)
    if any(wanted[index].kind is Kind.IDENTITY for index in out):
        out.update(index for index in rest if wanted[index].kind in SCENERY)
    homeless = [index for index in rest if index not in out and not encoders.take(index, wanted[index].home)]
    out.update(index for index in homeless if not encoders.take(index, 1 - wanted[index].home))
    left_out = tuple(wanted[index].text for index in ranked if index in out)
    return Fitted(encoders.prompt(FIRST), encoders.prompt(SECOND), left_out)


class _Encoders:
    """Two prompts that fill up."""

    def __init__(self, phrases: Sequence[Phrase], counter: TokenCounter, limit: int) -> None:
        self._phrases = phrases
        self._counter = counter
        self._room = [limit, limit]
        self._taken: tuple[list[int], list[int]] = ([], [])

    def take(self, index: int, home: int, *, also: bool = False) -> bool:
        """Take a phrase in at its home, or else, where that is allowed, at the other encoder."""
        cost = self._counter.count(self._phrases[index].text)
        for encoder in (home, 1 - home) if also else (home,):
            comma = 1 if self._taken[encoder] else 0
            if cost + comma <= self._room[encoder]:
                self._room[encoder] -= cost + comma
                self._taken[encoder].append(index)
                return True
        return False

    def prompt(self, encoder: int) -> str:
        """Join what an encoder took in."""
        return ", ".join(self._phrases[index].text for index in sorted(self._taken[encoder]))


def _distinct(phrases: Iterable[Phrase]) -> list[Phrase]:
    found: dict[tuple[str, int], Phrase] = {}
    for phrase in phrases:
        text = tidy(phrase.text)
        if text and (text, phrase.home) not in found:
            found[text, phrase.home] = phrase if text == phrase.text else phrase._replace(text=text)
    return list(found.values())
