"""The story map: scenes as columns in time, the cast as lines that flow through them and meet.

It is read like a score: a line is a person, thick where they speak much, thin where they are elsewhere; a white capsule
is a scene that brings lines together, with a tie between those who speak to each other; a column's colour is its place.
Long films go on in further rows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from film.direction.storymap.colours import place_colours
from film.direction.storymap.ink import (
    FONTS,
    GREY,
    PAPER,
    box,
    clipped,
    clock,
    plain,
    ribbon,
    title,
    width_of,
    words,
    wrapped,
)
from film.direction.storymap.lanes import lanes
from film.direction.storymap.row import MARGIN, NAMES, Grid, Row
from film.direction.storymap.story import Story, story_of
from schemas.script import Breakdown

_ROW = 22
"""Most scenes in a row."""
_WIDEST, _NARROWEST, _PAGE = 190.0, 66.0, 1480.0
"""Bounds of a column's width, and the width that the columns of a row share."""
_LEAST = 560.0
"""Width of a map of few scenes, so that its legend has room."""
_PLACES = 40
"""Most places that the legend names."""

_KEY = "the more somebody speaks, the thicker the line; thin: they are elsewhere; tied: they speak to each other"

Drawn = tuple[list[str], float]
"""Elements, and the height they take."""


def draw_story_map(film: Breakdown) -> str:
    """Draw the story map of a film.

    Args:
        film: The breakdown.

    Returns:
        An SVG document, as text; the same for the same film.
    """
    story = story_of(film)
    rows = math.ceil(len(story.columns) / _ROW) or 1
    per_row = math.ceil(len(story.columns) / rows) or 1
    grid = Grid(per_row, min(_WIDEST, max(_NARROWEST, _PAGE / per_row)))
    width = 2 * MARGIN + NAMES + max(per_row * grid.step, _LEAST)
    heights = lanes(story)
    body, top = _title(story, width)
    for first in range(0, len(story.columns), per_row):
        row = Row(story, heights, grid, first, top)
        body += row.draw()
        top += row.height
    legend, height = _legend(story, width, top)
    return _document(story, width, top + height, [*body, *legend])


def _document(story: Story, width: float, height: float, body: list[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" font-family="{FONTS}" role="img">'
    )
    return "\n".join([head, title(f"{story.title}: story map"), box(0, 0, width, height, PAPER), *body, "</svg>\n"])


def _title(story: Story, width: float) -> Drawn:
    counts = (
        _counted(len(story.columns), "scene"),
        _counted(story.shots, "shot"),
        _counted(len(story.people) + story.unseen, "character"),
        _counted(len(story.places), "place"),
        clock(story.seconds),
    )
    room = width - 2 * MARGIN
    name = plain(story.title)
    size = round(max(20.0, min(28.0, room / max(1.0, width_of(name, 1.04)))), 1)
    lines = wrapped(name, size, room * 0.96, 2)
    drawn = [words(MARGIN, MARGIN + 26 + 28 * at, line, size, font_weight="700") for at, line in enumerate(lines)]
    bottom = MARGIN + 20 + 28 * len(lines)
    return [*drawn, words(MARGIN, bottom, " · ".join(counts), 13, fill=GREY)], bottom + 26


def _legend(story: Story, width: float, top: float) -> Drawn:
    """The places with their colours, and how to read the lines."""
    drawn: list[str] = []
    x, y = MARGIN, top + 8
    counts = Counter(scene.place for scene in story.columns)
    for place, name in enumerate(story.places[:_PLACES]):
        text = clipped(plain(name), 11, 220) + (f"  ×{counts[place]}" if counts[place] > 1 else "")
        wide = 34 + width_of(text, 11)
        if x + wide > width - MARGIN:
            x, y = MARGIN, y + 22
        _, tone, shade = place_colours(place)
        drawn += [box(x, y - 10, 13, 13, tone, 3, stroke=shade), words(x + 19, y + 1, text, 11)]
        x += wide
    if len(story.places) > _PLACES:
        drawn.append(words(x, y + 1, f"and {len(story.places) - _PLACES} more", 11, fill=GREY))
    return [*drawn, *_key(story, y + 30)], y + 30 + MARGIN - top


def _key(story: Story, y: float) -> Iterator[str]:
    told = _KEY + (f"; +1: one more of {story.unseen} without a line" if story.unseen else "")
    yield ribbon([(MARGIN, y - 4, 3), (MARGIN + 34, y - 4, 12)], GREY, "thickness")
    yield words(MARGIN + 42, y, told, 11, fill=GREY)
    x = MARGIN + 42 + width_of(told, 11) + 22
    yield f'<path d="M{x:.1f} {y - 8:.1f}l4 4l-4 4l-4 -4Z" fill="{GREY}"/>'
    yield words(x + 10, y, "props", 11, fill=GREY)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
