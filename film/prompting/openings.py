r"""With which words patterns begin: by them a table of patterns is looked up, rather than tried row by row.

A table of eighty patterns asks eighty questions of a text, and most texts answer none. But each pattern begins with one
of a few words, so that the words of a text tell which rows may stand in it, and where. Many begin with words that every
text has, as `in the saddle`: these are tried only where a rarer word that they need is in the text as well.

Read are the patterns of this project's tables: letters, `a|b`, `(?:…)`, `[ae]`, `?`, `*`, `+`, `{1,3}`, `\b`, `\w`, `.`
and what looks ahead or behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from film.prompting.gates import letters_of

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


def needed(pattern: str) -> frozenset[str]:
    """Find beginnings of words of which whatever a pattern matches holds one: rare ones, if it has any.

    Args:
        pattern: The pattern, in small letters; what it matches begins a word.
    """
    return _needs(pattern, 0, begins=True, first=True)[0].stems


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
        self._needed: dict[str, list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            for letters, _, whole in openings(pattern.pattern):
                index = self._words if whole else self._stems
                index.setdefault(letters, []).append(number)
            for stem in needed(pattern.pattern):
                self._needed.setdefault(stem, []).append(number)
        self._reach = 1 + max(map(len, (*self._words, *self._stems, *self._needed)), default=0)
        """So many letters tell a word from all others: none is longer."""
        self._rows = lru_cache(maxsize=8192)(self._told)  # texts repeat their words

    def found(self, text: str, said: Iterable[str] | None = None) -> list[tuple[int, re.Match[str]]]:
        """Find the first match of each pattern.

        Args:
            text: In small letters.
            said: Its words, and maybe others, where they are known: what `film.prompting.gates.letters_of` finds.

        Returns:
            The numbers of those that are in it, in order, each with what `search` would return.
        """
        told = [self._rows(word[: self._reach]) for word in (letters_of(text) if said is None else said)]
        rows = _NO_ROWS.union(*[begun for begun, _ in told]) & _NO_ROWS.union(*[met for _, met in told])
        matches: dict[int, re.Match[str]] = {}
        for run in _RUN.finditer(text) if rows else ():
            for row in rows.intersection(self._rows(run[0][: self._reach])[0]):
                if row not in matches and (match := self._patterns[row].match(text, run.start())):
                    matches[row] = match
        return sorted(matches.items()) if matches else []

    def _told(self, word: str) -> tuple[frozenset[int], frozenset[int]]:
        """Numbers of the patterns that may begin with a word, and of those of which it meets the need."""
        begun: set[int] = set(self._words.get(word, ()))
        met: set[int] = set()
        for length in range(1, len(word) + 1):
            begun.update(self._stems.get(word[:length], ()))
            met.update(self._needed.get(word[:length], ()))
        return frozenset(begun), frozenset(met)


_NO_ROWS: frozenset[int] = frozenset()


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


class _Need(NamedTuple):
    """Beginnings of words of which a match holds one, and how little it says of a text that it has one."""

    stems: frozenset[str]
    weight: int


_COMMON = frozenset(
    "a across along an and another around at away back behind by down for from her him his in into it its of off on "
    "one onto or out over s some the their them through to two under up upon with".split()
)
"""What most texts hold some of."""
_COMMON_WEIGHT, _FIRST_WEIGHT = 20, 5
"""Where a pattern is tried one of its first words is anyway: to need the others says less than to need what follows."""
_UNKNOWN = _Need(frozenset(), 1_000_000)


def _needs(pattern: str, at: int, begins: bool, first: bool) -> tuple[_Need, bool, int]:
    """What alternatives need, whether a word begins behind each of them, and where they end.

    Args:
        pattern: The pattern.
        at: Where the first of them begins.
        begins: Whether a word begins there.
        first: Whether it is the pattern's first.
    """
    stems: frozenset[str] = frozenset()
    weight, behind = 0, True
    while True:
        need, after, at = _sequence_needs(pattern, at, begins, first)
        stems, weight, behind = stems | need.stems, weight + need.weight, behind and after
        if pattern[at : at + 1] != "|":
            return (_Need(stems, weight) if weight < _UNKNOWN.weight else _UNKNOWN), behind, at
        at += 1


def _sequence_needs(pattern: str, at: int, begins: bool, first: bool) -> tuple[_Need, bool, int]:
    best = _UNKNOWN
    while at < len(pattern) and pattern[at] not in "|)":
        need = _word_needed(pattern, at, first) if begins else _UNKNOWN
        inner, after, end = _atom_needs(pattern, at, begins, first)
        quantifier = _QUANTIFIER.match(pattern, end)
        optional = quantifier is not None and quantifier[0].startswith(_OPTIONAL)
        best = min(best if optional else inner, best, need, key=lambda one: one.weight)
        begins, first = after and (begins or not optional), first and begins and after
        at = quantifier.end() if quantifier else end
    return best, begins, at


def _atom_needs(pattern: str, at: int, begins: bool, first: bool) -> tuple[_Need, bool, int]:
    if pattern.startswith(_LOOKS, at):
        return _UNKNOWN, begins, _closed(pattern, at) + 1
    if pattern.startswith("(?:", at):
        need, after, end = _needs(pattern, at + 3, begins, first)
        return need, after, end + 1
    _, end = _atom(pattern, at)
    if pattern[at] == "\\":
        return _UNKNOWN, {"b": begins, "s": True}.get(pattern[at + 1], False), end
    return _UNKNOWN, not (pattern[at].isalnum() or pattern[at] in "[._"), end


def _word_needed(pattern: str, at: int, first: bool) -> _Need:
    """The word that begins at `at`, as far as certain letters tell it."""
    found = {_NOTHING}
    while at < len(pattern) and pattern[at] not in "|)" and not all(one.closed for one in found):
        item, at = _item(pattern, at)
        found = {one if one.closed else _followed(one, more) for one in found for more in item}
    stems = frozenset(one.letters for one in found)
    if any(not stem.strip() for stem in stems):
        return _UNKNOWN
    weight = len(stems) * (1 + _FIRST_WEIGHT * first) + _COMMON_WEIGHT * len(stems & _COMMON)
    return _Need(stems, weight)
