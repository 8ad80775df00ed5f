"""The lines of a film: what a voice is recorded for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from schemas.enums import ElementKind, ScriptFormat
from schemas.script import Breakdown, Shot


class Line(NamedTuple):
    """A line of dialogue or narration, and where it begins in the film."""

    number: int
    """From 1, in the order of the script: it stays, however the film is divided into shots, cut or rearranged."""
    shot: str
    """Id of the shot in which it begins."""
    character: str
    """Id of who says it."""
    text: str
    start: int
    """Frame of the film."""
    end: int
    """First frame at which it has been said, in the last of its shots."""


def lines_in_order(breakdown: Breakdown) -> tuple[Line, ...]:
    """List the lines of a film.

    A line is an element of the script: one that goes on over several shots is one, also where others lie between.

    Args:
        breakdown: The film.

    Returns:
        Its lines, in the order in which they begin.
    """
    begins = [element.span.start for element in breakdown.elements]
    said = [
        (bisect_right(begins, line.span.start) - 1, shot.id, line, begin + line.start_frame)
        for shot, begin in shots_of(breakdown)
        for line in sorted(shot.dialogue, key=lambda line: line.start_frame)
    ]
    known = sorted({*_spoken(breakdown), *(element for element, *_ in said)})
    numbers = {element: number for number, element in enumerate(known, start=1)}
    lines: dict[int, Line] = {}
    for element, shot_id, line, start in said:
        end, number = start + line.frames, numbers[element]
        before = lines.get(number)
        if before is None:
            lines[number] = Line(number, shot_id, line.character, line.text, start, end)
        else:
            lines[number] = before._replace(text=f"{before.text} {line.text}", end=end)
    return tuple(lines.values())


def shots_of(breakdown: Breakdown) -> Iterator[tuple[Shot, int]]:
    """List the shots of a film, each with the frame at which it begins."""
    begin = 0
    for shot in breakdown.shots:
        yield shot, begin
        begin += shot.frames


def _spoken(breakdown: Breakdown) -> Iterator[int]:
    """List the elements that a film says, whether or not this one has shots of all of them."""
    prose, speaking = breakdown.format is ScriptFormat.PROSE, False
    for index, element in enumerate(breakdown.elements):
        told = element.kind is ElementKind.ACTION if prose else element.kind is ElementKind.LYRIC and speaking
        if element.text.strip() and (told or element.kind is ElementKind.DIALOGUE):
            yield index
        if element.kind is ElementKind.CHARACTER:
            speaking = True
        elif element.kind not in {ElementKind.DIALOGUE, ElementKind.PARENTHETICAL, ElementKind.NOTE, ElementKind.LYRIC}:
            speaking = False
