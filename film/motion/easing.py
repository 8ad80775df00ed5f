"""Where the window of a camera move is at a given frame, and how far it is focused."""

from __future__ import annotations

import math

from schemas.timeline import CameraMove, Framing

RAMP = 0.25
"""Share of a move spent getting up to speed, and again slowing down."""


def ease(progress: float) -> float:
    """Turn the share of time that has passed into the share of the way that is travelled.

    The speed rises as a raised cosine over the first `RAMP`, is constant, and falls likewise: an operator's
    start and stop, and a long steady middle. Speed and acceleration are continuous and zero at both ends.

    Args:
        progress: Share of the time, clamped to 0–1.

    Returns:
        Share of the way, 0–1, never falling.
    """
    if progress <= 0.0:
        return 0.0
    if progress >= 1.0:
        return 1.0
    if progress > 0.5:
        return 1.0 - ease(1.0 - progress)
    steady = 1.0 / (1.0 - RAMP)
    if progress < RAMP:
        phase = progress / RAMP
        return steady * RAMP * (phase - math.sin(math.pi * phase) / math.pi) / 2.0
    return steady * (progress - RAMP / 2.0)


def framing_at(move: CameraMove, frame: int) -> Framing:
    """Find the window at a frame of a move.

    Frames before the first and after the last hold the framing there, which is what the handles of a dissolve show.
    The size changes geometrically, so that a push-in does not seem to speed up; the centre follows the size, so that
    each window is a weighted mean of the first and the last and lies inside the picture when they do.

    Args:
        move: The move.
        frame: Frame of the shot, from 0; may be negative.

    Returns:
        The window.
    """
    start, end = move.start, move.end
    if start == end or frame <= 0:
        return start
    if frame >= move.frames - 1:
        return end
    way = ease(frame / (move.frames - 1))
    scale = start.scale * (end.scale / start.scale) ** way
    if start.scale != end.scale:
        way = (scale - start.scale) / (end.scale - start.scale)
    return Framing(x=start.x + (end.x - start.x) * way, y=start.y + (end.y - start.y) * way, scale=scale)


def focused_at(move: CameraMove, frame: int) -> float:
    """Find what is in focus at a frame of a move.

    What is blurred, and how much, goes with the inverse of distances: so does the focus from one to the other.

    Args:
        move: The move.
        frame: Frame of the shot, from 0; may be negative.

    Returns:
        The inverse of the distance that is sharp, in that of the figures: 1 where they are, 0 at infinity.
    """
    pull = move.focus
    if pull is None:
        return 1.0
    start, end = 1.0 / pull.start, 1.0 / pull.end
    if frame >= pull.first + pull.frames - 1:
        return end
    if frame <= pull.first:
        return start
    return start + (end - start) * ease((frame - pull.first) / (pull.frames - 1))
