"""What a thing is drawn of."""

from __future__ import annotations

Shape = tuple[str, str] | tuple[str, str, float]
"""Path data, a colour, and the width of the line if it is a line."""

DARK, STEEL, GOLD, WOOD, PAPER = "#26252c", "#a9b2ba", "#d9ac48", "#8a5c38", "#f4ecd8"


def disc(x: float, y: float, rx: float, ry: float | None = None) -> str:
    """Path data of a disc, or of an ellipse."""
    ry = rx if ry is None else ry
    return f"M{x - rx:g} {y:g}a{rx:g} {ry:g} 0 1 0 {2 * rx:g} 0a{rx:g} {ry:g} 0 1 0 {-2 * rx:g} 0Z"
