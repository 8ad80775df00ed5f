"""Camera moves, chosen by what they mean: closer for tension, along with who walks, away at an end."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from film.direction.moments import Moment
from film.direction.situation import Setup, Situation
from film.direction.vocabulary import ENDING, POSES, REALISING, TALL
from film.direction.words import tokens
from schemas.enums import Movement, Pose, ShotSize, Side
from schemas.script import Staging

_TENSE = 0.6
_STILL_EVERY = 8
"""Every so many speeches a shot of both stands still; a draft without movement does not read as film."""
_PANS = (Movement.PAN_RIGHT, Movement.PAN_LEFT)
_CLOSING = (Movement.PUSH_IN, Movement.PULL_OUT, Movement.TILT_UP)
"""Moves that end a scene. None of them opens one, so that a move never goes on over a change of scene.
A scene of one shot has the one that its own words throw."""


def meanings(moment: Moment, setup: Setup, situation: Situation, staging: Sequence[Staging]) -> tuple[Movement, ...]:
    """The moves that suit a shot, the best first.

    They depend on the shot and on its place in the scene, counted in elements of the script: what changes elsewhere
    changes none of them.

    Args:
        moment: What happens.
        setup: Where the camera stands.
        situation: Where in the film the shot is.
        staging: The subjects; a pan goes where the first one looks.

    Returns:
        At least three moves.
    """
    ahead, back = _PANS if not staging or staging[0].facing is not Side.LEFT else _PANS[::-1]
    words = set(tokens(moment.action))
    if situation.last and situation.number:
        leaves = bool(words & ENDING) or setup.size in {ShotSize.EWS, ShotSize.WS}
        return (Movement.PULL_OUT, Movement.TILT_UP, Movement.PUSH_IN) if leaves else _CLOSING
    if situation.last:
        first = crc32(moment.action.encode("utf-8", "replace")) % len(_CLOSING)
        return _CLOSING[first:] + _CLOSING[:first]
    if not situation.number:
        if words & TALL and not staging:
            return (Movement.TILT_DOWN, ahead, back)
        return (ahead, back, Movement.TILT_DOWN)
    if words & TALL and not staging:
        return (Movement.TILT_UP, Movement.TILT_DOWN, ahead)
    if any(one.pose in {Pose.WALK, Pose.RUN} for one in staging) or any(
        POSES.get(word) in {Pose.WALK, Pose.RUN} for word in words if not staging
    ):
        return (ahead, Movement.PUSH_IN, Movement.PULL_OUT)
    if setup.rule in {"insert", "silence"} or words & REALISING:
        return (Movement.PUSH_IN, Movement.TILT_DOWN, ahead)
    if setup.rule in {"over_the_shoulder", "two_shot", "group", "master"}:
        if moment.spoken and situation.turn % _STILL_EVERY == _STILL_EVERY // 2:
            return (Movement.STATIC, Movement.PULL_OUT, ahead)
        return (Movement.PULL_OUT, ahead, Movement.PUSH_IN)
    return _rotated(setup, situation, moment.step, ahead)


def _rotated(setup: Setup, situation: Situation, step: int, ahead: Movement) -> tuple[Movement, ...]:
    """Where nothing tells, the moves take turns."""
    moves: tuple[Movement, ...]
    if setup.rule == "cutaway":
        moves = (ahead, Movement.TILT_UP, Movement.PULL_OUT)
    elif situation.tension > _TENSE:
        moves = (Movement.PUSH_IN, ahead, Movement.PUSH_IN, Movement.PULL_OUT)
    else:
        moves = (Movement.PUSH_IN, ahead, Movement.PULL_OUT)
    first = (step + situation.speech_part) % len(moves)
    return moves[first:] + moves[:first]


class Operator:
    """Chooses among the moves that suit a scene's shots, so that none is made twice running."""

    def __init__(self) -> None:
        self._before: Movement | None = None

    def choose(self, suitable: Sequence[Movement], written: Movement | None) -> Movement:
        """Choose a shot's move.

        Args:
            suitable: From `meanings`.
            written: The move the script asks for, which is always made.

        Returns:
            The move.
        """
        chosen = written or next(move for move in suitable if move is not self._before)
        self._before = chosen
        return chosen
