"""Where the words of a Final Draft paragraph stand in its XML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from film.script.coverage import Range, runs_of
from schemas.script import Run

_PART = re.compile(
    r"<!\[CDATA\[(?P<verbatim>.*?)\]\]>|(?P<tag><!--.*?-->|<\?.*?\?>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)|(?P<entity>&[#\w]{1,20};)|(?P<letters>[^<&]+)",
    re.DOTALL,
)
_NAME = re.compile(r"<(?:[\w.\-]+:)?([\w.\-]+)")
_LINE_END = re.compile(r"[\n\u2028\u2029]|\Z")


def text_runs(source: str, start: int, words: str) -> tuple[Run, ...]:
    """Find a paragraph's words in its source.

    Args:
        source: The paragraph as it stands in the file.
        start: Its offset in the file's text.
        words: What is read in it.

    Returns:
        The runs of the words, found letter by letter in order, white space wherever it is; the whole source as one
        run where they are not to be found so.
    """
    pieces: list[Run] = []
    at = 0
    for first, last, entity in _texts(source):
        if at == len(words):
            break
        if entity:
            if _same(_letter(source[first:last]), words[at]):
                pieces.append(Run(at, start + first, start + last))
                at += 1
            continue
        for begin, end in _found(source, first, last, words, at):
            pieces.append(Run(at, start + begin, start + end))
            at += end - begin
    if at < len(words):
        return (Run(0, start, start + len(source)),) if len(words) != len(source) else ()
    return runs_of(pieces, len(words), start, start + len(source))


def _texts(source: str) -> Iterator[tuple[int, int, bool]]:
    """The stretches of characters directly in the paragraph's `<Text>`: start, end, and whether it is an entity."""
    depth: list[str] = []
    inside = ["Text"]
    for match in _PART.finditer(source):
        kind = match.lastgroup
        if kind == "tag":
            if not depth and match.start() == 0 and _named(match.group()) == "Paragraph":
                inside = ["Paragraph", "Text"]
            _nest(depth, match.group())
        elif depth == inside and kind is not None:
            yield *match.span(kind), kind == "entity"


@lru_cache(maxsize=256)
def _letter(entity: str) -> str:
    return html.unescape(entity)


def _same(letter: str, wanted: str) -> bool:
    return letter == wanted or (wanted == "\n" and letter in "\u2028\u2029")


def _found(source: str, first: int, last: int, words: str, at: int) -> Iterator[Range]:
    """Find the words that stand in a stretch of the source, line by line: white space around a line is not read."""
    while first < last and at < len(words):
        end = min(_line_end(source, first, last), last)
        for stop in (end, first + len(source[first:end].rstrip())):
            if stop > first and words.startswith(source[first:stop], at):
                yield first, stop
                at += stop - first
                first = stop
                break
        else:
            if _same(source[first], words[at]):
                yield first, first + 1
                at += 1
            first += 1


def _line_end(source: str, first: int, last: int) -> int:
    found = _LINE_END.search(source, first, last)
    return found.start() if found else last


def _named(tag: str) -> str:
    name = _NAME.match(tag)
    return name[1] if name else ""


def _nest(depth: list[str], tag: str) -> None:
    if tag.startswith("</"):
        if depth:
            depth.pop()
    elif tag[1] not in "!?" and not tag.endswith("/>"):
        depth.append(_named(tag))
