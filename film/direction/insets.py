"""Notes that stand inside a speech or an action: which of its words each is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from film.direction.words import Range
from schemas.script import Element


class Part(NamedTuple):
    """A stretch of an element's text, and the notes about it."""

    start: int
    end: int
    notes: tuple[str, ...] = ()
    behind: bool = False
    """Whether the notes stand behind the words, and so are about the last of them."""


def divided(element: Element, is_direction: Callable[[str], bool]) -> list[Part]:
    """Divide a speech where a note that directs stands in it.

    A note at the end of a line, or alone under it, is about the words before it in that line; any other is about
    those behind it.

    Args:
        element: A line of dialogue.
        is_direction: Whether a note directs; one that does not divides nothing.

    Returns:
        The parts, in order; together they are the whole text, and none is blank.
    """
    text = element.text
    found: list[Part] = []
    if not element.notes:
        return [Part(0, len(text))] if text else found
    at = 0
    notes: tuple[str, ...] = ()
    for place, words in element.notes:
        if not is_direction(words):
            continue
        if not text[at:place].strip():
            notes = (*notes, words)
            continue
        under = text[place - 1] == "\n"
        rest = text[place:].split("\n", 1)[0]
        closing = not any(map(str.isalnum, rest))  # nothing but a full stop is left of the line
        end = place if under else place + len(rest) if closing else place
        end += len(text[end:]) - len(text[end:].lstrip())
        if under or closing:
            line = max(at, text.rfind("\n", at, place - under) + 1)
            found += [Part(at, line, notes)] if line > at else []
            found.append(Part(line, end, (words,) if line > at else (*notes, words), behind=True))
            notes = ()
        else:
            found.append(Part(at, end, notes))
            notes = (words,)
        at = end
    return [*found, Part(at, len(text), notes)] if at < len(text) else found


def noted(element: Element, parts: Sequence[Range]) -> dict[int, list[str]]:
    """Find the parts of an action that the notes inside it stand in.

    Args:
        element: The action.
        parts: Ranges of its text, in order.

    Returns:
        The notes by the number of their part.
    """
    found: dict[int, list[str]] = {}
    for place, words in element.notes:
        number = bisect_right(parts, place, key=lambda part: part[0]) - 1
        if number >= 0:
            found.setdefault(number, []).append(words)
    return found
