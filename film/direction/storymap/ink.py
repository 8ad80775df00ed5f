"""The few SVG elements a story map is drawn with, and how wide its words are."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

FONTS = "Roboto, 'Helvetica Neue', Helvetica, Arial, sans-serif"
INK, GREY, PAPER = "#26231f", "#7b746a", "#fbf9f4"

_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)), "�")
_NARROW = set("iljtfrI.,:;'’!|()[] -")
_BROAD = set("mwMW@%—")

Station = tuple[float, float, float]
"""A place that a ribbon passes: x, y, and its breadth there."""


def plain(text: str) -> str:
    """A text on one line, without what XML cannot hold."""
    return " ".join(text.translate(_ILLEGAL).split())


def words(x: float, y: float, text: str, size: float, **style: str) -> str:
    """A text at a place; style as SVG attributes, with `_` for `-`."""
    extra = "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in style.items())
    fill = "" if "fill" in style else f' fill="{INK}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{fill}{extra}>{escape(plain(text))}</text>'


def box(x: float, y: float, width: float, height: float, fill: str, radius: float = 0, stroke: str = "") -> str:
    """A rectangle."""
    line = f' stroke="{stroke}" stroke-width="1.4"' if stroke else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:g}" fill="{fill}"{line}/>'
    )


def ribbon(stations: Sequence[Station], colour: str, name: str) -> str:
    """A band that flows through stations, with a tip for people who point at it."""
    upper = _flow([(x, y - broad / 2) for x, y, broad in stations])
    lower = _flow([(x, y + broad / 2) for x, y, broad in reversed(stations)])
    path = f"M{upper}L{lower}Z"
    return f'<path d="{path}" fill="{colour}">{title(name)}</path>'


def title(text: str) -> str:
    """What is told of an element to people who point at it, or cannot see it."""
    return f"<title>{escape(plain(text))}</title>"


def group(name: str, parts: Sequence[str]) -> str:
    """Elements that belong together, under a name."""
    return f"<g>{title(name)}{''.join(parts)}</g>"


def clock(seconds: float) -> str:
    """A time or a length, as `1:05` or `1:02:05`."""
    minutes, second = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}" if minutes >= 60 else f"{minutes}:{second:02d}"


def _flow(points: Sequence[tuple[float, float]]) -> str:
    """A smooth way through points, level at each of them."""
    x, y = points[0]
    parts = [f"{x:.1f} {y:.2f}"]
    for next_x, next_y in points[1:]:
        if abs(next_y - y) < 0.01:
            parts.append(f"L{next_x:.1f} {next_y:.2f}")
        else:
            middle = (x + next_x) / 2
            parts.append(f"C{middle:.1f} {y:.2f} {middle:.1f} {next_y:.2f} {next_x:.1f} {next_y:.2f}")
        x, y = next_x, next_y
    return "".join(parts)


def width_of(text: str, size: float) -> float:
    """About how wide a text is, in pixels, set in a common sans-serif."""
    ems = 0.0
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            ems += 1.0
        elif letter in _NARROW:
            ems += 0.3
        elif letter in _BROAD:
            ems += 0.87
        else:
            ems += 0.66 if letter.isupper() else 0.54
    return ems * size


def clipped(text: str, size: float, width: float) -> str:
    """A text that is cut, with an ellipsis, where it would be wider than there is room."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" ,.-–—") + "…"


def wrapped(text: str, size: float, width: float, lines: int) -> list[str]:
    """Break a text into at most so many lines; what does not fit is cut."""
    found: list[str] = []
    for word in text.split():
        if found and width_of(f"{found[-1]} {word}", size) <= width:
            found[-1] += f" {word}"
        elif len(found) < lines:
            found.append(word)
        else:
            found[-1] += f" {word}"
    return [clipped(line, size, width) for line in found]
