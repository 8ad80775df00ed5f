"""Somebody of a story, and what its words tell of somebody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from film.script.evidence import Key


@dataclass(slots=True, eq=False)
class Person:
    """Somebody of a story."""

    key: Key
    """Title and words of the longest name; for a noun an empty title and the noun."""
    name: str
    role: bool
    gender: str = ""
    score: float = 0.0
    mentions: int = 0
    first: int = 0
    """Rank of the first mention among all mentions."""
    written: Counter[str] = field(default_factory=Counter)
    """How the text calls them, each with its count."""


@dataclass(slots=True)
class Evidence:
    """What the words of a story tell of a name or a noun."""

    score: float = 0.0
    count: int = 0
    first: int = 0
    opening: int = 0
    led: int = 0
    """How often an article or a pronoun follows it at the start of a sentence: `Wherefore the clerk`."""
    placed: int = 0
    plural: int = 0
    gender: str = ""
    sure: bool = False
    written: Counter[str] = field(default_factory=Counter)


def add(total: Evidence, found: Evidence) -> None:
    """Add what one name tells to what another one does."""
    total.score += found.score
    total.count += found.count
    total.opening += found.opening
    total.led += found.led
    total.placed += found.placed
    total.first = min(total.first, found.first)
    total.gender = total.gender or found.gender
    total.sure = total.sure or found.sure
    total.written.update(found.written)
