r"""With which words patterns begin: by them a table of patterns is looked up, rather than tried row by row.

A table of eighty patterns asks eighty questions of a text, and most texts answer none. But each pattern begins with one
of a few words, so that the words of a text tell which rows may stand in it, and where.

Read are the patterns of this project's tables: letters, `a|b`, `(?:…)`, `[ae]`, `?`, `*`, `+`, `{1,3}`, `\b`, `\w`, `.`
and what looks ahead or behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_RUN = re.compile(r"\w+")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d+(?:,\d*)?\})[?+]?")
_OPTIONAL = ("?", "*", "{0")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")


class Opening(NamedTuple):
    """The letters with which something begins that a pattern matches."""

    letters: str
    closed: bool = False
    """Whether something else than certain letters follows."""
    whole: bool = False
    """Whether the word ends with them."""


_NOTHING = Opening("")
_BOUNDARY = Opening("", closed=True, whole=True)
_GAP = Opening(" ", closed=True, whole=True)
"""What is no part of a word."""
_ANYTHING = Opening("", closed=True)


def openings(pattern: str) -> frozenset[Opening]:
    r"""Find with which words a pattern begins.

    Args:
        pattern: The pattern, in small letters; a `\b` at its beginning says nothing.

    Raises:
        ValueError: It may begin with any word, or with none.
    """
    found, _ = _alternatives(pattern, 0)
    if any(not one.letters.strip() for one in found):
        raise ValueError(f"{pattern[:40]!r} may begin with any word")
    return frozenset(found)


def spelled(pattern: str) -> frozenset[str]:
    """All words that a pattern stands for, such as `shelf` and `shelves` for `shel(?:f|ves)`.

    Raises:
        ValueError: It stands for more than words.
    """
    found = openings(pattern)
    if any(one.closed for one in found):
        raise ValueError(f"{pattern[:40]!r} stands for more than words")
    return frozenset(one.letters for one in found)


class Table:
    """Patterns that are looked for in one text together."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        r"""Index patterns by the words with which they begin.

        Args:
            patterns: Each begins with `\b`, and then with a word of small letters.

        Raises:
            ValueError: One may begin with any word.
        """
        self._patterns = tuple(patterns)
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            for letters, _, whole in openings(pattern.pattern):
                index = self._words if whole else self._stems
                index.setdefault(letters, []).append(number)
        self._rows = lru_cache(maxsize=8192)(self._beginning)  # texts repeat their words

    def found(self, text: str) -> list[tuple[int, re.Match[str]]]:
        """Find the first match of each pattern.

        Args:
            text: In small letters.

        Returns:
            The numbers of those that are in it, in order, each with what `search` would return.
        """
        matches: dict[int, re.Match[str]] = {}
        for run in _RUN.finditer(text):
            for row in self._rows(run[0]):
                if row not in matches and (match := self._patterns[row].match(text, run.start())):
                    matches[row] = match
        return sorted(matches.items()) if matches else []

    def _beginning(self, word: str) -> tuple[int, ...]:
        """Numbers of the patterns that may begin with a word."""
        rows = set(self._words.get(word, ()))
        for length in range(1, len(word) + 1):
            rows.update(self._stems.get(word[:length], ()))
        return tuple(rows)


def _alternatives(pattern: str, at: int) -> tuple[set[Opening], int]:
    """With what alternatives begin, and where they end: at a closing parenthesis, or with the pattern."""
    found: set[Opening] = set()
    while True:
        sequence, at = _sequence(pattern, at)
        found |= sequence
        if pattern[at : at + 1] != "|":
            return found, at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[set[Opening], int]:
    found = {_NOTHING}
    while at < len(pattern) and pattern[at] not in "|)":
        item, at = _item(pattern, at)
        found = {one if one.closed else _followed(one, more) for one in found for more in item}
    return found, at


def _followed(one: Opening, more: Opening) -> Opening:
    if not one.letters and more == _BOUNDARY:
        return one  # it stands before the first letter
    if one.letters and more == _GAP:
        more = _BOUNDARY
    return more._replace(letters=one.letters + more.letters)


def _item(pattern: str, at: int) -> tuple[set[Opening], int]:
    """With what an item of a pattern begins, and where it ends, its quantifier included."""
    item, end = _atom(pattern, at)
    quantifier = _QUANTIFIER.match(pattern, end)
    if quantifier is None:
        return item, end
    if not quantifier[0].startswith("?"):  # more of the same may follow
        item = {one if one.closed else one._replace(closed=True) for one in item}
    if quantifier[0].startswith(_OPTIONAL):
        item = item | {_NOTHING}
    return item, quantifier.end()


def _atom(pattern: str, at: int) -> tuple[set[Opening], int]:
    if pattern.startswith(_LOOKS, at):
        return {_NOTHING}, _closed(pattern, at) + 1
    if pattern.startswith("(?:", at):
        inner, end = _alternatives(pattern, at + 3)
        return inner, end + 1
    if pattern[at] == "[":
        end = pattern.index("]", at)
        letters = pattern[at + 1 : end]
        return {Opening(letter) for letter in letters} if letters.isalpha() else {_ANYTHING}, end + 1
    if pattern[at] == "\\":
        return {{"b": _BOUNDARY, "s": _GAP}.get(pattern[at + 1], _ANYTHING)}, at + 2
    if pattern[at] == ".":
        return {_ANYTHING}, at + 1
    return {Opening(pattern[at]) if pattern[at].isalnum() else _GAP}, at + 1


def _closed(pattern: str, at: int) -> int:
    """Where the parenthesis that opens at `at` is closed."""
    depth = 0
    while True:
        depth += {"(": 1, ")": -1}.get(pattern[at], 0)
        if not depth:
            return at
        at += 1
