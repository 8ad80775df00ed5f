"""The still that stands for the film in lists and players."""

from __future__ import annotations

import io

import av
import cv2
import numpy as np

from film.layers import read_layers
from film.motion.i420 import Plane
from schemas.enums import MediaKind
from schemas.errors import ArtifactMissing, RenderRefused

QUALITY = 88
"""JPEG quality: no visible blocks around outlines."""


def poster(media: bytes, width: int, kind: MediaKind = MediaKind.STILL) -> bytes:
    """Make the poster from what a shot is made from.

    Args:
        media: The keyframe, flat or in layers, or the clip, whose first frame is taken.
        width: Width of the poster, in pixels; its height follows from the picture's proportions.
        kind: Which of them it is.

    Returns:
        A JPEG.

    Raises:
        ArtifactMissing: It cannot be decoded.
    """
    picture = _picture(media, kind)
    if picture is None:
        raise ArtifactMissing("The picture for the poster cannot be decoded; make its shot again.")
    rows, columns = picture.shape[:2]
    height = max(1, round(rows * width / columns))
    shrinks = width < columns
    resized = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4)
    _, jpeg = cv2.imencode(".jpg", resized, [cv2.IMWRITE_JPEG_QUALITY, QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    return bytes(jpeg.tobytes())


def _picture(media: bytes, kind: MediaKind) -> Plane | None:
    """Decode a picture; None where it cannot be."""
    try:
        if kind is MediaKind.LAYERS:
            return read_layers(media).flatten()
        if kind is MediaKind.CLIP:
            with av.open(io.BytesIO(media), "r") as container:
                return np.asarray(next(container.decode(video=0)).to_ndarray(format="bgr24"), np.uint8)
    except (RenderRefused, av.error.FFmpegError, StopIteration, IndexError):
        return None
    decoded = cv2.imdecode(np.frombuffer(media, np.uint8), cv2.IMREAD_COLOR) if media else None
    return None if decoded is None else np.asarray(decoded, np.uint8)
