"""Spellings of one name: with accents or without, with hyphens, apostrophes and full stops or without."""

from __future__ import annotations

import re

from film.script.accents import without_accents

_WORD = re.compile(r"[^\W_]+")


_NUMBERS = {
    word: str(number) for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
"""`COP ONE` is `COP 1`."""


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The keys under which a name is one with its other spellings.

    Args:
        name: As written.

    Returns:
        Its words without case, accents, apostrophes and full stops: once with hyphens as spaces, once without them,
        so that `JEAN-LUC` meets `JEAN LUC` as well as `JEANLUC`; these two do not meet each other without it.
    """
    plain = without_accents(name).casefold().replace("'", "").replace("’", "")
    apart = tuple(_WORD.findall(plain))
    if len(apart) > 1 and apart[-1] in _NUMBERS:
        apart = (*apart[:-1], _NUMBERS[apart[-1]])
    if "-" not in plain:
        return (apart or (name,),)
    return (apart or (name,), tuple(_WORD.findall(plain.replace("-", ""))) or (name,))


class Spelling:
    """One spelling for names that differ in accents, case, hyphens, apostrophes and full stops only."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, ...], str] = {}
        self._seen: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The spelling first seen."""
        if name in self._seen:
            return self._seen[name]
        keys = spellings(name)
        first = next((self._first[key] for key in keys if key in self._first), name)
        for key in keys:
            self._first.setdefault(key, first)
        self._seen[name] = first
        return first

    def known(self, name: str) -> str:
        """The spelling first seen, without noting this one; the name itself where there is none."""
        if name in self._seen:
            return self._seen[name]
        return next((self._first[key] for key in spellings(name) if key in self._first), name)

    def others(self) -> dict[str, list[str]]:
        """By the spelling first seen the others, in the order of the script."""
        found: dict[str, list[str]] = {}
        for name, first in self._seen.items():
            if name != first:
                found.setdefault(first, []).append(name)
        return found
