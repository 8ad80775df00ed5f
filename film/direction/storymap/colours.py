"""Colours of lines and places: told apart, the same for the same film."""

from __future__ import annotations

import colorsys

_LINES = (
    "#c0392b", "#1f6f8b", "#d68910", "#6c3d91", "#2e7d4f", "#b03a78", "#2b4c9b", "#8a5a2b", "#0f8a7e", "#7d8420",
    "#4a5568", "#e0637a",
)  # fmt: skip
_GOLDEN = 0.618034
"""The golden section: hues that far apart never come close to one another soon."""


def line_colour(number: int) -> str:
    """Colour of the line of a person, as #rrggbb."""
    if number < len(_LINES):
        return _LINES[number]
    return _hex(number * _GOLDEN, 0.40, 0.55)


def place_colours(number: int) -> tuple[str, str, str]:
    """Colours of a place: a tint for its scenes, a tone for its label, and a shade for outlines."""
    hue = 0.08 + number * _GOLDEN
    return _hex(hue, 0.945, 0.36), _hex(hue, 0.815, 0.36), _hex(hue, 0.34, 0.34)


def _hex(hue: float, lightness: float, saturation: float) -> str:
    levels = colorsys.hls_to_rgb(hue % 1.0, lightness, saturation)
    return "#" + "".join(f"{round(level * 255):02x}" for level in levels)
