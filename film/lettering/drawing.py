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

Samples = NDArray[np.uint8]
"""Rows × columns, 0 to 255."""

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
    drawn = _drawn(placed, width, height)
    letters = opacity = _share(drawn)
    if rim:
        opacity = np.maximum(letters, strength * _share(_grown(drawn, max(1, round(rim * em)))))
    if shadow:
        soft = _blurred(opacity, max(shadow * em, 0.5))
        opacity = 1.0 - (1.0 - opacity) * (1.0 - strength * np.clip(1.4 * soft, 0.0, 1.0))
    return Ink(np.asarray(opacity, np.float32), letters)


def _share(samples: Samples) -> Coverage:
    """Turn 0 to 255 into 0 to 1."""
    return np.divide(samples, 255.0, dtype=np.float32)


def _grown(letters: Samples, radius: int) -> Samples:
    """Letters with a rim around them, in pixels; edges stay as smooth as they are."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(cv2.dilate(letters, disc), np.uint8)


def _blurred(opacity: Coverage, radius: float) -> Coverage:
    """Blur; a wide blur is taken at a quarter of the size, where nobody sees the difference."""
    if radius < 4.0:
        return np.asarray(cv2.GaussianBlur(opacity, (0, 0), radius), np.float32)
    rows, columns = opacity.shape
    small = cv2.resize(opacity, (-(-columns // 4), -(-rows // 4)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), radius / 4)
    return np.asarray(cv2.resize(small, (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32)


def _drawn(placed: list[tuple[Set, float, float]], width: int, height: int) -> Samples:
    """Draw the letters, and say how much of each pixel they cover, of 255."""
    outlines = "".join(path for block, left, top in placed for path in _paths(block, left, top))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<g fill="#fff" stroke-linejoin="round">{outlines}</g></svg>'
    )
    try:
        drawn = pyvips.Image.svgload_buffer(svg.encode(), unlimited=True)
        pixels = np.frombuffer(drawn.write_to_memory(), np.uint8)
    except pyvips.Error as error:
        raise RenderRefused(f"The rasteriser does not read what was set ({error}); make it again.") from error
    if pixels.size != 4 * width * height:
        raise RenderRefused(f"The rasteriser gave {pixels.size} bytes for {width}×{height} pixels; make it again.")
    return np.ascontiguousarray(pixels.reshape(height, width, 4)[..., 3])


def _paths(block: Set, left: float, top: float) -> Iterator[str]:
    """Write a block's glyphs as paths of SVG, with a stroke where their face is to be thicker."""
    for line, x, base in block.lines:
        for glyph in line.glyphs:
            at = left + x + glyph.x * block.size, top + base - glyph.y * block.size
            scale = block.size / glyph.face.units
            commands = "".join(
                command + " ".join(_points(points, at, scale)) for command, points in glyph.face.outline(glyph.number)
            )
            if commands:
                wide = glyph.face.thicker * block.size
                pen = f'stroke="#fff" stroke-width="{wide:.2f}" ' if wide else ""
                yield f'<path {pen}d="{commands}"/>'


def _points(points: tuple[float, ...], at: tuple[float, float], scale: float) -> Iterator[str]:
    """Bring points of a glyph to their place: its y points upwards, a picture's downwards."""
    for index, value in enumerate(points):
        yield f"{at[0] + value * scale:.2f}" if index % 2 == 0 else f"{at[1] - value * scale:.2f}"
