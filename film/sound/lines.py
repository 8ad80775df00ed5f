"""The lines of a film in their order: what a voice is recorded for."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from schemas.script import Breakdown


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


def lines_in_order(breakdown: Breakdown) -> tuple[Line, ...]:
    """List the lines of a film.

    A long line that goes on over several shots is one: its parts lie in one element of the script.

    Args:
        breakdown: The film.

    Returns:
        Its lines.
    """
    begins = [element.span.start for element in breakdown.elements]
    lines: list[Line] = []
    last, begin = None, 0
    for shot in breakdown.shots:
        for said in sorted(shot.dialogue, key=lambda said: said.start_frame):
            element = bisect_right(begins, said.span.start) - 1
            start, end = begin + said.start_frame, begin + said.start_frame + said.frames
            if lines and element == last:
                before = lines[-1]
                lines[-1] = before._replace(text=f"{before.text} {said.text}", end=end)
            else:
                lines.append(Line(len(lines) + 1, shot.id, said.character, said.text, start, end))
            last = element
        begin += shot.frames
    return tuple(lines)
