"""Camera moves, chosen by what they mean: closer for tension, along with who walks, away at an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from film.direction.grammar import Setup, Situation
from film.direction.moments import Moment
from film.direction.vocabulary import ENDING, POSES, REALISING, TALL
from film.direction.words import tokens
from schemas.enums import Movement, Pose, Side
from schemas.script import Staging

_STILL_SHARE = 0.12
"""At most this share of a film's shots is static; a draft without movement does not read as film."""
_PANS = (Movement.PAN_RIGHT, Movement.PAN_LEFT)


def meanings(moment: Moment, setup: Setup, situation: Situation, staging: Sequence[Staging]) -> tuple[Movement, ...]:
    """The moves that suit a shot, the best first.

    Args:
        moment: What happens.
        setup: Where the camera stands.
        situation: Where in the film the shot is.
        staging: The subjects; a pan goes where the first one looks.

    Returns:
        At least three moves.
    """
    words = set(tokens(moment.action))
    ahead, back = _PANS if not staging or staging[0].facing is not Side.LEFT else _PANS[::-1]
    if words & TALL and not staging:
        return (Movement.TILT_UP, Movement.TILT_DOWN, ahead)
    if situation.progress >= 1 and words & ENDING:
        return (Movement.PULL_OUT, back, Movement.TILT_UP)
    if any(one.pose in {Pose.WALK, Pose.RUN} for one in staging) or any(
        POSES.get(word) in {Pose.WALK, Pose.RUN} for word in words if not staging
    ):
        return (ahead, Movement.PUSH_IN, Movement.PULL_OUT)
    if setup.rule == "insert" or words & REALISING:
        return (Movement.PUSH_IN, Movement.TILT_DOWN, ahead)
    if setup.rule == "establishing":
        return (ahead, Movement.PUSH_IN, Movement.TILT_DOWN, back)
    if setup.rule == "view":
        return (ahead, Movement.TILT_UP, Movement.PULL_OUT, back)
    if setup.rule in {"over_shoulder", "exchange", "group"}:
        return (Movement.PULL_OUT, ahead, Movement.STATIC, Movement.PUSH_IN)
    if situation.tension > 0.6:
        return (Movement.PUSH_IN, ahead, Movement.PULL_OUT)
    return (Movement.PUSH_IN, Movement.STATIC, ahead, Movement.PULL_OUT)


class Operator:
    """Chooses among the moves that suit, so that none repeats at once and few shots stand still."""

    def __init__(self) -> None:
        self._made: list[Movement] = []
        self._counts: Counter[Movement] = Counter()

    def choose(self, suitable: Sequence[Movement], written: Movement | None) -> Movement:
        """Choose a shot's move.

        Args:
            suitable: From `meanings`.
            written: The move the script asks for, which is always made.

        Returns:
            The move.
        """
        chosen = written or self._fresh(suitable)
        self._made.append(chosen)
        self._counts[chosen] += 1
        return chosen

    def _fresh(self, suitable: Sequence[Movement]) -> Movement:
        still = self._counts[Movement.STATIC] + 1 <= _STILL_SHARE * (len(self._made) + 1)
        allowed = [move for move in suitable if still or move is not Movement.STATIC]
        for memory in (3, 2, 1):
            for move in allowed:
                if move not in self._made[-memory:]:
                    return move
        return allowed[0]
