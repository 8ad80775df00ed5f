"""Small pictures of keyframes, for lists."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

LONGEST = 320
"""Pixels of the longer side."""
QUALITY = 82
"""Of the JPEG, 0–100."""


def thumbnail(image: NDArray[np.uint8]) -> bytes:
    """Make a picture small; one that is small already stays as large as it is.

    Args:
        image: Height × width × 3 (blue, green, red), 0–255.

    Returns:
        A JPEG with sides in the same proportion, the longer one `LONGEST` pixels at most.
    """
    height, width = image.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = image if scale == 1.0 else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    _, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    return jpeg.tobytes()
