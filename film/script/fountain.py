"""Reads Fountain 1.1 (https://fountain.io/syntax) into elements, each with its span.

Lines are consumed once, front to back, and every pattern is anchored and free of nested repetition: the time
is linear in the text whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from film.script.emphasis import strip_emphasis
from film.script.headings import is_heading
from film.script.source import Line, Source, boneyard, notes
from film.script.titlepage import title_page
from schemas.enums import ElementKind

_NUMBER = re.compile(r"#([^#\s]{1,16})#$")
_PAGE_BREAK = re.compile(r"={3,}")
_NAME_END = re.compile(r"[!…]$|\bTO:$|--$|\.\.\.$")
_NOT_A_NAME = re.compile(
    r"(?:CLOSE|ANGLE|INSERT|BACK TO|CUT|FADE|SUPER|TITLE|POV|MONTAGE|INTERCUT|FLASHBACK|LATER|CONTINUOUS|MOMENTS LATER|"
    r"THE END|END OF|SERIES OF)\b"
)
_LONGEST_CUE = 60
_PADDED_SHARE = 0.5


class Raw(NamedTuple):
    """An element before it is known which scene it is in."""

    kind: ElementKind
    text: str
    start: int
    end: int
    dual: bool = False
    number: str | None = None


_SPEECH = {ElementKind.DIALOGUE, ElementKind.LYRIC, ElementKind.PARENTHETICAL}


def read_fountain(text: str) -> tuple[dict[str, str], list[Raw]]:
    """Read a screenplay.

    Args:
        text: The decoded script.

    Returns:
        The title page's values by lower-case key, and the elements in the order of the text; their spans do not
        overlap. Notes that stand inside another element's text belong to that element's span.
    """
    hidden = boneyard(text)
    noted = notes(text, hidden)
    lines = Source(text, hidden + noted).lines()
    titles, start = title_page(lines)
    elements = _Reader(lines, start).read()
    offset = lines[start - 1].end if start else 0
    return titles, _with_notes(text, elements, [note for note in noted if note[0] >= offset])


def _with_notes(text: str, elements: list[Raw], noted: list[tuple[int, int]]) -> list[Raw]:
    """Insert the notes that no element's span covers."""
    merged: list[Raw] = []
    at = 0
    for start, end in noted:
        while at < len(elements) and elements[at].end <= start:
            merged.append(elements[at])
            at += 1
        if at == len(elements) or elements[at].start >= end:
            words = text[start + 2 : end - 2].strip()
            merged.append(Raw(ElementKind.NOTE, words, start, end))
    return merged + elements[at:]


def is_transition(line: str) -> bool:
    """Whether a line is a transition by its looks: upper case, ending in `TO:` without a space after it."""
    return line.endswith("TO:") and line.isupper()


def is_cue(line: str) -> bool:
    """Whether a line names a speaker by its looks: upper case before any extension in parentheses."""
    if line.endswith("  "):
        return False
    plain = line.strip().rstrip("^")
    name = plain.split("(", 1)[0].strip()
    if not name.isupper() or len(name) > _LONGEST_CUE or plain.endswith(","):
        return False
    if name != plain and not _extensions_only(plain):
        return False
    return not _NAME_END.search(name) and not _NOT_A_NAME.match(name)


def _extensions_only(cue: str) -> bool:
    """Whether what stands outside a cue's parentheses is all upper case: `BOB (40), a man` introduces, not cues."""
    depth = 0
    for letter in cue:
        depth += (letter == "(") - (letter == ")")
        if depth <= 0 and letter.islower():
            return False
    return True


class _Reader:
    """Turns lines into elements. `_at` is the next line; each `_read_*` consumes what it recognises."""

    def __init__(self, lines: Sequence[Line], start: int) -> None:
        self._lines = lines
        self._at = start
        self._elements: list[Raw] = []
        self._padded = self._blank_lines_are_padded()

    def read(self) -> list[Raw]:
        """Consume all lines."""
        readers: tuple[Callable[[Line], bool], ...] = (
            self._read_page_break,
            self._read_forced_action,
            self._read_section,
            self._read_synopsis,
            self._read_marked,
            self._read_lyrics,
            self._read_heading,
            self._read_transition,
            self._read_speech,
            self._read_action,
        )
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.blank:
                self._at += 1
                continue
            for reader in readers:
                if reader(line):
                    break
        return self._elements

    def _blank_lines_are_padded(self) -> bool:
        """Whether the script's blank lines hold white space throughout, so that it cannot mean anything."""
        blanks = [line for line in self._lines if line.blank and not line.noted]
        padded = sum(len(line.text) > 1 for line in blanks)
        return padded > 2 and padded > _PADDED_SHARE * len(blanks)

    def _line(self, at: int) -> Line | None:
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _blank(self, at: int) -> bool:
        line = self._line(at)
        return line is None or line.blank

    def _add(self, kind: ElementKind, lines: Sequence[Line], text: str, dual: bool = False) -> None:
        self._elements.append(Raw(kind, text, lines[0].start, lines[-1].end, dual))

    def _add_line(self, kind: ElementKind, line: Line, text: str) -> bool:
        self._add(kind, (line,), strip_emphasis(text.strip()))
        self._at += 1
        return True

    def _read_page_break(self, line: Line) -> bool:
        return bool(_PAGE_BREAK.fullmatch(line.plain)) and self._add_line(ElementKind.PAGE_BREAK, line, "")

    def _read_section(self, line: Line) -> bool:
        title = line.plain.lstrip("#")
        return line.plain.startswith("#") and bool(title) and self._add_line(ElementKind.SECTION, line, title)

    def _read_synopsis(self, line: Line) -> bool:
        return line.plain.startswith("=") and self._add_line(ElementKind.SYNOPSIS, line, line.plain[1:])

    def _read_marked(self, line: Line) -> bool:
        """Centred text and forced transitions: what begins with `>`."""
        if not line.plain.startswith(">"):
            return False
        if line.plain.endswith("<"):
            return self._add_line(ElementKind.CENTERED, line, line.plain[1:-1])
        return self._add_line(ElementKind.TRANSITION, line, line.plain[1:])

    def _read_lyrics(self, line: Line) -> bool:
        if not line.plain.startswith("~"):
            return False
        block = self._block()
        if not all(row.plain.startswith("~") for row in block):
            return self._read_action(line)
        self._at += len(block)
        self._add(ElementKind.LYRIC, block, "\n".join(strip_emphasis(row.plain[1:].strip()) for row in block))
        return True

    def _read_heading(self, line: Line) -> bool:
        plain = line.plain
        forced = plain.startswith(".") and plain[1:2].isalnum()
        if not forced and not is_heading(plain):
            return False
        if not forced and not self._blank(self._at + 1) and plain.upper() != plain:
            return False
        number = _NUMBER.search(plain)
        words = plain[: number.start()] if number else plain
        self._elements.append(
            Raw(
                ElementKind.HEADING,
                strip_emphasis(words[1 if forced else 0 :].strip()),
                line.start,
                line.end,
                number=number[1] if number else None,
            )
        )
        self._at += 1
        return True

    def _read_transition(self, line: Line) -> bool:
        following = self._line(self._at + 1)
        alone = following is None or following.blank or is_heading(following.plain)
        if not alone or not is_transition(line.text.lstrip()):
            return False
        return self._add_line(ElementKind.TRANSITION, line, line.plain)

    def _read_forced_action(self, line: Line) -> bool:
        return line.plain.startswith("!") and self._read_action(line)

    def _read_action(self, _: Line) -> bool:
        block = self._block()
        self._at += len(block)
        rows = [row.plain[1:] if row.plain.startswith("!") else row.plain for row in block if not row.blank]
        self._add(
            ElementKind.ACTION,
            [row for row in block if not row.blank],
            "\n".join(strip_emphasis(row.strip()) for row in rows),
        )
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
        if _PAGE_BREAK.fullmatch(plain) or (plain.startswith(">") and plain.endswith("<")):
            return True
        return self._blank(at + 1) and is_heading(plain) and plain.isupper()

    def _read_speech(self, line: Line) -> bool:
        forced = line.plain.startswith("@") and len(line.plain) > 1
        first = self._speech_line(self._at + 1)
        if first is None or not (forced or is_cue(line.text)):
            return False
        dual = line.plain.endswith("^") and self._follows_speech()
        name = line.plain[1 if forced else 0 :].rstrip("^").strip()
        self._add(ElementKind.CHARACTER, (line,), strip_emphasis(name), dual)
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
            return at
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
        return is_cue(self._lines[at].text) and not self._blank(at + 1)

    def _add_speech(self, rows: list[Line], dual: bool) -> None:
        """Divide a speech into lines spoken, lines sung and parentheticals."""
        at = 0
        while at < len(rows):
            kind, end = _speech_run(rows, at)
            cut = 1 if kind is ElementKind.LYRIC else 0
            text = "\n".join(strip_emphasis(row.plain[cut:].strip()) for row in rows[at:end])
            self._add(kind, rows[at:end], text, dual)
            at = end


def _speech_run(rows: Sequence[Line], at: int) -> tuple[ElementKind, int]:
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
        if plain.endswith(")"):
            return end + 1
        if ")" in plain:
            return 0
    return 0
