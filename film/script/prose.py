"""Reads prose: paragraphs of narration, and in them quoted speech with whoever speaks it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.script.attribution import Attributor, attributes
from film.script.emphasis import strip_emphasis
from schemas.enums import ElementKind
from schemas.script import Element, Span

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
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
_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“", "»": "«", "「": "」"}
_SINGLE = {"‘": "’"}
_SAID_BEFORE = re.compile(r"[,:]\s*$")
_ENDS = ".,!?…—–-;:"
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
    elements: list[Element] = []
    attributor = Attributor()
    for paragraph in found[first:]:
        raw = text[paragraph.start : paragraph.end]
        span = Span(start=paragraph.start, end=paragraph.end)
        heading = _MARKDOWN_HEADING.fullmatch(raw)
        if _BREAK.fullmatch(raw):
            elements.append(Element(kind=ElementKind.PAGE_BREAK, text="", span=span))
        elif heading or _CHAPTER.fullmatch(raw):
            words = strip_emphasis(heading[1] if heading else raw)
            elements.append(Element(kind=ElementKind.SECTION, text=words, span=span))
        else:
            elements += _paragraph(text, paragraph, attributor)
    return title, elements


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


def _paragraph(text: str, paragraph: Paragraph, attributor: Attributor) -> list[Element]:
    quotes = _quotes(text, paragraph)
    attributor.begin()
    elements: list[Element] = []
    at = paragraph.start
    for number, (start, end, inner) in enumerate(quotes):
        elements += _narration(text, at, start)
        following = quotes[number + 1][0] if number + 1 < len(quotes) else paragraph.end
        attributor.narrated(text[at:start])
        speaker = attributor.speaker(text[at:start], text[end:following])
        spoken = _unwrapped(text[inner[0] : inner[1]])
        span = Span(start=start, end=end)
        elements.append(Element(kind=ElementKind.DIALOGUE, text=spoken, span=span, speaker=speaker))
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
    return [Element(kind=ElementKind.ACTION, text=_unwrapped(words), span=span)]


def _unwrapped(words: str) -> str:
    """Undo hard wrapping, keeping the length of what has no indentation; remove emphasis."""
    if "\n" in words:
        words = " ".join(strip_emphasis(line.strip()) for line in words.split("\n"))
    return strip_emphasis(words).strip()


def _quotes(text: str, paragraph: Paragraph) -> list[tuple[int, int, tuple[int, int]]]:
    """Find speech in quotation marks: (start, end, inner range), ordered.

    A quotation that neither ends as speech does nor follows a comma or colon is a word in quotes, and stays part
    of the narration. One left open at the end of its paragraph goes on in the next, as is the custom.
    """
    pairs = _PAIRS if any(mark in text[paragraph.start : paragraph.end] for mark in _PAIRS) else _SINGLE
    found: list[tuple[int, int, tuple[int, int]]] = []
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
