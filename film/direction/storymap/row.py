"""A row of a story map: the columns of some scenes, and the lines that run through them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from film.direction.storymap.colours import line_colour, place_colours
from film.direction.storymap.ink import (
    GREY,
    INK,
    PAPER,
    Station,
    box,
    clipped,
    clock,
    group,
    plain,
    ribbon,
    width_of,
    words,
    wrapped,
)
from film.direction.storymap.lanes import Heights
from film.direction.storymap.sky import sky
from film.direction.storymap.story import Column, Story

MARGIN, NAMES = 36.0, 118.0
"""Space around everything, and for names before the first scene of a row."""

_HEAD, _HEAD_LINE, _HEAD_LINES = 34.0, 12.5, 4
"""Height of a row's headings without words, that of a line of words, and the most lines."""
_HEADING, _LEAST_HEADING = 10.5, 7.5
"""Size of a heading's words, and the least to which a long word may shrink them."""
_AIR = 36.0
"""Space between a row's headings, its lines and its props."""
_BELOW = 46.0
_PROPS, _PROP_LINE = 3, 13.0
"""Most props that are named in a scene, and the height of each."""
_CAPSULE = 13.0
"""How far a scene's capsule reaches beyond its lines."""
_THIN, _TIP = 1.7, 13.0
"""Breadth of the line of somebody who is elsewhere, and length of a line's pointed ends."""
_NAME, _SMALL_NAME = 11.5, 10.0
_MOST_TALKS = 8
"""Most pairs in a scene that are tied."""

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where columns are."""

    per_row: int
    step: float
    """Width of a column."""

    @property
    def reach(self) -> float:
        """Half the width of a scene's capsule."""
        return min(46.0, self.step * 0.28)

    def x(self, at: int) -> float:
        """Middle of a scene's column."""
        return MARGIN + NAMES + (at % self.per_row + 0.5) * self.step


class Row:
    """A row on its way to SVG."""

    def __init__(self, story: Story, heights: Heights, grid: Grid, first: int, top: float) -> None:
        """Measure the row that begins with a scene.

        Args:
            story: What is drawn.
            heights: Of all lines in all scenes.
            grid: Where columns are.
            first: Index of its first scene.
            top: Where it begins, downwards.
        """
        self._story, self._heights, self._grid, self._top = story, heights, grid, top
        self._scenes = range(first, min(first + grid.per_row, len(story.columns)))
        lines = [height for at in self._scenes for height in heights[at].values()] or [0.0]
        props = max(min(len(story.columns[at].props), _PROPS + 1) for at in self._scenes)
        self._head = _HEAD + _HEAD_LINE * max(len(self._heading(at)[0]) for at in self._scenes)
        self._shift = top + self._head + _AIR - min(lines)
        self._foot_top = self._shift + max(lines) + _AIR
        self._tall = self._foot_top - top + props * _PROP_LINE + 2
        self._taken: list[Box] = []

    @property
    def height(self) -> float:
        """How much it takes of the map, space below included."""
        return self._tall + _BELOW

    def draw(self) -> list[str]:
        """Its elements, from back to front."""
        columns = self._story.columns
        capsules = [self._capsule(at) for at in self._scenes if columns[at].members]
        lines, names = self._lines()
        return [
            *(self._column(at) for at in self._scenes),
            *capsules,
            *lines,
            *(self._talks(at) for at in self._scenes if columns[at].talks),
            *names,
            *(self._foot(at) for at in self._scenes),
        ]

    def _y(self, at: int, who: int) -> float:
        return self._heights[at][who] + self._shift

    def _column(self, at: int) -> str:
        """A scene's band, in the colour of its place, with its heading."""
        scene: Column = self._story.columns[at]
        tint, tone, shade = place_colours(scene.place)
        top, head, gap = self._top, self._head, 1.5
        left = self._grid.x(at) - self._grid.step / 2
        width = self._grid.step - 2 * gap
        roof = f"M{left + gap:.1f} {top + head:.1f}v{7 - head:.1f}q0 -7 7 -7h{width - 14:.1f}q7 0 7 7v{head - 7:.1f}Z"
        lines, size = self._heading(at)
        parts = [
            box(left + gap, top, width, self._tall, tint, 7),
            f'<path d="{roof}" fill="{tone}"/>',
            words(left + 9, top + 20, clipped(plain(scene.number), 13, width - 34), 13, font_weight="700", fill=shade),
            sky(scene.time, left + self._grid.step - 16, top + 15.5, shade, tone),
        ]
        for line, text in enumerate(lines):
            parts.append(words(left + 9, top + 37 + _HEAD_LINE * line, text, size, fill=shade))
        called = f"Scene {scene.number}" if scene.number else "Scene"
        return group(f"{called}: {scene.title}, {scene.time.value}", parts)

    def _heading(self, at: int) -> tuple[list[str], float]:
        """The lines of a column's heading, and their size: as small as the longest word asks for."""
        title, room = plain(self._story.columns[at].title), self._grid.step - 17
        longest = max((width_of(word, 1) for word in title.split()), default=1.0)
        size = round(min(_HEADING, max(_LEAST_HEADING, room / longest)), 1)
        return wrapped(title, size, room, _HEAD_LINES), size

    def _capsule(self, at: int) -> str:
        """What brings the lines of a scene together."""
        scene = self._story.columns[at]
        heights = [self._y(at, who) for who in scene.members]
        x, reach = self._grid.x(at), self._grid.reach
        upper, lower = min(heights) - _CAPSULE, max(heights) + _CAPSULE
        shade = place_colours(scene.place)[2]
        self._taken.append((x - reach, upper, x + reach, lower))
        drawn = box(x - reach, upper, 2 * reach, lower - upper, "#ffffff", _CAPSULE, stroke=shade)
        if scene.others:
            drawn += words(x, lower + 11, f"+{scene.others}", 9.5, fill=shade, text_anchor="middle")
        return drawn

    def _lines(self) -> tuple[list[str], list[str]]:
        """The lines, those who speak least on top; and the names where they begin."""
        ribbons: list[tuple[float, int, str]] = []
        names: list[str] = []
        start, stop = self._scenes.start, self._scenes.stop
        for who, person in enumerate(self._story.people):
            for first, last in person.stretches:
                if last < start or first >= stop:
                    continue
                stations = self._stations(who, range(max(first, start), min(last + 1, stop)), (first, last))
                breadth = max(broad for _, _, broad in stations)
                ribbons.append((-breadth, who, ribbon(stations, line_colour(who), person.name)))
                names.append(self._name(who, stations, first <= start))
        return [drawn for *_, drawn in sorted(ribbons)], names

    def _stations(self, who: int, scenes: range, whole: tuple[int, int]) -> list[Station]:
        """The places a line passes; it tapers towards scenes that its person is not in, and where it ends."""
        columns, reach = self._story.columns, self._grid.reach
        found: list[Station] = []
        if whole[0] < scenes.start:
            found.append((MARGIN + NAMES - 6, self._y(scenes.start, who), _THIN))
        for at in scenes:
            x, y = self._grid.x(at), self._y(at, who)
            spoken = columns[at].members.get(who)
            if spoken is None:
                found.append((x, y, _THIN))
                continue
            broad = 3.2 + min(10.5, 2.6 * math.sqrt(spoken))
            if at == whole[0] or who not in columns[at - 1].members:
                found.append((x - reach - _TIP, y, 0.4 if at == whole[0] else _THIN))
            found += [(x - reach, y, broad), (x + reach, y, broad)]
            if at == whole[1] or who not in columns[at + 1].members:
                found.append((x + reach + _TIP, y, 0.4 if at == whole[1] else _THIN))
        if whole[1] >= scenes.stop:
            found.append((self._grid.x(scenes.stop - 1) + self._grid.step / 2, found[-1][1], _THIN))
        return found

    def _talks(self, at: int) -> str:
        """Who speaks to whom: thin ties between their lines."""
        pairs = self._story.columns[at].talks[:_MOST_TALKS]
        parts = []
        for number, (one, two) in enumerate(pairs):
            apart = min(9.0, 1.6 * self._grid.reach / len(pairs))
            x = self._grid.x(at) + (number - (len(pairs) - 1) / 2) * apart
            upper, lower = sorted((self._y(at, one), self._y(at, two)))
            dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.1"/>' for y in (upper, lower))
            parts.append(f'<path d="M{x:.1f} {upper:.1f}V{lower:.1f}" stroke="{INK}" stroke-width="1"/>{dots}')
        return f'<g fill="{INK}" opacity="0.62">{"".join(parts)}</g>'

    def _name(self, who: int, stations: list[Station], at_margin: bool) -> str:
        """A person's name where their line begins: before it, or above it where something else is before it."""
        text = clipped(plain(self._story.people[who].name), _NAME, NAMES + MARGIN / 2)
        x, y, _ = stations[0]
        before = min(x - 5, MARGIN + NAMES - 10) if at_margin else x - 2
        above = y - stations[1][2] / 2 - 2.5
        places = [
            (before - width_of(text, _NAME), y + 4, _NAME),
            (x + _TIP + 5, above, _SMALL_NAME),
            (x - 2 - width_of(text, _SMALL_NAME), above, _SMALL_NAME),
        ]
        left, base, size = next((place for place in places if self._free(*place, text, (x + _TIP + 1, y))), places[0])
        self._taken.append((left, base - size, left + width_of(text, size), base + 1))
        style = {"font_weight": "500", "fill": line_colour(who), "stroke": PAPER, "stroke_width": "3.4"}
        if (left, base, size) == places[0]:  # Set to its end: how wide letters are is only known to whoever shows them.
            left, style["text_anchor"] = before, "end"
        return words(left, base, text, size, stroke_linejoin="round", paint_order="stroke", **style)

    def _free(self, left: float, base: float, size: float, text: str, own: tuple[float, float]) -> bool:
        """Whether a name at a place would cover no other name, and no scene but its own."""
        right, upper = left + width_of(text, size), base - size + 2
        return not any(
            left < box_right and box_left < right and upper < box_lower and box_upper < base
            for box_left, box_upper, box_right, box_lower in self._taken
            if not (box_left <= own[0] <= box_right and box_upper <= own[1] <= box_lower)
        )

    def _foot(self, at: int) -> str:
        """The props of a scene, and when it begins."""
        scene = self._story.columns[at]
        left = self._grid.x(at) - self._grid.step / 2
        shown = [plain(prop) for prop in scene.props[:_PROPS]]
        if len(scene.props) > _PROPS:
            shown.append(f"+{len(scene.props) - _PROPS}")
        parts = []
        for line, prop in enumerate(shown):
            y = self._foot_top + line * _PROP_LINE
            parts.append(f'<path d="M{left + 11:.1f} {y - 7.4:.1f}l3.6 3.6l-3.6 3.6l-3.6 -3.6Z" fill="{GREY}"/>')
            parts.append(words(left + 19, y, clipped(prop, 10, self._grid.step - 24), 10, fill="#5d564d"))
        parts.append(words(left + 3, self._top + self._tall + 14, clock(scene.start_s), 10, fill=GREY))
        return "".join(parts)
