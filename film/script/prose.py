"""Reads prose: paragraphs of narration, and in them quoted speech with whoever speaks it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from film.script.attribution import Attributor
from film.script.emphasis import strip_emphasis
from film.script.naming import Mention, scan
from film.script.quotes import Quote, custom, quotes
from film.script.survey import People
from film.script.tags import tag_length
from schemas.enums import ElementKind
from schemas.script import Element, Span

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_BREAK = re.compile(r"(?:[*\-_~#·•][ \t]*){3,}|#|⁂")
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*?)[ \t#]*")
_CHAPTER = re.compile(r"(?:chapter|part|book|act)\s+(?:[ivxlc]+|\d+|\w+)\b.{0,60}|prologue|epilogue", re.IGNORECASE)
_WIDE_LINES = 200


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the source."""

    start: int
    end: int


def paragraphs(text: str) -> list[Paragraph]:
    """Divide a text at its blank lines; a text without any, but with long lines, at its line ends."""
    found = [Paragraph(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    if len(found) == 1 and len(text) > _WIDE_LINES:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and sum(map(len, lines)) / len(lines) > 100:
            found = [Paragraph(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    return [_trimmed(text, paragraph) for paragraph in found]


def _trimmed(text: str, paragraph: Paragraph) -> Paragraph:
    raw = text[paragraph.start : paragraph.end]
    start = paragraph.start + len(raw) - len(raw.lstrip())
    return Paragraph(start, start + len(raw.strip()))


@dataclass(slots=True)
class _Block:
    """A paragraph of a story with the speech in it."""

    paragraph: Paragraph
    kind: ElementKind
    text: str = ""
    quotes: list[Quote] = field(default_factory=list)
    mentions: list[list[Mention]] = field(default_factory=list)
    """Of each piece of narration: before, between and after the quotations."""

    def pieces(self) -> list[tuple[int, int]]:
        """Ranges of the narration: one more than there are quotations."""
        starts = [self.paragraph.start, *(quote.end for quote in self.quotes)]
        ends = [*(quote.start for quote in self.quotes), self.paragraph.end]
        return list(zip(starts, ends, strict=True))


def read_prose(text: str) -> tuple[str, list[Element]]:
    """Read a story.

    Headings become sections, ornamental breaks become page breaks, quoted speech becomes dialogue with its
    speaker as the prose names them, and all else is action.

    Args:
        text: The decoded story.

    Returns:
        The title, empty where the story has none, and the elements in the order of the text.
    """
    found = paragraphs(text)
    title, first = _title(text, found)
    marks = custom(text[one.start : one.end] for one in found[first:])
    blocks = [_block(text, paragraph, marks) for paragraph in found[first:]]
    attributor = Attributor(_people(text, blocks))
    elements: list[Element] = []
    left_open = False
    for block in blocks:
        if block.kind is ElementKind.ACTION:
            elements += _elements(text, block, attributor, left_open and _opens(block))
            left_open = bool(block.quotes) and block.quotes[-1].open
        else:
            span = Span(start=block.paragraph.start, end=block.paragraph.end)
            elements.append(Element(kind=block.kind, text=block.text, span=span))
            attributor.rest()
    return title, elements


def _block(text: str, paragraph: Paragraph, marks: dict[str, str]) -> _Block:
    raw = text[paragraph.start : paragraph.end]
    heading = _MARKDOWN_HEADING.fullmatch(raw)
    if _BREAK.fullmatch(raw):
        return _Block(paragraph, ElementKind.PAGE_BREAK)
    if heading or _CHAPTER.fullmatch(raw):
        return _Block(paragraph, ElementKind.SECTION, strip_emphasis(heading[1] if heading else raw))
    block = _Block(paragraph, ElementKind.ACTION)
    block.quotes = quotes(text, paragraph.start, paragraph.end, marks, tag_length)
    block.mentions = [list(scan(text[start:end])) for start, end in block.pieces()]
    return block


def _people(text: str, blocks: Sequence[_Block]) -> People:
    narration = [mentions for block in blocks for mentions in block.mentions]
    texts = [text[start:end] for block in blocks if block.mentions for start, end in block.pieces()]
    spoken = (text[quote.inner_start : quote.inner_end] for block in blocks for quote in block.quotes)
    return People(narration, texts, spoken)


def _opens(block: _Block) -> bool:
    return bool(block.quotes) and block.quotes[0].start == block.paragraph.start


def _title(text: str, found: list[Paragraph]) -> tuple[str, int]:
    """The title and how many paragraphs it takes: a first line that is a heading, or short and no sentence."""
    if not found:
        return "", 0
    raw = text[found[0].start : found[0].end]
    heading = _MARKDOWN_HEADING.fullmatch(raw)
    if _CHAPTER.fullmatch(raw):
        return "", 0
    if heading:
        return strip_emphasis(heading[1]), 1
    if (
        len(found) > 1
        and "\n" not in raw
        and len(raw) <= 60
        and raw[-1] not in ".!?…”\"',;:。！？；：，、」』।॥؟۔،"
        and not _BREAK.fullmatch(raw)
    ):
        return strip_emphasis(raw).removeprefix("Title:").strip(), 1
    return "", 0


def _elements(text: str, block: _Block, attributor: Attributor, continues: bool) -> list[Element]:
    attributor.begin(continues)
    elements: list[Element] = []
    pieces = block.pieces()
    for number, quote in enumerate(block.quotes):
        start, end = pieces[number]
        elements += _narration(text, start, end)
        attributor.narrated(block.mentions[number], text[start:end])
        following = text[slice(*pieces[number + 1])]
        spoken = _unwrapped(text[quote.inner_start : quote.inner_end])
        speaker = attributor.speaker(text[start:end], following, spoken)
        span = Span(start=quote.start, end=quote.end)
        elements.append(Element(kind=ElementKind.DIALOGUE, text=spoken, span=span, speaker=speaker))
    start, end = pieces[-1]
    attributor.narrated(block.mentions[-1], text[start:end], ends=True)
    return [*elements, *_narration(text, start, end)]


def _narration(text: str, start: int, end: int) -> list[Element]:
    raw = text[start:end]
    words = raw.strip()
    if not any(letter.isalnum() for letter in words):
        return []
    start += len(raw) - len(raw.lstrip())
    span = Span(start=start, end=start + len(words))
    return [Element(kind=ElementKind.ACTION, text=_unwrapped(words), span=span)]


def _unwrapped(words: str) -> str:
    """Undo hard wrapping, keeping the length of what has no indentation; remove emphasis."""
    if "\n" in words:
        words = " ".join(strip_emphasis(line.strip()) for line in words.split("\n"))
    return strip_emphasis(words).strip()
