"""Files that hold scripts and are not read: known, so that the sentence can say what to do."""

from __future__ import annotations

import re
from functools import partial
from typing import NoReturn

from film.script.decode import REMEDY
from film.script.formats.format import Format
from schemas.errors import InvalidScript

_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"


def _refuse(what: str, remedy: str, _: bytes, name: str) -> NoReturn:
    raise InvalidScript(f"{name} is {what}, which is not read: {remedy}.")


def _begins(magic: bytes, data: bytes) -> bool:
    return data.startswith(magic)


def _open_document(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and _OPEN_DOCUMENT in data[:200]


_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def _web_page(data: bytes) -> bool:
    return _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]) is not None


FORMATS: tuple[Format, ...] = (
    Format(
        "HTML",
        frozenset({".html", ".htm"}),
        holds=_web_page,
        importer=partial(_refuse, "a web page", "copy its text into a plain text file and hand that in"),
    ),
    Format(
        "OpenDocument",
        frozenset({".odt", ".fodt"}),
        holds=_open_document,
        importer=partial(_refuse, "an OpenDocument text", "save it as DOCX, or as plain text, and hand that in"),
    ),
    Format(
        "ZIP archive",
        frozenset({".zip", ".fadein", ".highland", ".celtx"}),
        holds=partial(_begins, b"PK\x03\x04"),
        importer=partial(_refuse, "a ZIP archive without a DOCX document (Fade In and Highland write such)", REMEDY),
    ),
    Format(
        "RTF",
        frozenset({".rtf"}),
        holds=partial(_begins, b"{\\rtf"),
        importer=partial(_refuse, "an RTF document", "save it as DOCX, or as plain text, and hand that in"),
    ),
    Format(
        "Word 97",
        frozenset({".doc"}),
        holds=partial(_begins, b"\xd0\xcf\x11\xe0"),
        importer=partial(
            _refuse,
            "a Word 97 document, or an encrypted one of Office",
            "save it as DOCX without a password and hand that in",
        ),
    ),
)
