"""Reads the text of a script of any format, finding out which it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from film.script.formats import FORMATS
from film.script.formats.format import Reading
from film.script.titles import stem
from schemas.enums import ScriptFormat, SkippedKind
from schemas.errors import InvalidScript
from schemas.script import Element, Screenplay, Skipped, Span

MAX_SCENES = 5_000
"""Most scenes a script may have: ten times what the longest films have."""

MAX_PARAGRAPH = 100_000
"""Most code points an element may have: some forty pages without a break."""

MAX_LINES = 250_000
"""Most lines, empty ones with them."""

_HEADINGS = re.compile(r"^[ \t]*(?:INT|EXT|EST|I/E)[. /]|\"Scene Heading\"", re.MULTILINE)


def read(text: str, name: str) -> Screenplay:
    """Read a script.

    The content decides what it is; the name's suffix only tips the scale where the content leaves it open.

    Args:
        text: The text of the script, as `import_text` returns it.
        name: The file's name: a hint, the title where the script has none, and what messages call it.

    Returns:
        The script's elements in order, with spans into `text`, and what lies between them. Elements of a screenplay
        carry the index of their scene, those before the first heading carry None.

    Raises:
        InvalidScript: The script is broken or beyond what can be filmed, or there is nothing in it to be shown.
    """
    _check_scenes(text, name)
    kind, reading = _reading(text, name)
    if not reading.title and not any(element.text.strip() for element in reading.elements):
        raise InvalidScript(f"{name} holds nothing that can be shown: write what is seen or said.")
    for element in reading.elements:
        if len(element.text) > MAX_PARAGRAPH:
            _refuse_paragraph(text, element.span.start, name)
    skipped = reading.skipped if reading.skipped is not None else tuple(_between(text, reading))
    return Screenplay(title=reading.title or stem(name), format=kind, elements=tuple(reading.elements), skipped=skipped)


def _reading(text: str, name: str) -> tuple[ScriptFormat, Reading]:
    """Ask the formats in their order; the last takes every text."""
    measured = False
    for row in FORMATS:
        if row.reader is None or row.kind is None:
            continue
        if row.lined and not measured:
            _check_lines(text, name)
            measured = True
        reading = row.reader(text, name)
        if reading is not None:
            return row.kind, reading
    raise AssertionError("no format takes this text")


def _check_scenes(text: str, name: str) -> None:
    """Refuse what cannot become a film before time is spent on it."""
    scenes = sum(1 for _ in _HEADINGS.finditer(text))
    if scenes > MAX_SCENES:
        raise InvalidScript(f"{name} has {scenes:,} scenes, a film has at most {MAX_SCENES:,}: split it into several.")


def _check_lines(text: str, name: str) -> None:
    if text.count("\n") > MAX_LINES:
        raise InvalidScript(
            f"{name} has more than the {MAX_LINES:,} lines a script may have: split it into several films."
        )
    if len(text) <= MAX_PARAGRAPH:
        return
    start = 0
    while (end := text.find("\n", start)) >= 0 or start < len(text):
        end = len(text) if end < 0 else end
        if end - start > MAX_PARAGRAPH:
            _refuse_paragraph(text, start, name)
        start = end + 1


def _refuse_paragraph(text: str, start: int, name: str) -> None:
    line = text.count("\n", 0, start) + 1
    raise InvalidScript(
        f"{name} has a paragraph of more than {MAX_PARAGRAPH:,} characters at line {line}: break it into paragraphs."
    )


def _between(text: str, reading: Reading) -> Iterator[Skipped]:
    """Name what no element holds: white space, a title before the first element, and else markup."""
    before = SkippedKind.TITLE_PAGE if reading.title else SkippedKind.MARKUP
    for start, end in _gaps(text, reading.elements):
        raw = text[start:end]
        inner = start + len(raw) - len(raw.lstrip())
        outer = inner + len(raw.strip())
        for kind, first, last in (
            (SkippedKind.BLANK, start, inner),
            (before, inner, outer),
            (SkippedKind.BLANK, outer, end),
        ):
            if first < last:
                yield Skipped(kind=kind, span=Span(start=first, end=last))
        before = SkippedKind.MARKUP


def _gaps(text: str, elements: Sequence[Element]) -> Iterator[tuple[int, int]]:
    at = 0
    for element in elements:
        yield at, element.span.start
        at = element.span.end
    yield at, len(text)
