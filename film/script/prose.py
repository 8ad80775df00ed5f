"""Reads prose: paragraphs of narration, and in them quoted speech with whoever speaks it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from film.script.attribution import Attributor
from film.script.coverage import Known, Range, runs_of
from film.script.emphasis import strip_emphasis, without_emphasis
from film.script.limits import check_elements, check_paragraph
from film.script.naming import Mention, scan
from film.script.quotes import Quote, custom, quotes
from film.script.sameness import same_people
from film.script.survey import People
from film.script.tags import after_quote, tag_length
from film.script.unseen import UNSEEN
from schemas.enums import ElementKind, SkippedKind
from schemas.script import Element, Run, Span

_BREAK = re.compile(r"(?:[*\-_~#·•][ \t]*){3,}|#|⁂")
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*?)[ \t#]*")
_ORDINAL = (
    r"(?:(?-i:(?=[IVXLC])C{0,3}(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3}))|\d{1,3}|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -]\w+)?|thirty|"
    r"the (?:first|second|third|fourth|fifth|last))"
)
_NAMED = r"(?:\s*[.:—–\-]\s*[^\n]{0,60}|\s+[^\n]{1,60}(?<![.!?,;\"”’]))?"
_CHAPTER = re.compile(
    rf"(?:chapter|part|book|act|volume|canto|stave|letter)\s+{_ORDINAL}\b{_NAMED}|prologue|epilogue|"
    r"(?-i:(?=[IVXLC])C{0,3}(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3}))(?:[.:](?:\s[^\n.!?]{1,60})?)?|\d{1,3}\.?",
    re.IGNORECASE,
)
_WIDE_LINES = 200
_WRAPPED = 100
"""Lines that are longer on average, in characters, are paragraphs: nobody wraps so wide."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the source."""

    start: int
    end: int


def paragraphs(text: str) -> list[Paragraph]:
    """Divide a text at its blank lines; a text without any, but with long lines, at its line ends."""
    lines = _lines(text)
    blocks = [list(group) for seen, group in groupby(lines, key=lambda line: line.start < line.end) if seen]
    if len(blocks) == 1 and len(text) > _WIDE_LINES and len(blocks[0]) > 1:
        if sum(line.end - line.start for line in blocks[0]) / len(blocks[0]) > _WRAPPED:
            return blocks[0]
    return [Paragraph(block[0].start, block[-1].end) for block in blocks]


def _lines(text: str) -> list[Paragraph]:
    """The text's lines, each without what is not seen around it; a blank one is empty."""
    found: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        words = line.strip(UNSEEN)
        start = at + len(line) - len(line.lstrip(UNSEEN)) if words else at
        found.append(Paragraph(start, start + len(words)))
        at += len(line) + 1
    return found


@dataclass(slots=True)
class _Block:
    """A paragraph of a story with the speech in it."""

    paragraph: Paragraph
    kind: ElementKind
    quotes: list[Quote] = field(default_factory=list)
    mentions: list[list[Mention]] = field(default_factory=list)
    """Of each piece of narration: before, between and after the quotations."""

    def pieces(self) -> list[tuple[int, int]]:
        """Ranges of the narration: one more than there are quotations."""
        starts = [self.paragraph.start, *(quote.end for quote in self.quotes)]
        ends = [*(quote.start for quote in self.quotes), self.paragraph.end]
        return list(zip(starts, ends, strict=True))


def read_prose(text: str, name: str = "The story") -> tuple[str, list[Element], list[Known]]:
    """Read a story.

    Headings become sections, ornamental breaks become page breaks, quoted speech becomes dialogue with its
    speaker as the prose names them, and all else is action.

    Args:
        text: The decoded story.
        name: What messages call it.

    Returns:
        The title, empty where the story has none; the elements in the order of the text; and the stretches that
        are known to be none.

    Raises:
        InvalidScript: It has more elements than are read.
    """
    found = paragraphs(text)
    title, first = _title(text, found)
    known = [Known(SkippedKind.TITLE_PAGE, one.start, one.end) for one in found[:first]]
    marks = custom(text[one.start : one.end] for one in found[first:])
    blocks: list[_Block] = []
    count = 0
    for paragraph in found[first:]:
        check_paragraph(text, paragraph.start, (paragraph.end - paragraph.start) // 2, name)  # half may be white space
        blocks.append(_block(text, paragraph, marks))
        narrated = (text[start:end] for start, end in blocks[-1].pieces())
        count += len(blocks[-1].quotes) + sum(any(map(str.isalnum, words)) for words in narrated)
        check_elements(count, name)
    for block in blocks:
        if block.kind is ElementKind.ACTION:
            block.mentions = [_told_of(text[start:end]) for start, end in block.pieces()]
    elements = _attributed(text, blocks)
    same = same_people(elements)
    if same:
        elements = _attributed(text, blocks, same)
    check_elements(len(elements), name)
    return title, elements, known


def _attributed(text: str, blocks: Sequence[_Block], same: Mapping[str, str] | None = None) -> list[Element]:
    """The elements of a story's blocks, each speech with its speaker.

    Args:
        text: The story.
        blocks: Its paragraphs.
        same: For nouns, how it calls whoever they always mean.
    """
    attributor = Attributor(_people(text, blocks, same), _tagged(text, blocks))
    elements: list[Element] = []
    left_open = False
    for block in blocks:
        if block.kind is ElementKind.ACTION:
            elements += _elements(text, block, attributor, left_open and _opens(block))
            left_open = bool(block.quotes) and block.quotes[-1].open
        else:
            elements.append(_marked(text, block))
            attributor.rest()
    return _spoken_by(elements, attributor.speakers())


_SAID = re.compile(r"\b(?:[Hh]e|[Ss]he) (?:was|is)\s+$")
_BEFORE_SAID = 12


def _told_of(text: str) -> list[Mention]:
    """Whom narration names; the man in `He was a thin man` was there before."""
    return [
        one
        for one in scan(text)
        if not one.role or _SAID.search(text, max(0, one.start - _BEFORE_SAID), one.start) is None
    ]


def _spoken_by(elements: list[Element], speakers: list[str | None]) -> list[Element]:
    """The elements, each speech with its speaker."""
    said = iter(speakers)
    return [
        one.model_copy(update={"speaker": next(said)}) if one.kind is ElementKind.DIALOGUE else one for one in elements
    ]


def _tagged(text: str, blocks: Sequence[_Block]) -> list[str]:
    """Every phrase that a verb of speaking behind a quotation names."""
    found: list[str] = []
    for block in blocks:
        for start, end in block.pieces()[1:] if block.quotes else []:
            tag = after_quote(text[start:end])
            if tag is not None and tag.explicit:
                found.append(tag.who)
    return found


def _marked(text: str, block: _Block) -> Element:
    """A section or an ornamental break."""
    span = Span(start=block.paragraph.start, end=block.paragraph.end)
    if block.kind is ElementKind.PAGE_BREAK:
        return Element(kind=block.kind, text="", span=span)
    heading = _MARKDOWN_HEADING.fullmatch(text[span.start : span.end])
    inner = heading.span(1) if heading else (0, span.end - span.start)
    return _shown(text, block.kind, span, (span.start + inner[0], span.start + inner[1]))


def _block(text: str, paragraph: Paragraph, marks: dict[str, str]) -> _Block:
    raw = text[paragraph.start : paragraph.end]
    heading = _MARKDOWN_HEADING.fullmatch(raw)
    if _BREAK.fullmatch(raw):
        return _Block(paragraph, ElementKind.PAGE_BREAK)
    if heading or _CHAPTER.fullmatch(raw):
        return _Block(paragraph, ElementKind.SECTION)
    block = _Block(paragraph, ElementKind.ACTION)
    block.quotes = quotes(text, paragraph.start, paragraph.end, marks, tag_length)
    return block


def _people(text: str, blocks: Sequence[_Block], same: Mapping[str, str] | None) -> People:
    narration = [mentions for block in blocks for mentions in block.mentions]
    texts = [text[start:end] for block in blocks if block.mentions for start, end in block.pieces()]
    spoken = (text[quote.inner_start : quote.inner_end] for block in blocks for quote in block.quotes)
    return People(narration, texts, spoken, same=same)


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
        and raw[-1] not in ".!?…”“\"'‘’»«›‹＂,;:。！？；：，、」』｣।॥؟۔،"
        and not _BREAK.fullmatch(raw)
        and not _CHAPTER.fullmatch(raw)
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
        span = Span(start=quote.start, end=quote.end)
        spoken = _shown(text, ElementKind.DIALOGUE, span, (quote.inner_start, quote.inner_end))
        attributor.spoke(text[start:end], following, spoken.text, block.mentions[number + 1])
        elements.append(spoken)
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
    return [_shown(text, ElementKind.ACTION, span, (span.start, span.end))]


def _shown(text: str, kind: ElementKind, span: Span, inner: tuple[int, int], speaker: str | None = None) -> Element:
    """Make an element of what is read of its source: hard wrapping undone, emphasis removed.

    Args:
        text: The story.
        kind: What the element is.
        span: Its source.
        inner: What of it is read, quotation marks and the like left out.
        speaker: Who speaks it.
    """
    raw = text[inner[0] : inner[1]]
    runs: list[Run] = []
    at = 0
    for first, last in _both(_unwrapped(raw), without_emphasis(raw)):
        runs.append(Run(at, inner[0] + first, inner[0] + last))
        at += last - first
    words = "".join(text[run.start : run.end] for run in runs).replace("\n", " ")
    return Element(kind=kind, text=words, span=span, speaker=speaker, runs=runs_of(runs, at, span.start, span.end))


def _unwrapped(raw: str) -> list[Range]:
    """What is left of lines that were wrapped by hand: each without indentation, and the line ends between them."""
    found: list[Range] = []
    at = 0
    for line in raw.split("\n"):
        words = line.strip()
        if words:
            start = at + len(line) - len(line.lstrip())
            if found:
                found.append((at - 1, at))
            found.append((start, start + len(words)))
        at += len(line) + 1
    return found


def _both(one: list[Range], other: list[Range]) -> list[Range]:
    """What lies in two lists of ranges at once; both are in order."""
    found: list[Range] = []
    here = there = 0
    while here < len(one) and there < len(other):
        start, end = max(one[here][0], other[there][0]), min(one[here][1], other[there][1])
        if start < end:
            found.append((start, end))
        if one[here][1] < other[there][1]:
            here += 1
        else:
            there += 1
    return found
