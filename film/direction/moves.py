"""Camera moves, chosen by what they mean: closer for tension, along with who walks, up with what rises, away last."""

from __future__ import annotations

import re
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
_ON_FOOT = frozenset({Pose.WALK, Pose.RUN})
_WALKING = frozenset(word for word, pose in POSES.items() if pose in _ON_FOOT)
_WIDE = frozenset({ShotSize.EWS, ShotSize.WS})
_RISING = re.compile(
    r"(?<![\w-])(?:up and up|(?:flew|fly|flies|soar|soars|soared|rose|rise|rises) "
    r"(?:(?:up|high|straight|slowly|out) ){0,2}(?:over|above|into|towards?) the)(?![\w-])"
)
_FALLING = re.compile(r"(?<![\w-])(?:fell|fall|falls|plunge[sd]?|tumble[sd]?) (?:down )?(?:from|out of) the(?![\w-])")
_STARED_AT = frozenset({"insert", "silence"})
"""Rules whose shots the camera goes closer to."""
_OF_SEVERAL = frozenset({"over_the_shoulder", "two_shot", "group", "master"})
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
        staging: The subjects; a pan goes where the first one looks, and either way where nobody looks aside.

    Returns:
        At least three moves.
    """
    ahead, back = _pans(moment, staging)
    words = tokens(moment.action) if moment.action else ()
    if situation.last and situation.number:
        leaves = not ENDING.isdisjoint(words) or setup.size in _WIDE
        return (Movement.PULL_OUT, Movement.TILT_UP, Movement.PUSH_IN) if leaves else _CLOSING
    if situation.last:
        first = _thrown(moment, len(_CLOSING))
        return _CLOSING[first:] + _CLOSING[:first]
    tall = not staging and not TALL.isdisjoint(words)
    if setup.size in _WIDE and moment.action:
        if _RISING.search(moment.action):
            return (Movement.TILT_UP, ahead, Movement.PULL_OUT)
        if _FALLING.search(moment.action):
            return (Movement.TILT_DOWN, ahead, Movement.PUSH_IN)
    if not situation.number:
        return (Movement.TILT_DOWN, ahead, back) if tall else (ahead, back, Movement.TILT_DOWN)
    if tall:
        return (Movement.TILT_UP, Movement.TILT_DOWN, ahead)
    if not _ON_FOOT.isdisjoint([one.pose for one in staging]) if staging else not _WALKING.isdisjoint(words):
        return (ahead, Movement.PUSH_IN, Movement.PULL_OUT)
    if setup.rule in _STARED_AT or not REALISING.isdisjoint(words):
        return (Movement.PUSH_IN, Movement.TILT_DOWN, ahead)
    if setup.rule in _OF_SEVERAL:
        if moment.spoken and situation.turn % _STILL_EVERY == _STILL_EVERY // 2:
            return (Movement.STATIC, Movement.PULL_OUT, ahead)
        return (Movement.PULL_OUT, ahead, Movement.PUSH_IN)
    return _rotated(setup, situation, moment.step, ahead)


def _pans(moment: Moment, staging: Sequence[Staging]) -> tuple[Movement, ...]:
    """The way a pan goes, and the way back."""
    looks = staging[0].facing if staging else Side.CENTRE
    goes_left = looks is Side.LEFT or (looks is Side.CENTRE and _thrown(moment, 2) == 1)
    return _PANS[::-1] if goes_left else _PANS


def _thrown(moment: Moment, ways: int) -> int:
    """One of some ways, by the moment's own words: the same in every film, whatever else changes there."""
    return crc32(moment.action.encode("utf-8", "replace")) % ways


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
        if written is None:
            written = suitable[0] if suitable[0] is not self._before else self._other(suitable)
        self._before = written
        return written

    def _other(self, suitable: Sequence[Movement]) -> Movement:
        return next(move for move in suitable if move is not self._before)
