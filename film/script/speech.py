"""The lines of one speech: what of it is spoken, what is sung, and what only says how."""

from __future__ import annotations

from collections.abc import Sequence

from film.script.cues import revised
from film.script.source import Line
from schemas.enums import ElementKind


def run_of(rows: Sequence[Line], at: int) -> tuple[ElementKind, int]:
    """Kind of the run of lines that begins at `at`, and where it ends."""
    if rows[at].plain.startswith("("):
        closed = _parenthetical_end(rows, at)
        if closed:
            return ElementKind.PARENTHETICAL, closed
    sung = rows[at].plain.startswith("~")
    end = at + 1
    while end < len(rows) and rows[end].plain.startswith("~") == sung:
        if rows[end].plain.startswith("(") and _parenthetical_end(rows, end):
            break
        end += 1
    return (ElementKind.LYRIC if sung else ElementKind.DIALOGUE), end


def _parenthetical_end(rows: Sequence[Line], at: int, longest: int = 4) -> int:
    """Index after a parenthetical that begins at `at`, 0 where there is none; it may run over a few lines."""
    for end in range(at, min(at + longest, len(rows))):
        plain = rows[end].plain
        plain = plain[: revised(plain)]
        if plain.endswith(")"):
            return end + 1
        if ")" in plain:
            return 0
    return 0
