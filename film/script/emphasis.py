"""Fountain's and Markdown's emphasis: `*italic*`, `**bold**`, `***both***`, `_underlined_`."""

from __future__ import annotations

import re

_MARK = re.compile(r"\\[*_\\]|\*{1,3}|_")


def strip_emphasis(line: str) -> str:
    r"""Remove emphasis from one line; what is not closed, or is escaped as in `\*`, stays as text.

    A mark opens where no white space follows it and closes where none precedes it; an underscore within a word
    is a letter. One pass: each mark is paired with the nearest open one of its kind.

    Args:
        line: A line of source; emphasis never runs over a line's end.

    Returns:
        The line without its marks.
    """
    if "*" not in line and "_" not in line:
        return line
    drop: list[tuple[int, int]] = []
    opened: dict[str, tuple[int, int]] = {}
    for match in _MARK.finditer(line):
        mark, start, end = match.group(), match.start(), match.end()
        if mark[0] == "\\":
            drop.append((start, start + 1))
            continue
        before = line[start - 1] if start else " "
        after = line[end] if end < len(line) else " "
        if mark == "_" and before.isalnum() and after.isalnum():
            continue
        if mark in opened and not before.isspace() and start > opened[mark][1]:
            drop += [opened.pop(mark), (start, end)]
        elif not after.isspace():
            opened[mark] = (start, end)
    if not drop:
        return line
    kept: list[str] = []
    at = 0
    for start, end in sorted(drop):
        kept.append(line[at:start])
        at = end
    return "".join([*kept, line[at:]])
