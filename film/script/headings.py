"""How scene headings begin, and how they are numbered."""

from __future__ import annotations

import re
from typing import NamedTuple

from film.script.cues import is_upper, revised

_BEGINS = r"[*_]{0,3}(?:INT\.?/EXT|EXT\.?/INT|I\.?/E|E\.?/I|INT|EXT|EST)(?:[.\s]|$)"
_HEADING = re.compile(_BEGINS, re.IGNORECASE)
_NUMBER = re.compile(r"#([^#\s]{1,16})#$")
_LABEL = r"[A-Z]{0,3}\d{1,4}[A-Z]{0,3}"
_LEFT_MARGIN = re.compile(rf"({_LABEL})[.)]?\s+(?={_BEGINS})")
_RIGHT_MARGIN = re.compile(rf"({_LABEL})[.)]?")
_GAP = 3
"""So many spaces part a place from a number in the right margin; `INT. ROOM 12` has one."""


class Heading(NamedTuple):
    """A scene heading's parts."""

    start: int
    """Offset in the line of the place, behind a number in the margin or the dot that forces a heading."""
    end: int
    """Offset just after it, before the number."""
    number: str | None
    """The scene number as written, or None."""


def is_heading(line: str) -> bool:
    """Whether a line begins as a scene heading does, in bold or not: `INT.`, `EXT `, `I/E.` and their like."""
    return _HEADING.match(line) is not None


def is_numbered_heading(line: str) -> bool:
    """Whether a line is a heading with its number in the margin, as shooting scripts print it: `12  INT. HOUSE  12`."""
    return _LEFT_MARGIN.match(line) is not None and is_upper(line)


def is_forced(line: str) -> bool:
    """Whether a line is made a heading by the dot before it: a single one, with a letter or digit behind it."""
    return line.startswith(".") and line[1:2].isalnum()


def parts(line: str) -> Heading:
    """Divide a heading into its place and its number.

    Args:
        line: A heading without white space around it.

    Returns:
        Its parts; the number between `#`, or in the margins on either side.
    """
    start, end = 1 if is_forced(line) else 0, revised(line)
    line = line[:end]
    marked = _NUMBER.search(line)
    if marked:
        end = marked.start()
        return Heading(start, start + len(line[start:end].rstrip()), marked[1])
    left = _LEFT_MARGIN.match(line) if not start else None
    number = left[1] if left else None
    start = left.end() if left else start
    words = line[start:].rsplit(None, 1)
    right = _RIGHT_MARGIN.fullmatch(words[1]) if len(words) > 1 else None
    if right:
        gap = line[start + len(words[0]) : line.rindex(words[1])]
        if right[1] == number or (number is None and (len(gap) >= _GAP or "\t" in gap)):
            return Heading(start, start + len(words[0]), right[1])
    return Heading(start, end, number)
