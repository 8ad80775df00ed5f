"""Draws a storyboard's pages: beside each picture the script's lines and the shot list's facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

from film.sheet.facts import ShotFacts
from film.sheet.fonts import LIST, SCRIPT, Letters
from film.sheet.lines import Line
from film.sheet.typeset import FAINT, GREY, INK, LEADING, POINTS, Row, set_fact, set_script
from schemas.enums import Paper


@dataclass(frozen=True, slots=True)
class Panel:
    """All that stands on the sheet for one shot."""

    facts: ShotFacts
    lines: tuple[Line, ...]
    picture: Callable[[], bytes]
    """Draws the keyframe, as JPEG or PNG; called when its place is known, and once."""


@dataclass(frozen=True, slots=True)
class Act:
    """A scene of the sheet."""

    number: str
    heading: str
    written: bool
    """Whether the heading stands in the script; a story has none, and is given its place and time."""
    remark: str
    """How long it is."""
    panels: tuple[Panel, ...]


MARGIN = 10.0
"""All lengths are millimetres."""
HEAD = 14.2
"""From the upper edge to the first panel."""
BAR = 6.0
BAR_GAP = 2.2
GAP = 2.9
PICTURE = 55.0
PICTURE_HEIGHT = 60.0
"""At most; a standing picture is as high as this, and narrower."""
SCRIPT_LEFT = PICTURE + 6.0
FACT_POINTS, FACT_LEADING, FACT_NAME = 7.6, 3.4, 13.0
FACTS_WIDTH = 60.0
_LONGEST = 400
"""Letters of one line that are looked at; no page is wider."""
LEAST_ROWS = 3
"""A panel is not begun where fewer rows of its script would fit than these."""


class Sheet(FPDF):
    """A storyboard, page by page."""

    def __init__(self, title: str, remark: str, paper: Paper, aspect: float, folder: Path, *, story: bool) -> None:
        """Begin an empty sheet.

        Args:
            title: The film's.
            remark: A line about the whole film.
            paper: What it is printed on.
            aspect: The pictures' width over their height.
            folder: Where a font may be unpacked; it must stay until the sheet is written.
            story: Whether the script is prose.
        """
        super().__init__(orientation="landscape", unit="mm", format=paper.value)
        self.set_auto_page_break(False)
        self.set_margins(MARGIN, MARGIN)
        self.c_margin = 0
        self.letters = Letters(self, folder)
        self._title = self.letters.writable(" ".join(title.split()))
        self._remark = remark
        self._story = story
        self._picture = (min(PICTURE, PICTURE_HEIGHT * aspect), min(PICTURE / aspect, PICTURE_HEIGHT))
        self._bottom = self.h - MARGIN
        self._facts_left = self.w - 2 * MARGIN - FACTS_WIDTH
        self.set_title(self._title)
        self.set_creator("AI Film Studio")
        self.add_page()
        self.set_y(HEAD)

    def header(self) -> None:
        """The film's name and the page's number, at the head of each page."""
        self.set_text_color(INK)
        self.set_xy(MARGIN, 6)
        self.set_font(LIST, "", 8)
        self.letters.shape(self._remark)
        room = self.w - 2 * MARGIN - 24 - self.get_string_width(self._remark)
        self.set_font(LIST, "B", 11)
        self.cell(0, 5, self._clipped(self._title, room))
        self.set_font(LIST, "", 8)
        self.letters.shape(self._remark)
        self.set_text_color(GREY)
        self.set_xy(MARGIN, 6)
        self.cell(self.w - 2 * MARGIN - 18, 5, self._remark, align="R")
        self.set_draw_color(INK)
        self.set_line_width(0.3)
        self.line(MARGIN, 12, self.w - MARGIN, 12)
        self.set_y(HEAD)

    def act(self, act: Act) -> None:
        """Draw a scene: its heading, and its panels below."""
        for index, panel in enumerate(act.panels):
            script = set_script(panel.lines, self, self.letters, story=self._story)
            facts = self._set_facts(panel.facts)
            need = max(self._picture[1], _height(facts), _height(script[:LEAST_ROWS]) if script else 0)
            whole = max(need, _height(script))
            first = index == 0
            room = self._bottom - self.get_y() - (BAR + BAR_GAP if first else 0)
            if (whole if whole <= self._bottom - HEAD - BAR - BAR_GAP else need) > room:
                self.add_page()
                if not first:
                    self._bar(act, "continued")
            if first:
                self._bar(act, act.remark)
            self._panel(panel, script, facts, act)

    def written(self) -> bytes:
        """Number the pages, write the document, and let go of the fonts' files; nothing can be added afterwards."""
        self._number_pages()
        document = bytes(self.output())
        self.letters.close()
        return document

    def _number_pages(self) -> None:
        count = self.pages_count
        for page in range(1, count + 1):
            self.page = page
            self.set_font(SCRIPT, "", 8)  # A font that is set already would not be written into this page again.
            self.set_font(LIST, "B", 8)
            self.set_text_color(INK)
            self.set_xy(MARGIN, 6)
            self.cell(self.w - 2 * MARGIN, 5, f"{page} / {count}", align="R")

    def _bar(self, act: Act, remark: str) -> None:
        """A band with the scene's number and heading, as a screenplay numbers them, and how long it is."""
        top = self.get_y()
        self.set_fill_color(235)
        self.rect(MARGIN, top, self.w - 2 * MARGIN, BAR, style="F")
        self.set_text_color(INK)
        self.set_font(SCRIPT, "B", 10)
        self.set_xy(MARGIN + 2, top)
        number = self.letters.writable(act.number)
        self.cell(12, BAR, self._clipped(number, 11))
        self.set_xy(MARGIN + 14, top)
        if not act.written:
            self.set_font(LIST, "B", 9)
        heading = self.letters.writable(" ".join(act.heading.split()))
        self.cell(self.w - 2 * MARGIN - 80, BAR, self._clipped(heading, self.w - 2 * MARGIN - 84))
        self.set_font(LIST, "", 7.6)
        self.letters.shape(remark)
        self.set_text_color(GREY)
        self.set_xy(MARGIN, top)
        self.cell(self.w - 2 * MARGIN - 2, BAR, remark, align="R")
        self.set_y(top + BAR + BAR_GAP)

    def _panel(self, panel: Panel, script: Sequence[Row], facts: Sequence[Row], act: Act) -> None:
        top = self.get_y()
        width, height = self._picture
        self.image(panel.picture(), MARGIN, top, width, height)
        self.set_draw_color(INK)
        self.set_line_width(0.25)
        self.rect(MARGIN, top, width, height)
        self._rows(facts, MARGIN + self._facts_left, top, FACT_LEADING)
        rest, bottom = list(script), top
        while True:
            fits = _fitting(rest, self._bottom - top)
            bottom = max(bottom, self._rows(rest[:fits], MARGIN + SCRIPT_LEFT, top, LEADING))
            rest = rest[fits:]
            if not rest:
                break
            self.add_page()
            self._bar(act, f"{panel.facts.shot}, continued")
            top = bottom = self.get_y()
            height = 0
        bottom = max(bottom, top + height, top + (_height(facts) if height else 0))
        self.set_draw_color(205)
        self.set_line_width(0.15)
        self.line(MARGIN, bottom + GAP / 2, self.w - MARGIN, bottom + GAP / 2)
        self.set_y(bottom + GAP)

    def _set_facts(self, facts: ShotFacts) -> list[Row]:
        found = [
            Row(facts.shot, 0, FACTS_WIDTH, LIST, "B", INK, "L"),
            Row(facts.seconds, 0, FACTS_WIDTH, LIST, "B", INK, "R"),
        ]
        width = FACTS_WIDTH - FACT_NAME
        for name, value in facts.rows:
            for number, row in enumerate(set_fact(value, width, self, self.letters, FACT_POINTS)):
                if number == 0:
                    found.append(Row(name, 0, FACT_NAME, LIST, "", FAINT, "L"))
                found.append(Row(row, FACT_NAME, width, LIST, "", INK, "L"))
        return found

    def _clipped(self, text: str, width: float) -> str:
        """A text in the font that is set, cut, with an ellipsis, where it would be wider than there is room."""
        text = text[:_LONGEST]
        self.letters.shape(text)
        if self.get_string_width(text) <= width:
            return text
        while text and self.get_string_width(text + "…") > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def _rows(self, rows: Sequence[Row], left: float, top: float, leading: float) -> float:
        """Write rows; a row whose column does not begin right of the one before begins a new line.

        Returns:
            Where the last one ends.
        """
        y, before = top, None
        for row in rows:
            beside = before is not None and _beside(before, row)
            if before is not None and not beside:
                y += leading
            y += leading / 2 if row.gap and before is not None else 0
            self.set_font(row.family, row.style, FACT_POINTS if row.family == LIST else POINTS)
            self.set_text_color(row.shade)
            self.set_xy(left + row.x, y)
            self.letters.shape(row.text)
            self.cell(row.width, leading, row.text, align=row.align)
            before = row
        return y + leading if rows else top


def _beside(before: Row, row: Row) -> bool:
    """Whether two rows share a line: a fact stands beside its name, a length beside the shot's number."""
    return row.family == LIST and (row.align == "R" or (before.x < row.x))


def _height(rows: Sequence[Row]) -> float:
    if not rows:
        return 0.0
    leading = FACT_LEADING if rows[0].family == LIST else LEADING
    lines = 1 + sum(not _beside(before, row) for before, row in zip(rows, rows[1:], strict=False))
    return leading * (lines + sum(row.gap for row in rows[1:]) / 2)


def _fitting(rows: Sequence[Row], room: float) -> int:
    """How many rows of a script fit; at least one."""
    used = LEADING
    for count, row in enumerate(rows[1:], 1):
        used += LEADING * (1.5 if row.gap else 1.0)
        if used > room + 0.01:
            return count
    return len(rows)
