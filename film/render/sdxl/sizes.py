"""The sizes that SDXL paints at, and the way from there to the film's.

SDXL was trained on pictures of about one megapixel in 40 shapes (Podell et al. 2023, appendix I); at other sizes it
repeats heads and limbs. A film's picture is painted at the shape next to its own, then scaled to cover the film's
frame, and what is over is cut off evenly: a few rows or columns.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

TRAINED = 1024
"""Side in pixels of the square that the shapes below stand for."""

_HALF = (
    (512, 2048), (512, 1984), (512, 1920), (512, 1856), (576, 1792), (576, 1728), (576, 1664), (640, 1600),
    (640, 1536), (704, 1472), (704, 1408), (704, 1344), (768, 1344), (768, 1280), (832, 1216), (832, 1152),
    (896, 1152), (896, 1088), (960, 1088), (960, 1024),
)  # fmt: skip

SHAPES = tuple(sorted({*_HALF, *((height, width) for width, height in _HALF), (1024, 1024)}))
"""Width and height of each shape, in pixels."""

Pixels = NDArray[np.uint8]
"""A picture, height × width × 3, red first."""


@cache
def size_to_paint(width: int, height: int, base: int = TRAINED) -> tuple[int, int]:
    """Choose the size that a picture is painted at.

    Args:
        width: The film's width, in pixels.
        height: The film's height, in pixels.
        base: Side of the square that the model was made for, in pixels; a multiple of 128.

    Returns:
        Width and height, in pixels, multiples of 8.
    """
    aspect = np.log(width / height)
    # Of equally near shapes the larger one: cutting off costs less than enlarging.
    best = min(SHAPES, key=lambda shape: (abs(np.log(shape[0] / shape[1]) - aspect), -shape[0] * shape[1]))
    return best[0] * base // TRAINED, best[1] * base // TRAINED


def fit(picture: Pixels, width: int, height: int) -> Pixels:
    """Bring a picture to the film's size: scaled by Lanczos to cover the frame, then cut evenly.

    Args:
        picture: What was painted.
        width: The film's width, in pixels.
        height: The film's height, in pixels.

    Returns:
        A picture of that size; the same one if it fits already.
    """
    high, wide = picture.shape[:2]
    if (wide, high) == (width, height):
        return picture
    scale = max(width / wide, height / high)
    seen_w, seen_h = width / scale, height / scale
    left, top = (wide - seen_w) / 2, (high - seen_h) / 2
    image = Image.fromarray(picture).resize(
        (width, height), Image.Resampling.LANCZOS, box=(left, top, left + seen_w, top + seen_h)
    )
    return np.asarray(image)
