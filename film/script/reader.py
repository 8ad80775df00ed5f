"""Reads a script of any supported format, finding out which it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from film.collecting import uncollected
from film.script.coverage import Raw, tile
from film.script.decode import stem
from film.script.fountain import read_fountain
from film.script.headings import is_heading, is_numbered_heading
from film.script.limits import check_text
from film.script.prose import read_prose
from schemas.enums import ElementKind, ScriptFormat, SkippedKind
from schemas.errors import InvalidScript
from schemas.script import Element, Screenplay, Span

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
_FOUNTAIN_SUFFIXES = {".fountain", ".spmd"}
_FEW_WORDS = 40
_NUMBERED = ("CHAPTER", "PART", "BOOK", "PROLOGUE", "EPILOGUE")


def read(text: str, name: str) -> Screenplay:
    """Read a script.

    The content decides whether it is a screenplay or prose; the name's extension only tips the scale where the
    content leaves it open.

    Args:
        text: The decoded script, as `decode` returns it.
        name: The file's name: a hint, the title where the script has none, and what messages call it.

    Returns:
        The script's elements in order, with spans into `text`, and what lies between them; elements of a screenplay
        carry the index of their scene, those before the first heading carry None.

    Raises:
        InvalidScript: The format is not read, the script has more of something than `film.script.limits` allows, or
            there is nothing in it that could be shown.
    """
    if PurePath(name).suffix.lower() == ".fdx" or (text.lstrip()[:5] == "<?xml" and "<FinalDraft" in text[:2000]):
        raise InvalidScript(f"{name} is a Final Draft file, which is not read yet: export it as Fountain.")
    check_text(text, name)
    with uncollected():
        play = _read(text, name)
    if not any(element.text.strip() for element in play.elements) and not play.title:
        raise InvalidScript(f"{name} holds nothing that can be shown: write what is seen or said.")
    return play if play.title else play.model_copy(update={"title": stem(name)})


def _read(text: str, name: str) -> Screenplay:
    """Read text as what it is; the title is empty where it has none."""
    titles, elements, known = read_fountain(text, name)
    if _is_screenplay(text, name, titles, elements):
        found = _in_scenes(elements)
        kind, title, rest = ScriptFormat.FOUNTAIN, titles.get("title", ""), None
    else:
        title, found, known = read_prose(text, name)
        kind, rest = ScriptFormat.PROSE, SkippedKind.PUNCTUATION
    skipped = tile(text, [(one.span.start, one.span.end) for one in found], known, rest)
    return Screenplay(title=title, format=kind, elements=tuple(found), skipped=skipped)


def _is_screenplay(text: str, name: str, titles: dict[str, str], elements: list[Raw]) -> bool:
    """Weigh what only screenplays have against the text.

    Under Fountain's own name any of its marks is enough, and a few lines without any are action; a single line is an
    idea.
    """
    counts = Counter(element.kind for element in elements)
    if titles and not elements:
        return True
    if PurePath(name).suffix.lower() in _FOUNTAIN_SUFFIXES:
        marked = bool(titles) or any(counts[kind] for kind in _MARKED) or any(_forced(text, elements))
        return marked or ("\n" in text.strip() and len(text.split()) < _FEW_WORDS)
    if any(_is_plain_heading(text, element) for element in elements):
        return True
    cues = [element for element in elements if element.kind is ElementKind.CHARACTER]
    cues = [cue for cue in cues if not cue.text.startswith(_NUMBERED)]
    if counts[ElementKind.TRANSITION] and any(
        element.kind is ElementKind.TRANSITION and text[element.start] != ">" for element in elements
    ):
        return True
    if any(text[cue.start] == "@" for cue in cues) and counts[ElementKind.HEADING]:
        return True
    return bool(cues) and (len(cues) > 1 or bool(titles) or len(elements) <= 6)


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
    for kind, text, start, end, dual, number, runs in elements:
        if kind is ElementKind.HEADING:
            scene = 0 if scene is None else scene + 1
        span = Span(start=start, end=end)
        numbered.append(Element(kind=kind, text=text, span=span, scene=scene, dual=dual, number=number, runs=runs))
    return numbered
