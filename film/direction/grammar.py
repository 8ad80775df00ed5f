"""Film grammar: how much of whom a shot shows. Each rule is a function that may decline.

The order of `RULES` is their rank; the first that answers decides, and its name stands on the shot. Sources:
D. Arijon, *Grammar of the Film Language*, 1976; J. V. Mascelli, *The Five C's of Cinematography*, 1965 (sizes,
establishing shots, inserts, cutaways, the 30° rule).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from film.direction import conversation
from film.direction.focus import Pull
from film.direction.moments import Moment
from film.direction.orders import Orders
from film.direction.situation import SIZES, Setup, Situation, angle_of, closer, step_closer
from film.direction.vocabulary import EXPRESSIONS, GROUPS, HANDLING, POSES, REALISING, VAST
from film.direction.words import tokens
from schemas.enums import Angle, IntExt, Movement, Pose, ShotSize

_FELT = REALISING | frozenset(EXPRESSIONS)
_BODILY = frozenset(word for word, pose in POSES.items() if pose in {Pose.RUN, Pose.WALK, Pose.FIGHT})
_ON_THE_MOVE = {Pose.WALK, Pose.RUN, Pose.FIGHT, Pose.LIE}
_WRITING = re.compile(r"\W*[\"“][^\"“”]+[\"”]\W*")
_IS_READ = re.compile(
    r"\b(?:sign|text|note|letter|message|headline|plaque|poster|banner|label|card|screen|email|tombstone|display|"
    r"placard|caller id|inscription)\b[^.!?\n\"“]{0,30}(?:\breads?|\bsays|:)\s*:?\s*[\"“]",
    re.IGNORECASE,
)
"""Words on a thing: `A sign reads: "CLOSED"`."""
_ALL = re.compile(r"\b(?:all (?:the|of)|they all|many)\b", re.IGNORECASE)
_SEEN_WITH = 3
"""So many more people are looked at for who is near where the focus moves."""
_SUBJECT = 3
"""Among so many first words a thing is what acts."""
_CLOSEST = frozenset({ShotSize.CU, ShotSize.ECU})
_ASKED_FOR = frozenset({"planned", "note", "script_camera"})

Answer = Callable[[Moment, Situation], Setup | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the grammar."""

    name: str
    says: str
    """The rule in one line, for filmmakers."""
    answer: Answer
    speech: bool | None = None
    """Whether it is about moments in which somebody speaks, and never answers the others, or the other way about."""
    asked: bool = False
    """Whether it only answers where the script, or a plan, says how a moment is seen."""


def planned(moment: Moment, _: Situation) -> Setup | None:
    """A moment that a rule made, as for a one-line idea, knows its picture."""
    if moment.plan is None:
        return None
    return Setup("planned", moment.plan.size, moment.cast, moment.plan.angle, moment.plan.movement)


def note(moment: Moment, situation: Situation) -> Setup | None:
    """What a note in double brackets asks for: `[[close on her hand]]`."""
    return _asked_for("note", moment, situation) if moment.orders is not None and moment.orders.noted else None


def script_camera(moment: Moment, situation: Situation) -> Setup | None:
    """What the script says about its camera: `CLOSE ON`, `WIDE`, `POV`, `LOW ANGLE`, `PUSH IN`."""
    return _asked_for("script_camera", moment, situation) if moment.orders is not None else None


def _asked_for(name: str, moment: Moment, situation: Situation) -> Setup | None:
    """Where the camera stands by the script's words; what they leave open, the other rules decide."""
    orders = moment.orders
    if orders is None or not orders.frames_picture:
        return None
    if orders.focus is not None:
        pulled = _pulled(name, orders.focus, moment, situation)
        return pulled._replace(
            size=orders.size or pulled.size,
            angle=orders.angle or pulled.angle,
            movement=orders.movement or pulled.movement,
        )
    open_ = set_up(moment._replace(orders=None), situation._replace(previous=None))
    if orders.shoulder is not None:
        return _over_shoulder(name, orders, moment, situation)._replace(angle=orders.angle or open_.angle)
    if orders.viewers and not orders.subjects and not orders.things and moment.spoken:
        heard = (situation.partner,) if situation.partner and situation.partner not in orders.viewers else ()
        return Setup(name, orders.size or ShotSize.MS, heard, orders.angle or open_.angle, orders.movement)
    if orders.reverse and orders.subjects is None and (other := _reverse(moment, situation)):
        return Setup(name, orders.size or ShotSize.MS, (other,), orders.angle or open_.angle, orders.movement)
    subjects = orders.subjects if orders.subjects is not None else open_.subjects or moment.cast[: bool(orders.missing)]
    if orders.subjects is None and open_.rule == "insert" and orders.size not in {None, ShotSize.CU, ShotSize.ECU}:
        subjects = moment.cast  # A frame wider than the thing holds whoever holds the thing.
    if orders.size is None and subjects == open_.subjects:
        size = open_.size
    else:
        size = orders.size or (ShotSize.MS if subjects else ShotSize.WS)
    if orders.subjects is None and size in _CLOSEST:
        subjects = subjects[:1]
    limit = _limit(orders) if orders.missing else ""
    return Setup(name, size, subjects, orders.angle or open_.angle, orders.movement, limit=limit)


def _reverse(moment: Moment, situation: Situation) -> str | None:
    """Whom the camera sees that turns round: somebody whom the shot before did not show."""
    before = situation.previous.subjects if situation.previous else ()
    here = moment.cast if moment.cast and not moment.spoken else (*moment.cast, situation.partner, *situation.present)
    return next((who for who in here if who is not None and who not in before), None)


def _over_shoulder(name: str, orders: Orders, moment: Moment, situation: Situation) -> Setup:
    """Two in one picture: whoever is seen, and over whose shoulder."""
    owner = orders.shoulder or ""
    before = situation.previous.subjects if situation.previous else ()
    here = (*(orders.subjects or ()), *moment.cast, situation.partner, *before, *reversed(situation.present))
    others = list(dict.fromkeys(who for who in here if who and who != owner))
    seen = (*others[:1], owner) if owner else tuple(others[:2])
    limit = _SIDE_BY_SIDE if len(seen) > 1 else _NO_SHOULDER
    return Setup(name, orders.size or ShotSize.MS, seen, Angle.EYE, orders.movement, limit=limit)


_SIDE_BY_SIDE = "Over the shoulder, both are seen: nobody is shown from behind."
_NO_SHOULDER = "Over the shoulder cannot be shown: nobody else is there."


def _limit(orders: Orders) -> str:
    """Say what a shot should be of and is not."""
    words = " ".join(orders.missing.split())
    if orders.things:
        return f"“{words}” cannot be shown by itself: the rest of what is asked for is seen."
    if orders.subjects:
        return f"“{words}” cannot be shown alone: whose it is is seen in that size."
    return f"“{words}” cannot be shown by itself: its line is seen in that size."


def rack_focus(moment: Moment, situation: Situation) -> Setup | None:
    """Attention that goes to whoever is behind another takes the focus with it; the camera stands."""
    if moment.shift is None or moment.spoken:
        return None
    return _pulled("rack_focus", moment.shift, moment, situation)


def _pulled(name: str, pull: Pull, moment: Moment, situation: Situation) -> Setup:
    """A lens that is long enough to leave something out of focus, and a camera that stands while the focus moves."""
    before = situation.previous.subjects if situation.previous else ()
    seen = (*moment.cast, *before, *reversed(situation.present))[: len(moment.cast) + len(before) + _SEEN_WITH]
    rack, subjects = pull.staged(seen)
    return Setup(name, ShotSize.MS, subjects, angle_of(moment), Movement.STATIC, rack)


def establishing(moment: Moment, situation: Situation) -> Setup | None:
    """A new place is first shown wide: extremely so outside, so that the audience knows where it is."""
    if situation.number or not situation.new_place or moment.spoken:
        return None
    size = ShotSize.WS if situation.scene.int_ext is IntExt.INT else ShotSize.EWS
    return Setup("establishing", size, moment.cast[:3])


def master(moment: Moment, situation: Situation) -> Setup | None:
    """A scene at a place that is known, and the first picture of several people, shows everybody whole."""
    if situation.number == 0:
        if not moment.spoken:
            return Setup("master", ShotSize.WS, moment.cast[:4], angle_of(moment))
        others = (situation.partner,) if situation.partner and moment.cast else ()
        return Setup("master", ShotSize.FS, (*moment.cast[:1], *others)) if others else None
    before = situation.previous
    first = situation.number == 1 and before is not None and before.rule == "establishing" and not before.subjects
    if not first or moment.spoken or len(moment.cast) < 2:
        return None
    return Setup("master", ShotSize.FS if len(moment.cast) == 2 else ShotSize.WS, moment.cast[:4], angle_of(moment))


def insert(moment: Moment, situation: Situation) -> Setup | None:
    """A thing that acts by itself, or what is written, is shown by itself and close; never twice in a row."""
    if moment.spoken or not moment.action:
        return None
    if _WRITING.fullmatch(moment.action) or (not moment.cast and _IS_READ.search(moment.action)):
        return Setup("insert", ShotSize.ECU)
    words = tokens(moment.action)
    if not moment.props or HANDLING.isdisjoint(words) or _is_insert(situation.previous):
        return None
    if moment.cast and (moment.joined_by or not set(moment.props).intersection(words[:_SUBJECT])):
        # What somebody does, with a thing or beside it, is seen with whoever does it.
        return None
    close = ShotSize.ECU if len(words) <= 6 and not moment.cast else ShotSize.CU
    return Setup("insert", close, (), Angle.HIGH if "table" in words or "floor" in words else Angle.EYE)


def _is_insert(setup: Setup | None) -> bool:
    return setup is not None and setup.rule == "insert"


def group(moment: Moment, _: Situation) -> Setup | None:
    """Three people and more, or a crowd, need width."""
    if moment.spoken:
        return None
    if len(moment.cast) < 3 and GROUPS.isdisjoint(tokens(moment.action)) and not _ALL.search(moment.action):
        return None
    return Setup("group", ShotSize.WS, moment.cast[:4], angle_of(moment))


def feeling(moment: Moment, situation: Situation) -> Setup | None:
    """What somebody feels or realises is seen in a face."""
    if len(moment.cast) != 1:
        return None
    words = tokens(moment.action)
    if _FELT.isdisjoint(words) or not _BODILY.isdisjoint(words):
        return None
    return Setup("feeling", closer(ShotSize.MCU, situation), moment.cast)


def action(moment: Moment, _: Situation) -> Setup | None:
    """Somebody who moves is seen whole; somebody who does something with the hands, from the waist."""
    if not moment.cast:
        return None
    poses = {POSES[word] for word in tokens(moment.deeds) if word in POSES}
    size = ShotSize.FS if poses & _ON_THE_MOVE else ShotSize.MS
    return Setup("action", size, moment.cast[:3], angle_of(moment))


def cutaway(moment: Moment, _: Situation) -> Setup | None:
    """What happens without anybody is cut away to: a thing close, anything else wide."""
    close = bool(moment.props) and VAST.isdisjoint(moment.props)
    return Setup("cutaway", ShotSize.CU if close else ShotSize.WS, (), angle_of(moment))


RULES: tuple[Rule, ...] = (
    Rule("planned", "A one-line idea has no shots of its own: its film is planned shot by shot.", planned, asked=True),
    Rule("note", "What a note in double brackets asks for is done.", note, asked=True),
    Rule("script_camera", "What the script says about its camera is done.", script_camera, asked=True),
    Rule(
        "rack_focus",
        "Where attention goes to somebody behind another, the focus goes with it, and the camera stands.",
        rack_focus,
        speech=False,
    ),
    Rule(
        "establishing",
        "A new place, or a place at another time of day, is first shown wide.",
        establishing,
        speech=False,
    ),
    Rule("master", "A scene at a known place opens on everybody who is there.", master),
    Rule(
        "insert",
        "A thing that acts alone, or words on their own line, are shown close; what is used or read, with its user.",
        insert,
        speech=False,
    ),
    Rule(
        "silence",
        "A beat or a silence is seen in the face of whoever was spoken to.",
        conversation.silence,
        speech=False,
    ),
    Rule("two_shot", "Two who answer in few words, or act together, share the picture.", conversation.two_shot),
    Rule(
        "off_screen",
        "Who speaks from elsewhere is not seen: the camera stays on who hears, or shows the place where nobody does.",
        conversation.off_screen,
        speech=True,
    ),
    Rule(
        "reaction", "In a long speech, or at a weighty word, the listener is seen.", conversation.reaction, speech=True
    ),
    Rule(
        "over_the_shoulder",
        "A conversation begins with both, and returns to both.",
        conversation.over_the_shoulder,
        speech=True,
    ),
    Rule(
        "shot_and_reverse",
        "Then each speaker is seen alone, in matching sizes.",
        conversation.shot_and_reverse,
        speech=True,
    ),
    Rule("single", "Whoever speaks to nobody in the picture is seen alone.", conversation.single, speech=True),
    Rule("group", "Three people and more, or a crowd, are shown wide.", group, speech=False),
    Rule("feeling", "What somebody feels or realises is seen in a face.", feeling),
    Rule("action", "Who moves is seen whole, who uses the hands from the waist.", action),
    Rule("cutaway", "What happens without anybody is cut away to.", cutaway),
)
"""The grammar, the rule of highest rank first. The last one always answers."""
_ABOUT = {
    (spoken, asked): tuple(rule for rule in RULES if rule.speech in {None, spoken} and (asked or not rule.asked))
    for spoken in (False, True)
    for asked in (False, True)
}
"""The rules that may answer, by whether somebody speaks, and whether the script says how the moment is seen."""

PRINCIPLES: Mapping[str, str] = {
    "the_line": "Everybody keeps one side of the screen through a scene, until the script crosses the line.",
    "closer_with_tension": "The camera comes closer, and shots get shorter, as tension rises.",
    "thirty_degrees": "Two shots of the same people are never cut together in the same size.",
    "speaking_rate": "Speech lasts as long as it takes to say it and to read it.",
    "page_minute": "A page of action plays about a minute; quick verbs less, slow ones more.",
    "pauses": "A beat, a pause and a silence take their time.",
    "runtime": "A target runtime is met to the frame.",
    "transitions": "Written transitions are made; where time passes without one, the picture dissolves.",
    "titles": "Words to be read over the picture stay with the shot that they are written at.",
}
"""What holds over all shots, beside the rules that choose them."""


def set_up(moment: Moment, situation: Situation, rules: Sequence[Rule] | None = None) -> Setup:
    """Decide where the camera stands.

    Args:
        moment: What the shot shows.
        situation: Where in the film it is.
        rules: In the order of their rank; `RULES` by default.

    Returns:
        The answer of the first rule that has one, changed by one size where it would jump: two shots of the same
        subjects in the same size do not cut (the 30° rule). What the script asks for is never changed.

    Raises:
        ValueError: No rule answered.
    """
    if rules is None:
        rules = _ABOUT[moment.spoken, moment.plan is not None or moment.orders is not None]
    for rule in rules:
        answer = rule.answer(moment, situation)
        if answer is not None:
            return _without_jump(answer, situation)
    raise ValueError("no rule of the grammar answered")


def _without_jump(setup: Setup, situation: Situation) -> Setup:
    before = situation.previous
    if before is None or setup.rule in _ASKED_FOR or (setup.size, setup.subjects) != (before.size, before.subjects):
        return setup
    if setup.size in _CLOSEST:
        return setup._replace(size=SIZES[SIZES.index(setup.size) - 1])
    return setup._replace(size=step_closer(setup.size))
