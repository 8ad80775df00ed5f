"""Film grammar: how much of whom a shot shows. Each rule is a function that may decline.

The order of `RULES` is their rank; the first that answers decides. Sources: D. Arijon, *Grammar of the Film
Language*, 1976 (shot/reverse shot, the line); J. V. Mascelli, *The Five C's of Cinematography*, 1965 (sizes,
establishing shots, inserts, the 30° rule).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from film.direction.cast import NARRATOR
from film.direction.moments import Moment
from film.direction.vocabulary import EXPRESSIONS, GROUPS, HANDLING, POSES, REALISING, TALL
from film.direction.words import tokens
from schemas.enums import Angle, IntExt, Movement, Pose, ShotSize
from schemas.script import Scene

SIZES = tuple(ShotSize)
"""All sizes, widest first."""

_FEELINGS = frozenset(EXPRESSIONS)
_TENSE = 0.7
_LISTENER_EVERY = 3
_OVER_EVERY = 4
_LOOKS_DOWN = frozenset("below small tiny alone lies lying floor crouches kneels helpless".split())


@dataclass(frozen=True, slots=True)
class Setup:
    """Where the camera stands: one answer of the grammar."""

    rule: str
    """Name of the rule that answered."""
    size: ShotSize
    subjects: tuple[str, ...] = ()
    angle: Angle = Angle.EYE
    movement: Movement | None = None
    """Where the script itself names the move."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Where in the film a moment is."""

    scene: Scene
    number: int
    """Place of the moment in its scene, from 0."""
    progress: float
    """How far into the scene, 0 to 1."""
    new_place: bool
    """Whether the scene is the first at its location in a while."""
    present: tuple[str, ...] = ()
    """Who has been seen or heard in the scene so far, in the order of appearance."""
    turn: int = 0
    """How many moments of speech the scene has had."""
    speech_part: int = 0
    """Which part of its speech a moment holds, from 0."""
    partner: str | None = None
    """Who is spoken to: the other one of the conversation, as far as it shows."""
    previous: Setup | None = None
    inserts: int = 0
    """How many inserts the scene has had."""

    @property
    def tension(self) -> float:
        """The scene's tension, rising towards its end."""
        return min(1.0, self.scene.tension + 0.2 * self.progress)


Rule = Callable[[Moment, Situation], Setup | None]

_WRITTEN: tuple[tuple[re.Pattern[str], ShotSize | None, Angle | None, Movement | None], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b"), size, angle, move)
    for words, size, angle, move in (
        ("EXTREME CLOSE[- ]?UP|ECU|EXTREMELY CLOSE", ShotSize.ECU, None, None),
        ("CLOSE ON|CLOSE[- ]?UP|CLOSER ON|CLOSE|CU|INSERT", ShotSize.CU, None, None),
        ("AERIAL|BIRD'S[- ]EYE|DRONE SHOT", ShotSize.EWS, Angle.HIGH, None),
        ("EXTREME WIDE|ESTABLISHING|VERY WIDE", ShotSize.EWS, None, None),
        ("WIDE SHOT|WIDE ON|WIDE|LONG SHOT|FULL SHOT", ShotSize.WS, None, None),
        ("MEDIUM SHOT|TWO[- ]SHOT|MED SHOT", ShotSize.MS, None, None),
        ("OVERHEAD|TOP SHOT|FROM ABOVE", None, Angle.OVERHEAD, None),
        ("LOW ANGLE", None, Angle.LOW, None),
        ("HIGH ANGLE", None, Angle.HIGH, None),
        ("DUTCH ANGLE|CANTED", None, Angle.DUTCH, None),
        ("PUSH IN|PUSHES IN|DOLLY IN|ZOOM IN|MOVE IN|MOVING IN", None, None, Movement.PUSH_IN),
        ("PULL BACK|PULL OUT|PULLS BACK|DOLLY OUT|ZOOM OUT|CRANE UP", None, None, Movement.PULL_OUT),
        ("PAN LEFT", None, None, Movement.PAN_LEFT),
        ("PAN TO|PAN RIGHT|PAN|PANNING|TRACK|TRACKING", None, None, Movement.PAN_RIGHT),
        ("TILT DOWN", None, None, Movement.TILT_DOWN),
        ("TILT UP|TILT", None, None, Movement.TILT_UP),
        ("ANGLE ON|REVERSE ANGLE|ANGLE", ShotSize.MS, None, None),
        ("POV|POINT OF VIEW", ShotSize.MS, None, None),
    )
)
_CAPITALS = re.compile(r"[A-Z]{2}")
_OPENING_CAMERA = re.compile(
    r"^\W*(?:extreme\s+)?(?:close on|close up|wide on|wide shot|angle on|insert|pov|aerial)\b", re.IGNORECASE
)


def script_camera(moment: Moment, _: Situation) -> Setup | None:
    """What the script says about its camera comes first: `CLOSE ON`, `WIDE`, `POV`, `LOW ANGLE`, `PUSH IN`."""
    opening = _OPENING_CAMERA.match(moment.action)
    if not opening and not _CAPITALS.search(moment.action):
        return None
    text = opening.group().upper() + moment.action[opening.end() :] if opening else moment.action
    size: ShotSize | None = None
    angle: Angle | None = None
    move: Movement | None = None
    for pattern, its_size, its_angle, its_move in _WRITTEN:
        if pattern.search(text):
            size, angle, move = size or its_size, angle or its_angle, move or its_move
    if size is None and angle is None and move is None:
        return None
    unseen = re.search(r"\b(?:INSERT|POV|POINT OF VIEW)\b", text)
    subjects = () if unseen else moment.cast
    size = size or (ShotSize.MS if subjects else ShotSize.WS)
    return Setup("script_camera", size, subjects, angle or Angle.EYE, move)


def planned(moment: Moment, _: Situation) -> Setup | None:
    """A moment that a rule made, as for a one-line idea, knows its picture."""
    if moment.plan is None:
        return None
    return Setup("planned", moment.plan.size, moment.cast, moment.plan.angle, moment.plan.movement)


def establishing(moment: Moment, situation: Situation) -> Setup | None:
    """A new place is first shown wide: extremely so outside, so that the audience knows where it is."""
    if situation.number or (moment.spoken and not situation.new_place):
        return None
    if not situation.new_place:
        return Setup("establishing", ShotSize.WS, moment.cast) if moment.action else None
    size = ShotSize.WS if situation.scene.int_ext is IntExt.INT else ShotSize.EWS
    return Setup("establishing", size, moment.cast[:3])


def insert(moment: Moment, situation: Situation) -> Setup | None:
    """A thing that acts, or is acted with, is shown by itself and close; never twice in a row."""
    if not moment.props or not moment.action or (situation.previous and situation.previous.rule == "insert"):
        return None
    words = tokens(moment.action)
    if not HANDLING.intersection(words):
        return None
    if moment.cast and situation.inserts * 3 > situation.number:
        return None
    close = ShotSize.ECU if len(words) <= 6 and not moment.cast else ShotSize.CU
    return Setup("insert", close, (), Angle.HIGH if "table" in words or "floor" in words else Angle.EYE)


def exchange(moment: Moment, _: Situation) -> Setup | None:
    """Two people who speak in one moment are seen together."""
    speakers = tuple(dict.fromkeys(line.character for line in moment.lines if line.character != NARRATOR))
    if len(speakers) < 2:
        return None
    return Setup("exchange", ShotSize.MS, moment.cast[:3])


def listener(moment: Moment, situation: Situation) -> Setup | None:
    """In a long speech the camera looks at who is spoken to, and hears the speaker."""
    if not moment.spoken or situation.speech_part % _LISTENER_EVERY != _LISTENER_EVERY - 1:
        return None
    if situation.partner is None:
        return None
    return Setup("listener", _closer(ShotSize.MCU, situation), (situation.partner,))


def off_screen(moment: Moment, situation: Situation) -> Setup | None:
    """Who speaks from elsewhere, `(V.O.)` or `(O.S.)`, is not seen: the camera stays on whoever hears them."""
    if not moment.spoken or moment.cast:
        return None
    if situation.partner is None:
        return Setup("view", ShotSize.WS)
    return Setup("off_screen", _closer(ShotSize.MCU, situation), (situation.partner,))


def over_shoulder(moment: Moment, situation: Situation) -> Setup | None:
    """A conversation begins with both in the picture, and now and then comes back to both."""
    if not moment.spoken or situation.turn % _OVER_EVERY or situation.speech_part or situation.partner is None:
        return None
    return Setup("over_shoulder", ShotSize.MS, (*moment.cast[:1], situation.partner))


def single(moment: Moment, situation: Situation) -> Setup | None:
    """Whoever speaks is seen alone, closer as tension rises and as a speech goes on."""
    if not moment.spoken:
        return None
    size = ShotSize.MS if situation.speech_part == 0 and situation.turn == 0 else ShotSize.MCU
    if situation.speech_part == 1 or moment.manner:
        size = ShotSize.MCU
    return Setup("single", _closer(size, situation), moment.cast[:3], _angle(moment, situation))


def emotion(moment: Moment, situation: Situation) -> Setup | None:
    """What somebody feels or realises is seen in a face."""
    words = set(tokens(moment.action))
    body = any(POSES.get(word) in {Pose.RUN, Pose.WALK, Pose.FIGHT} for word in words)
    if len(moment.cast) != 1 or body or not words & (REALISING | _FEELINGS):
        return None
    return Setup("emotion", _closer(ShotSize.MCU, situation), moment.cast)


def group(moment: Moment, situation: Situation) -> Setup | None:
    """Many people need width."""
    words = set(tokens(moment.action))
    if len(moment.cast) < 3 and not words & GROUPS:
        return None
    return Setup("group", ShotSize.WS, moment.cast[:4], _angle(moment, situation))


def action(moment: Moment, situation: Situation) -> Setup | None:
    """Somebody who moves is seen whole; who does something with the hands from the waist; nobody means the place."""
    poses = {POSES[word] for word in tokens(moment.action) if word in POSES}
    if not moment.cast:
        size = ShotSize.WS if situation.scene.int_ext is IntExt.INT else ShotSize.EWS
        return Setup("view", size, (), _angle(moment, situation))
    if poses & {Pose.WALK, Pose.RUN, Pose.FIGHT, Pose.LIE}:
        size = ShotSize.FS if len(moment.cast) < 3 else ShotSize.WS
    else:
        size = ShotSize.MS
    return Setup("action", size, moment.cast[:3], _angle(moment, situation))


RULES: tuple[Rule, ...] = (
    planned,
    script_camera,
    establishing,
    insert,
    exchange,
    off_screen,
    listener,
    over_shoulder,
    single,
    group,
    emotion,
    action,
)
"""The grammar, the rule of highest rank first. The last one always answers."""


def set_up(moment: Moment, situation: Situation, rules: Sequence[Rule] = RULES) -> Setup:
    """Decide where the camera stands.

    Args:
        moment: What the shot shows.
        situation: Where in the film it is.
        rules: In the order of their rank.

    Returns:
        The answer of the first rule that has one, changed by one size where it would jump: two shots of the same
        subjects in the same size do not cut (the 30° rule).

    Raises:
        ValueError: No rule answered.
    """
    for rule in rules:
        answer = rule(moment, situation)
        if answer is not None:
            return _without_jump(answer, situation)
    raise ValueError("no rule of the grammar answered")


def _without_jump(setup: Setup, situation: Situation) -> Setup:
    before = situation.previous
    if before is None or setup.rule == "planned" or (setup.size, setup.subjects) != (before.size, before.subjects):
        return setup
    at = SIZES.index(setup.size)
    step = -1 if at >= SIZES.index(ShotSize.CU) or (situation.number % 2 and at > 1) else 1
    return replace(setup, size=SIZES[at + step])


def _closer(size: ShotSize, situation: Situation) -> ShotSize:
    """One size closer in a tense scene, and never closer than a close-up."""
    if situation.tension < _TENSE:
        return size
    return SIZES[min(SIZES.index(size) + 1, SIZES.index(ShotSize.CU))]


def _angle(moment: Moment, situation: Situation) -> Angle:
    """Look up at what is tall, down on what is small, askew at what is out of joint."""
    words = set(tokens(moment.action))
    if words & TALL:
        return Angle.LOW
    if words & _LOOKS_DOWN:
        return Angle.HIGH
    if situation.tension > 0.95 and situation.number % 5 == 4:
        return Angle.DUTCH
    return Angle.EYE
