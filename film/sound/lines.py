"""The lines of a film in their order: what a voice is recorded for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from schemas.script import Breakdown, Span


class Line(NamedTuple):
    """A line of dialogue or narration, and where it begins in the film."""

    number: int
    """From 1, in the order of the film; it does not depend on how the film is divided into shots."""
    shot: str
    """Id of the shot in which it begins."""
    character: str
    """Id of who says it."""
    text: str
    start: int
    """Frame of the film."""
    end: int
    """First frame at which it has been said, in the last of its shots."""


def lines_in_order(breakdown: Breakdown, script: Breakdown | None = None) -> tuple[Line, ...]:
    """List the lines of a film.

    A long line that goes on over several shots is one: its parts lie in one element of the script.

    Args:
        breakdown: The film.
        script: The breakdown of its script, where shots of it were removed or moved: lines keep the numbers that they
            have there.

    Returns:
        Its lines, in its order; each once, where it begins first.
    """
    begins = [element.span.start for element in breakdown.elements]
    known = [] if script is None else [bisect_right(begins, span.start) - 1 for span in _spans(script)]
    numbers = {element: number for number, element in enumerate(dict.fromkeys(known), 1)}
    lines: dict[int, Line] = {}
    begin = 0
    for shot in breakdown.shots:
        for said in sorted(shot.dialogue, key=lambda said: said.start_frame):
            element = bisect_right(begins, said.span.start) - 1
            start, end = begin + said.start_frame, begin + said.start_frame + said.frames
            before = lines.get(element)
            if before is not None:
                lines[element] = before._replace(text=f"{before.text} {said.text}", end=end)
            else:
                number = numbers.get(element, len(lines) + 1)
                lines[element] = Line(number, shot.id, said.character, said.text, start, end)
        begin += shot.frames
    return tuple(lines.values())


def _spans(script: Breakdown) -> Iterator[Span]:
    for shot in script.shots:
        for said in sorted(shot.dialogue, key=lambda said: said.start_frame):
            yield said.span
