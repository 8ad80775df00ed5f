"""Notes of Fountain: what stands between `[[` and `]]`, and which element each is in."""

from __future__ import annotations

from film.script.coverage import Raw, text_offset
from film.script.source import Range, Source
from schemas.enums import ElementKind
from schemas.script import Inset


def merged(ranges: list[Range]) -> list[Range]:
    """Ranges in order, those that touch made one."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def note(bare: Source, inner: Range, span: Range) -> Raw:
    """Make an element of a note.

    Args:
        bare: The script without its comments.
        inner: Where the note stands in it, brackets included.
        span: Where it stands in the script.
    """
    start, end = inner[0] + 2, inner[1] - 2
    words = bare.text[start:end].strip()
    start += bare.text[start:end].find(words)
    text, runs = bare.shown([(start, start + len(words))] if words else [], *span)
    return Raw(ElementKind.NOTE, text, *span, runs=runs)


def with_notes(elements: list[Raw], words: list[Raw]) -> list[Raw]:
    """Insert the notes that no element's span covers, and hand the others to the elements that they stand in."""
    found: list[Raw] = []
    at = 0
    for one in words:
        while at < len(elements) and elements[at].end <= one.start:
            found.append(elements[at])
            at += 1
        if at == len(elements) or elements[at].start >= one.end:
            found.append(one)
        else:
            holder = elements[at]
            inset = Inset(text_offset(holder.runs, len(holder.text), one.start), one.text)
            elements[at] = holder._replace(notes=(*holder.notes, inset))
    return found + elements[at:]
