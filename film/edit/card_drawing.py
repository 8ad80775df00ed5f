"""Draws cards: white words on black, set as titles and credits are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import cv2
import numpy as np

from film.edit.cards import LEADING, Card
from film.edit.safe import em_of, safe_box
from film.lettering import Coverage, Face, Faces, Set, Style, Tongue, Weight, draw, set_lines, set_text
from film.lettering.setting import ASCENT
from film.png import encode_png

_FAINT = 0.7
"""How bright what is of second rank is: roles, headings, what stands below a title."""


def draw_card(card: Card, width: int, height: int, own: Face | None, tongue: str) -> bytes:
    """Draw a card: white on black, inside the title-safe area.

    Args:
        card: What it says. Letters that no face has are left out.
        width: Of the film, in pixels, even.
        height: Likewise.
        own: A face of the user's own, or None.
        tongue: Whose forms Chinese, Japanese and Korean signs have; empty where there are none.

    Returns:
        A PNG, of the same bytes for the same card.
    """
    faces = {weight: Faces(weight, own=own, tongue=Tongue(tongue or Tongue.CHINESE)) for weight in Weight}
    compose = _title if card.id == "title" else _credits
    bright, faint, rule = compose(card.words, width, height, faces)
    light = _light(bright, width, height) + _FAINT * _light(faint, width, height)
    if rule is not None:
        left, top, wide, tall = rule
        light[top : top + tall, left : left + wide] = _FAINT
    grey = np.rint(np.clip(light, 0.0, 1.0) * 255.0).astype(np.uint8)
    return encode_png(np.ascontiguousarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)))


Blocks = list[tuple[Set, float, float]]
_Composed = tuple[Blocks, Blocks, tuple[int, int, int, int] | None]


def _light(blocks: Blocks, width: int, height: int) -> Coverage:
    return draw(blocks, width, height).light.copy()


def _title(words: Sequence[str], width: int, height: int, faces: Mapping[Weight, Faces]) -> _Composed:
    """Compose a title: large and light, what stands below it small, a hairline between."""
    safe, em = safe_box(width, height), em_of(width, height)
    large = Style(faces[Weight.LIGHT], 2.1 * em, leading=1.18, tracking=0.09)
    title = set_text(words[0], large, 0.92 * safe.width, 0.55 * safe.height)
    bright: Blocks = [(title, (width - title.width) / 2, 0.0)]
    if len(words) == 1 or not title.lines:
        top = 0.485 * height - title.height / 2
        return [(title, (width - title.width) / 2, top)], [], None
    small = Style(faces[Weight.REGULAR], 0.78 * em, leading=1.4, tracking=0.12)
    below = set_text(words[1], small, 0.86 * safe.width, 0.25 * safe.height)
    gap = 0.95 * em
    top = 0.485 * height - (title.height + 2 * gap + below.height) / 2
    bright = [(title, (width - title.width) / 2, top)]
    thick, wide = max(1, round(em / 28)), round(2.6 * em)
    line = (round((width - wide) / 2), round(top + title.height + gap - 0.1 * em), wide, thick)
    return bright, [(below, (width - below.width) / 2, top + title.height + 2 * gap)], line


_PAIR = re.compile(r"(.{1,80}?)\s*(?::|\.{3,}|…)\s+(.+)")


def _credits(words: Sequence[str], width: int, height: int, faces: Mapping[Weight, Faces]) -> _Composed:
    """Compose credits: roles and names on both sides of an axis; headings and names alone amid.

    The axis is the frame's middle where both columns fit, and moves aside where one needs more. Letters of one card
    have one size: where a line is too wide, all are smaller.
    """
    safe, em = safe_box(width, height), em_of(width, height)
    step, gutter = LEADING * em, 0.45 * em
    role = Style(faces[Weight.LIGHT], 0.9 * em, tracking=0.02)
    name = Style(faces[Weight.REGULAR], 0.9 * em, tracking=0.02)
    heading = Style(faces[Weight.REGULAR], 0.66 * em, tracking=0.2)
    pairs = {row: match for row, line in enumerate(words) if (match := _PAIR.fullmatch(line))}
    leads = {
        row
        for row, (line, following) in enumerate(pairwise(words))
        if line and following and row not in pairs and (not row or not words[row - 1])
    }
    roles = max((set_lines([pair[1]], role).width for pair in pairs.values()), default=0.0)
    names = max((set_lines([pair[2]], name).width for pair in pairs.values()), default=0.0)
    widest = max([roles + names + 2 * gutter if pairs else 0.0, *_alone(words, pairs, leads, name, heading)])
    factor = min(1.0, safe.width / widest) if widest else 1.0
    axis = min(max(width / 2, safe.left + factor * roles + gutter), safe.right - factor * names - gutter)
    role, name, heading = (style._replace(size=style.size * factor) for style in (role, name, heading))
    top = 0.49 * height - len(words) * step / 2
    bright: Blocks = []
    faint: Blocks = []
    for row, line in enumerate(words):
        base = top + row * step + 0.35 * em + ASCENT * 0.9 * em  # base lines of all sizes meet
        if row in pairs:
            left, right = set_lines([pairs[row][1]], role), set_lines([pairs[row][2]], name)
            faint.append((left, axis - gutter - left.width, base - ASCENT * left.size))
            bright.append((right, axis + gutter, base - ASCENT * right.size))
        elif line:
            block = set_lines([line], heading if row in leads else name)
            into = faint if row in leads else bright
            into.append((block, (width - block.width) / 2, base - ASCENT * block.size))
    return bright, faint, None


def _alone(
    words: Sequence[str], pairs: Mapping[int, re.Match[str]], leads: Collection[int], name: Style, heading: Style
) -> Iterator[float]:
    """How wide the lines are that stand alone, in pixels."""
    for row, line in enumerate(words):
        if row not in pairs and line:
            yield set_lines([line], heading if row in leads else name).width
