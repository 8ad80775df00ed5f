"""A script's lines without what is not shown, each still knowing where it comes from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a reader of the printed page would see it."""

    text: str
    """Without its line end, boneyard and notes; emphasis and indentation are still there."""
    start: int
    """Offset in the source of the first character that is not white space."""
    end: int
    """Offset in the source just after the last one."""
    noted: bool = False
    """Whether it is blank only because all that stood in it was a note."""

    @property
    def blank(self) -> bool:
        """Whether nothing is seen of it."""
        return not self.text or self.text.isspace()

    @property
    def plain(self) -> str:
        """The line without the white space around it."""
        return self.text.strip()


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


def notes(text: str, hidden: list[Range]) -> list[Range]:
    """Find what stands between `[[` and `]]` outside the boneyard; an empty line ends a note unfinished.

    Both searches only ever move forwards, so that the time is linear in the text.
    """
    found: list[Range] = []
    close = gap = -1
    bone = 0
    at = text.find("[[")
    while at >= 0:
        while bone < len(hidden) and hidden[bone][1] <= at:
            bone += 1
        if bone < len(hidden) and hidden[bone][0] <= at:
            at = text.find("[[", hidden[bone][1])
            continue
        if close < at + 2:
            close = text.find("]]", at + 2)
            if close < 0:
                break
        if gap < at:
            gap = text.find("\n\n", at)
            gap = len(text) if gap < 0 else gap
        if gap < close:
            at = text.find("[[", at + 2)
            continue
        found.append((at, close + 2))
        at = text.find("[[", close + 2)
    return found


def _merged(ranges: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Source:
    """A text of which some ranges are not seen."""

    def __init__(self, text: str, removed: list[Range]) -> None:
        self._clean: list[int] = []
        self._origin: list[int] = []
        parts: list[str] = []
        at = length = 0
        for start, end in [*_merged(removed), (len(text), len(text))]:
            if at < start:
                self._clean.append(length)
                self._origin.append(at)
                parts.append(text[at:start])
                length += start - at
            at = end
        self._text = "".join(parts)
        self._cuts = {cut for cut in self._clean if cut}

    def _source(self, at: int) -> int:
        if not self._clean:
            return 0
        piece = bisect_right(self._clean, at) - 1
        return self._origin[piece] + at - self._clean[piece]

    def lines(self) -> list[Line]:
        """Split what is seen into lines; never empty."""
        lines: list[Line] = []
        at = 0
        cuts = sorted(self._cuts)
        cut = 0
        for text in self._text.split("\n"):
            end = at + len(text)
            while cut < len(cuts) and cuts[cut] < at:
                cut += 1
            touched = cut < len(cuts) and cuts[cut] <= end
            stripped = text.strip()
            if stripped:
                first = at + len(text) - len(text.lstrip())
                start = self._source(first)
                lines.append(Line(text, start, self._source(first + len(stripped) - 1) + 1))
            else:
                here = self._source(at) if at < len(self._text) else 0
                lines.append(Line(text, here, here, noted=touched))
            at = end + 1
        return lines
