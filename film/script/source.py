"""A script's lines without what is not shown, each still knowing where it comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from film.script.coverage import runs_of
from film.script.unseen import UNSEEN
from schemas.script import Run

Range = tuple[int, int]

_EMPTY_LINE = re.compile(r"\n[ \t]?\n")


@dataclass(slots=True)
class Line:
    """One line as a reader of the printed page would see it. Nobody changes one."""

    text: str
    """Without its line end, boneyard and notes; emphasis and indentation are still there."""
    plain: str
    """The same without the white space around it."""
    at: int
    """Offset of its first character in what is seen of the script."""
    start: int
    """Offset in the source of the first character that is seen."""
    end: int
    """Offset in the source just after the last one."""
    noted: bool = False
    """Whether it is blank only because all that stood in it was a note or a comment."""

    @property
    def blank(self) -> bool:
        """Whether nothing is seen of it."""
        return not self.plain


def boneyard(text: str) -> list[Range]:
    """Find what stands between `/*` and `*/`; a comment that is never closed is text."""
    found: list[Range] = []
    at = text.find("/*")
    while at >= 0:
        end = text.find("*/", at + 2)
        if end < 0:
            break
        found.append((at, end + 2))
        at = text.find("/*", end + 2)
    return found


def notes(text: str) -> list[Range]:
    """Find what stands between `[[` and `]]`; an empty line ends a note unfinished, one of two spaces does not.

    All searches only ever move forwards, so that the time is linear in the text.

    Args:
        text: A script without its boneyard.

    Returns:
        The notes' ranges, brackets included.
    """
    found: list[Range] = []
    close = gap = -1
    at = text.find("[[")
    while at >= 0:
        if close < at + 2:
            close = text.find("]]", at + 2)
            if close < 0:
                break
        if gap < at:
            empty = _EMPTY_LINE.search(text, at)
            gap = empty.start() if empty else len(text)
        if gap < close:
            at = text.find("[[", gap)
            continue
        found.append((at, close + 2))
        at = text.find("[[", close + 2)
    return found


class Source:
    """A text of which some ranges are not seen."""

    def __init__(self, text: str, removed: Iterable[Range]) -> None:
        """Take the ranges away.

        Args:
            text: The script.
            removed: What is not seen, in order and disjoint.
        """
        self._clean: list[int] = []
        self._origin: list[int] = []
        self._cuts: list[int] = []
        parts: list[str] = []
        at = length = 0
        for start, end in [*removed, (len(text), len(text))]:
            if at < start:
                self._clean.append(length)
                self._origin.append(at)
                parts.append(text[at:start])
                length += start - at
            if start < end:
                self._cuts.append(length)
            at = end
        self.text = "".join(parts)
        """What is seen."""
        self._source = text

    def origin(self, at: int) -> int:
        """Offset in the source of a character that is seen."""
        if not self._cuts:
            return at
        piece = bisect_right(self._clean, at) - 1
        return self._origin[piece] + at - self._clean[piece] if piece >= 0 else 0

    def ranges(self, start: int, end: int) -> list[Range]:
        """The source of what is seen from one offset to another, piece by piece."""
        found: list[Range] = []
        piece = max(0, bisect_right(self._clean, start) - 1)
        while start < end:
            limit = self._clean[piece + 1] if piece + 1 < len(self._clean) else len(self.text)
            stop = min(end, limit)
            first = self._origin[piece] + start - self._clean[piece]
            found.append((first, first + stop - start))
            start = stop
            piece += 1
        return found

    def shown(self, pieces: Sequence[Range], start: int, end: int) -> tuple[str, tuple[Run, ...]]:
        """Put an element's text together.

        Args:
            pieces: What it is made of, as ranges of what is seen.
            start: Where its span starts in the source.
            end: Where it ends.

        Returns:
            The text, and where it stands in the span.
        """
        text = "".join(self.text[first:last] for first, last in pieces)
        if len(text) == end - start and text == self._source[start:end]:
            return text, ()
        runs: list[Run] = []
        at = 0
        for piece in pieces:
            for first, last in self.ranges(*piece):
                runs.append(Run(at, first, last))
                at += last - first
        return text, runs_of(runs, at, start, end)

    def lines(self) -> list[Line]:
        """Split what is seen into lines; never empty."""
        if not self._cuts:
            return self._whole_lines()
        lines: list[Line] = []
        at = 0
        cuts = self._cuts
        cut = 0
        for text in self.text.split("\n"):
            end = at + len(text)
            while cut < len(cuts) and cuts[cut] < at:
                cut += 1
            touched = cut < len(cuts) and cuts[cut] <= end
            plain = text.strip(UNSEEN)
            if plain:
                first = at + len(text) - len(text.lstrip(UNSEEN))
                start = self.origin(first)
                lines.append(Line(text, plain, at, start, self.origin(first + len(plain) - 1) + 1))
            else:
                here = self.origin(at) if at < len(self.text) else len(self._source)
                lines.append(Line(text, "", at, here, here, noted=touched))
            at = end + 1
        return lines

    def _whole_lines(self) -> list[Line]:
        """The lines of a script of which all is seen, and where it is seen."""
        lines: list[Line] = []
        at = 0
        for text in self.text.split("\n"):
            plain = text.strip(UNSEEN)
            indented = plain and len(plain) < len(text)
            start = at + len(text) - len(text.lstrip(UNSEEN)) if indented else at
            lines.append(Line(text, plain, at, start, start + len(plain)))
            at += len(text) + 1
        return lines
