"""Final Draft (FDX): XML, read where it stands, so that spans point into the file's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from film.script.formats.fdx_paragraphs import Paragraphs, Piece
from film.script.formats.format import Format, Reading
from schemas.enums import ElementKind, ScriptFormat, SkippedKind
from schemas.errors import InvalidScript
from schemas.script import Element, Skipped, Span

_KINDS = {
    "scene heading": ElementKind.HEADING,
    "character": ElementKind.CHARACTER,
    "parenthetical": ElementKind.PARENTHETICAL,
    "dialogue": ElementKind.DIALOGUE,
    "transition": ElementKind.TRANSITION,
    "lyrics": ElementKind.LYRIC,
    "singing": ElementKind.LYRIC,
    "new act": ElementKind.SECTION,
    "end of act": ElementKind.SECTION,
    "outline 1": ElementKind.SECTION,
    "outline 2": ElementKind.SECTION,
    "outline 3": ElementKind.SECTION,
    "outline 4": ElementKind.SECTION,
    "outline body": ElementKind.SYNOPSIS,
    "summary": ElementKind.SYNOPSIS,
    "cast list": ElementKind.NOTE,
}
"""Paragraph types by their name in lower case. Any other (Action, Shot, General, a writer's own) is action."""

_ROOT = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>)?\s*(?:<!--.{0,2000}?-->\s*)?(?:<!DOCTYPE[^\[>]{0,200})?", re.DOTALL)
_LINE_END = re.compile(r"[\n\u2028\u2029]")
_REMEDY = "open it in the program that wrote it and save it again"


def _read(text: str, name: str) -> Reading | None:
    if not _is_final_draft(text, name):
        return None
    found = _parse(text, name)
    if not found.content:
        raise InvalidScript(f"{name} is a Final Draft file without a <Content>, where the script stands: {_REMEDY}.")
    elements = list(_in_scenes(text, found.pieces))
    return Reading(found.title, elements, tuple(_skipped(text, elements, found.title_pages)))


def _is_final_draft(text: str, name: str) -> bool:
    """Whether a text is meant to be Final Draft's: by its root element, or by its name and that it is XML."""
    start = _ROOT.match(text)
    at = start.end() if start else 0
    if text.startswith("<FinalDraft", at) or (text[:200].lstrip().startswith("<?xml") and "<FinalDraft" in text[:5000]):
        return True
    return PurePath(name).suffix.lower() == ".fdx" and text.lstrip().startswith("<")


def _parse(text: str, name: str) -> Paragraphs:
    """Run the XML parser over the text.

    Entities and DTDs, which Final Draft never writes, are refused by defusedxml: they can be made to grow without
    bound, or to read files. The encoding that the file declares no longer matters: the text was decoded before.
    """
    data = text.encode("utf-8")
    found = Paragraphs(data)
    parser = DefusedXMLParser(target=found, encoding="utf-8", forbid_dtd=True)
    found.offset = lambda: parser.parser.CurrentByteIndex
    try:
        parser.feed(data)
        parser.close()
    except ParseError as error:
        line, column = error.position
        reason = str(error).split(":", 1)[0]
        raise InvalidScript(
            f"{name} is not well-formed XML: {reason} at line {line}, column {column + 1}; {_REMEDY}."
        ) from error
    except DefusedXmlException as error:
        raise InvalidScript(
            f"{name} declares a document type or entities, which no Final Draft file does and which are never "
            "followed: remove the <!DOCTYPE>."
        ) from error
    return found


def _in_scenes(text: str, pieces: list[Piece]) -> Iterator[Element]:
    """Turn pieces into elements: each heading begins a scene; a script without any heading is one scene."""
    scene = None if any(_kind(piece) is ElementKind.HEADING for piece in pieces) else 0
    begun = False
    places = _code_points(text, [at for piece in pieces for at in (piece.start, piece.end)])
    for piece in pieces:
        kind = _kind(piece)
        start, end = next(places), next(places)
        if kind is ElementKind.HEADING or piece.opens_scene:
            scene = scene if begun else 0 if scene is None else scene + 1
            begun = piece.opens_scene
        words = "\n".join(line.strip() for line in _LINE_END.split(piece.text)).strip()
        span = Span(start=start, end=end)
        number = piece.number if kind is ElementKind.HEADING else None
        yield Element(kind=kind, text=words, span=span, scene=scene, dual=piece.dual, number=number)


def _kind(piece: Piece) -> ElementKind:
    kind = _KINDS.get(piece.type.lower(), ElementKind.ACTION)
    return ElementKind.CENTERED if kind is ElementKind.ACTION and piece.centred else kind


def _code_points(text: str, offsets: list[int]) -> Iterator[int]:
    """Turn rising offsets in the UTF-8 of a text into offsets in the text, in one pass over both."""
    data = text.encode("utf-8")
    at = count = 0
    for offset in offsets:
        count += len(data[at:offset].decode("utf-8"))
        at = offset
        yield count


def _skipped(text: str, elements: list[Element], title_pages: list[tuple[int, int]]) -> Iterator[Skipped]:
    """Everything between the elements is markup, and the title page where there is one."""
    bounds = _code_points(text, [at for page in title_pages for at in page])
    pages = [(start, next(bounds)) for start in bounds]
    at = 0
    for start, end in [*((one.span.start, one.span.end) for one in elements), (len(text), len(text))]:
        for first, last in pages:
            if at <= first and last <= start:
                yield from _stretch(SkippedKind.MARKUP, at, first)
                yield from _stretch(SkippedKind.TITLE_PAGE, first, last)
                at = last
        yield from _stretch(SkippedKind.MARKUP, at, start)
        at = end


def _stretch(kind: SkippedKind, start: int, end: int) -> Iterator[Skipped]:
    if start < end:
        yield Skipped(kind=kind, span=Span(start=start, end=end))


FORMAT = Format("Final Draft", frozenset({".fdx"}), reader=_read, kind=ScriptFormat.FDX)
