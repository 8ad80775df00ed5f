"""Where the words of a Final Draft paragraph stand in its XML."""

from __future__ import annotations

import html
import re

from film.script.coverage import runs_of
from schemas.script import Run

_PART = re.compile(
    r"(?P<tag><!--.*?-->|<\?.*?\?>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)|(?P<entity>&[#\w]{1,20};)|(?P<letter>[^<&])",
    re.DOTALL,
)


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
    depth: list[str] = []
    inside = ["Paragraph", "Text"] if source.startswith("<Paragraph") else ["Text"]
    for match in _PART.finditer(source):
        if match["tag"]:
            _nest(depth, match["tag"])
            continue
        if at == len(words):
            break
        if depth != inside:
            continue
        letter = html.unescape(match["entity"]) if match["entity"] else match["letter"]
        same = letter == words[at] or (letter in "\u2028\u2029" and words[at] == "\n")
        if same:
            pieces.append(Run(at, start + match.start(), start + match.end()))
            at += 1
    if at < len(words):
        return (Run(0, start, start + len(source)),) if len(words) != len(source) else ()
    return runs_of(pieces, len(words), start, start + len(source))


def _nest(depth: list[str], tag: str) -> None:
    if tag.startswith("</"):
        if depth:
            depth.pop()
    elif tag[1] not in "!?" and not tag.endswith("/>"):
        depth.append(re.split(r"[\s>]", tag[1:], maxsplit=1)[0])
