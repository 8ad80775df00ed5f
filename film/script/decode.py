"""From the bytes of a text file to the text that spans index."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from schemas.errors import InvalidScript

MAX_BYTES = 5 * 1024 * 1024
"""Longest script that is read, in bytes: some twenty feature screenplays."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_CP1252 = "windows-1252"
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_WESTERN = {"windows-1252", "cp1252", "iso-8859-1", "latin1", "us-ascii"}
_MOSTLY = 0.9
_FEW_ZEROS = 0.05
"""With fewer zeros than this share of its bytes, what is UTF-8 besides is no UTF-16: a program's filling at the end."""
_MOST_ACCENTS = 0.3
"""Of the visible characters, at most this share are accented letters in a Western European language."""
_MOST_MARKS = 0.5
"""And at most this share is beyond ASCII at all, typographic quotes and dashes with them."""
_MISPLACED_CAPITAL = re.compile(r"[a-zß-öø-ÿ][ŠŒŽŸÀ-ÖØ-Þ]")
REMEDY = "export it as plain text or Fountain and hand that in"


class Decoded(NamedTuple):
    """A text, and how it was read."""

    text: str
    encoding: str
    """As people write it: `UTF-8`, `UTF-16-LE`, `WINDOWS-1252`."""


def decode_text(data: bytes, name: str) -> Decoded:
    r"""Decode a text file; the result is stored, and all spans count its code points.

    The encoding is the one a byte order mark names; without one UTF-16 by its pattern of zero bytes; the one an XML
    declaration names; UTF-8; and Windows-1252 where the bytes are no UTF-8 and read like a Western European
    language. The mark is dropped, and CR LF, CR, NEL and Unicode's own separators of
    lines and paragraphs become LF.

    Args:
        data: The file as given.
        name: Its name, for messages.

    Returns:
        Text that holds at least one visible character, with `\n` as its only line end, and its encoding.

    Raises:
        InvalidScript: The file is blank, binary, or in no encoding that can be told.
    """
    text, encoding = _text(data, name)
    control = _CONTROL.search(text)
    if control:
        raise InvalidScript(
            f"{name} is not text: it holds the control character U+{ord(control.group()):04X} "
            f"at position {control.start()}; {REMEDY}."
        )
    text = _LINE_END.sub("\n", text.lstrip("\ufeff"))
    if not text.strip():
        raise InvalidScript(f"{name} holds only white space: write a script into it first.")
    return Decoded(text, encoding.upper())


def _text(data: bytes, name: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, len(bom), encoding, name), encoding
    encoding = _utf16_by_zeros(data) or _declared(data) or "utf-8"
    if encoding != "utf-8":
        return _strict(data, 0, encoding, name), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        western = _western(data)
        if western is not None:
            return western, _CP1252
        raise InvalidScript(
            f"{name} is neither UTF-8 nor Windows-1252: byte {error.start} cannot be decoded; "
            "save it as UTF-8 and hand it in again."
        ) from error


def _strict(data: bytes, skip: int, encoding: str, name: str) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidScript(
            f"{name} is not valid {encoding.upper()}: byte {error.start + skip} cannot be decoded; "
            "save it as UTF-8 and hand it in again."
        ) from error


def _utf16_by_zeros(data: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark: every second byte of ASCII in it is zero, and no text has others."""
    zeros = data.count(0)
    if not zeros or len(data) % 2:
        return None
    odd = data[1::2].count(0)
    encoding = "utf-16-le" if odd >= _MOSTLY * zeros else "utf-16-be" if zeros - odd >= _MOSTLY * zeros else None
    if encoding is None or (zeros < _FEW_ZEROS * len(data) and _is_utf8(data)):
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else encoding


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes) -> str | None:
    declared = _DECLARED.match(data[:200])
    return _CP1252 if declared and declared[1].decode("ascii").lower() in _WESTERN else None


def _western(data: bytes) -> str | None:
    """Decode Windows-1252 where that is likely: not a damaged UTF-8, nor another code page that it would garble."""
    try:
        text = data.decode(_CP1252)
    except UnicodeDecodeError:
        return None  # holds a byte that Windows-1252 leaves undefined
    beyond = [letter for letter in text if letter > "\x7f"]
    accents = sum(map(str.isalpha, beyond))
    utf8 = data.decode("utf-8", "replace")
    sequences = sum(letter > "\x7f" for letter in utf8) - utf8.count("\ufffd")
    visible = len(text) - sum(map(text.count, " \t\r\n"))
    likely = (
        _CONTROL.search(text) is None
        and sequences < utf8.count("\ufffd")
        and accents <= max(1, _MOST_ACCENTS * visible)
        and len(beyond) <= max(1, _MOST_MARKS * visible)
        and len(_MISPLACED_CAPITAL.findall(text)) <= accents / 2
    )
    return text if likely else None
