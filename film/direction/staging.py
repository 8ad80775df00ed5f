"""Staging: where in the picture each subject stands, and what body and face do."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from film.direction.cast import NARRATOR, Cast
from film.direction.delivery import face_of, gesture_of, loud_face
from film.direction.idioms import plainly
from film.direction.leaving import leaving
from film.direction.moments import Moment
from film.direction.situation import Setup
from film.direction.vocabulary import EXPRESSIONS, POSES
from film.direction.words import tokens
from schemas.base import unchecked
from schemas.enums import Expression, Pose, ShotSize, Side
from schemas.script import Staging

_staged = unchecked(Staging)
_KEPT = {Pose.SIT, Pose.LIE, Pose.KNEEL}
"""Poses that last until another verb ends them."""
_STRENGTH = (
    Pose.FIGHT,
    Pose.RUN,
    Pose.LIE,
    Pose.KNEEL,
    Pose.SIT,
    Pose.WALK,
    Pose.POINT,
    Pose.HOLD,
    Pose.TALK,
    Pose.STAND,
)
_NOUNS = re.compile(
    r"\b(?:rows? of|(?:a|the|in|front|back|last|first|each|every|neat|long) rows?|"
    r"the (?:drive|ride|sleep|fight|dead))\b",
    re.IGNORECASE,
)
"""Nouns that look like verbs of posture: `Rows of pines under snow`."""
_ANY_NOUN = ("row", "drive", "ride", "sleep", "fight", "dead")
"""What one of them holds."""
_HEARD = (
    (Expression.SAD, frozenset("sorry goodbye gone lost alone never miss".split())),
    (Expression.AFRAID, frozenset("afraid scared help careful danger".split())),
    (Expression.HAPPY, frozenset("thank thanks love wonderful beautiful happy yes welcome".split())),
)
"""What a face shows while its bearer speaks one of these words, the strongest first."""
_EXPRESSIVE = frozenset(EXPRESSIONS)
_TELLING = frozenset().union(*(signs for _, signs in _HEARD))
_TOO_NEAR = frozenset({ShotSize.CU, ShotSize.ECU})
"""Sizes in which no hands are seen."""
_TOGETHER = frozenset("they together both and everyone everybody all others men women boys girls couple".split())
_SIDES = (Side.LEFT, Side.RIGHT, Side.CENTRE)
_OPPOSITE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


_Stance = tuple[str, Pose, Expression, Side, Side]
_MOST = 50
"""So many people of one moment at most are kept apart from everybody else in it."""


def sides_of(moments: Sequence[Moment]) -> dict[str, Side]:
    """Give everybody in a scene a side for all of it.

    Those who speak in turn, or are seen together, get different sides; in a scene of two the first is left and
    the second right, and whoever is alone stands in the middle.

    Args:
        moments: The scene's.

    Returns:
        A side a character.
    """
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, int] = {}
    before = ""
    for moment in moments:
        spoken = moment.spoken
        weight = 4 * (True in [line.opens for line in moment.lines]) if spoken else 1
        for who in moment.cast:
            people[who] = people.get(who, 0) + weight
            for other in moment.cast[:_MOST] if len(moment.cast) > 1 else ():
                if other != who:
                    together[who][other] += 1
        for who in _asked_for(moment):
            # Whom a note alone brings into the scene needs a place in it as well.
            people.setdefault(who, 0)
            together[who].update(moment.cast[:_MOST])
        if spoken:
            speaker = moment.lines[0].character
            if before and before != speaker:
                together[speaker][before] += 1
                together[before][speaker] += 1
            before = next(line.character for line in reversed(moment.lines) if line.character != NARRATOR)
    if len(people) < 2:
        return dict.fromkeys(people, Side.CENTRE)
    sides: dict[str, Side] = {}
    leading = sorted(people, key=lambda who: -people[who])[:2]
    occupied: Counter[Side] = Counter()
    for who in [one for one in people if one in leading] + [one for one in people if one not in leading]:
        clashes: Counter[Side] = Counter()
        for other, times in together[who].items():
            if other in sides:
                clashes[sides[other]] += times
        sides[who] = _freest(clashes, occupied)
        occupied[sides[who]] += 1
    return _in_order_of_entry(sides, leading, people)


def _asked_for(moment: Moment) -> tuple[str, ...]:
    """Whom the script's words to the camera name, but for those who are in the moment."""
    orders = moment.orders
    if orders is None:
        return ()
    pulled = (orders.focus.source, orders.focus.target) if orders.focus else ()
    return tuple(who for who in (*(orders.subjects or ()), *pulled) if who and who not in moment.cast)


def _freest(clashes: Counter[Side], occupied: Counter[Side]) -> Side:
    return min(_SIDES, key=lambda side: (clashes[side], occupied[side]))


def _in_order_of_entry(sides: dict[str, Side], leading: Sequence[str], people: dict[str, int]) -> dict[str, Side]:
    """Make sure that the two who lead the scene face each other across it."""
    first, second = (who for who in people if who in leading)
    swap = {sides[first]: Side.LEFT, sides[second]: Side.RIGHT}
    if len(swap) < 2:
        sides[second] = Side.RIGHT if sides[first] is not Side.RIGHT else Side.LEFT
        return sides
    rest = next(side for side in _SIDES if side not in swap)
    swap[rest] = Side.CENTRE
    return {who: swap[side] for who, side in sides.items()}


_ARTICLES = frozenset("a an the two three four some".split())
_JOINING = tuple((word,) for word in "and but then when while as".split())
_PERSONAL = frozenset("he she they".split())


class Stage:
    """One scene's stage. Everybody keeps one side of the camera's line until the script crosses it."""

    def __init__(self, cast: Cast, moments: Sequence[Moment]) -> None:
        self._cast = cast
        self._sides = sides_of(moments)
        self._entered: dict[str, None] = {}
        self._gone: frozenset[str] = frozenset()
        self._poses: dict[str, Pose] = {}
        self._staged: dict[_Stance, Staging] = {}
        """What stands in several shots of the scene is one thing."""

    def enter(self, people: Sequence[str]) -> None:
        """Note who is in the scene from now on."""
        if self._gone:
            self._gone = self._gone.difference(people)
        for who in people:
            if who != NARRATOR:
                self._entered.setdefault(who)

    @property
    def present(self) -> tuple[str, ...]:
        """Who has entered and not left, in order."""
        return tuple([who for who in self._entered if who not in self._gone])

    @property
    def gone(self) -> frozenset[str]:
        """Who has left and not come back."""
        return self._gone

    def cross(self) -> None:
        """Put the camera on the other side of the line: left becomes right from now on."""
        self._sides = {who: _OPPOSITE.get(side, side) for who, side in self._sides.items()}

    def apart(self, people: tuple[str, ...]) -> tuple[str, ...]:
        """Those of a shot's subjects who do not stand in each other's place: the first of every side."""
        if len(people) < 2:
            return people
        taken: dict[Side, str] = {}
        for who in people:
            taken.setdefault(self._sides[who], who)
        return tuple(taken.values())

    def place(self, moment: Moment, setup: Setup) -> tuple[Staging, ...]:
        """Stage a shot's subjects.

        Args:
            moment: What happens.
            setup: Who is seen.

        Returns:
            One staging a subject, in the order of the setup.
        """
        self.enter(moment.cast)
        if moment.away:
            self._gone = self._gone.union([line.character for line in moment.lines])
        elif moment.action and not moment.spoken and (left := leaving(moment.action, moment.cast, self._cast)):
            self._gone = self._gone.union(left)
        poses = self._poses_in(moment) if moment.action else {}
        speakers = [line.character for line in moment.lines]
        near = setup.size not in _TOO_NEAR
        return tuple([self._staging(who, moment, poses.get(who), who in speakers, near) for who in setup.subjects])

    def _staging(self, who: str, moment: Moment, pose: Pose | None, speaks: bool, hands: bool) -> Staging:
        kept = self._poses.get(who, Pose.STAND)
        told = pose is not None or kept is Pose.LIE
        gesture = Pose.TALK
        if pose is None:
            pose = kept if kept in _KEPT else Pose.TALK if speaks else Pose.STAND
        if moment.plan is not None and moment.plan.pose is not None:
            pose, told = moment.plan.pose, True
        self._poses[who] = pose
        if speaks:
            gesture = gesture_of(" ".join([line.text for line in moment.lines if line.character == who]), moment.manner)
            # Arms are free where the script gives them nothing to do; that somebody sits is known to their stance.
            if hands and not told:
                pose = gesture
        side = self._sides[who]
        alone = len(self._sides) == 1
        facing = _OPPOSITE.get(side, Side.RIGHT if alone else Side.LEFT)
        if alone and speaks:
            facing = Side.CENTRE
        if moment.plan is not None and moment.plan.expression is not None:
            face = moment.plan.expression
        else:
            face = expression_of(moment, speaks, gesture)
        stance = (who, pose, face, side, facing)
        staged = self._staged.get(stance)
        if staged is None:
            staged = _staged(character=who, pose=pose, expression=face, side=side, facing=facing)
            self._staged[stance] = staged
        return staged

    def _poses_in(self, moment: Moment) -> dict[str, Pose]:
        """The strongest verb after each name goes to its bearer; verbs before any name to the first."""
        found: dict[str, list[Pose]] = {}
        told = plainly(moment.deeds)
        small = told.casefold()
        doubtful = any(noun in small for noun in _ANY_NOUN)
        words = tokens(_NOUNS.sub(" ", told) if doubtful else told)
        first = moment.cast[0] if moment.cast else ""
        begins = words[words[:1] in _JOINING :][:1]
        now = "" if begins and begins[0] in _ARTICLES else first
        """Empty as long as something else is the subject: `A dog slept across his feet`."""
        for word in words:
            who = self._cast.called(word)
            if who is not None and who in moment.cast:
                now = who
            elif not now and word in _PERSONAL:
                now = first
            pose = POSES.get(word)
            if pose is not None and now:
                found.setdefault(now, []).append(pose)
        together = len(found) == 1 and not _TOGETHER.isdisjoint(words)
        if together:
            found = {who: next(iter(found.values())) for who in moment.cast}
        return {who: min(poses, key=_STRENGTH.index) for who, poses in found.items()}


def expression_of(moment: Moment, speaks: bool, gesture: Pose = Pose.TALK) -> Expression:
    """What a face shows: by the words of the action and the parenthetical, and for a speaker by the line itself."""
    if speaks and (manner := face_of(moment.manner)) is not None:
        return manner
    for text in (moment.manner if speaks else "", plainly(moment.action)):
        words = tokens(text) if text else ()
        if not _EXPRESSIVE.isdisjoint(words):
            return next(EXPRESSIONS[word] for word in words if word in EXPRESSIONS)
    if not speaks:
        return Expression.NEUTRAL
    spoken = moment.said
    if "?!" in spoken or "!?" in spoken:
        return Expression.SURPRISED
    words = tokens(spoken)
    if not _TELLING.isdisjoint(words):
        return next(face for face, signs in _HEARD if not signs.isdisjoint(words))
    return loud_face(spoken, gesture)
