"""Fountain's title page: `Key: value` lines before the first blank line."""

from __future__ import annotations

import re
from itertools import takewhile

from film.script.emphasis import strip_emphasis
from film.script.headings import is_heading
from film.script.source import Line, Source, boneyard

_KEY = re.compile(r"([^\W\d_][\w .\-]{0,30}):[ \t]*(.*)", re.DOTALL)
_KNOWN = frozenset(
    "title credit author authors source notes note draft date contact copyright revision font watermark "
    "episode series company language version writer genre logline".split()
)


def title_page(lines: list[Line]) -> tuple[dict[str, str], int, int]:
    """Read the title page.

    It must begin on the first line that is not blank, with a key that title pages have: `FADE IN:` is none.

    Args:
        lines: The script's lines.

    Returns:
        Values by lower-case key, lines of a value joined by a space; the index of its first line, and of the line
        after its last. An empty mapping and 0 twice where there is no title page.
    """
    first = next((index for index, line in enumerate(lines) if not line.blank), len(lines))
    if first == len(lines) or not _begins_title_page(lines, first):
        return {}, 0, 0
    values: dict[str, list[str]] = {}
    key = ""
    at = first
    while at < len(lines) and (not lines[at].blank or lines[at].noted):
        line = lines[at]
        match = _KEY.fullmatch(line.plain)
        outer = at == first or line.text[:1] not in " \t"
        if not match and outer and not line.blank and is_heading(line.plain):
            break  # a scene begins: the blank line that ends a title page was forgotten
        if match and outer:
            key = match[1].lower()
            values.setdefault(key, [])
            if match[2].strip():
                values[key].append(strip_emphasis(match[2].strip()))
        elif not line.blank:
            values[key].append(strip_emphasis(line.plain))
        at += 1
    return {name: " ".join(words) for name, words in values.items()}, first, at


def title_page_of(text: str) -> dict[str, str]:
    """Read the title page of a script's text.

    Args:
        text: The script, decoded; in any format.

    Returns:
        Values by lower-case key; empty where it has no title page as Fountain has.
    """
    hidden = boneyard(text[:_FRONT])
    return title_page(Source(text[:_FRONT], hidden).lines())[0]


_FRONT = 20_000
"""Characters in which a title page ends."""


def _begins_title_page(lines: list[Line], first: int) -> bool:
    """Whether the first line has a key that title pages have, or one of its own with such a key just below it."""
    if _is_key(lines[first].plain):
        return True
    own = _KEY.fullmatch(lines[first].plain)
    if own is None or own[1].isupper():
        return False
    return any(_is_key(line.plain) for line in takewhile(lambda line: not line.blank, lines[first + 1 : first + 8]))


def _is_key(line: str) -> bool:
    match = _KEY.fullmatch(line)
    return match is not None and match[1].lower().split()[0] in _KNOWN and match[1].upper() not in {"NOTE", "NOTES"}
