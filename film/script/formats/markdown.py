"""Prose in Markdown: what is no prose in it is taken out, and the rest is read as any other prose."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import PurePath

from film.script.coverage import Known, runs_of
from film.script.formats.format import Format, Reading
from film.script.prose import read_prose
from film.script.rewritten import Edit, Rewritten
from schemas.enums import ScriptFormat, SkippedKind
from schemas.script import Element, Run, Span

_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,100}?(?:---|\.\.\.)[ \t]*(?=\n|\Z)")
_FRONT_KEY = re.compile(r"^\w[\w \-]{0,40}:", re.MULTILINE)
_FRONT_TITLE = re.compile(r"^title:[ \t]*(\S[^\n]*)$", re.MULTILINE | re.IGNORECASE)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_ATX = re.compile(r"[ ]{0,3}#{1,6}[ \t]+\S")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r"[ ]{0,3}(?:-[ \t]*){3,}|[ ]{0,3}(?:\*[ \t]*){3,}|[ ]{0,3}(?:_[ \t]*){3,}")
_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)+")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S[^\n]*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_TABLE = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*(?::?-+:?[ \t]*)?)*")
_HARD_BREAK = re.compile(r"(?<=\S)(?:\\|[ ]{2,})$")
_LONGEST_HEADING = 200
_QUOTES = "\"'"

_INLINE = re.compile(
    r"(?P<code>(?<!`)`{1,2}(?!`))"
    r"|(?P<comment><!--.{0,5000}?-->)"
    r"|(?P<image>!\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,100}\]))"
    r"|(?P<footnote>\[\^[^\]\n]{1,60}\])"
    r"|(?P<link>\[(?P<words>[^\[\]\n]{1,500})\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,100}\]))"
    r"|(?P<auto><(?:https?|mailto):[^<>\s]{1,500}>)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>\n]{0,300})?/?>)"
    r"|(?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)"
    r"|(?P<escape>\\(?=[!\"#$%&'()+,\-./:;<=>?@\[\]^`{|}~]))",
    re.DOTALL,
)
_SURE = re.compile(
    r"^[ ]{0,3}#{1,6}[ \t]+\S|^[ ]{0,3}(?:```|~~~)|\]\((?:https?:|[#/.]|\w)[^()\s]{0,300}\)|"
    r"^\S[^\n]{0,100}\n={3,}[ \t]*$",
    re.MULTILINE,
)


def _read(text: str, name: str) -> Reading | None:
    if PurePath(name).suffix.lower() not in _SUFFIXES and not _SURE.search(text):
        return None
    front = _front_matter(text)
    seen = Rewritten(text, _edits(text, front))
    title, elements, known = read_prose(seen.text, name)
    placed = [Known(kind, *seen.source(start, end)) for kind, start, end in known if start < end]
    return Reading(title, _placed(elements, seen), placed, SkippedKind.MARKUP)


def _placed(elements: list[Element], seen: Rewritten) -> list[Element]:
    """Give elements the spans of their source; two that touch share no mark, the first keeps it."""
    placed: list[Element] = []
    at = 0
    for element in elements:
        start, end = seen.source(element.span.start, element.span.end)
        span = Span(start=max(at, start), end=max(at, end))
        placed.append(element.model_copy(update={"span": span, "runs": _runs(element, seen, span)}))
        at = span.end
    return placed


def _runs(element: Element, seen: Rewritten, span: Span) -> tuple[Run, ...]:
    """Where the element's text stands in the source: each of its runs, cut where the source was changed."""
    runs = element.runs or (Run(0, element.span.start, element.span.end),)
    ends = [*(run.at for run in runs[1:]), len(element.text)]
    pieces: list[Run] = []
    for (at, start, end), until in zip(runs, ends, strict=True):
        if until - at != end - start:
            pieces.append(Run(at, *seen.source(start, end)))
        else:
            pieces += [Run(at + one.at, one.start, one.end) for one in seen.runs(start, end)]
    return runs_of(pieces, len(element.text), span.start, span.end)


def _front_matter(text: str) -> int:
    """Where a block of settings at the top ends; 0 where there is none."""
    match = _FRONT_MATTER.match(text)
    return match.end() if match and _FRONT_KEY.search(text, 0, match.end()) else 0


def _edits(text: str, front: int) -> Iterator[Edit]:
    if front:
        declared = _FRONT_TITLE.search(text, 0, front)
        yield Edit(0, front, f"# {declared[1].strip(_QUOTES)}\n" if declared else "")
    yield from _blocks(text, front)
    yield from _inline(text, front)


def _blocks(text: str, at: int) -> Iterator[Edit]:
    """What is told by how lines begin: code, tables, quotations, lists, underlined headings, link definitions."""
    fence = ""
    left_out = at
    before = (at, at)
    blank = alone = True
    listed = table = False
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        opening = _FENCE.match(line)
        if table and "|" not in line:
            yield Edit(left_out, before[1])
            table = False
        if fence:
            if opening and opening[1].startswith(fence):
                yield Edit(left_out, end)
                fence = ""
            blank, alone = True, False
        elif opening:
            fence, left_out = opening[1], at
        elif not table and "|" in line and _TABLE.fullmatch(line) and "|" in text[slice(*before)]:
            table, left_out = True, before[0]
        elif not table:
            item = _item(line, blank, listed)
            listed = bool(item) or (listed and (not line.strip() or line[:1] in " \t" or not blank))
            if item:
                yield Edit(at, at + item, "\n")  # a paragraph of its own
            else:
                yield from _line(line, at, before if alone else None)
            # A line alone below a blank one, or below another heading, may be underlined and be a heading.
            alone = bool(line.strip()) and blank and not item and not _ATX.match(line)
            blank = not line.strip() or _apart(line)
        before = (at + len(line) - len(line.lstrip()) if line.strip() else at, end)
        at = end + 1
    if fence or table:
        yield Edit(left_out, len(text))


def _item(line: str, blank: bool, listed: bool) -> int:
    """How long the mark of a list's item is, 0 where a line is none.

    An item begins below a blank line or in a list; only there it may be indented.
    """
    if not (blank or listed) or _apart(line):
        return 0
    mark = _ITEM.match(line)
    if mark is None or (not listed and line[:4].isspace()):
        return 0
    return mark.end()


def _apart(line: str) -> bool:
    """Whether a line is a paragraph of its own, wherever it stands: a heading, or a break."""
    return bool(_ATX.match(line) or _RULE.fullmatch(line))


def _line(line: str, at: int, above: tuple[int, int] | None) -> Iterator[Edit]:
    """What is taken out of a line; `above` is the line above it where that may be the words of a heading."""
    quote = _QUOTE.match(line)
    end = at + len(line)
    if above and _SETEXT.fullmatch(line) and above[1] - above[0] <= _LONGEST_HEADING:
        yield Edit(above[0], above[0], "# ")
        yield Edit(above[1], end)
        yield Edit(end, end, "\n")
    elif _apart(line):
        yield Edit(at, at, "\n")
        yield Edit(end, end, "\n")
    elif _DEFINITION.fullmatch(line):
        yield Edit(at, at + len(line))
    elif quote:
        yield Edit(at, at + quote.end())
    if broken := _HARD_BREAK.search(line):
        yield Edit(at + broken.start(), at + len(line))


def _inline(text: str, at: int) -> Iterator[Edit]:
    """What is told by marks within lines: links, pictures, code, tags, entities, escapes."""
    for match in _INLINE.finditer(text, at):
        start, end = match.span()
        if match.lastgroup == "words" or match["link"]:
            first, last = match.span("words")
            yield Edit(start, first)
            yield Edit(last, end)
        elif match["entity"]:
            instead = html.unescape(match["entity"])
            if instead != match["entity"] and instead.isprintable():
                yield Edit(start, end, instead)
        elif match["auto"]:
            yield Edit(start, start + 1)
            yield Edit(end - 1, end)
        else:
            yield Edit(start, end)


FORMAT = Format("Markdown", _SUFFIXES, reader=_read, kind=ScriptFormat.PROSE)
