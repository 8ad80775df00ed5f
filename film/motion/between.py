"""A clip from one keyframe to the next, by optical flow."""

from __future__ import annotations

import cv2
import numpy as np

from film.motion.clips import encode_clip
from film.motion.flow import inbetweens
from film.motion.i420 import Plane, from_bgr
from schemas.errors import ArtifactMissing
from schemas.rate import Rate


def animate_between(first: bytes, last: bytes, frames: int, fps: Rate) -> bytes:
    """Make the clip of a shot that leads to the next one's keyframe.

    Args:
        first: Its keyframe, a PNG with even sides.
        last: The keyframe of the shot that follows, of the same size.
        frames: Length of the shot.
        fps: Frames per second.

    Returns:
        The clip; see `film.motion.clips`.

    Raises:
        MotionRefused: The two are not nearly the same picture.
        ArtifactMissing: One of them does not decode.
    """
    begin, end = _decoded(first), _decoded(last)
    height, width = begin.shape[:2]
    pictures = inbetweens(begin, end, frames)
    return encode_clip(map(from_bgr, pictures), width=width, height=height, fps=fps)


def _decoded(png: bytes) -> Plane:
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR) if png else None
    if picture is None:
        raise ArtifactMissing("A keyframe of the clip cannot be decoded; make its shot again.")
    return np.asarray(picture, np.uint8)
