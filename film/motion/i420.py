"""Planar I420 frames, and the way from a picture's RGB to BT.709 limited range.

A frame is three planes of 8-bit samples: luma of height × width, and two of chroma of half that each way. Chroma is
sited as in MPEG-2 and H.264's default: level with the left luma sample of each pair, midway between two rows.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

BLACK_LUMA = 16
WHITE_LUMA = 235
NEUTRAL_CHROMA = 128

BLACK = 24
"""A frame is black when no sampled luma is above this; 16 is black itself."""

SAMPLED = 8
"""Every so-many rows and columns are looked at."""

# ITU-R BT.709-6, items 3.2–3.5: KR 0.2126, KB 0.0722, luma 16–235, chroma 16–240. Columns are B, G, R, constant.
_KR, _KB = 0.2126, 0.0722
_KG = 1.0 - _KR - _KB
_CB, _CR = 2.0 * (1.0 - _KB), 2.0 * (1.0 - _KR)
_BGR_TO_YCBCR = np.array(
    [
        [_KB * 219 / 255, _KG * 219 / 255, _KR * 219 / 255, BLACK_LUMA],
        [(1.0 - _KB) / _CB * 224 / 255, -_KG / _CB * 224 / 255, -_KR / _CB * 224 / 255, NEUTRAL_CHROMA],
        [-_KB / _CR * 224 / 255, -_KG / _CR * 224 / 255, (1.0 - _KR) / _CR * 224 / 255, NEUTRAL_CHROMA],
    ],
    dtype=np.float32,
)


class Planes(NamedTuple):
    """The three planes of a frame; rows may be padded, samples within a row are adjacent."""

    y: Plane
    u: Plane
    v: Plane


def empty_planes(width: int, height: int) -> Planes:
    """Allocate a frame.

    Args:
        width: Even number of pixels.
        height: Even number of pixels.
    """
    half = (height // 2, width // 2)
    return Planes(np.empty((height, width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8))


def is_black(luma: Plane) -> bool:
    """Say whether a frame with this luma plane shows nothing."""
    return bool(luma[::SAMPLED, ::SAMPLED].max() <= BLACK)


def from_bgr(picture: Plane) -> Planes:
    """Convert a picture to I420, BT.709, limited range.

    Args:
        picture: height × width × 3 samples, blue first, as OpenCV decodes; both sizes even.

    Returns:
        Its planes, of the same size.
    """
    luma, blue, red = (np.asarray(plane, np.uint8) for plane in cv2.split(cv2.transform(picture, _BGR_TO_YCBCR)))
    return Planes(luma, halve_chroma(blue), halve_chroma(red))


def premultiplied(image: Plane) -> tuple[Plane, Plane, Plane]:
    """Convert a picture that is multiplied with its opacity: so is what comes out.

    Args:
        image: height × width × 4 samples, blue first, opacity last.

    Returns:
        Luma, blue and red difference, each height × width: nothing where the picture is transparent.
    """
    weighted = _BGR_TO_YCBCR.copy()
    weighted[:, 3] /= 255.0
    luma, blue, red = (np.asarray(plane, np.uint8) for plane in cv2.split(cv2.transform(image, weighted)))
    return luma, blue, red


def halve_chroma(plane: Plane) -> Plane:
    """Halve a full-size chroma plane each way: co-sited left, midway between rows."""
    across = np.array([0.25, 0.5, 0.25], np.float32)
    down = np.array([0.5, 0.5], np.float32)
    # A kernel of two samples anchored on the first averages each row with the one below it.
    smooth = cv2.sepFilter2D(plane, -1, across, down, anchor=(1, 0), borderType=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(smooth[::2, ::2], np.uint8)


def fill(planes: Planes, width: int, height: int) -> Planes:
    """Fit a frame to another size: it fills it, and where its proportions differ its middle is used.

    Chroma is taken to lie amid its luma samples, which moves colours by at most a quarter of a luma sample for each
    halving of the size.

    Args:
        planes: The frame.
        width: Even number of pixels.
        height: Even number of pixels.

    Returns:
        The frame in that size; itself where it has it already.
    """
    rows, columns = planes.y.shape
    if (columns, rows) == (width, height):
        return planes
    factor = min(columns / width, rows / height)
    wide, tall = max(1, int(width * factor / 2 + 1e-6)), max(1, int(height * factor / 2 + 1e-6))
    left, top = (columns // 2 - wide) // 2, (rows // 2 - tall) // 2
    how = cv2.INTER_AREA if factor > 1.0 else cv2.INTER_LANCZOS4
    fitted: list[Plane] = []
    for plane, part in zip(planes, (1, 2, 2), strict=True):
        scale = 2 // part
        window = plane[top * scale : (top + tall) * scale, left * scale : (left + wide) * scale]
        resized = cv2.resize(np.ascontiguousarray(window), (width // part, height // part), interpolation=how)
        fitted.append(np.asarray(resized, np.uint8))
    return Planes(*fitted)
