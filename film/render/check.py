"""Refuses what is not a picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.errors import RenderRefused

BLACK = 12.0
"""Mean level of 0–255 below which a picture whose brightest parts are dark as well counts as black."""

FLAT = 2.0
"""Standard deviation of the levels below which a picture counts as one flat colour."""


def check_keyframe(png: bytes, width: int, height: int) -> NDArray[np.uint8]:
    """Refuse a keyframe that is not what was asked for.

    Args:
        png: The file.
        width: Width it must have, in pixels.
        height: Height it must have, in pixels.

    Returns:
        The picture: height × width × 3 (blue, green, red), 0–255.

    Raises:
        RenderRefused: It is empty, does not decode, has another size, is black, or is one flat colour.
    """
    if not png:
        raise RenderRefused("The keyframe is empty (0 bytes); render it again.")
    image = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise RenderRefused(f"The keyframe ({len(png)} bytes) does not decode as a picture; render it again.")
    if image.shape[:2] != (height, width):
        found = f"{image.shape[1]}×{image.shape[0]}"
        raise RenderRefused(f"The keyframe is {found} pixels and should be {width}×{height}; render it again.")
    levels = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    if levels.mean() < BLACK and np.percentile(levels, 99) < 4 * BLACK:
        raise RenderRefused(f"The keyframe is black (mean level {levels.mean():.1f} of 255); render it again.")
    if float(cv2.meanStdDev(image)[1].max()) < FLAT:
        raise RenderRefused("The keyframe is one flat colour; render it again.")
    return np.asarray(image, dtype=np.uint8)
