"""Sets a shot's lines as a screenplay is typed: action across, cues and speech indented."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from film.sheet.fonts import LIST, SCRIPT, Letters
from film.sheet.lines import Line
from schemas.enums import ElementKind

INK, GREY, FAINT = 25, 105, 150
"""Shades of grey: the script, what is said about it, what was said before."""

POINTS = 9.0
"""Size of the script's letters; sixty of them are 114 mm wide in Courier."""
LEADING = 3.95
"""From one line of the script to the next, in mm."""
ACTION_WIDTH = 118.0


class _Column(NamedTuple):
    """Where a kind of element stands: as on a screenplay's page, narrower."""

    indent: float
    width: float
    style: str = ""
    shade: int = INK


_COLUMNS = {
    ElementKind.ACTION: _Column(0, ACTION_WIDTH),
    ElementKind.CHARACTER: _Column(38, 78),
    ElementKind.PARENTHETICAL: _Column(28, 52),
    ElementKind.DIALOGUE: _Column(18, 72),
    ElementKind.LYRIC: _Column(18, 72, "I"),
    ElementKind.TRANSITION: _Column(60, 58),
    ElementKind.CENTERED: _Column(0, ACTION_WIDTH),
    ElementKind.SECTION: _Column(0, ACTION_WIDTH, "B", GREY),
    ElementKind.SYNOPSIS: _Column(0, ACTION_WIDTH, "I", GREY),
    ElementKind.NOTE: _Column(0, ACTION_WIDTH, "I", GREY),
}
_STORY_SPEECH = _Column(0, ACTION_WIDTH)
"""A story's speech runs on like all of it."""
_TIGHT = {ElementKind.PARENTHETICAL, ElementKind.DIALOGUE, ElementKind.LYRIC}
"""Follow the line above without a gap."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of letters."""

    text: str
    x: float
    """Its column's left edge, in mm from the script's."""
    width: float
    """Its column's width, in mm."""
    family: str
    style: str
    shade: int
    align: str
    """`L`, `R` or `C`."""
    gap: bool = False
    """Whether an element begins with it, half a line below the one before."""


def set_script(lines: Sequence[Line], pdf: FPDF, letters: Letters, *, story: bool) -> list[Row]:
    """Break a shot's lines into rows.

    Args:
        lines: What stands beside the shot.
        pdf: Whose fonts measure it.
        letters: Knows what can be written.
        story: Whether it is prose, where speech is not indented.

    Returns:
        The rows from top to bottom.
    """
    found: list[Row] = []
    for line in lines:
        column = _COLUMNS[line.kind]
        if story and line.kind is ElementKind.DIALOGUE:
            column = _STORY_SPEECH
        shade = FAINT if line.again or line.ours else column.shade
        text = f"[[{line.text}]]" if line.kind is ElementKind.NOTE else line.text
        gap = bool(found) and not (line.kind in _TIGHT and not story)
        pdf.set_font(SCRIPT, column.style, POINTS)
        for row in broken(text, column.width, pdf, letters):
            align = _align(line.kind, row)
            found.append(Row(row, column.indent, column.width, SCRIPT, column.style, shade, align, gap))
            gap = False
    return found


def set_fact(text: str, width: float, pdf: FPDF, letters: Letters, points: float) -> list[str]:
    """Break a fact into rows of the shot list's font."""
    pdf.set_font(LIST, "", points)
    return broken(text, width, pdf, letters)


def broken(text: str, width: float, pdf: FPDF, letters: Letters) -> list[str]:
    """Break a text where it is full, and where it was broken when it was typed; in the font that is set.

    Args:
        text: As typed.
        width: Of the column, in mm.
        pdf: Whose font measures it.
        letters: Knows what can be written.

    Returns:
        Its rows; at least one.
    """
    rows: list[str] = []
    for typed in letters.writable(text).split("\n"):
        if not typed.strip():
            rows.append("")
            continue
        letters.shape(typed)
        split = pdf.multi_cell(width, text=typed.rstrip(), align="L", dry_run=True, output=MethodReturnValue.LINES)
        rows += cast(list[str], split)
    return rows or [""]


def _align(kind: ElementKind, text: str) -> str:
    if kind is ElementKind.CENTERED:
        return "C"
    if kind is ElementKind.TRANSITION or _runs_leftwards(text):
        return "R"
    return "L"


def _runs_leftwards(text: str) -> bool:
    """Whether the first letter that has a direction is one of Hebrew, Arabic or their like."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
