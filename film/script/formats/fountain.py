"""Fountain, and any text that looks like a screenplay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from film.script.coverage import Raw
from film.script.formats.format import Format, Reading
from film.script.fountain import read_fountain
from film.script.headings import is_heading, is_numbered_heading
from schemas.base import unchecked
from schemas.enums import ElementKind, ScriptFormat
from schemas.script import Element, Span

_span, _element = unchecked(Span), unchecked(Element)
_MARKED = {
    ElementKind.HEADING,
    ElementKind.CHARACTER,
    ElementKind.TRANSITION,
    ElementKind.CENTERED,
    ElementKind.LYRIC,
    ElementKind.SECTION,
    ElementKind.SYNOPSIS,
    ElementKind.NOTE,
    ElementKind.PAGE_BREAK,
}
_SUFFIXES = frozenset({".fountain", ".spmd"})
_FEW_WORDS = 40
_FEW_ELEMENTS = 6
_CUE_SHARE = 0.12
"""Of the elements of a play without headings at least this share are cues; chapters' headings are far fewer."""
_NUMBERED = re.compile(r"(?:CHAPTER|PART|BOOK|VOLUME|CANTO|PROLOGUE|EPILOGUE)\b|[IVXLCDM]+[.:]?$|[IVXLCDM]+\. ")


def _read(text: str, name: str) -> Reading | None:
    titles, elements, known = read_fountain(text, name)
    if not _is_screenplay(text, name, titles, elements):
        return None
    return Reading(titles.get("title", ""), _in_scenes(elements), known)


def _is_screenplay(text: str, name: str, titles: dict[str, str], elements: list[Raw]) -> bool:
    """Weigh what only screenplays have against the text.

    Under Fountain's own name any of its marks is enough, and a few lines without any are action; a single line is an
    idea.
    """
    counts = Counter(element.kind for element in elements)
    if titles and not elements:
        return True
    if PurePath(name).suffix.lower() in _SUFFIXES:
        marked = bool(titles) or any(counts[kind] for kind in _MARKED) or any(_forced(text, elements))
        return marked or ("\n" in text.strip() and len(text.split()) < _FEW_WORDS)
    if any(_is_plain_heading(text, element) for element in elements):
        return True
    if counts[ElementKind.TRANSITION] and any(
        element.kind is ElementKind.TRANSITION and text[element.start] != ">" for element in elements
    ):
        return True
    cues = [element for element in elements if element.kind is ElementKind.CHARACTER]
    cues = [cue for cue in cues if not _NUMBERED.match(cue.text)]
    if any(text[cue.start] == "@" for cue in cues) and counts[ElementKind.HEADING]:
        return True
    if len(elements) <= _FEW_ELEMENTS or titles:
        return bool(cues)
    return len(cues) > 1 and len(cues) >= _CUE_SHARE * len(elements)


def _forced(text: str, elements: Iterable[Raw]) -> Iterable[bool]:
    return (text[element.start] in "!~" for element in elements)


def _is_plain_heading(text: str, element: Raw) -> bool:
    if element.kind is not ElementKind.HEADING:
        return False
    source = text[element.start : element.end]
    return is_numbered_heading(source) or (is_heading(source) and source[:3].isupper())


def _in_scenes(elements: list[Raw]) -> list[Element]:
    """Number the scenes: each heading begins one; a screenplay without any heading is one scene."""
    scene = None if any(element.kind is ElementKind.HEADING for element in elements) else 0
    numbered: list[Element] = []
    for kind, text, start, end, dual, number, runs, notes in elements:
        if kind is ElementKind.HEADING:
            scene = 0 if scene is None else scene + 1
        span = _span(start=start, end=end)
        numbered.append(
            _element(
                kind=kind,
                text=text,
                span=span,
                scene=scene,
                dual=dual,
                number=number,
                speaker=None,
                runs=runs,
                notes=notes,
            )
        )
    return numbered


FORMAT = Format("Fountain", _SUFFIXES, reader=_read, kind=ScriptFormat.FOUNTAIN)
