"""Reads the text of a script of any format, finding out which it is."""

from __future__ import annotations

import re

from film.collecting import uncollected
from film.script.coverage import tile
from film.script.formats import FORMATS
from film.script.formats.format import Reading
from film.script.limits import check_elements, check_paragraph, check_scenes, check_text
from film.script.titles import stem
from schemas.enums import ScriptFormat
from schemas.errors import InvalidScript
from schemas.script import Screenplay

_HEADINGS = re.compile(r"\n[ \t]*(?:INT|EXT|EST|I/E)[. /]")
"""Line ends are found at once; the beginnings of lines would be looked for at each letter."""
_FINAL_DRAFTS = '"Scene Heading"'


@uncollected()
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
    check_scenes(sum(1 for _ in _HEADINGS.finditer(f"\n{text}")) + text.count(_FINAL_DRAFTS), name)
    kind, reading = _reading(text, name)
    if not reading.title and not any(element.text.strip() for element in reading.elements):
        raise InvalidScript(f"{name} holds nothing that can be shown: write what is seen or said.")
    for element in reading.elements:
        check_paragraph(text, element.span.start, len(element.text), name)
    check_elements(len(reading.elements), name)
    ranges = [(one.span.start, one.span.end) for one in reading.elements]
    skipped = tile(text, ranges, reading.known, reading.rest)
    return Screenplay(title=reading.title or stem(name), format=kind, elements=tuple(reading.elements), skipped=skipped)


def _reading(text: str, name: str) -> tuple[ScriptFormat, Reading]:
    """Ask the formats in their order; the last takes every text."""
    measured = False
    for row in FORMATS:
        if row.reader is None or row.kind is None:
            continue
        if row.lined and not measured:
            check_text(text, name)
            measured = True
        reading = row.reader(text, name)
        if reading is not None:
            return row.kind, reading
    raise AssertionError("no format takes this text")
