"""One mechanism for spans, whatever the format: what belongs to which element, and what to none.

A reader hands over its elements and the skipped stretches that it knows by name; everything else between the
elements is found here, so that each character of the script belongs to exactly one of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from film.script.unseen import UNSEEN
from schemas.base import unchecked
from schemas.enums import ElementKind, SkippedKind
from schemas.script import Element, Inset, Run, Skipped, Span

Range = tuple[int, int]
_span, _skip = unchecked(Span), unchecked(Skipped)


class Raw(NamedTuple):
    """An element before it is known which scene it is in."""

    kind: ElementKind
    text: str
    start: int
    end: int
    dual: bool = False
    number: str | None = None
    runs: tuple[Run, ...] = ()
    notes: tuple[Inset, ...] = ()


class Known(NamedTuple):
    """A stretch that its reader knows to belong to no element."""

    kind: SkippedKind
    start: int
    end: int


def tile(
    text: str, elements: Iterable[Range], known: Iterable[Known] = (), rest: SkippedKind | None = None
) -> tuple[Skipped, ...]:
    """Name every stretch of a script that no element covers.

    Args:
        text: The decoded script.
        elements: The elements' ranges, in order and disjoint.
        known: Stretches the reader knows, in any order. Where they overlap an element, the element keeps what is
            its own; where they overlap each other, the one that begins first does.
        rest: What remains that is not white space; None where the reader promises that nothing does.

    Returns:
        The skipped stretches, in order: together with the elements they cover the text without gap or overlap.

    Raises:
        ValueError: Elements overlap or leave the text, or something remains that nobody knows. The reader is wrong.
    """
    found: list[Skipped] = []
    at = 0
    named = sorted(known, key=lambda one: (one.start, one.end))
    upcoming = 0
    for start, end in [*elements, (len(text), len(text))]:
        if not at <= start <= end <= len(text):
            raise ValueError(f"element at {start}-{end} overlaps what ends at {at}, or leaves the text")
        while upcoming < len(named) and named[upcoming].start < start:
            kind, first, last = named[upcoming]
            first, stop = max(first, at), min(last, start)
            if first < stop:
                found += _unnamed(text, at, first, rest)
                found.append(_skipped(kind, first, stop))
                at = stop
            if last > end:
                break  # the rest of it lies behind the element
            upcoming += 1
        found += _unnamed(text, at, start, rest)
        at = end
    return tuple(found)


def _unnamed(text: str, start: int, end: int, rest: SkippedKind | None) -> list[Skipped]:
    """What a gap is made of: white space, and between it what the reader calls the rest."""
    if start == end:
        return []
    raw = text[start:end]
    words = raw.strip(UNSEEN)
    if not words:
        return [_skipped(SkippedKind.BLANK, start, end)]
    if rest is None:
        raise ValueError(f"nobody knows {words[:40]!r} at {start}")
    first = start + len(raw) - len(raw.lstrip(UNSEEN))
    last = first + len(words)
    parts = ((SkippedKind.BLANK, start, first), (rest, first, last), (SkippedKind.BLANK, last, end))
    return [_skipped(*part) for part in parts if part[1] < part[2]]


def _skipped(kind: SkippedKind, start: int, end: int) -> Skipped:
    return _skip(kind=kind, span=_span(start=start, end=end))


def runs_of(pieces: Sequence[Run], length: int, start: int, end: int) -> tuple[Run, ...]:
    """Join the pieces of a text into as few runs as say where it stands.

    Args:
        pieces: In the order of the text, without gaps in it.
        length: How long the text is, in characters.
        start: Where the element's span starts.
        end: Where it ends.

    Returns:
        The runs; none where the text is the source of the span itself.
    """
    joined: list[Run] = []
    linear = False
    for number, (at, first, last) in enumerate(pieces):
        seen = (pieces[number + 1].at if number + 1 < len(pieces) else length) - at
        literal = seen == last - first
        if joined and linear and literal and joined[-1].end == first:
            joined[-1] = joined[-1]._replace(end=last)
        else:
            joined.append(Run(at, first, last))
        linear = literal
    return () if joined == [Run(0, start, end)] else tuple(joined)


def text_offset(runs: Sequence[Run], length: int, place: int) -> int:
    """Find where something that is not shown stands among what is.

    Args:
        runs: Where a text stands in its source, letter by letter.
        length: How long the text is, in characters.
        place: Offset in the source.

    Returns:
        Offset in the text of the first character that comes from behind the place.
    """
    number = bisect_right(runs, place, key=lambda run: run.start) - 1
    if number < 0:
        return 0
    following = runs[number + 1].at if number + 1 < len(runs) else length
    return min(runs[number].at + place - runs[number].start, following)


def part_span(element: Element, start: int, end: int) -> Span:
    """Find the source of a part of an element's text, exactly, with emphasis or notes inside it or not.

    Args:
        element: As read.
        start: Offset in `element.text` of the part's first character.
        end: Offset just after its last one.

    Returns:
        The part's source, from its first visible character to its last; marks around it are left out. An empty
        part has an empty span.

    Raises:
        ValueError: The part is not in the text.
    """
    if not 0 <= start <= end <= len(element.text):
        raise ValueError(f"{start}-{end} is no part of a text of {len(element.text)} characters")
    runs = element.runs
    if not runs and len(element.text) == element.span.end - element.span.start:
        return _span(start=element.span.start + start, end=element.span.start + end)
    runs = runs or (Run(0, element.span.start, element.span.end),)
    first = _source(runs, start, len(element.text)).start
    if start == end:
        return Span(start=first, end=first)
    return Span(start=first, end=_source(runs, end - 1, len(element.text)).end)


def _source(runs: Sequence[Run], at: int, length: int) -> Run:
    """The source of the character at an offset of a text of some length; that of its end is just behind it."""
    number = max(0, bisect_right(runs, at, key=lambda run: run.at) - 1)
    run = runs[number]
    seen = (runs[number + 1].at if number + 1 < len(runs) else length) - run.at
    if seen != run.end - run.start:
        return run
    return Run(at, min(run.start + at - run.at, run.end), min(run.start + at - run.at + 1, run.end))
