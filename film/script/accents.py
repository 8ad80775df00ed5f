"""Letters without their accents, by which `Renée` and `Renee` are one name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_BARE = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ё": "е", "Ё": "Е", "ı": "i"})
"""Letters that Unicode does not take apart, though writers leave the stroke out."""
_ACCENTS_END = "\u0400"
"""Marks are taken off Latin and Greek letters only: in other scripts they make other letters."""


def without_accents(text: str) -> str:
    """Take accents off Latin and Greek letters: `Renée` becomes `Renee`. The length stays the same."""
    if text.isascii():
        return text
    return "".join(_bare(letter) for letter in unicodedata.normalize("NFC", text).translate(_BARE))


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    if "\x7f" < letter < _ACCENTS_END or "\u1e00" <= letter < "\u2000":
        return unicodedata.normalize("NFKD", letter)[0] if letter.isalpha() else letter
    return letter
