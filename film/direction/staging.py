"""Staging: where in the picture each subject stands, and what body and face do."""

from __future__ import annotations

from collections.abc import Sequence

from film.direction.cast import NARRATOR, Cast
from film.direction.grammar import Setup
from film.direction.moments import Moment
from film.direction.vocabulary import EXPRESSIONS, POSES
from film.direction.words import tokens
from schemas.enums import Expression, Pose, Side
from schemas.script import Staging

_KEPT = {Pose.SIT, Pose.LIE, Pose.KNEEL}
"""Poses that last until another verb ends them."""
_STRENGTH = (Pose.FIGHT, Pose.RUN, Pose.LIE, Pose.KNEEL, Pose.SIT, Pose.WALK, Pose.POINT, Pose.HOLD, Pose.TALK, Pose.STAND)
_SIDES = (Side.LEFT, Side.RIGHT, Side.CENTRE)
_OPPOSITE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


class Stage:
    """One scene's stage. Everybody keeps one side of the camera's line through the whole scene."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._sides: dict[str, Side] = {}
        self._poses: dict[str, Pose] = {}

    def enter(self, people: Sequence[str]) -> None:
        """Give those who are new in the scene their side: the first left, the second right, the third between."""
        for who in people:
            if who not in self._sides and who != NARRATOR:
                self._sides[who] = _SIDES[len(self._sides) % len(_SIDES)]

    @property
    def present(self) -> tuple[str, ...]:
        """Who has entered, in order."""
        return tuple(self._sides)

    def place(self, moment: Moment, setup: Setup) -> tuple[Staging, ...]:
        """Stage a shot's subjects.

        Args:
            moment: What happens.
            setup: Who is seen.

        Returns:
            One staging a subject, in the order of the setup.
        """
        self.enter(moment.cast)
        self.enter(setup.subjects)
        poses = self._poses_in(moment)
        speakers = {line.character for line in moment.lines}
        return tuple(self._staging(who, moment, poses.get(who), who in speakers) for who in setup.subjects)

    def _staging(self, who: str, moment: Moment, pose: Pose | None, speaks: bool) -> Staging:
        kept = self._poses.get(who, Pose.STAND)
        if pose is None:
            pose = kept if kept in _KEPT else Pose.TALK if speaks else Pose.STAND
        if moment.plan is not None and moment.plan.pose is not None:
            pose = moment.plan.pose
        self._poses[who] = pose
        side = self._sides[who]
        facing = _OPPOSITE.get(side, Side.LEFT if len(self._sides) > 1 else Side.RIGHT)
        if moment.plan is not None and moment.plan.expression is not None:
            face = moment.plan.expression
        else:
            face = expression_of(moment, speaks)
        return Staging(character=who, pose=pose, expression=face, side=side, facing=facing)

    def _poses_in(self, moment: Moment) -> dict[str, Pose]:
        """The strongest verb after each name goes to its bearer; verbs before any name to the first."""
        found: dict[str, list[Pose]] = {}
        words = tokens(moment.action)
        now = moment.cast[0] if moment.cast else ""
        for word in words:
            who = self._cast.of(word)
            if who in moment.cast:
                now = who or now
            if word in POSES and now:
                found.setdefault(now, []).append(POSES[word])
        together = bool({"they", "together", "both", "and"}.intersection(words)) and len(found) == 1
        if together:
            found = {who: next(iter(found.values())) for who in moment.cast}
        return {who: min(poses, key=_STRENGTH.index) for who, poses in found.items()}


def expression_of(moment: Moment, speaks: bool) -> Expression:
    """What a face shows: by the words of the action and the parenthetical, and for a speaker by the line itself."""
    for text in (moment.manner, moment.action):
        for word in tokens(text):
            if word in EXPRESSIONS:
                return EXPRESSIONS[word]
    if not speaks:
        return Expression.NEUTRAL
    spoken = " ".join(line.text for line in moment.lines)
    if "?!" in spoken or "!?" in spoken:
        return Expression.SURPRISED
    words = set(tokens(spoken))
    if words & {"sorry", "goodbye", "gone", "lost", "alone", "never", "miss"}:
        return Expression.SAD
    if words & {"afraid", "scared", "help", "careful", "danger"}:
        return Expression.AFRAID
    if words & {"thank", "thanks", "love", "wonderful", "beautiful", "happy", "yes", "welcome"}:
        return Expression.HAPPY
    return Expression.SURPRISED if spoken.rstrip().endswith("!") else Expression.NEUTRAL
