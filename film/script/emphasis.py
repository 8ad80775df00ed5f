"""Fountain's and Markdown's emphasis: `*italic*`, `**bold**`, `***both***`, `_underlined_`."""

from __future__ import annotations

import re

Range = tuple[int, int]

_MARK = re.compile(r"\\[*_\\]|\*+|_+")
_MOST_STARS = 3
_MOST_LINES = 2


def strip_emphasis(line: str) -> str:
    r"""Remove emphasis from one line; what is not closed, or is escaped as in `\*`, stays as text.

    Args:
        line: A line of source; emphasis never runs over a line's end.

    Returns:
        The line without its marks.
    """
    if not has_marks(line):
        return line
    return "".join(line[start:end] for start, end in without_emphasis(line))


def has_marks(line: str) -> bool:
    """Whether a line holds anything that emphasis, or an escape, might be made of."""
    return "*" in line or "_" in line or "\\" in line


def without_emphasis(line: str) -> list[Range]:
    r"""Find what remains of a line without its emphasis.

    A mark opens where no white space follows it and closes where none precedes it; an underscore within a word is a
    letter, and so are four stars or three underscores in a row, which fill a blank or hide a word. One pass: a mark
    that closes is paired with the nearest open ones, star by star, so that `***a* b**` and `**a *b***` are both
    closed.

    Args:
        line: A line of source.

    Returns:
        The ranges that remain, in order and not empty; the whole line where it has no emphasis.
    """
    if not has_marks(line):
        return [(0, len(line))] if line else []
    drop: list[Range] = []
    stars: list[list[int]] = []
    under: dict[int, Range] = {}
    for match in _MARK.finditer(line):
        start, end = match.span()
        mark = line[start]
        if mark == "\\":
            drop.append((start, start + 1))
            continue
        before = line[start - 1] if start else " "
        after = line[end] if end < len(line) else " "
        if mark == "*" and end - start <= _MOST_STARS:
            _stars(start, end, not before.isspace(), not after.isspace(), stars, drop)
        elif mark == "_" and end - start <= _MOST_LINES and not (before.isalnum() and after.isalnum()):
            opened = under.pop(end - start, None)
            if opened and not before.isspace():
                drop += [opened, (start, end)]
            elif not after.isspace():
                under[end - start] = (start, end)
    return _left(len(line), sorted(drop))


def _stars(start: int, end: int, closes: bool, opens: bool, opened: list[list[int]], drop: list[Range]) -> None:
    """Pair a run of stars with the nearest open ones; what is left of it may open.

    Args:
        start: Where the run starts.
        end: Where it ends.
        closes: Whether it may close emphasis.
        opens: Whether it may open some.
        opened: Runs that wait to be closed, each as its start and end; the last one is the nearest. Changed.
        drop: Marks that were paired. Changed.
    """
    while closes and start < end and opened:
        first, last = opened[-1]
        if last >= start:
            break
        size = min(last - first, end - start)
        drop += [(last - size, last), (start, start + size)]
        start += size
        if last - size == first:
            opened.pop()
        else:
            opened[-1][1] = last - size
    if opens and start < end:
        opened.append([start, end])


def _left(length: int, drop: list[Range]) -> list[Range]:
    kept: list[Range] = []
    at = 0
    for start, end in [*drop, (length, length)]:
        if at < start:
            kept.append((at, start))
        at = max(at, end)
    return kept
