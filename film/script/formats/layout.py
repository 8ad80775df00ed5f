"""Tells what the rows of a printed screenplay are by where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from film.script.cues import is_cue
from film.script.formats.blocks import Block
from film.script.formats.columns import Columns, is_slug, measure
from film.script.formats.rows import Cell, Row, is_scene_number
from schemas.enums import ElementKind

_NUMBERED = re.compile(r"([A-Z]{0,2}\d{1,4}[A-Z]{0,3})[.)]?\s+(?=\S)")
_CONTINUED = re.compile(r"\s*\(\s*CONT(?:INUED|['’]?D)?\.?\s*\)", re.IGNORECASE)
_TRANSITION = re.compile(
    r"(?:FADE|CUT|DISSOLVE|SMASH|MATCH|WIPE|IRIS)\b.*[.:]?|FLASH TO WHITE[.:]?|.*\bTO:|.*\b(?:OUT|IN|BLACK)[.:]"
)
_NAME = re.compile(r"[^\W\d_][^\s_.?!:]*(?:[ .]+[^\s.?!:]+){0,3}(?:\s*\([^()]{1,40}\))*")
"""What may be a name above one of two speeches beside each other, in capitals or not: `McCoy (V.O.)`."""
_NAME_INDENT = 8.0
"""Such a name stands at least so many points right of what is said under it."""
_SOFT_HYPHEN = "\xad"


class Layout:
    """Reads the rows of one screenplay, front to back."""

    def __init__(self, found: Sequence[Row]) -> None:
        self._rows = found
        self._columns = measure(found)
        self._blocks: list[Block] = []
        self._speech = False
        """Whether the rows are within a speech."""
        self._open = False
        """Whether the row before left its paragraph open."""
        self._bracket = False
        """Whether a parenthetical was opened and not closed."""
        self._last: Row | None = None

    def blocks(self) -> list[Block]:
        """All paragraphs, each with what it is."""
        at = 0
        while at < len(self._rows):
            dual = self._dual(at)
            if dual > at:
                at = dual
                continue
            self._row(at)
            at += 1
        return self._blocks

    def _row(self, at: int) -> None:
        row, number = _numbered(self._rows[at], self._columns)
        words = row.text
        broken = row.gap or (row.first and not self._goes_on(row))
        if row.more and self._speech and _CONTINUED.search(words) and row.left > self._columns.dialogue:
            return  # the same speech, named again
        if broken:
            self._speech = self._speech and not row.gap and self._in_speech(row)
            self._open = self._bracket = False
        if row.left <= self._columns.action + self._columns.slack and is_slug(words):
            self._add(ElementKind.HEADING, words, number)
        elif number is not None and words.isupper():
            self._add(ElementKind.HEADING, words, number)
        elif self._is_cue(at, row):
            self._speech = True
            self._add(ElementKind.CHARACTER, words)
            self._open = False
        elif self._speech and self._in_speech(row):
            self._spoken(words, row)
        else:
            self._unspoken(words, row)
        self._last = row

    def _goes_on(self, row: Row) -> bool:
        """Whether the first row of a page goes on with the last one's paragraph."""
        if self._speech:
            return self._in_speech(row)
        before = self._blocks[-1].text if self._blocks else ""
        return row.text[:1].islower() and before[-1:] not in (".", "!", "?", '"', "”")

    def _in_speech(self, row: Row) -> bool:
        return self._columns.action + self._columns.slack < row.left < self._columns.cue + self._columns.slack

    def _is_cue(self, at: int, row: Row) -> bool:
        following = self._rows[at + 1] if at + 1 < len(self._rows) else None
        if following is None or following.gap or row.left <= self._columns.dialogue + self._columns.slack:
            return False
        if not self._columns.action + self._columns.slack < following.left < row.left + self._columns.slack:
            return False
        if abs(row.left - self._columns.cue) <= self._columns.slack and not self._bracket:
            return row.text[:1] != "(" and (self._last is None or row.gap or row.first or is_cue(row.text))
        return is_cue(row.text) and not self._speech

    def _spoken(self, words: str, row: Row) -> None:
        if self._bracket or (words.startswith("(") and row.left > self._columns.dialogue + self._columns.slack):
            self._add(ElementKind.PARENTHETICAL, words)
            self._bracket = ")" not in words
            self._open = self._bracket
            return
        self._open = self._open and self._blocks[-1].kind is ElementKind.DIALOGUE
        self._add(ElementKind.DIALOGUE, words)

    def _unspoken(self, words: str, row: Row) -> None:
        self._speech = False
        columns = self._columns
        if words.isupper() and row.left > columns.cue - columns.slack and _TRANSITION.fullmatch(words):
            self._add(ElementKind.TRANSITION, words)
            self._open = False
        elif words.isupper() and words.endswith(" TO:") and row.left > columns.dialogue:
            self._add(ElementKind.TRANSITION, words)
            self._open = False
        elif abs((row.left + row.right) / 2 - columns.middle) < columns.slack and row.left > columns.dialogue:
            self._add(ElementKind.CENTERED, words)
            self._open = False
        else:
            self._add(ElementKind.ACTION, words)

    def _add(self, kind: ElementKind, words: str, number: str | None = None) -> None:
        """Begin a paragraph, or go on with the one that is open."""
        if self._open and self._blocks and self._blocks[-1].kind is kind and number is None and self._last:
            limit = self._columns.limits.get(kind, 0.0)
            self._blocks[-1].text = join(self._blocks[-1].text, words, self._last, limit)
        else:
            self._blocks.append(Block(kind, words, number))
        self._open = True

    def _dual(self, at: int) -> int:
        """Read two speeches that stand beside each other; where they end, or `at` where there are none."""
        cells = self._rows[at].cells
        if len(cells) != 2 or not all(map(_may_be_name, cells)) or is_slug(cells[0].text):
            return at
        end = at + 1
        while end < len(self._rows) and not self._rows[end].gap and not self._rows[end].first:
            end += 1
        body = self._rows[at + 1 : end]
        border = min([cells[1].left, *(row.cells[1].left for row in body if len(row.cells) == 2)])
        sides: tuple[list[Row], list[Row]] = ([], [])
        for row in body:
            for cell in row.cells:
                sides[cell.left >= border - self._columns.slack].append(Row([cell], row.y, row.page))
        if end == at + 1 or not all(sides):
            return at
        indents = [cue.left - min(row.left for row in side) for cue, side in zip(cells, sides, strict=True)]
        if not all(is_cue(cell.text) for cell in cells) and min(indents) < _NAME_INDENT:
            return at
        for cue, spoken, dual in zip(cells, sides, (False, True), strict=True):
            self._blocks.append(Block(ElementKind.CHARACTER, cue.text, dual=dual))
            self._blocks += _beside(spoken)
        self._speech = self._open = False
        self._last = self._rows[end - 1]
        return end


def _may_be_name(cell: Cell) -> bool:
    """Whether words could be the name of one of two who speak at once; where they stand must say so as well."""
    return is_cue(cell.text) or (cell.text[:1].isupper() and _NAME.fullmatch(cell.text) is not None)


def _beside(spoken: Iterable[Row]) -> list[Block]:
    """The lines and parentheticals of one of two speeches beside each other."""
    found: list[Block] = []
    bracket = False
    for row in spoken:
        if bracket or row.text.startswith("("):
            if bracket:
                found[-1].text += f" {row.text}"
            else:
                found.append(Block(ElementKind.PARENTHETICAL, row.text))
            bracket = ")" not in row.text
        elif found and found[-1].kind is ElementKind.DIALOGUE:
            found[-1].text = _glued(found[-1].text, row.text)
        else:
            found.append(Block(ElementKind.DIALOGUE, row.text))
    return found


def _numbered(row: Row, columns: Columns) -> tuple[Row, str | None]:
    """Take the scene numbers and revision marks out of the margins."""
    cells = list(row.cells)
    number = None
    while len(cells) > 1 and cells[-1].left > columns.middle and is_scene_number(cells[-1].text):
        last = cells.pop()
        number = number or (None if "*" in last.text else last.text.rstrip("."))
    if len(cells) > 1 and cells[0].right < columns.action and is_scene_number(cells[0].text):
        number = cells.pop(0).text.rstrip(".")
    match = _NUMBERED.match(cells[0].text)
    if match and is_slug(cells[0].text[match.end() :]):
        number = match[1]
        cells[0] = Cell(columns.action, cells[0].right, cells[0].text[match.end() :])
        cells[-1] = cells[-1]._replace(text=re.sub(rf"\s+{re.escape(number)}\.?$", "", cells[-1].text))
    if number is not None and not " ".join(cell.text for cell in cells).isupper():
        number = None
    return Row(cells, row.y, row.page, row.gap, row.first, row.more), number


def join(before: str, words: str, last: Row, limit: float) -> str:
    """Join a row to the paragraph it belongs to.

    Args:
        before: The paragraph so far.
        words: The row's.
        last: The paragraph's last row.
        limit: Where the column ends, in points. A row that ends so early that the next word would have fitted was
            ended by the writer: its line end is kept.

    Returns:
        The paragraph, rows that were divided by the page's width joined by a space.
    """
    letter = median((cell.right - cell.left) / max(1, len(cell.text)) for cell in last.cells)
    if last.right + letter * (1 + len(words.split(" ", 1)[0])) <= limit - letter:
        return f"{before}\n{words}"
    return _glued(before, words)


def _glued(before: str, words: str) -> str:
    """Join two rows; in a screenplay words are not divided, so that a hyphen at the end is the writer's own."""
    if before.endswith(_SOFT_HYPHEN):
        stem = before.rstrip(_SOFT_HYPHEN)
        return f"{stem}- {words}" if stem.endswith("-") else f"{stem}-{words}"
    return f"{before} {words}"
