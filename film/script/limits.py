"""How much of everything a script may have: more is refused at once, with a sentence.

A page of a screenplay has some 55 lines, 30 elements and 2 or 3 scenes; a script of 1,000 pages is well inside.
"""

from __future__ import annotations

import re

from schemas.errors import InvalidScript

MAX_LINE = 100_000
"""Longest line, in characters: some 40 pages of prose without a line end."""
MAX_LINES = 250_000
"""Most lines, blank ones included."""
MAX_MARKS = 100_000
"""Most runs of stars, underscores and backslashes: emphasis on 100 words a page of such a script."""
MAX_ELEMENTS = 50_000
"""Most elements; comments that are skipped count as much."""
MAX_SCENES = 10_000
"""Most scene headings: some 40 feature films."""

MAX_SPEAKERS = 5_000
"""Most names over speeches: a feature film has some 60."""
MAX_ATTRIBUTES = 250_000
"""Most attributes in XML; Final Draft writes some 240 a page where it repeats the font of every run."""
MAX_ENTITIES = 250_000
"""Most characters written as entities in XML: 250 on each of 1,000 pages."""

_MARKS = re.compile(r"[*_\\]+")
_ATTRIBUTE = re.compile(r"=\s*[\"']")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_WRAPPED = 100
"""A text without blank lines whose lines are longer on average, in characters, has a paragraph in each of them."""
_MOST_BLOCKS = MAX_ELEMENTS + 10_000
"""Paragraphs between blank lines, of which some may be comments, page numbers or the title page."""


def check_text(text: str, name: str) -> None:
    """Refuse a text of more lines, longer lines or more marks of emphasis than a script has.

    Args:
        text: The decoded script.
        name: What messages call it.

    Raises:
        InvalidScript: It has more than `MAX_LINES` lines or `MAX_MARKS` marks, or a line longer than `MAX_LINE`.
    """
    if text.count("\n") >= MAX_LINES:
        raise InvalidScript(
            f"{name} has more than {MAX_LINES:,} lines: remove the empty ones, or split it into several films."
        )
    if len(text) <= MAX_LINE:
        return
    _check_blocks(text, name)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise InvalidScript(
                f"{name} has {len(line):,} characters in line {number}, more than the {MAX_LINE:,} a line may have: "
                "divide it into paragraphs."
            )
    signs = sum(text.count(sign) for sign in "*_\\")
    if signs > MAX_MARKS and sum(1 for _ in _MARKS.finditer(text)) > MAX_MARKS:
        raise InvalidScript(
            f"{name} has more than the {MAX_MARKS:,} marks of emphasis (stars, underscores, backslashes) a script may "
            "have: remove those that mean nothing."
        )


def _check_blocks(text: str, name: str) -> None:
    """Refuse, before anything is read, what has far more paragraphs, or far longer ones, than are read."""
    count, at = 0, 0
    for blank in [*_BLANK_LINE.finditer(text), None]:
        end = blank.start() if blank else len(text)
        count += bool(text[at:end].strip())
        if end - at > 2 * MAX_LINE and (at or blank or (end - at) <= _WRAPPED * text.count("\n")):
            # The line is that of the first word, not of the line end before it.
            first = at + len(text[at:end]) - len(text[at:end].lstrip())
            check_paragraph(text, first, end - at, name)
        at = blank.end() - 1 if blank else end
    check_elements(count if count > _MOST_BLOCKS else 0, name)


def check_paragraph(text: str, start: int, length: int, name: str) -> None:
    """Refuse a paragraph of more than `MAX_LINE` characters.

    Args:
        text: The decoded script.
        start: Where the paragraph begins in it.
        length: How many characters of it are read.
        name: What messages call the script.

    Raises:
        InvalidScript: It is longer.
    """
    if length > MAX_LINE:
        line = text.count("\n", 0, start) + 1
        raise InvalidScript(
            f"{name} has a paragraph of more than {MAX_LINE:,} characters at line {line}: break it into paragraphs."
        )


def check_elements(count: int, name: str) -> None:
    """Refuse a script of more than `MAX_ELEMENTS` elements.

    Args:
        count: How many were found so far.
        name: What messages call the script.

    Raises:
        InvalidScript: There are more.
    """
    if count > MAX_ELEMENTS:
        raise InvalidScript(
            f"{name} has more than the {MAX_ELEMENTS:,} elements (headings, actions, cues, lines, comments) a script "
            "may have: split it into several films."
        )


def check_speakers(count: int, name: str) -> None:
    """Refuse a script of more than `MAX_SPEAKERS` names over its speeches.

    Args:
        count: How many there are, with their extensions.
        name: What messages call the script.

    Raises:
        InvalidScript: There are more.
    """
    if count > MAX_SPEAKERS:
        raise InvalidScript(
            f"{name} has speeches under {count:,} names, at most {MAX_SPEAKERS:,} are told apart: split it into "
            "several films."
        )


def check_markup(text: str, name: str) -> None:
    """Refuse XML of more attributes or entities than any program writes into a script.

    Args:
        text: The decoded file.
        name: What messages call it.

    Raises:
        InvalidScript: It has more than `MAX_ATTRIBUTES` or `MAX_ENTITIES`.
    """
    for what, found, most in (
        ("attributes", sum(1 for _ in _ATTRIBUTE.finditer(text)), MAX_ATTRIBUTES),
        ("entities", text.count("&"), MAX_ENTITIES),
    ):
        if found > most:
            raise InvalidScript(
                f"{name} has {found:,} {what} in its XML, at most {most:,} are read: split it into several films."
            )


def check_scenes(count: int, name: str) -> None:
    """Refuse a script of more than `MAX_SCENES` scenes.

    Args:
        count: How many were found so far.
        name: What messages call the script.

    Raises:
        InvalidScript: There are more.
    """
    if count > MAX_SCENES:
        raise InvalidScript(
            f"{name} has more than the {MAX_SCENES:,} scenes a script may have: split it into several films."
        )
