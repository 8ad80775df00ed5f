"""Which window on the picture a shot's camera movement begins and ends with."""

from __future__ import annotations

from schemas.enums import Movement, Side
from schemas.script import Shot
from schemas.timeline import CameraMove, Framing

SPEED = {
    Movement.PUSH_IN: 0.025,
    Movement.PULL_OUT: 0.025,
    Movement.PAN_LEFT: 0.035,
    Movement.PAN_RIGHT: 0.035,
    Movement.TILT_UP: 0.03,
    Movement.TILT_DOWN: 0.03,
}
"""Way per second, in fractions of the picture: slow enough to read, fast enough to be seen as meant."""

LEAST_WAY = 0.05
"""A shorter way is not seen as a move but as a fault."""

MOST_WAY = 0.20
"""A longer way would cost more sharpness than the move is worth."""

LEAST_SECONDS = 0.5
"""In a shorter shot even the least way is a jerk: the camera stands."""

FASTEST = 0.12
"""Most way per second that a short shot may need to travel the least way; above it the camera stands."""

EYE_LINE = 0.42
"""Height at which a push-in ends: faces stand above the middle of the picture."""

SUBJECT_X = {Side.LEFT: 0.3, Side.CENTRE: 0.5, Side.RIGHT: 0.7}
"""Where a figure stands, in fractions of the width."""

WHOLE = Framing(x=0.5, y=0.5, scale=1.0)


def plan_move(shot: Shot, *, width: int, height: int, fps: int) -> CameraMove:
    """Plan the camera move of a shot.

    Args:
        shot: The shot; its movement, length and staging are used.
        width: Width of the film, in pixels.
        height: Height of the film, in pixels.
        fps: Frames per second.

    Returns:
        The move, over exactly the shot's frames. Both windows lie inside the picture. A static shot, one too short to
        be moved without a jerk, and one of a picture in which the whole way is under two pixels have equal framings.
    """
    seconds = shot.frames / fps
    way = _way(shot.movement, seconds)
    if way * min(width, height) < 2.0:
        way = 0.0
    start, end = _framings(shot, way) if way else (WHOLE, WHOLE)
    return CameraMove(start=start, end=end, frames=shot.frames)


def _way(movement: Movement, seconds: float) -> float:
    """Choose how far to travel, in fractions of the picture; 0.0 where the camera stands."""
    if movement is Movement.STATIC or seconds < LEAST_SECONDS or LEAST_WAY / seconds > FASTEST:
        return 0.0
    return min(max(SPEED[movement] * seconds, LEAST_WAY), MOST_WAY)


def _framings(shot: Shot, way: float) -> tuple[Framing, Framing]:
    """Lay the first and the last window of a move that travels `way`."""
    scale = 1.0 - way
    low, high = scale / 2.0, 1.0 - scale / 2.0
    close = Framing(x=_inside(_subject_x(shot), low, high), y=_inside(EYE_LINE, low, high), scale=scale)
    near, far = {
        Movement.PUSH_IN: (WHOLE, close),
        Movement.PULL_OUT: (close, WHOLE),
        Movement.PAN_RIGHT: (Framing(x=low, y=0.5, scale=scale), Framing(x=high, y=0.5, scale=scale)),
        Movement.PAN_LEFT: (Framing(x=high, y=0.5, scale=scale), Framing(x=low, y=0.5, scale=scale)),
        Movement.TILT_DOWN: (Framing(x=0.5, y=low, scale=scale), Framing(x=0.5, y=high, scale=scale)),
        Movement.TILT_UP: (Framing(x=0.5, y=high, scale=scale), Framing(x=0.5, y=low, scale=scale)),
    }[shot.movement]
    return near, far


def _subject_x(shot: Shot) -> float:
    """Find where the shot's subject stands; the middle of a group."""
    places = [SUBJECT_X[staging.side] for staging in shot.staging]
    return sum(places) / len(places) if places else 0.5


def _inside(value: float, low: float, high: float) -> float:
    """Clamp a window's centre so that the window stays inside the picture."""
    return min(max(value, low), high)
