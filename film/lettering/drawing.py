"""Set text becomes pixels: outlines of glyphs, drawn as vector graphics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

from film.lettering.setting import Set
from schemas.errors import RenderRefused

pyvips.concurrency_set(1)  # a segment is one core's work

Coverage = NDArray[np.float32]
"""Rows × columns, 0 to 1."""


class Ink(NamedTuple):
    """Letters as they cover a picture, all rows × columns."""

    opacity: Coverage
    """Of letters, rim and shadow together."""
    light: Coverage
    """How white what is there is, multiplied with its opacity: 1 in letters, 0 in rim and shadow."""


def draw(
    blocks: Iterable[tuple[Set, float, float]],
    width: int,
    height: int,
    *,
    rim: float = 0.0,
    shadow: float = 0.0,
    strength: float = 0.6,
) -> Ink:
    """Draw blocks of text.

    Args:
        blocks: What was set, and where its left upper corner lies, in pixels.
        width: Width of what is drawn, in pixels.
        height: Likewise.
        rim: Width of the dark rim around letters, in ems.
        shadow: Radius of the soft shadow behind them, in ems; 0 for none.
        strength: Opacity of the rim.

    Returns:
        The letters.

    Raises:
        RenderRefused: They could not be drawn.
    """
    placed = list(blocks)
    em = max((block.size for block, _, _ in placed), default=1.0)
    letters = _coverage(placed, width, height, 0.0)
    opacity = letters
    if rim:
        opacity = np.maximum(letters, strength * _coverage(placed, width, height, 2.0 * rim * em))
    if shadow:
        soft = np.asarray(cv2.GaussianBlur(opacity, (0, 0), max(shadow * em, 0.5)), np.float32)
        opacity = 1.0 - (1.0 - opacity) * (1.0 - strength * np.clip(1.4 * soft, 0.0, 1.0))
    return Ink(np.asarray(opacity, np.float32), letters)


def _coverage(placed: list[tuple[Set, float, float]], width: int, height: int, stroke: float) -> Coverage:
    """Draw the letters, or the letters with a stroke around them, and say how much of each pixel they cover."""
    outlines = "".join(path for block, left, top in placed for path in _paths(block, left, top, stroke))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<g fill="#fff" stroke="#fff" stroke-linejoin="round">{outlines}</g></svg>'
    )
    try:
        drawn = pyvips.Image.svgload_buffer(svg.encode(), unlimited=True)
        pixels = np.frombuffer(drawn.write_to_memory(), np.uint8)
    except pyvips.Error as error:
        raise RenderRefused(f"The rasteriser does not read what was set ({error}); make it again.") from error
    if pixels.size != 4 * width * height:
        raise RenderRefused(f"The rasteriser gave {pixels.size} bytes for {width}×{height} pixels; make it again.")
    return pixels.reshape(height, width, 4)[..., 3].astype(np.float32) / 255.0


def _paths(block: Set, left: float, top: float, stroke: float) -> Iterator[str]:
    """Write a block's glyphs as paths of SVG, each with a stroke of its face's own and one around it, in pixels."""
    for line, x, base in block.lines:
        for glyph in line.glyphs:
            at = left + x + glyph.x * block.size, top + base - glyph.y * block.size
            scale = block.size / glyph.face.units
            commands = "".join(
                command + " ".join(_points(points, at, scale)) for command, points in glyph.face.outline(glyph.number)
            )
            if commands:
                wide = stroke + glyph.face.thicker * block.size
                yield f'<path stroke-width="{wide:.2f}" d="{commands}"/>'


def _points(points: tuple[float, ...], at: tuple[float, float], scale: float) -> Iterator[str]:
    """Bring points of a glyph to their place: its y points upwards, a picture's downwards."""
    for index, value in enumerate(points):
        yield f"{at[0] + value * scale:.2f}" if index % 2 == 0 else f"{at[1] - value * scale:.2f}"
