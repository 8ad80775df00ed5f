"""Puts the paragraphs of printed prose together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from film.script.formats.rows import Row

_SOFT_HYPHEN = "\xad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_INDENT = 7.0
_FULL = 0.88
_OFTEN = 0.15
_ENDS = (".", "!", "?", '"', "”", "’", "»", ":", "…")


def prose(found: Sequence[Row]) -> list[str]:
    """Put paragraphs together.

    A paragraph begins after a gap, with an indented row, or below a row that its writer ended early.

    Args:
        found: A document's rows.

    Returns:
        Its paragraphs, each in one line. A word that was divided at a row's end is whole again.
    """
    left = _margin(row.left for row in found)
    right = max((row.right for row in found), default=0.0)
    words = set(_WORD.findall(" ".join(row.text for row in found)))
    paragraphs: list[str] = []
    last: Row | None = None
    for row in found:
        text = " ".join(row.text.split())
        if last is None or _begins(row, last, left, right):
            paragraphs.append(text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], text, words)
        last = row
    return paragraphs


def _begins(row: Row, last: Row, left: float, right: float) -> bool:
    indented = row.left > left + _INDENT
    if row.gap or (indented and not abs(row.left - last.left) < _INDENT):
        return True
    if last.left > left + _INDENT * 6:
        return True  # centred: a heading, or an ornament
    full = last.right - left >= _FULL * (right - left)
    ended = last.text.endswith(_ENDS)
    if row.first:
        return indented or (ended and not full)
    return (indented and last.left > left + _INDENT and ended) or (not full and ended and row.text[:1].isupper())


def _margin(values: Iterable[float]) -> float:
    """The leftmost position at which rows often begin: paragraphs' first rows may be as many as the others."""
    counts = Counter(round(value) for value in values)
    often = max(counts.values(), default=0) * _OFTEN
    return float(min((left for left, count in counts.items() if count >= often), default=0))


def _joined(before: str, text: str, words: set[str]) -> str:
    """Join two rows; a divided word is written as elsewhere in the document, and else without its hyphen."""
    if not before.endswith(_SOFT_HYPHEN):
        return f"{before} {text}"
    stem = before.rstrip(_SOFT_HYPHEN)
    head = _WORD.findall(stem)[-1:]
    tail = _WORD.match(text)
    if head and tail and f"{head[0]}-{tail.group()}" in words and head[0] + tail.group() not in words:
        return f"{stem}-{text}"
    return f"{stem}- {text}" if stem.endswith("-") else stem + text
