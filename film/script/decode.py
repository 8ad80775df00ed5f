"""From the bytes a user hands in to the text that spans index."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from schemas.errors import InvalidScript

MAX_BYTES = 5 * 1024 * 1024
"""Longest script that is read, in bytes: some twenty feature screenplays."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT and Fade In files are ZIP archives)"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "a Word 97 document"),
)
_REMEDY = "export it as plain text or Fountain and hand that in"


def decode(data: bytes, name: str) -> str:
    r"""Decode a script; the result is stored, and all spans count its code points.

    The encoding is the one a byte order mark names, and UTF-8 otherwise. The mark is dropped, and CR LF and CR
    become LF. Encodings are never guessed: a wrong guess would end up in subtitles.

    Args:
        data: The file as given.
        name: Its name, for messages.

    Returns:
        Text that holds at least one visible character, with `\n` as its only line end.

    Raises:
        InvalidScript: The file is empty, blank, too long, binary, or not in the encoding it claims.
    """
    if len(data) > MAX_BYTES:
        raise InvalidScript(
            f"{name} is larger than the {MAX_BYTES // 2**20} MiB a script may have: split it into several films."
        )
    if not data:
        raise InvalidScript(f"{name} is empty: write a script into it first.")
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise InvalidScript(f"{name} is {what}, which is not read: {_REMEDY}.")
    text = _text(data, name)
    control = _CONTROL.search(text)
    if control:
        raise InvalidScript(
            f"{name} is not text: it holds the control character U+{ord(control.group()):04X} "
            f"at position {control.start()}; {_REMEDY}."
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InvalidScript(f"{name} holds only white space: write a script into it first.")
    return text


def _text(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, len(bom), encoding, name)
    return _strict(data, 0, "utf-8", name)


def _strict(data: bytes, skip: int, encoding: str, name: str) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidScript(
            f"{name} is not valid {encoding.upper()}: byte {error.start + skip} cannot be decoded; "
            "save it as UTF-8 and hand it in again."
        ) from error


def stem(name: str) -> str:
    """Make a title of a file's name: `the_last-ferry.fountain` becomes `The Last Ferry`."""
    words = re.sub(r"[\s_\-]+", " ", PurePath(name).stem).strip()
    return words.title() if words.islower() or words.isupper() else words or "Untitled"
