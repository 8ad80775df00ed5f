"""The still that stands for the film in lists and players."""

from __future__ import annotations

import cv2
import numpy as np

from schemas.errors import ArtifactMissing

QUALITY = 88
"""JPEG quality: no visible blocks around outlines."""


def poster(keyframe_png: bytes, width: int) -> bytes:
    """Make the poster from a keyframe.

    Args:
        keyframe_png: The keyframe.
        width: Width of the poster, in pixels; its height follows from the keyframe's proportions.

    Returns:
        A JPEG.

    Raises:
        ArtifactMissing: The keyframe cannot be decoded.
    """
    picture = cv2.imdecode(np.frombuffer(keyframe_png, np.uint8), cv2.IMREAD_COLOR) if keyframe_png else None
    if picture is None:
        raise ArtifactMissing("The keyframe for the poster cannot be decoded; make its shot again.")
    rows, columns = picture.shape[:2]
    height = max(1, round(rows * width / columns))
    shrinks = width < columns
    resized = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4)
    _, jpeg = cv2.imencode(".jpg", resized, [cv2.IMWRITE_JPEG_QUALITY, QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    return bytes(jpeg.tobytes())
