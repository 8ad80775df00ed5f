"""The rows of a printed document: what stands on one line, where, and how far below the one before."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

_SAME_LINE = 2.5
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*|p\.\s*|[\-–—]\s*)?(?:\d{1,4}|[ivxl]{1,7})\s*[.\-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_CONTINUED = re.compile(r"\(?\s*(?:CONTINUED|CONT(?:'|’)?D)\s*:?\s*\)?(?:\s*\(\s*\d+\s*\))?\s*:?", re.IGNORECASE)
_MORE = re.compile(r"\(\s*MORE\s*\)", re.IGNORECASE)
_MARGIN = 72.0
"""An inch: running heads and feet stand in it."""
_EDGE = 3
_FEW = 3
_GAP = 1.35


class Cell(NamedTuple):
    """A run of words of a row, without a wide gap."""

    left: float
    """In points from the left edge of the page."""
    right: float
    text: str


@dataclass
class Row:
    """A line of print."""

    cells: list[Cell]
    y: float
    """Its baseline, in points from the lower edge of the page."""
    page: int
    gap: bool = False
    """Whether more than a line's distance is above it."""
    first: bool = False
    """Whether it is its page's first."""
    more: bool = field(default=False)
    """Whether the speech above it was marked as going on over the page."""

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.cells[-1].right

    @property
    def text(self) -> str:
        """All of its words."""
        return " ".join(cell.text for cell in self.cells)


def rows(pages: list[list[list[float | str]]], height: float) -> list[Row]:
    """Turn a document's runs into rows, without page numbers, running heads and feet, `(MORE)` and `(CONTINUED)`.

    Args:
        pages: For each page its runs (left, right, baseline, text), in points from its lower left corner.
        height: Of a page, in points.

    Returns:
        All rows in reading order.
    """
    found = [_page(runs, number) for number, runs in enumerate(pages)]
    repeated = _repeated(found, height)
    kept: list[Row] = []
    more = False
    for page in found:
        body = [row for at, row in enumerate(page) if not _is_furniture(row, at, len(page), height, repeated)]
        body, next_more = _without_marks(body)
        if body:
            body[0].first, body[0].more = True, more
            more = next_more
        kept += body
    pitch = _pitch(kept)
    for above, row in zip(kept, kept[1:], strict=False):
        row.gap = row.page == above.page and above.y - row.y > _GAP * pitch
    return kept


def _page(runs: list[list[float | str]], number: int) -> list[Row]:
    lines: list[tuple[float, list[Cell]]] = []
    for left, right, y, text in sorted(runs, key=lambda run: -float(run[2])):
        cell = Cell(float(left), float(right), str(text))
        if not cell.text:
            continue
        if lines and abs(lines[-1][0] - float(y)) <= _SAME_LINE:
            lines[-1][1].append(cell)
        else:
            lines.append((float(y), [cell]))
    for _, cells in lines:
        rightwards = not any(_RIGHT_TO_LEFT.search(cell.text) for cell in cells)
        cells.sort(key=lambda cell: cell.left if rightwards else -cell.left)
    return [Row(cells, y, number) for y, cells in lines]


def _mark(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "0", row.text), round(row.y / 3)


def _repeated(pages: list[list[Row]], height: float) -> set[tuple[str, int]]:
    """What stands at the same place of the margin on many pages, but for its numbers."""
    counts = Counter(
        mark for page in pages for mark in {_mark(row) for row in page if not _MARGIN < row.y < height - _MARGIN}
    )
    enough = max(_FEW, len(pages) // 3)
    return {mark for mark, count in counts.items() if count >= enough}


def _is_furniture(row: Row, at: int, count: int, height: float, repeated: set[tuple[str, int]]) -> bool:
    if _MARGIN < row.y < height - _MARGIN or _EDGE <= at < count - _EDGE:
        return False
    above = row.y >= height - _MARGIN
    return _mark(row) in repeated or (bool(_PAGE_NUMBER.fullmatch(row.text)) and (above or at == count - 1))


def _without_marks(page: list[Row]) -> tuple[list[Row], bool]:
    """Drop what only says that something goes on over the page; whether a speech does."""
    kept: list[Row] = []
    more = False
    for at, row in enumerate(page):
        edge = at < _EDGE or at >= len(page) - _EDGE
        words = " ".join(cell.text for cell in row.cells if not is_scene_number(cell.text))
        if edge and _MORE.fullmatch(words):
            more = True
        elif not (edge and _CONTINUED.fullmatch(words)):
            kept.append(row)
    return kept, more


def is_scene_number(text: str) -> bool:
    """Whether words could be a scene number in the margin, or a revision mark."""
    return bool(re.fullmatch(r"[A-Z]{0,2}\d{1,4}[A-Z]{0,3}\.?|\*+", text))


def _pitch(found: list[Row]) -> float:
    """The usual distance of two lines, in points: the smallest of those that are common."""
    steps = Counter(
        round(above.y - row.y, 0)
        for above, row in zip(found, found[1:], strict=False)
        if row.page == above.page and above.y - row.y > _SAME_LINE
    )
    if not steps:
        return 12.0
    common = steps.most_common(1)[0][1] * 0.25
    return min(step for step, count in steps.items() if count >= common)
