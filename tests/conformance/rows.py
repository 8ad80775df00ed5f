"""One shape for what any reader finds: rows of kind and text."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree

from fountain import FountainParser
from fountain.elements import ElementType, FountainElement
from screenplain.parsers import fountain as screenplain_fountain
from screenplain.types import Action, Dialog, DualDialog, PageBreak, Section, Slug, Transition

from film.direction.cast import cue_name
from film.script import read
from film.script.emphasis import strip_emphasis
from schemas.enums import ElementKind


class Row(NamedTuple):
    """An element as any reader would state it."""

    kind: ElementKind
    text: str
    dual: bool = False
    number: str | None = None

    def __str__(self) -> str:
        marks = (" ^" if self.dual else "") + (f" #{self.number}" if self.number else "")
        return f"{self.kind}{marks} {self.text}".replace("\n", " / ").strip()


class Counts(NamedTuple):
    """What a reader counts in a script."""

    headings: int
    speeches: int
    transitions: int
    speakers: int


def counts(rows: Sequence[Row]) -> Counts:
    """Count headings, speeches, transitions, and distinct speakers without their extensions."""
    kinds = Counter(row.kind for row in rows)
    speakers = {cue_name(row.text).upper() for row in rows if row.kind is ElementKind.CHARACTER}
    return Counts(
        kinds[ElementKind.HEADING], kinds[ElementKind.CHARACTER], kinds[ElementKind.TRANSITION], len(speakers)
    )


def normal(rows: Iterable[Row], *, paragraphs: bool = True) -> list[Row]:
    """Leave out what readers may print as they like.

    White space at ends of lines, empty lines and rows, emphasis, the case of headings, transitions and cues;
    neighbouring lines of a speech are one.

    Args:
        rows: In order.
        paragraphs: Whether paragraphs of action are kept apart; if not, neighbouring ones are one.
    """
    upper = {ElementKind.HEADING, ElementKind.TRANSITION, ElementKind.CHARACTER}
    joined = {ElementKind.DIALOGUE, ElementKind.LYRIC, ElementKind.CENTERED}
    joined |= set() if paragraphs else {ElementKind.ACTION}
    found: list[Row] = []
    for row in rows:
        lines = (" ".join(strip_emphasis(line).split()) for line in row.text.split("\n"))
        text = "\n".join(line for line in lines if line)
        text = text.upper() if row.kind in upper else text
        if not text and row.kind is not ElementKind.PAGE_BREAK:
            continue
        if found and row.kind in joined and found[-1].kind is row.kind:
            found[-1] = found[-1]._replace(text=f"{found[-1].text}\n{text}")
        else:
            found.append(row._replace(text=text))
    return found


def ours(text: str, name: str = "a.fountain") -> list[Row]:
    """What this project reads."""
    return [Row(one.kind, one.text, one.dual, one.number) for one in read(text, name).elements]


def screenplains(text: str) -> list[Row]:
    """What screenplain reads; it drops notes."""
    return [row for one in screenplain_fountain.parse(io.StringIO(text)) for row in _screenplain_rows(one)]


def _screenplain_rows(one: Any) -> Iterator[Row]:
    if isinstance(one, Slug):
        yield Row(ElementKind.HEADING, str(one.line), number=str(one.scene_number) if one.scene_number else None)
    elif isinstance(one, DualDialog):
        yield from _screenplain_speech(one.left, False)
        yield from _screenplain_speech(one.right, True)
    elif isinstance(one, Dialog):
        yield from _screenplain_speech(one, False)
    elif isinstance(one, Transition):
        yield Row(ElementKind.TRANSITION, str(one.line))
    elif isinstance(one, PageBreak):
        yield Row(ElementKind.PAGE_BREAK, "")
    elif isinstance(one, Section):
        yield Row(ElementKind.SECTION, str(one.text))
    elif isinstance(one, Action):
        kind = ElementKind.CENTERED if one.centered else ElementKind.ACTION
        yield Row(kind, "\n".join(str(line) for line in one.lines))
    if isinstance(one, Slug | Section) and one.synopsis:
        yield Row(ElementKind.SYNOPSIS, one.synopsis)


def _screenplain_speech(speech: Any, dual: bool) -> Iterator[Row]:
    yield Row(ElementKind.CHARACTER, str(speech.character), dual)
    open_words: list[str] = []
    for manner, line in speech.blocks:
        if not manner:
            yield Row(ElementKind.DIALOGUE, str(line), dual)
            continue
        open_words.append(str(line))
        if str(line).endswith(")"):
            yield Row(ElementKind.PARENTHETICAL, "\n".join(open_words), dual)
            open_words = []
    if open_words:
        yield Row(ElementKind.PARENTHETICAL, "\n".join(open_words), dual)


_FOUNTAIN_PY = {
    ElementType.SCENE_HEADING: ElementKind.HEADING,
    ElementType.ACTION: ElementKind.ACTION,
    ElementType.CHARACTER: ElementKind.CHARACTER,
    ElementType.DIALOGUE: ElementKind.DIALOGUE,
    ElementType.PARENTHETICAL: ElementKind.PARENTHETICAL,
    ElementType.TRANSITION: ElementKind.TRANSITION,
    ElementType.LYRICS: ElementKind.LYRIC,
    ElementType.SECTION: ElementKind.SECTION,
    ElementType.SYNOPSIS: ElementKind.SYNOPSIS,
    ElementType.PAGE_BREAK: ElementKind.PAGE_BREAK,
    ElementType.CENTERED: ElementKind.CENTERED,
}


def fountain_pys(text: str) -> list[Row]:
    """What fountain-py reads, without its notes and comments."""
    return [row for one in FountainParser().parse(text).elements for row in _fountain_py_rows(one, False)]


def _fountain_py_rows(one: FountainElement, dual: bool) -> Iterator[Row]:
    if one.type is ElementType.DUAL_DIALOGUE:
        for side, second in (("left", False), ("right", True)):
            cue: Any = one.metadata[f"{side}_character"]
            lines: Any = one.metadata[f"{side}_dialogue"]
            for part in (cue, *lines):
                yield from _fountain_py_rows(part, second)
        return
    kind = _FOUNTAIN_PY.get(one.type)
    if kind is None:
        return
    extension = one.metadata.get("extension")
    number = one.metadata.get("scene_number")
    text = f"{one.text} ({extension})" if extension else "" if kind is ElementKind.PAGE_BREAK else one.text
    yield Row(kind, text, dual, str(number) if number else None)


_FDX = {
    "Scene Heading": ElementKind.HEADING,
    "Action": ElementKind.ACTION,
    "Character": ElementKind.CHARACTER,
    "Dialogue": ElementKind.DIALOGUE,
    "Parenthetical": ElementKind.PARENTHETICAL,
    "Transition": ElementKind.TRANSITION,
}


def final_drafts(data: str) -> list[Row]:
    """What a Final Draft file states. These are files of a checkout: nothing hostile is expected in them."""
    found: list[Row] = []
    content = ElementTree.fromstring(data.encode()).find("Content")
    for paragraph in content if content is not None else ():
        cues = 0
        for one in paragraph.findall("DualDialogue/Paragraph") or [paragraph]:
            cues += one.get("Type") == "Character"
            kind = _FDX[one.get("Type", "Action")]
            if one.get("Alignment") == "Center":
                kind = ElementKind.CENTERED
            words = "".join(run.text or "" for run in one.findall("Text"))
            found.append(Row(kind, words, cues > 1, one.get("Number")))
    return found


_MARKS = {
    ".": ElementKind.HEADING,
    "@": ElementKind.CHARACTER,
    "=": ElementKind.DIALOGUE,
    "!": ElementKind.ACTION,
    "_": ElementKind.PARENTHETICAL,
    ">": ElementKind.TRANSITION,
    "~": ElementKind.LYRIC,
    "#": ElementKind.SECTION,
    "+": ElementKind.SYNOPSIS,
}


def jouvences(out: Iterable[str]) -> list[Row]:
    """What a case of Jouvence expects, in its own marks."""
    found: list[Row] = []
    for line in out:
        if line == "<pagebreak>":
            found.append(Row(ElementKind.PAGE_BREAK, ""))
        elif line.startswith("!><"):
            found.append(Row(ElementKind.CENTERED, re.sub("^!><", "", line)))
        else:
            found.append(Row(_MARKS[line[0]], line[1:]))
    return found
