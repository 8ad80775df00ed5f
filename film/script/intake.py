"""The one door through which a script's bytes come in, whatever wrote them."""

from __future__ import annotations

from dataclasses import dataclass

from film.script.decode import MAX_BYTES, decode_text
from film.script.formats import FORMATS
from film.script.reader import read
from schemas.errors import InvalidScript
from schemas.script import Screenplay


@dataclass(frozen=True)
class ImportedText:
    """The text of a script's file."""

    text: str
    """What is stored, and what all spans count."""
    encoding: str
    """How it was read: the encoding of a text file, or the name of the format that it was imported from."""


@dataclass(frozen=True)
class Script:
    """A script's file, understood."""

    original: bytes
    """As it was given."""
    text: str
    """What is stored, and what all spans count."""
    encoding: str
    """As in `ImportedText`."""
    screenplay: Screenplay


def open_script(data: bytes, name: str) -> Script:
    """Read a script's file. Takes up to seconds and may start a process: never call it on an event loop's thread.

    Args:
        data: The file as given.
        name: Its name: a hint at its format, the title where the script has none, and what messages call it.

    Raises:
        InvalidScript: It cannot be read, or holds nothing that could be shown; one sentence says what to do.
    """
    imported = import_text(data, name)
    return Script(data, imported.text, imported.encoding, read(imported.text, name))


def import_text(data: bytes, name: str) -> ImportedText:
    """Turn a file into text: decode it where it is text, import it where it is a document.

    Content decides what it is; the name is for messages alone.

    Args:
        data: The file as given.
        name: Its name.

    Raises:
        InvalidScript: The file is empty, blank, too long, damaged, or of a kind that is not read.
    """
    if len(data) > MAX_BYTES:
        raise InvalidScript(
            f"{name} is larger than the {MAX_BYTES // 2**20} MiB a script may have: split it into several films."
        )
    if not data:
        raise InvalidScript(f"{name} is empty: write a script into it first.")
    for row in FORMATS:
        if row.holds and row.importer and row.holds(data):
            return ImportedText(row.importer(data, name), row.name)
    return ImportedText(*decode_text(data, name))


def decode(data: bytes, name: str) -> str:
    """As `import_text`, and of it the text alone."""
    return import_text(data, name).text
