"""Which window on the picture a shot's camera movement begins and ends with."""

from __future__ import annotations

import math

from film.layers import FOCUS_DEPTH
from film.motion.easing import RAMP
from schemas.enums import Movement, Side
from schemas.rate import Rate, seconds_of
from schemas.script import Shot
from schemas.timeline import CameraMove, FocusPull, Framing

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

LEAST_FRAMES = 6
"""Fewer frames show no move, however long they last."""

FASTEST = 0.12
"""Most way per second that a short shot may need to travel the least way; above it the camera stands."""

EYE_LINE = 0.42
"""Height at which a push-in ends: faces stand above the middle of the picture."""

SUBJECT_X = {Side.LEFT: 0.3, Side.CENTRE: 0.5, Side.RIGHT: 0.7}
"""Where a figure stands, in fractions of the width."""

TILTS = frozenset({Movement.TILT_UP, Movement.TILT_DOWN})

PULL_SECONDS = 1.2
"""How long the focus takes from one to the other: an eye follows it, and does not wait for it."""

LONGEST_PULL = 0.6
"""Share of a shot that it takes at most; before and after it is seen what is sharp."""

PULLED_AT = 0.45
"""Share of the shot that has passed in the middle of it: what it leads to needs longer to be seen."""

WHOLE = Framing(x=0.5, y=0.5, scale=1.0)


def plan_move(shot: Shot, *, width: int, height: int, fps: Rate) -> CameraMove:
    """Plan the camera move of a shot.

    Args:
        shot: The shot; its movement, length and staging are used.
        width: Width of the film, in pixels.
        height: Height of the film, in pixels.
        fps: Frames per second.

    Returns:
        The move, over exactly the shot's frames. Both windows lie inside the picture. A static shot, one too short to
        be moved without a jerk, and one of a picture in which the whole way is under two pixels have equal framings.
        Where the shot's focus moves, so does the move's; whether it can be shown is for `film.motion.choice` to say.
    """
    seconds = seconds_of(shot.frames, fps)
    way = _way(shot.movement, seconds) if shot.frames >= LEAST_FRAMES else 0.0
    if way * min(width, height) < 2.0:
        start, end = WHOLE, WHOLE
    elif shot.movement in (Movement.PUSH_IN, Movement.PULL_OUT):
        start, end = _zoom(shot, way)
    else:
        start, end = _slide(shot, way, height if shot.movement in TILTS else width, fps)
    return CameraMove(start=start, end=end, frames=shot.frames, focus=_plan_focus(shot, fps))


def _plan_focus(shot: Shot, fps: Rate) -> FocusPull | None:
    """Plan how the focus moves; None where it stays."""
    if shot.rack is None or not shot.racks:
        return None
    frames = max(min(round(PULL_SECONDS * fps), int(LONGEST_PULL * shot.frames)), 1)
    first = min(max(round(PULLED_AT * shot.frames - frames / 2), 0), shot.frames - frames)
    start, end = FOCUS_DEPTH[shot.rack.start], FOCUS_DEPTH[shot.rack.end]
    return FocusPull(start=start, end=end, first=first, frames=frames)


def _way(movement: Movement, seconds: float) -> float:
    """Choose how far to travel, in fractions of the picture; 0.0 where the camera stands."""
    if movement is Movement.STATIC or seconds < LEAST_SECONDS or LEAST_WAY / seconds > FASTEST:
        return 0.0
    return min(max(SPEED[movement] * seconds, LEAST_WAY), MOST_WAY)


def _zoom(shot: Shot, way: float) -> tuple[Framing, Framing]:
    """Lay the windows of a push-in or a pull-out: the whole picture, and one that is smaller by `way`."""
    scale = 1.0 - way
    low, high = scale / 2.0, 1.0 - scale / 2.0
    close = Framing(x=_inside(_subject_x(shot), low, high), y=_inside(EYE_LINE, low, high), scale=scale)
    return (WHOLE, close) if shot.movement is Movement.PUSH_IN else (close, WHOLE)


def _slide(shot: Shot, way: float, length: int, fps: Rate) -> tuple[Framing, Framing]:
    """Lay the windows of a pan or a tilt over about `way`.

    Where the length of the shot allows it, the steady part of the move travels a whole number of pixels a frame and
    meets whole pixels. No interpolation is seen then, where in-between places would soften some frames and not others;
    and the encoder finds each frame in the one before, at half the bits.

    Args:
        shot: The shot.
        way: How far, in fractions of the picture.
        length: The frame's length in the direction of the move, in pixels.
        fps: Frames per second.
    """
    forwards = shot.movement in (Movement.PAN_RIGHT, Movement.TILT_DOWN)
    run = shot.frames - 1
    speed = _whole_speed(way, length, shot.frames, fps)
    if speed:
        travel = speed * run * (1.0 - RAMP)
        picture = 2.0 * math.ceil((length + travel + 1.0) / 2.0)
        lag = speed * run * RAMP / 2.0  # By this much a camera that starts gently is behind one that does not.
        first = lag % 1.0 if forwards else -(travel + lag) % 1.0
    else:
        picture, first = length / (1.0 - way), 0.0
        travel = picture - length
    scale = length / picture
    near, far = (offset / picture + scale / 2.0 for offset in (first, first + travel))
    centres = (near, far) if forwards else (far, near)
    if shot.movement in TILTS:
        start, end = (Framing(x=0.5, y=centre, scale=scale) for centre in centres)
    else:
        start, end = (Framing(x=centre, y=0.5, scale=scale) for centre in centres)
    return start, end


def _whole_speed(way: float, length: int, frames: int, fps: Rate) -> int:
    """Find the whole number of pixels a frame that travels nearest to `way`; 0 where none is within the limits."""
    steady = (frames - 1) * (1.0 - RAMP)
    nearest = max(round(way / (1.0 - way) * length / steady), 1)
    for speed in (nearest, nearest + 1, nearest - 1):
        share = speed * steady / (length + speed * steady + 2.0)
        if speed and LEAST_WAY <= share <= MOST_WAY and share / seconds_of(frames, fps) <= FASTEST:
            return speed
    return 0


def _subject_x(shot: Shot) -> float:
    """Find where the shot's subject stands; the middle of a group."""
    places = [SUBJECT_X[staging.side] for staging in shot.staging]
    return sum(places) / len(places) if places else 0.5


def _inside(value: float, low: float, high: float) -> float:
    """Clamp a window's centre so that the window stays inside the picture."""
    return min(max(value, low), high)
