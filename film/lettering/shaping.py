"""A line of text becomes glyphs in their places: which run rightwards or leftwards, join, combine and are kerned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.unicodedata import script as script_of
from fpdf.bidi import BidiParagraph

from film.lettering.faces import Face, Faces, Tongue

_JOINED = frozenset({"Arab", "Syrc", "Mong", "Nkoo", "Mand", "Adlm", "Deva", "Beng", "Guru", "Sinh", "Tibt"})
"""Writings whose letters hang together: space between them would tear them apart."""

_COMMON = frozenset({"Zyyy", "Zinh", "Zzzz"})
_LEFTWARDS = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


class Glyph(NamedTuple):
    """A glyph in its place, in ems from where the line begins; upwards is positive."""

    face: Face
    number: int
    x: float
    y: float
    cluster: int
    """Index of the letter that it belongs to."""


class Line(NamedTuple):
    """A line of text, shaped."""

    glyphs: tuple[Glyph, ...]
    width: float
    """In ems."""


class _Run(NamedTuple):
    """Letters that are shaped together."""

    first: int
    last: int
    face: Face
    script: str
    leftwards: bool


def shape(text: str, faces: Faces, tracking: float = 0.0) -> Line:
    """Shape a line.

    The order of the letters is that of Unicode's bidirectional algorithm (UAX #9), with the line as its paragraph.

    Args:
        text: One line, without letters that no face has.
        faces: Whose letters are taken.
        tracking: Additional space between letters, in ems; letters that hang together get none.

    Returns:
        The line.
    """
    glyphs: list[Glyph] = []
    pen = after = 0.0
    for run in _in_sight(text, faces):
        after = 0.0 if run.script in _JOINED else tracking
        made, wide = _shaped(text, run, faces.tongue, after)
        glyphs.extend(glyph._replace(x=glyph.x + pen) for glyph in made)
        pen += wide
    return Line(tuple(glyphs), max(pen - after, 0.0))  # nothing follows the last letter


def runs_leftwards(text: str) -> bool:
    """Whether a text begins, as Hebrew and Arabic do, at the right."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def _in_sight(text: str, faces: Faces) -> Iterator[_Run]:
    """Divide a line into runs, in the order in which they are seen, from the left."""
    levels = _levels(text)
    runs = list(_itemised(text, faces, levels))
    # Rule L2 of UAX #9, for runs: from the highest level down to the lowest odd one, what reaches it is reversed.
    heights = [levels[run.first] for run in runs]
    for level in range(max(heights, default=0), 0, -1):
        first = 0
        while first < len(runs):
            last = first
            while last < len(runs) and heights[last] >= level:
                last += 1
            runs[first:last], heights[first:last] = runs[first:last][::-1], heights[first:last][::-1]
            first = last + 1
    yield from runs


def _levels(text: str) -> list[int]:
    """The embedding level of each letter; odd ones run leftwards."""
    if not any(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in text):
        return [0] * len(text)
    paragraph = BidiParagraph(text, preserve_bn_chars=True)
    levels = [paragraph.base_embedding_level] * len(text)
    for character in paragraph.get_characters_with_embedding_level():
        levels[character.character_index] = character.embedding_level
    return levels


def _itemised(text: str, faces: Faces, levels: list[int]) -> Iterator[_Run]:
    """Divide a line, in the order in which it is read, where face, writing or direction change."""
    first = 0
    face: Face | None = None
    writing = "Zyyy"
    for index, letter in enumerate(text):
        own = faces.face_of(letter, face) or face or faces.all[0]
        script = str(script_of(letter))
        changes = script not in _COMMON and writing not in _COMMON and script != writing
        if index > first and (own is not face or changes or levels[index] != levels[index - 1]):
            yield _Run(first, index, face or own, writing, levels[first] % 2 == 1)
            first, writing = index, "Zyyy"
        face = own
        writing = writing if script in _COMMON else script
    if face is not None:
        yield _Run(first, len(text), face, writing, levels[first] % 2 == 1)


def _shaped(text: str, run: _Run, tongue: Tongue, spread: float) -> tuple[list[Glyph], float]:
    """Shape a run by HarfBuzz, which sees the letters around it: whether an Arabic letter joins depends on them."""
    buffer = hb.Buffer()
    buffer.add_str(text, run.first, run.last - run.first)
    buffer.direction = "rtl" if run.leftwards else "ltr"
    if run.script not in _COMMON:
        buffer.script = run.script
    buffer.language = str(tongue.value) if run.script in {"Hani", "Hira", "Kana", "Hang", "Bopo"} else "und"
    buffer.guess_segment_properties()
    hb.shape(run.face.font, buffer, {"kern": True, "liga": not spread, "clig": not spread})
    glyphs: list[Glyph] = []
    pen, units = 0.0, run.face.units
    infos = buffer.glyph_infos
    for index, (info, place) in enumerate(zip(infos, buffer.glyph_positions, strict=True)):
        x, y = pen + place.x_offset / units, place.y_offset / units
        glyphs.append(Glyph(run.face, info.codepoint, x, y, info.cluster))
        pen += place.x_advance / units
        ends = index + 1 == len(infos) or infos[index + 1].cluster != info.cluster
        pen += spread if ends else 0.0
    return glyphs, pen
