"""Turns a still and a camera move into frames."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Protocol

import cv2
import numpy as np

from film.motion.easing import framing_at
from film.motion.i420 import Plane, Planes, from_bgr
from film.motion.samplers import Sampler, Slide, Source, Warp
from film.motion.zooming import Zoom, nested
from schemas.timeline import CameraMove, Framing

MOST_OVERSIZE = 1.5
"""Most that a source is enlarged. Beyond it the widest framing would be sampled so sparsely that it shimmers."""


class Camera(Protocol):
    """Makes the frames of one shot."""

    def shown(self, frame: int) -> Hashable:
        """Say what a frame shows: two frames of the same are equal, sample by sample."""
        ...

    def render(self, frame: int, out: Planes) -> None:
        """Make a frame.

        Args:
            frame: Frame of the shot, from 0; may be negative or beyond its last.
            out: Where to; every sample is overwritten.
        """
        ...


class StillCamera:
    """Photographs a still along a camera move.

    The still is converted to I420 and enlarged once, so that the closest framing has a source sample for each of its
    own; each frame is then one bilinear interpolation. It is sub-pixel exact: the jitter that remains is far below
    0.025 pixels a frame squared.

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
        self._sampler = cover_sampler(cover(picture, width, height), move, width, height)

    def shown(self, frame: int) -> Framing:
        """Find the window at a frame of the shot; frames outside the move hold its ends."""
        return framing_at(self.move, frame)

    def render(self, frame: int, out: Planes) -> None:
        """Make a frame; see `Camera`."""
        self._sampler.render(self.shown(frame), out)


def oversize_of(move: CameraMove) -> tuple[float, bool]:
    """Say by how much a source must be enlarged to be photographed sharply along a move.

    Args:
        move: The move.

    Returns:
        The factor, and whether the closest framing has a sample for each of the frame's then.
    """
    closest = min(move.start.scale, move.end.scale)
    oversize = min(1.0 / closest, MOST_OVERSIZE)
    return oversize, oversize * closest >= 1.0 - 1e-9


def cover_sampler(picture: Plane, move: CameraMove, width: int, height: int) -> Sampler:
    """Prepare to sample a picture that fills the frame.

    Args:
        picture: height × width × 3 samples, blue first, in the film's proportions.
        move: The move.
        width: Width of the frames, even.
        height: Height of the frames, even.
    """
    source = cover_source(picture, move, width, height)
    return source_sampler(source, move, (width, height))


def cover_source(picture: Plane, move: CameraMove, width: int, height: int) -> Source:
    """Turn a picture that fills the frame into planes with as many samples as a move needs; see `cover_sampler`."""
    oversize, _ = oversize_of(move)
    return _enlarged(from_bgr(picture), _even(width * oversize), _even(height * oversize))


def source_sampler(source: Source, move: CameraMove, target: tuple[int, int]) -> Sampler:
    """Choose the cheapest way of sampling that is exact for a move.

    Args:
        source: What fills the frame; see `cover_source`.
        move: The move.
        target: Width and height of the frames.
    """
    full = oversize_of(move)[1]
    if full and move.start.scale == move.end.scale:
        return Slide(source, target)
    if full and nested(move.start, move.end):
        return Zoom(source, target, move)
    return Warp(source, target)


def _even(size: float) -> int:
    """Round up to an even number."""
    return 2 * math.ceil(size / 2.0 - 1e-6)


def _enlarged(planes: Planes, width: int, height: int) -> Source:
    """Resize a picture's planes."""
    half = (width // 2, height // 2)
    resized = Planes(_resize(planes.y, (width, height)), _resize(planes.u, half), _resize(planes.v, half))
    return Source(resized, enlarged=width / planes.y.shape[1])


def _resize(plane: Plane, size: tuple[int, int]) -> Plane:
    """Resize a plane to width × height: Lanczos to enlarge, area averages to reduce."""
    if (plane.shape[1], plane.shape[0]) == size:
        return plane
    shrinks = size[0] < plane.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(plane, size, interpolation=how), np.uint8)


def cover(picture: Plane, width: int, height: int) -> Plane:
    """Cut the middle of a picture to the film's proportions, with even sizes."""
    rows, columns = picture.shape[:2]
    factor = min(columns / width, rows / height)
    wide, tall = max(2, int(width * factor + 1e-6) & ~1), max(2, int(height * factor + 1e-6) & ~1)
    left, top = (columns - wide) // 2, (rows - tall) // 2
    return picture[top : top + tall, left : left + wide]
