"""A text of which some stretches are read differently from how they are written, and which still knows its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schemas.script import Run


class Edit(NamedTuple):
    """A stretch of the source, half-open, and what is read in its place."""

    start: int
    end: int
    instead: str = ""


class _Piece(NamedTuple):
    seen: int
    """Offset in the text that is read."""
    start: int
    end: int
    literal: bool
    """Whether the source is read letter by letter; else all of it stands for all of the piece."""


class Rewritten:
    """What a reader sees of a source.

    Attributes:
        text: The source with all edits made, for readers that know nothing of them.
    """

    def __init__(self, source: str, edits: Iterable[Edit]) -> None:
        made = _disjoint(edits)
        self._pieces: list[_Piece] = []
        parts: list[str] = []
        at = seen = 0
        for start, end, instead in [*made, Edit(len(source), len(source))]:
            for piece, words in (
                (_Piece(seen, at, start, literal=True), source[at:start]),
                (_Piece(seen + start - at, start, end, literal=False), instead),
            ):
                if words:
                    self._pieces.append(piece)
                    parts.append(words)
                    seen += len(words)
            at = end
        self.text = "".join(parts)
        self._starts = [piece.seen for piece in self._pieces]
        removed = [edit for edit in made if not edit.instead and edit.start < edit.end]
        self._opening = {edit.end: edit.start for edit in removed}
        self._closing = {edit.start: edit.end for edit in removed}

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text comes from.

        Args:
            start: Offset in `text`.
            end: Offset just after the stretch, which is not empty.

        Returns:
            Its range in the source, with the removed marks that touch it.
        """
        first, last = self._letter(start)[0], self._letter(end - 1)[1]
        while first in self._opening:
            first = self._opening[first]
        while last in self._closing:
            last = self._closing[last]
        return first, last

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """Where the letters of a stretch come from, without the marks around them; offsets are from its start."""
        at = start
        number = bisect_right(self._starts, start) - 1
        while at < end:
            piece = self._pieces[number]
            until = min(end, self._starts[number + 1] if number + 1 < len(self._starts) else end)
            if piece.literal:
                first = piece.start + at - piece.seen
                yield Run(at - start, first, first + until - at)
            else:
                yield Run(at - start, piece.start, piece.end)
            at, number = until, number + 1

    def _letter(self, at: int) -> tuple[int, int]:
        piece = self._pieces[bisect_right(self._starts, at) - 1]
        if not piece.literal:
            return piece.start, piece.end
        return piece.start + at - piece.seen, piece.start + at - piece.seen + 1


def _disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """In order, without those that begin inside another."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
