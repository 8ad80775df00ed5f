"""Text is set: broken into lines that fit, in a size that fits, each line in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from film.lettering.faces import Faces
from film.lettering.shaping import Line, runs_leftwards, shape

_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u303f\u3041-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Signs between which a line may be broken without a space: Chinese, Japanese and their punctuation."""

_NOT_FIRST = frozenset("、。，．・：；？！）」』】〕》〉ーっゃゅょッャュョぁぃぅぇぉァィゥェォ々…‥％,.!?;:)]}”’»")
_NOT_LAST = frozenset("（「『【〔《〈“‘([{«")
"""What may begin no line, and end none (JIS X 4051's kinsoku, its common part)."""


class Align(StrEnum):
    """Where the lines of a block meet."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    START = "start"
    """Left, or right where the text runs leftwards."""


class Style(NamedTuple):
    """How text is set."""

    faces: Faces
    size: float
    """Height of the em, in pixels."""
    leading: float = 1.24
    """From one base line to the next, in ems."""
    tracking: float = 0.0
    """Additional space between letters, in ems."""
    align: Align = Align.CENTRE


class Placed(NamedTuple):
    """A line in its place."""

    line: Line
    x: float
    """Where it begins, in pixels from the left of its block."""
    base: float
    """Its base line, in pixels below the top of its block."""


class Set(NamedTuple):
    """A block of text that was set, in pixels. Its top is an ascender above the first base line."""

    lines: tuple[Placed, ...]
    width: float
    height: float
    size: float


_SMALLER = 2.5
"""How much smaller letters may become so that a word need not be torn."""

ASCENT, DESCENT = 0.93, 0.27
"""How far letters reach above and below their base line, in ems, accents and the lower parts of Arabic included."""


def set_lines(texts: Sequence[str], style: Style) -> Set:
    """Set lines as they are.

    Args:
        texts: The lines; letters that no face has are left out.
        style: How.

    Returns:
        The block.
    """
    shaped = [shape(style.faces.writable(text), style.faces, style.tracking) for text in texts]
    width = max((line.width for line in shaped), default=0.0) * style.size
    leftwards = any(map(runs_leftwards, texts))
    placed = []
    for index, line in enumerate(shaped):
        room = width - line.width * style.size
        share = {Align.LEFT: 0.0, Align.RIGHT: 1.0, Align.CENTRE: 0.5, Align.START: float(leftwards)}[style.align]
        placed.append(Placed(line, room * share, (ASCENT + index * style.leading) * style.size))
    tall = (ASCENT + DESCENT + max(len(shaped) - 1, 0) * style.leading) * style.size if shaped else 0.0
    return Set(tuple(placed), width, tall, style.size)


def set_text(text: str, style: Style, width: float, height: float) -> Set:
    """Set text so that it fits: its own lines where they do, else broken anew, else smaller.

    Args:
        text: The text; its line ends are kept where they fit.
        style: How, and the size that is wanted.
        width: Room there is, in pixels.
        height: Likewise.

    Returns:
        The block, not wider and not higher.
    """
    size = style.size
    widest = max(
        (_wide(word, style) for word in style.faces.writable(text).split() if not _WIDE.search(word)), default=0
    )
    if width / style.size < widest <= _SMALLER * width / style.size:
        size = width / widest / 1.001  # Smaller letters are better than a torn word.
    while True:
        smaller = style._replace(size=size)
        found = set_lines(broken(text, smaller, width), smaller)
        if found.width <= width + 0.5 and found.height <= height + 0.5:
            return found
        size *= 0.94


def broken(text: str, style: Style, width: float) -> list[str]:
    """Break text into lines, of nearly equal length where it has to be broken.

    Args:
        text: The text.
        style: How it is set.
        width: Room there is, in pixels.

    Returns:
        The lines.
    """
    room = width / style.size
    own = [line for line in style.faces.writable(text).split("\n") if line.strip()]
    wide = [_wide(line, style) for line in own]
    if all(each <= room for each in wide) and not _lopsided(own, wide):
        return own
    pieces = _pieces(_joined(own))
    widths = [_wide(piece, style) for piece in pieces]
    space = _wide("a a", style) - _wide("aa", style) - style.tracking
    lines = _filled(pieces, widths, space, style.tracking, room)
    low, high = room / 2, room
    for _ in range(8):  # The narrowest room that needs no more lines makes them even.
        middle = (low + high) / 2
        fewer = _filled(pieces, widths, space, style.tracking, middle)
        if len(fewer) <= len(lines) and all(_wide(line, style) <= middle * 1.001 for line in fewer):
            high, lines = middle, fewer
        else:
            low = middle
    return [part for line in lines for part in _torn(line, style, room)]


def _lopsided(lines: Sequence[str], widths: Sequence[float]) -> bool:
    """Whether a line of signs was broken where there was a space, far from its middle, though any place would do."""
    return len(lines) > 1 and min(widths) < 0.3 * max(widths) and any(map(_WIDE.search, lines))


def _joined(lines: Sequence[str]) -> str:
    """Join lines by spaces, but for those that end and begin with signs, between which there is none."""
    text = ""
    for line in lines:
        bare = text and _WIDE.match(text[-1]) and _WIDE.match(line[0])
        text += line if bare or not text else f" {line}"
    return text


def _wide(text: str, style: Style) -> float:
    return shape(text, style.faces, style.tracking).width


def _pieces(text: str) -> list[str]:
    """Divide text where a line may end; a piece that follows a space begins with it."""
    pieces: list[str] = []
    for word in text.split():
        begins = " " if pieces else ""
        for letter in word:
            joined = (
                not (_WIDE.match(letter) or _WIDE.match(pieces[-1][-1]))
                or letter in _NOT_FIRST
                or pieces[-1][-1] in _NOT_LAST
                if pieces and not begins
                else False
            )
            if joined or (pieces and unicodedata.combining(letter)):
                pieces[-1] += letter
            else:
                pieces.append(begins + letter)
            begins = ""
    return pieces


def _filled(pieces: Sequence[str], widths: Sequence[float], space: float, tracking: float, room: float) -> list[str]:
    """Fill lines up to a width; all in ems."""
    lines: list[str] = []
    used = 0.0
    for piece, wide in zip(pieces, widths, strict=True):
        spaced = piece.startswith(" ")
        if lines and used + tracking + wide <= room + 1e-6:
            lines[-1] += piece
            used += tracking + wide
        else:
            lines.append(piece.lstrip())
            used = wide - (space + tracking if spaced else 0.0)
    return lines


def _torn(line: str, style: Style, room: float) -> list[str]:
    """Break a word that is wider than a line: an address, or writing whose words nothing divides."""
    if len(line) < 2 or _wide(line, style) <= room * 1.002:
        return [line]
    whole = len(line)
    while whole > 1 and _wide(line[:whole], style) > room:
        whole = max(1, min(whole - 1, int(whole * room / _wide(line[:whole], style))))
    while whole < len(line) - 1 and unicodedata.combining(line[whole]):
        whole += 1
    return [line[:whole], *_torn(line[whole:], style, room)]
