"""Prose in plain text: whatever no other format claims."""

from __future__ import annotations

from film.script.formats.format import Format, Reading
from film.script.prose import read_prose
from schemas.enums import ScriptFormat, SkippedKind


def _read(text: str, name: str) -> Reading:
    return Reading(*read_prose(text, name), SkippedKind.PUNCTUATION)


FORMAT = Format("Prose", frozenset({".txt", ".text"}), reader=_read, kind=ScriptFormat.PROSE)
