"""Chooses how a shot moves, and says so where it is not what was asked for."""

from __future__ import annotations

from schemas.enums import MotionKind, MovedBy, TransitionKind
from schemas.errors import MotionRefused
from schemas.motion import ShotMotion
from schemas.script import Shot
from schemas.timeline import CameraMove


def continues(shot: Shot, following: Shot | None) -> bool:
    """Say whether the next shot goes on where this one ends, so that its keyframe is this one's last frame.

    Args:
        shot: The shot.
        following: The next one of the film; None for the last.

    Returns:
        Whether both are of one scene and show the same people in the same size and angle, with nothing but a cut
        between them.
    """
    if following is None or shot.transition_out is not TransitionKind.CUT:
        return False
    same = (shot.scene, shot.size, shot.angle, shot.subjects)
    then = (following.scene, following.size, following.angle, following.subjects)
    return same == then and following.transition_in is TransitionKind.CUT


def choose_motion(
    asked: MotionKind, shot: Shot, following: Shot | None, move: CameraMove, *, layers: bool
) -> ShotMotion:
    """Choose how a shot moves, from what is known before anything is made.

    Args:
        asked: What was asked for the film.
        shot: The shot.
        following: The next one of the film; None for the last.
        move: The shot's camera move.
        layers: Whether its keyframe is to be had in layers.

    Returns:
        What moves, and a sentence where that is not what was asked.
    """
    if asked is MotionKind.FLOW:
        if continues(shot, following):
            return ShotMotion(shot=shot.id, kind=MovedBy.FLOW)
        why = (
            "No shot of its scene follows, to which optical flow could lead"
            if following is None
            else "The next shot shows something else, so that nothing leads there by optical flow"
        )
        return _camera(shot.id, move, why, layers=layers)
    if asked is MotionKind.VIDEO:
        return ShotMotion(shot=shot.id, kind=MovedBy.VIDEO)
    return _camera(shot.id, move, "", layers=layers)


def instead_of(motion: ShotMotion, refused: MotionRefused, move: CameraMove, *, layers: bool) -> ShotMotion:
    """Choose how a shot moves whose clip was refused when it was to be made.

    Args:
        motion: What it should have been.
        refused: Why it is not.
        move: The shot's camera move.
        layers: Whether its keyframe is to be had in layers.
    """
    return _camera(motion.shot, move, str(refused).rstrip("."), layers=layers)


def _camera(shot: str, move: CameraMove, why: str, *, layers: bool) -> ShotMotion:
    moves = move.start != move.end
    then = "the camera moves instead" if moves else "the picture stands instead"
    kind = MovedBy.PARALLAX if moves and layers else MovedBy.CAMERA
    return ShotMotion(shot=shot, kind=kind, said=f"{why}; {then}." if why else "")
