"""Turns a still and a camera move into frames."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from film.motion.easing import framing_at
from film.motion.i420 import Plane, Planes, from_bgr
from schemas.timeline import CameraMove, Framing

MOST_OVERSIZE = 1.5
"""Most that a source is enlarged. Beyond it the widest framing would be sampled so sparsely that it shimmers."""

Affine = NDArray[np.float64]


def matrix(
    framing: Framing, *, source: tuple[int, int], target: tuple[int, int], plane: str = "luma", enlarged: float = 1.0
) -> Affine:
    """Build the map from a sample of the frame to the place in the source that it shows.

    Places are counted in samples, from the centre of the first. Chroma lies level with every second luma sample across
    and midway between two rows (see `film.motion.i420`), so that its map differs by a fraction of a sample: left out,
    colours would slide against outlines as the camera moves.

    Args:
        framing: The window.
        source: Width and height of the source's luma plane.
        target: Width and height of the frame's luma plane.
        plane: "luma" or "chroma".
        enlarged: By how much the source's planes were resized after conversion. OpenCV resizes about the planes'
            edges, which moves left-sited chroma by a quarter sample of the enlargement.

    Returns:
        2 × 3 matrix, as `cv2.warpAffine` takes it with `WARP_INVERSE_MAP`.
    """
    across = framing.scale * source[0] / target[0]
    down = framing.scale * source[1] / target[1]
    left = (framing.x - framing.scale / 2.0) * source[0] + (across - 1.0) / 2.0
    top = (framing.y - framing.scale / 2.0) * source[1] + (down - 1.0) / 2.0
    if plane == "chroma":
        left = left / 2.0 + (enlarged - 1.0) / 4.0
        top = (top + (down - 1.0) / 2.0) / 2.0
    return np.array([[across, 0.0, left], [0.0, down, top]])


class StillCamera:
    """Photographs a still along a camera move.

    The still is converted and enlarged once; each frame is then one bilinear warp of each plane. That is sub-pixel
    exact: what remains of jitter is under 0.02 pixels a frame squared.

    Attributes:
        move: The move.
    """

    def __init__(self, picture: Plane, move: CameraMove, width: int, height: int) -> None:
        """Prepare a still.

        Args:
            picture: height × width × 3 samples, blue first. Where its proportions differ from the film's, its middle
                is used.
            move: The move.
            width: Width of the frames, even.
            height: Height of the frames, even.
        """
        self.move = move
        self._target = (width, height)
        planes = from_bgr(_cover(picture, width, height))
        oversize = min(1.0 / min(move.start.scale, move.end.scale), MOST_OVERSIZE)
        self._source = (_even(width * oversize), _even(height * oversize))
        self._enlarged = self._source[0] / planes.y.shape[1]
        half = (self._source[0] // 2, self._source[1] // 2)
        self._planes = Planes(_resize(planes.y, self._source), _resize(planes.u, half), _resize(planes.v, half))

    def framing(self, frame: int) -> Framing:
        """Find the window at a frame of the shot; frames outside the move hold its ends."""
        return framing_at(self.move, frame)

    def render(self, frame: int, out: Planes) -> None:
        """Make a frame.

        Args:
            frame: Frame of the shot, from 0; may be negative or beyond the move.
            out: Where to; every sample is overwritten.
        """
        framing = self.framing(frame)
        luma = matrix(framing, source=self._source, target=self._target)
        chroma = matrix(framing, source=self._source, target=self._target, plane="chroma", enlarged=self._enlarged)
        for plane, target, affine in zip(self._planes, out, (luma, chroma, chroma), strict=True):
            cv2.warpAffine(
                plane,
                affine,
                (target.shape[1], target.shape[0]),
                dst=target,
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            )


def _even(size: float) -> int:
    """Round to the nearest even number."""
    return 2 * round(size / 2.0)


def _resize(plane: Plane, size: tuple[int, int]) -> Plane:
    """Resize a plane to width × height: Lanczos to enlarge, area averages to reduce."""
    if (plane.shape[1], plane.shape[0]) == size:
        return plane
    shrinks = size[0] < plane.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(plane, size, interpolation=how), np.uint8)


def _cover(picture: Plane, width: int, height: int) -> Plane:
    """Cut the middle of a picture to the film's proportions, with even sizes."""
    rows, columns = picture.shape[:2]
    factor = min(columns / width, rows / height)
    wide, tall = max(2, int(width * factor + 1e-6) & ~1), max(2, int(height * factor + 1e-6) & ~1)
    left, top = (columns - wide) // 2, (rows - tall) // 2
    return picture[top : top + tall, left : left + wide]
