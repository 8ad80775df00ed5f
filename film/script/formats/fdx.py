"""Final Draft (FDX): XML, read where it stands, so that spans point into the file's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from film.script.coverage import Known
from film.script.formats.fdx_paragraphs import MAX_DEPTH, Paragraphs, Piece, TooDeep
from film.script.formats.fdx_runs import text_runs
from film.script.formats.format import Format, Reading
from film.script.limits import check_elements, check_markup, check_paragraph, check_speakers
from schemas.enums import ElementKind, ScriptFormat, SkippedKind
from schemas.errors import InvalidScript
from schemas.script import Element, Span

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

MAX_TAGS = 500_000
"""Most tags, opening and closing; a script of 1,000 pages has some 300,000."""

_HTML = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>)?\s*<(?:!DOCTYPE\s+)?html", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE)")
_HEAD = 5_000
_LINE_END = re.compile(r"[\n\u2028\u2029]")
_REMEDY = "open it in the program that wrote it and save it again"


def _read(text: str, name: str) -> Reading | None:
    if not _is_final_draft(text, name):
        return None
    found = _parse(text, name)
    if not found.content:
        raise InvalidScript(f"{name} is XML without Final Draft's <Content>, where the script stands: {_REMEDY}.")
    check_speakers(len({one.text for one in found.pieces if _kind(one) is ElementKind.CHARACTER}), name)
    elements = list(_in_scenes(text, name, found.pieces))
    known = [Known(SkippedKind.TITLE_PAGE, *_code_points(text, [*found.title_page]))] if found.title_page else []
    return Reading(found.title, elements, known, SkippedKind.MARKUP)


def _is_final_draft(text: str, name: str) -> bool:
    """Whether a text is meant to be Final Draft's: it begins as XML does, or with a tag under Final Draft's name."""
    if _HTML.match(text):
        return False
    head = text[:_HEAD].lstrip()
    if _XML.match(head) or head.startswith("<FinalDraft") or (head.startswith("<!--") and "<FinalDraft" in head):
        return True
    return PurePath(name).suffix.lower() == ".fdx" and head.startswith("<")


def _parse(text: str, name: str) -> Paragraphs:
    """Run the XML parser over the text.

    Entities and DTDs, which Final Draft never writes, are refused by defusedxml: they can be made to grow without
    bound, or to read files. The encoding that the file declares no longer matters: the text was decoded before.
    """
    if text.count("<") > MAX_TAGS:
        raise InvalidScript(
            f"{name} has more than the {MAX_TAGS:,} tags a script may have: split it into several films."
        )
    check_markup(text, name)
    data = text.encode("utf-8")
    found = Paragraphs(data, lambda count: check_elements(count, name))
    parser = DefusedXMLParser(target=found, encoding="utf-8", forbid_dtd=True)
    expat = parser.parser
    found.offset = lambda: expat.CurrentByteIndex
    # Told directly, without the mapping of attributes that the wrapper makes for every tag: most are never looked at.
    expat.StartElementHandler, expat.EndElementHandler = found.start, found.end
    try:
        parser.feed(data)
        parser.close()
    except ParseError as error:
        line, column = error.position
        reason = str(error).split(":", 1)[0]
        raise InvalidScript(
            f"{name} is not well-formed XML: {reason} at line {line}, column {column + 1}; {_REMEDY}."
        ) from error
    except TooDeep as error:
        raise InvalidScript(
            f"{name} nests its tags more than {MAX_DEPTH} deep, which no Final Draft file does: {_REMEDY}."
        ) from error
    except DefusedXmlException as error:
        raise InvalidScript(
            f"{name} declares a document type or entities, which no Final Draft file does and which are never "
            "followed: remove the <!DOCTYPE>."
        ) from error
    return found


def _in_scenes(text: str, name: str, pieces: list[Piece]) -> Iterator[Element]:
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
        check_paragraph(text, start, len(words), name)  # before where each of its characters stands is written down
        runs = text_runs(text[start:end], start, words)
        number = piece.number if kind is ElementKind.HEADING else None
        yield Element(kind=kind, text=words, span=span, scene=scene, dual=piece.dual, number=number, runs=runs)


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


FORMAT = Format("Final Draft", frozenset({".fdx"}), reader=_read, kind=ScriptFormat.FDX, lined=False)
