"""What a thing is drawn of."""

from __future__ import annotations

Shape = tuple[str, str] | tuple[str, str, float]
"""Path data, a colour, and the width of the line if it is a line."""

DARK, STEEL, GOLD, WOOD, PAPER = "#26252c", "#a9b2ba", "#d9ac48", "#8a5c38", "#f4ecd8"
RED, BLUE, LEAF, SKIN, GLASS = "#b8402f", "#3f6f9f", "#4f8f48", "#e6b890", "#a9d0e0"


def disc(x: float, y: float, rx: float, ry: float | None = None) -> str:
    """Path data of a disc, or of an ellipse."""
    ry = rx if ry is None else ry
    return f"M{x - rx:g} {y:g}a{rx:g} {ry:g} 0 1 0 {2 * rx:g} 0a{rx:g} {ry:g} 0 1 0 {-2 * rx:g} 0Z"


def wheel(x: float, y: float, r: float) -> tuple[Shape, ...]:
    """A wheel with a tyre."""
    return ((disc(x, y, r), DARK), (disc(x, y, r * 0.42), STEEL))


def spoked(x: float, y: float, r: float) -> tuple[Shape, ...]:
    """A wheel of wood, with spokes."""
    d = r * 0.7
    return (
        (f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0", "#6b4327", 4.0),
        (f"M{x - r} {y}h{2 * r}M{x} {y - r}v{2 * r}M{x - d} {y - d}l{2 * d} {2 * d}M{x + d} {y - d}l{-2 * d} {2 * d}",
         "#8f5c34", 2.2),
    )  # fmt: skip
