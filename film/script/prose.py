"""Reads prose: paragraphs of narration, and in them quoted speech with whoever speaks it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from film.script.attribution import Attributor, attributes
from film.script.coverage import Known, Range, runs_of
from film.script.emphasis import strip_emphasis, without_emphasis
from film.script.limits import check_elements
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
Quote = tuple[int, int, Range]
"""Start and end of a quotation, and the range inside its marks."""
_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“", "»": "«", "「": "」"}
_SINGLE = {"‘": "’"}
_SAID_BEFORE = re.compile(r"[,:]\s*$")
_ENDS = ".,!?…—–-;:"
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
    """The text's lines, each without the white space around it; a blank one is empty."""
    found: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        start = at + len(line) - len(line.lstrip()) if words else at
        found.append(Paragraph(start, start + len(words)))
        at += len(line) + 1
    return found


def read_prose(text: str, name: str = "The story") -> tuple[str, list[Element], list[Known]]:
    """Read a story.

    Headings become sections, ornamental breaks become page breaks, quoted speech becomes dialogue with its
    speaker as the prose names them, and all else is action.

    Args:
        text: The decoded story.
        name: What messages call it.

    Returns:
        The title, empty where the story has none; the elements in the order of the text; and the title's place.

    Raises:
        InvalidScript: It has more elements than a script may have.
    """
    found = paragraphs(text)
    title, first = _title(text, found)
    known = [Known(SkippedKind.TITLE_PAGE, one.start, one.end) for one in found[:first]]
    elements: list[Element] = []
    attributor = Attributor()
    for paragraph in found[first:]:
        raw = text[paragraph.start : paragraph.end]
        span = Span(start=paragraph.start, end=paragraph.end)
        heading = _MARKDOWN_HEADING.fullmatch(raw)
        if _BREAK.fullmatch(raw):
            elements.append(Element(kind=ElementKind.PAGE_BREAK, text="", span=span))
        elif heading or _CHAPTER.fullmatch(raw):
            inner = heading.span(1) if heading else (0, len(raw))
            elements.append(_shown(text, ElementKind.SECTION, span, (span.start + inner[0], span.start + inner[1])))
        else:
            quotes = _quotes(text, paragraph)
            check_elements(len(elements) + len(quotes), name)
            elements += _paragraph(text, paragraph, quotes, attributor)
    check_elements(len(elements), name)
    return title, elements, known


def _title(text: str, found: list[Paragraph]) -> tuple[str, int]:
    """The title and how many paragraphs it takes: a first line that is a heading, or short and no sentence."""
    if not found:
        return "", 0
    raw = text[found[0].start : found[0].end]
    heading = _MARKDOWN_HEADING.fullmatch(raw)
    if heading:
        return strip_emphasis(heading[1]), 1
    if (
        len(found) > 1
        and "\n" not in raw
        and len(raw) <= 60
        and raw[-1] not in ".!?…”\"',;:。！？；：，、」』।॥؟۔،"
        and not _BREAK.fullmatch(raw)
        and not _CHAPTER.fullmatch(raw)
    ):
        return strip_emphasis(raw).removeprefix("Title:").strip(), 1
    return "", 0


def _paragraph(text: str, paragraph: Paragraph, quotes: list[Quote], attributor: Attributor) -> list[Element]:
    attributor.begin()
    elements: list[Element] = []
    at = paragraph.start
    for number, (start, end, inner) in enumerate(quotes):
        elements += _narration(text, at, start)
        following = quotes[number + 1][0] if number + 1 < len(quotes) else paragraph.end
        attributor.narrated(text[at:start])
        speaker = attributor.speaker(text[at:start], text[end:following])
        elements.append(_shown(text, ElementKind.DIALOGUE, Span(start=start, end=end), inner, speaker))
        at = end
    attributor.narrated(text[at : paragraph.end])
    return [*elements, *_narration(text, at, paragraph.end)]


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


def _quotes(text: str, paragraph: Paragraph) -> list[Quote]:
    """Find speech in quotation marks: (start, end, inner range), ordered.

    A quotation that neither ends as speech does nor follows a comma or colon is a word in quotes, and stays part
    of the narration. One left open at the end of its paragraph goes on in the next, as is the custom.
    """
    pairs = _PAIRS if any(mark in text[paragraph.start : paragraph.end] for mark in _PAIRS) else _SINGLE
    found: list[Quote] = []
    at = paragraph.start
    previous = at
    while at < paragraph.end:
        mark = text[at]
        if mark not in pairs or not _may_open(text, at, paragraph):
            at += 1
            continue
        close = _close(text, at, paragraph.end, pairs[mark])
        inner = (at + 1, close if close >= 0 else paragraph.end)
        end = close + 1 if close >= 0 else paragraph.end
        spoken = text[inner[0] : inner[1]].strip()
        alone = at == paragraph.start and end == paragraph.end
        if spoken and (
            alone
            or _is_speech(spoken, text[max(previous, at - 4) : at])
            or attributes(text[end : min(end + 80, paragraph.end)])
        ):
            found.append((at, end, inner))
            previous = end
        at = end
    return found


def _may_open(text: str, at: int, paragraph: Paragraph) -> bool:
    return at == paragraph.start or not text[at - 1].isalnum()


def _close(text: str, at: int, end: int, mark: str) -> int:
    close = text.find(mark, at + 1, end)
    while mark == "’" and 0 <= close < end - 1 and text[close + 1].isalnum():
        close = text.find(mark, close + 1, end)
    return close


def _is_speech(spoken: str, before: str) -> bool:
    return spoken[-1] in _ENDS or bool(_SAID_BEFORE.search(before))
