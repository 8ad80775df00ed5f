"""Characters that nobody sees: white space, and what has no width."""

from __future__ import annotations

WIDTHLESS = (
    "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Soft hyphens, joiners, byte order marks inside a text, and marks of the writing direction: editors and web pages
leave them at the ends of lines, where they mean nothing."""
UNSEEN = "".join(filter(str.isspace, map(chr, range(0x3001)))) + WIDTHLESS
"""For `str.strip`: what is taken off the ends of a line. No white space has a higher code than U+3000."""
