"""Reads Fountain 1.1 (https://fountain.io/syntax) into elements, each with its span.

Lines are consumed once, front to back, and every pattern is anchored and free of nested repetition: the time
is linear in the text whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from film.script.coverage import Known, Raw
from film.script.cues import is_byline, is_cue, is_furniture, is_transition, is_upper, revised
from film.script.emphasis import has_marks, without_emphasis
from film.script.headings import is_forced, is_heading, is_numbered_heading, parts
from film.script.limits import check_elements, check_scenes, check_speakers
from film.script.noted import merged, note, with_notes
from film.script.source import Line, Range, Source, boneyard, notes
from film.script.speech import run_of
from film.script.titlepage import title_page
from film.script.unseen import UNSEEN, WIDTHLESS
from schemas.enums import ElementKind, SkippedKind

_PAGE_BREAK = re.compile(r"={3,}")
_MARKS = frozenset("=!#>~")
"""What a line begins with that only a mark makes what it is."""
_PADDED_SHARE = 0.5
_PAGES = "\v\f"
"""A printer's own characters, which programs put between pages."""
_SPEECH = {ElementKind.DIALOGUE, ElementKind.LYRIC, ElementKind.PARENTHETICAL}


class Reading(NamedTuple):
    """A screenplay as its text says it."""

    titles: dict[str, str]
    """The title page's values by lower-case key."""
    elements: list[Raw]
    """In the order of the text; their spans are disjoint."""
    known: list[Known]
    """What belongs to no element and is not white space."""


def read_fountain(text: str, name: str = "The script") -> Reading:
    """Read a screenplay.

    Notes that stand inside another element's text belong to that element's span, and so does a comment.

    Args:
        text: The decoded script.
        name: What messages call it.

    Returns:
        Title page, elements, and what lies between them.

    Raises:
        InvalidScript: It has more elements, comments or scenes than a script may have.
    """
    hidden = boneyard(text)
    check_elements(len(hidden), name)
    bare = Source(text, hidden)
    inner = notes(bare.text)
    check_elements(len(inner), name)
    noted = [(bare.origin(start), bare.origin(end - 1) + 1) for start, end in inner]
    source = Source(text, merged(hidden + noted))
    lines = source.lines()
    titles, first, start = title_page(lines)
    reader = _Reader(source, lines, start, name)
    elements = reader.read()
    page = (lines[first].start, lines[start - 1].end) if start else (0, 0)
    outside = [at for at, (begun, _) in enumerate(noted) if not page[0] <= begun < page[1]]
    words = [note(bare, inner[at], noted[at]) for at in outside]
    known = [Known(SkippedKind.BONEYARD, *bone) for bone in hidden]
    known += [Known(SkippedKind.TITLE_PAGE, *page), *reader.furniture]
    elements = with_notes(elements, words)
    check_elements(len(elements), name)
    return Reading(titles, elements, known)


class _Reader:
    """Turns lines into elements. `_at` is the next line; each `_read_*` consumes what it recognises."""

    def __init__(self, source: Source, lines: Sequence[Line], start: int, name: str) -> None:
        self.furniture: list[Known] = []
        self._source = source
        self._lines = lines
        self._at = start
        self._name = name
        self._elements: list[Raw] = []
        self._scenes = 0
        self._speakers: set[str] = set()
        self._opening = True
        """Whether nobody spoke yet, and no scene began: a title may stand here."""
        self._padded = self._blank_lines_are_padded()

    def read(self) -> list[Raw]:
        """Consume all lines."""
        plain: tuple[Callable[[Line], bool], ...] = (
            self._read_furniture,
            self._read_heading,
            self._read_transition,
            self._read_speech,
            self._read_action,
        )
        marked = (
            self._read_page_break,
            self._read_forced_action,
            self._read_section,
            self._read_synopsis,
            self._read_marked,
            self._read_lyrics,
            *plain,
        )
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.blank:
                self._at += 1
                continue
            for reader in marked if line.plain[0] in _MARKS else plain:
                if reader(line):
                    break
            check_elements(len(self._elements), self._name)
        return self._elements

    def _blank_lines_are_padded(self) -> bool:
        """Whether the script's blank lines hold white space throughout, so that it cannot mean anything."""
        blanks = [line for line in self._lines if line.blank and not line.noted]
        padded = sum(len(line.text) > 1 for line in blanks)
        return padded > 2 and padded > _PADDED_SHARE * len(blanks)

    def _line(self, at: int) -> Line | None:
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _blank(self, at: int) -> bool:
        return not 0 <= at < len(self._lines) or not self._lines[at].plain

    def _add(self, kind: ElementKind, rows: Sequence[Line], mark: int = 0, dual: bool = False) -> None:
        """Add an element of whole lines.

        Args:
            kind: Its kind.
            rows: Its lines, none of them blank.
            mark: How many characters at the beginning of each line are a marker.
            dual: Whether it is part of a speech spoken at the same time as the one before.
        """
        cuts = [(mark, len(row.plain)) for row in rows]
        self._add_cut(kind, rows, cuts, dual)

    def _add_cut(
        self,
        kind: ElementKind,
        rows: Sequence[Line],
        cuts: Sequence[Range],
        dual: bool = False,
        number: str | None = None,
    ) -> None:
        """Add an element of which only a part of each line, without the white space around it, is shown."""
        start, end = rows[0].start, rows[-1].end
        if len(rows) == 1 and cuts[0] == (0, end - start) and not has_marks(rows[0].plain):
            # Nothing in the line is hidden, and nothing is cut off: it is its own text, as most lines are.
            self._elements.append(Raw(kind, rows[0].plain, start, end, dual, number))
            return
        pieces: list[Range] = []
        line_end = -1
        for row, cut in zip(rows, cuts, strict=True):
            if line_end >= 0:
                pieces.append((line_end, line_end + 1))
            pieces += _seen(row, cut)
            line_end = row.at + len(row.text)
        text, runs = self._source.shown(pieces, start, end)
        self._elements.append(Raw(kind, text, start, end, dual, number, runs))

    def _add_line(self, kind: ElementKind, line: Line, cut: Range) -> bool:
        self._add_cut(kind, (line,), (cut,))
        self._at += 1
        return True

    def _read_page_break(self, line: Line) -> bool:
        return bool(_PAGE_BREAK.fullmatch(line.plain)) and self._add_line(ElementKind.PAGE_BREAK, line, (0, 0))

    def _read_furniture(self, line: Line) -> bool:
        """What a printed page has of its own, alone between blank lines; Fountain knows pages only as `===`."""
        if not self._blank(self._at + 1) or not is_furniture(line.plain[: revised(line.plain)]):
            return False
        self.furniture.append(Known(SkippedKind.FURNITURE, line.start, line.end))
        self._at += 1
        return True

    def _read_section(self, line: Line) -> bool:
        plain = line.plain
        title = len(plain) - len(plain.lstrip("#"))
        return 0 < title < len(plain) and self._add_line(ElementKind.SECTION, line, (title, len(plain)))

    def _read_synopsis(self, line: Line) -> bool:
        plain = line.plain
        return plain.startswith("=") and self._add_line(ElementKind.SYNOPSIS, line, (1, len(plain)))

    def _read_marked(self, line: Line) -> bool:
        """Centred text and forced transitions: what begins with `>`."""
        plain = line.plain
        if not plain.startswith(">"):
            return False
        if plain.endswith("<"):
            return self._add_line(ElementKind.CENTERED, line, (1, len(plain) - 1))
        return self._add_line(ElementKind.TRANSITION, line, (1, len(plain)))

    def _read_lyrics(self, line: Line) -> bool:
        if not line.plain.startswith("~"):
            return False
        block = self._block()
        if not all(row.plain.startswith("~") for row in block):
            return self._read_action(line)
        self._at += len(block)
        self._add(ElementKind.LYRIC, block, mark=1)
        return True

    def _read_heading(self, line: Line) -> bool:
        """A heading; one in upper case is believed even where no blank line follows it, as Fountain asks."""
        plain = line.plain[: revised(line.plain)]
        if not is_forced(plain) and not is_numbered_heading(plain):
            if not is_heading(plain) or not (self._blank(self._at + 1) or plain.upper() == plain):
                return False
        start, end, number = parts(plain)
        self._add_cut(ElementKind.HEADING, (line,), ((start, end),), number=number)
        self._at += 1
        self._scenes += 1
        self._opening = False
        check_scenes(self._scenes, self._name)
        return True

    def _read_transition(self, line: Line) -> bool:
        end = revised(line.plain)
        if not line.plain.endswith("TO:", 0, end):
            return False
        following = self._line(self._at + 1)
        alone = following is None or following.blank or is_heading(following.plain)
        text = line.plain[:end] if end < len(line.plain) else line.text.strip(WIDTHLESS + _PAGES).lstrip()
        return alone and is_transition(text) and self._add_line(ElementKind.TRANSITION, line, (0, end))

    def _read_forced_action(self, line: Line) -> bool:
        return line.plain.startswith("!") and self._read_action(line)

    def _read_action(self, _: Line) -> bool:
        block = self._block()
        self._at += len(block)
        rows = [row for row in block if not row.blank]
        cuts = [(1 if row.plain.startswith("!") else 0, len(row.plain)) for row in rows]
        self._add_cut(ElementKind.ACTION, rows, cuts)
        return True

    def _block(self) -> list[Line]:
        """The lines from here to the end of the paragraph, or to a line that is plainly something else."""
        end = self._at + 1
        while end < len(self._lines):
            line = self._lines[end]
            if line.blank:
                if not line.noted or self._blank(end + 1) or self._interrupts(end + 1):
                    break
            elif self._interrupts(end):
                break
            end += 1
        return list(self._lines[self._at : end])

    def _interrupts(self, at: int) -> bool:
        plain = self._lines[at].plain
        if plain[0] in _MARKS and (_PAGE_BREAK.fullmatch(plain) or (plain[0] == ">" and plain[-1] == "<")):
            return True
        return self._blank(at + 1) and is_upper(plain) and (is_heading(plain) or is_numbered_heading(plain))

    def _read_speech(self, line: Line) -> bool:
        forced = line.plain.startswith("@") and len(line.plain) > 1
        if not (forced or is_cue(line.plain[: revised(line.plain)])):
            return False
        first = self._speech_line(self._at + 1)
        if first is None or (not forced and self._opening and is_byline(self._lines[first].plain)):
            return False
        self._opening = False
        dual = line.plain.endswith("^") and self._follows_speech()
        cut = (1 if forced else 0, len(line.plain[: revised(line.plain)].rstrip("^")))
        self._add_cut(ElementKind.CHARACTER, (line,), (cut,), dual)
        self._speakers.add(self._elements[-1].text)
        check_speakers(len(self._speakers), self._name)
        self._at = first
        rows: list[Line] = []
        at: int | None = first
        while at is not None:
            rows.append(self._lines[at])
            self._at = at + 1
            at = self._speech_line(at + 1, opened=True)
        self._add_speech([row for row in rows if not row.blank], dual)
        return True

    def _follows_speech(self) -> bool:
        return bool(self._elements) and self._elements[-1].kind in _SPEECH

    def _speech_line(self, at: int, opened: bool = False) -> int | None:
        """Index of the line with which a speech goes on at `at`, or None where it ends.

        Lines that held only a note are passed over. In an open speech, a line of two or more spaces stands for a
        blank line within it, unless what follows it is plainly no dialogue.
        """
        while (line := self._line(at)) is not None and line.blank and line.noted:
            at += 1
        if line is None:
            return None
        if not line.blank:
            return None if self._interrupts(at) else at
        if not opened or self._padded or len(line.text) < 2:
            return None
        following = self._line(at + 1)
        if following is None or following.blank or self._begins_something(at + 1):
            return None
        return at

    def _begins_something(self, at: int) -> bool:
        plain = self._lines[at].plain
        if is_heading(plain) or is_transition(plain) or plain[0] in ".@!>#=":
            return True
        return is_cue(plain) and not self._blank(at + 1)

    def _add_speech(self, rows: list[Line], dual: bool) -> None:
        """Divide a speech into lines spoken, lines sung and parentheticals."""
        at = 0
        while at < len(rows):
            kind, end = run_of(rows, at)
            cut = 1 if kind is ElementKind.LYRIC else 0
            self._add(kind, rows[at:end], cut, dual)
            at = end


def _seen(row: Line, cut: Range) -> list[Range]:
    """What is shown of a line, as ranges of what is seen of the script.

    Args:
        row: The line.
        cut: Which part of it counts, in offsets of the line without the white space around it.

    Returns:
        The ranges, without white space at either end and without emphasis.
    """
    plain = row.plain
    first, last = cut
    words = plain[first:last].strip()
    first += plain[first:last].find(words)
    words = words[: revised(words)]
    at = row.at + len(row.text) - len(row.text.lstrip(UNSEEN)) + first
    return [(at + start, at + end) for start, end in without_emphasis(words)]
