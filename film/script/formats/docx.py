"""Word documents (DOCX): the styles of paragraphs tell what they are, else where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from film.script.apart import parse_apart
from film.script.cues import is_cue
from film.script.decode import MAX_BYTES
from film.script.formats.blocks import Block, write_fountain
from film.script.formats.columns import is_slug
from film.script.formats.format import Format
from film.script.formats.layout import Layout
from film.script.formats.rows import Cell, Row
from schemas.enums import ElementKind
from schemas.errors import InvalidScript

_STYLES = (
    (re.compile(r"scene ?heading|slug ?(?:line)?|scene"), ElementKind.HEADING),
    (re.compile(r"character(?: name)?|cue|speaker"), ElementKind.CHARACTER),
    (re.compile(r"parenthetical|wryly|personal direction"), ElementKind.PARENTHETICAL),
    (re.compile(r"dialogu?e|speech"), ElementKind.DIALOGUE),
    (re.compile(r"transition"), ElementKind.TRANSITION),
    (re.compile(r"lyrics?|singing"), ElementKind.LYRIC),
    (re.compile(r"action|scene description|general|shot|stage direction"), ElementKind.ACTION),
    (re.compile(r"(?:new|end of) act|act(?: break)?"), ElementKind.SECTION),
)
"""Names of styles that screenwriting templates have, lower case, without a prefix such as `SP`."""

_PREFIX = re.compile(r"^(?:sp|screenplay|script|fd|final draft|bbc|movie magic)[\s:_\-]+|[\s_\-]*\(?screenplay\)?$")
_HEADING = re.compile(r"heading ([1-6])")
_PARTS = (b"word/document.xml", b"[Content_Types].xml", b"word/_rels/", b"_rels/.rels", b"word/vbaProject.bin")
_LETTER = 7.2
"""Width of a letter of Courier, in points: tabs and spaces at a line's beginning are counted in it."""
_WIDTH = 432.0


class Paragraph(NamedTuple):
    """A paragraph of the document."""

    style: str
    text: str
    indent: float
    """Of its first line, in points from the margin."""
    alignment: str


def _holds(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and any(part in data for part in _PARTS)


def _import(data: bytes, name: str) -> str:
    found = [Paragraph(*row) for row in parse_apart("docx_paragraphs", data, name)]
    text = text_of(found)
    if len(text.encode("utf-8")) > MAX_BYTES:
        raise InvalidScript(f"{name} holds more text than a script may have: split it into several films.")
    return text


def text_of(found: Sequence[Paragraph]) -> str:
    """Write a document as text.

    Args:
        found: Its paragraphs, the empty ones with them.

    Returns:
        Fountain where styles or indents say that it is a screenplay, the lines as they are where somebody typed
        Fountain into it, and else paragraphs divided by blank lines.
    """
    styled = [_kind(one) for one in found]
    if any(kind in (ElementKind.CHARACTER, ElementKind.HEADING) for kind in styled):
        return write_fountain(*_styled(found, styled))
    rows = list(_rows(found))
    if any(is_slug(row.text) for row in rows) or sum(map(_is_indented_cue, rows)) > 1:
        if any(map(_is_indented_cue, rows)):
            return write_fountain({}, Layout(rows).blocks())
        if any(not one.text.strip() for one in found):
            return "\n".join(_words(one) for one in found).strip() + "\n"
        return write_fountain({}, _plain(found))
    return "\n\n".join(filter(None, map(_story, found))) + "\n"


def _kind(paragraph: Paragraph) -> ElementKind | None:
    """What a paragraph's style says that it is; None where it is no style of a screenplay."""
    style = _PREFIX.sub("", paragraph.style.lower().strip())
    return next((kind for pattern, kind in _STYLES if pattern.fullmatch(style)), None)


def _styled(
    found: Sequence[Paragraph], kinds: Sequence[ElementKind | None]
) -> tuple[dict[str, list[str]], Iterator[Block]]:
    titles = [_words(one) for one in found if one.style.lower() == "title" and one.text.strip()]
    blocks = (
        Block(_as_written(one, kind), _words(one))
        for one, kind in zip(found, kinds, strict=True)
        if one.text.strip() and one.style.lower() != "title"
    )
    return ({"Title": titles} if titles else {}), blocks


def _as_written(paragraph: Paragraph, kind: ElementKind | None) -> ElementKind:
    if kind is None:
        return ElementKind.CENTERED if paragraph.alignment == "center" else ElementKind.ACTION
    return kind


def _words(paragraph: Paragraph) -> str:
    return "\n".join(" ".join(line.split()) for line in paragraph.text.split("\n")).strip()


def _rows(found: Sequence[Paragraph]) -> Iterator[Row]:
    """Lay paragraphs out as rows of a page of one column of text; an empty one is a gap."""
    gap = False
    y = 0.0
    for paragraph in found:
        for line in paragraph.text.split("\n"):
            words = " ".join(line.split())
            if not words:
                gap = True
                continue
            lead = line.expandtabs(8)
            indent = paragraph.indent + (len(lead) - len(lead.lstrip())) * _LETTER
            width = len(words) * _LETTER
            if paragraph.alignment == "center":
                indent = max(0.0, (_WIDTH - width) / 2)
            elif paragraph.alignment == "right":
                indent = max(0.0, _WIDTH - width)
            y -= 24.0 if gap else 12.0
            yield Row([Cell(indent, indent + width, words)], y, 0, gap)
            gap = False


def _is_indented_cue(row: Row) -> bool:
    return row.left > 60.0 and is_cue(row.text)


def _plain(found: Sequence[Paragraph]) -> Iterator[Block]:
    """Paragraphs of a screenplay without styles, indents or empty lines: a cue is what looks like one."""
    speech = False
    for paragraph in found:
        words = _words(paragraph)
        if not words:
            continue
        if is_slug(words):
            kind, speech = ElementKind.HEADING, False
        elif is_cue(words):
            kind, speech = ElementKind.CHARACTER, True
        elif speech and words.startswith("(") and words.endswith(")"):
            kind = ElementKind.PARENTHETICAL
        else:
            kind, speech = (ElementKind.DIALOGUE if speech else ElementKind.ACTION), False
        yield Block(kind, words)


def _story(paragraph: Paragraph) -> str:
    words = _words(paragraph)
    level = _HEADING.fullmatch(paragraph.style.lower())
    if words and (level or paragraph.style.lower() == "title"):
        return f"{'#' * (int(level[1]) if level else 1)} {' '.join(words.split())}"
    return words


FORMAT = Format("DOCX", frozenset({".docx", ".docm"}), holds=_holds, importer=_import)
