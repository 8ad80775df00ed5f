"""One look that answers for many: most texts hold nothing of what a table of patterns tells of."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

_LETTERS = re.compile(r"[a-z]+")
_APART = bytes(code if chr(code).isalpha() else 32 for code in range(128)) + bytes(128)
"""Takes all that is no letter for a space: so a text without accents is divided in a third of the time."""


def letters_of(text: str) -> list[str]:
    """The words of a text in small letters, parted at all that is no letter from a to z: hyphens, figures, accents."""
    small = text.casefold()
    if small.isascii():
        return small.encode("ascii").translate(_APART).decode("ascii").split()
    return _LETTERS.findall(small)


def any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    r"""Join patterns into one that is found in a text exactly where one of them is.

    To look for one of eighty alternatives takes a third of the time of eighty looks. A word boundary that all begin
    with is taken out before them, so that nothing is tried in the midst of a word.

    Args:
        patterns: With the same flags, and without references back to their groups.

    Returns:
        A pattern for `search`; its groups mean nothing.
    """
    rows = list(patterns)
    led = all(row.pattern.startswith(r"\b") for row in rows)
    lead = r"\b" if led else ""
    return re.compile(
        lead + "(?:" + "|".join(f"(?:{row.pattern.removeprefix(lead)})" for row in rows) + ")", rows[0].flags
    )


def follow(words: Sequence[str], first: Container[str], second: Container[str]) -> bool:
    """Whether somewhere in a text a word of one kind stands right before one of another.

    Args:
        words: The text's, in order.
        first: Words of the one kind.
        second: Words of the other.
    """
    for at, word in enumerate(words[1:]):
        if word in second and words[at] in first:
            return True
    return False
