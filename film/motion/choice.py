"""Chooses how a shot moves, and says so where it is not what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from schemas.enums import MotionKind, MovedBy, ShotSize
from schemas.errors import MotionRefused
from schemas.motion import ShotMotion
from schemas.script import Shot
from schemas.timeline import CameraMove


def followed(shots: Sequence[Shot], film: Sequence[Shot]) -> list[tuple[Shot, Shot | None]]:
    """Pair shots of one scene with what they may lead to: the next of them, where nothing stands between in the film.

    Args:
        shots: Shots of one scene, in order.
        film: All shots of the film, in order: between two of a scene, a revision may have put one of another.

    Returns:
        Each with the next one of `shots`, or with None.
    """
    if len(shots) < 2:  # most often, in a film of many short scenes: nobody need look through all of it
        return [(shot, None) for shot in shots]
    places = {shot.id: at for at, shot in enumerate(film)}
    pairs = zip_longest(shots, shots[1:])
    return [
        (shot, after if after is not None and places[after.id] == places[shot.id] + 1 else None)
        for shot, after in pairs
    ]


def choose_motion(
    asked: MotionKind, shot: Shot, following: Shot | None, move: CameraMove, *, layers: bool, leads: bool = False
) -> ShotMotion:
    """Choose how a shot moves, from what is known before anything is made.

    Args:
        asked: What was asked for the film.
        shot: The shot.
        following: The next one of the film; None for the last.
        move: The shot's camera move.
        layers: Whether its keyframe is to be had in layers.
        leads: Whether the next shot goes on where it ends; see `film.prompting.continuity`.

    Returns:
        What moves, and a sentence where that is not what was asked.
    """
    if asked is MotionKind.FLOW:
        if leads:
            return ShotMotion(shot=shot.id, kind=MovedBy.FLOW, said=_unfocused(shot, _FLOWS))
        why = (
            "No shot of its scene follows, to which optical flow could lead"
            if following is None
            else "The next shot shows something else, so that nothing leads there by optical flow"
        )
        return _camera(shot, move, why, layers=layers)
    if asked is MotionKind.VIDEO:
        return ShotMotion(shot=shot.id, kind=MovedBy.VIDEO, said=_unfocused(shot, _FILMED))
    return _camera(shot, move, "", layers=layers)


def instead_of(motion: ShotMotion, refused: MotionRefused, shot: Shot, move: CameraMove, *, layers: bool) -> ShotMotion:
    """Choose how a shot moves whose clip was refused when it was to be made.

    Args:
        motion: What it should have been.
        refused: Why it is not.
        shot: The shot.
        move: The shot's camera move.
        layers: Whether its keyframe is to be had in layers.
    """
    return _camera(shot, move, str(refused).rstrip("."), layers=layers).model_copy(update={"shot": motion.shot})


def shown_move(motion: ShotMotion, move: CameraMove) -> CameraMove:
    """Take from a move what is not seen of it: the focus of what has no layers."""
    return move if motion.kind is MovedBy.FOCUS else move.model_copy(update={"focus": None})


_FLOWS = "a clip made by optical flow has no layers"
_FILMED = "a video model's clip has no layers"
_PAINTED = "a painted picture has no layers"
_WIDE = "a wide shot, or one from straight above, is sharp from front to back"
_TIGHT = "nobody behind is in the frame of an extreme close-up"


def _unfocused(shot: Shot, why: str) -> str:
    """Say that a focus which should move does not; empty where none should."""
    return f"The focus stays where it is, since {why}." if shot.rack is not None else ""


def _camera(shot: Shot, move: CameraMove, why: str, *, layers: bool) -> ShotMotion:
    moves, pulls = move.start != move.end, move.focus is not None and layers
    said = ""
    if why:
        then = "the camera moves" if moves else "the focus moves" if pulls else "the picture stands"
        said = f"{why}; {then} instead."
    kind = MovedBy.CAMERA
    if pulls:
        kind = MovedBy.FOCUS
    else:
        kind = MovedBy.PARALLAX if moves and layers else kind
        tight = shot.racks or shot.size is ShotSize.ECU
        stays = _unfocused(shot, _PAINTED if not layers else _TIGHT if tight else _WIDE)
        said = " ".join(filter(None, (said, stays)))
    return ShotMotion(shot=shot.id, kind=kind, said=said)
