"""Film grammar of speech: whom the camera sees while somebody speaks. Each rule is a function that may decline.

Sources: D. Arijon, *Grammar of the Film Language*, 1976 (shot and reverse shot, the line, over the shoulder);
W. Murch, *In the Blink of an Eye*, 1995 (cutting to whoever listens).
"""

from __future__ import annotations

from film.direction.cast import NARRATOR
from film.direction.moments import Moment
from film.direction.situation import Setup, Situation, angle_of, closer, step_closer
from film.direction.vocabulary import POSES, WEIGHTY
from film.direction.words import tokens
from schemas.enums import Pose, ShotSize

_REACTION_EVERY = 3
"""Of a long speech, every third part is heard over its listener."""
_OVER_EVERY = 4
"""A conversation comes back to both every so many speeches."""
_ON_THE_MOVE = {Pose.WALK, Pose.RUN, Pose.FIGHT}


def two_shot(moment: Moment, _: Situation) -> Setup | None:
    """Two people in one picture: who answer each other in a few words, or who do something together."""
    if moment.spoken:
        if len(moment.lines) < 2:
            return None
        speakers = {line.character for line in moment.lines} - {NARRATOR}
        return Setup("two_shot", ShotSize.MS, moment.cast[:3]) if len(speakers) > 1 else None
    if len(moment.cast) != 2:
        return None
    moving = _ON_THE_MOVE.intersection(POSES[word] for word in tokens(moment.deeds) if word in POSES)
    return Setup("two_shot", ShotSize.FS if moving else ShotSize.MS, moment.cast, angle_of(moment))


def off_screen(moment: Moment, situation: Situation) -> Setup | None:
    """Who speaks from elsewhere, `(V.O.)` or `(O.S.)`, is not seen: the camera stays on whoever hears them."""
    if not moment.spoken or moment.cast:
        return None
    if situation.partner is None:
        return Setup("off_screen", ShotSize.WS)
    return Setup("off_screen", closer(ShotSize.MCU, situation), (situation.partner,))


def silence(moment: Moment, situation: Situation) -> Setup | None:
    """A beat, a pause or a silence is seen in the face of whoever has just been spoken to."""
    if moment.cast or not moment.silent:
        return None
    before = situation.previous.subjects if situation.previous else ()
    who = situation.listener or next(iter(before), None)
    if who is None:
        return Setup("silence", ShotSize.FS, situation.present[:3])
    return Setup("silence", closer(ShotSize.MCU, situation), (who,))


def reaction(moment: Moment, situation: Situation) -> Setup | None:
    """During a long speech, or at a weighty word in it, the camera looks at the listener and hears the speaker."""
    if not moment.spoken or not situation.speech_part or situation.partner is None:
        return None
    if situation.previous is not None and situation.previous.rule == "reaction":
        return None
    long = situation.speech_part % _REACTION_EVERY == _REACTION_EVERY - 1
    if not long and not WEIGHTY.intersection(tokens(moment.lines[0].text)):
        return None
    return Setup("reaction", closer(ShotSize.MCU, situation), (situation.partner,))


def over_the_shoulder(moment: Moment, situation: Situation) -> Setup | None:
    """A conversation begins over the listener's shoulder, and comes back to both every fourth speech."""
    if not moment.spoken or situation.turn % _OVER_EVERY or situation.speech_part or situation.partner is None:
        return None
    return Setup("over_the_shoulder", ShotSize.MS, (*moment.cast[:1], situation.partner))


def shot_and_reverse(moment: Moment, situation: Situation) -> Setup | None:
    """In a conversation each speaker is seen alone, the reverse in the same size and from the same side of the line."""
    if not moment.spoken or situation.partner is None:
        return None
    return Setup("shot_and_reverse", _speaker(situation, moment), moment.cast[:3], angle_of(moment))


def single(moment: Moment, situation: Situation) -> Setup | None:
    """Whoever speaks to nobody in the picture is seen alone."""
    if not moment.spoken:
        return None
    return Setup("single", _speaker(situation, moment), moment.cast[:3], angle_of(moment))


def _speaker(situation: Situation, moment: Moment) -> ShotSize:
    """How much of a speaker is seen: less from speech to speech, in a tense scene, and in the midst of a speech."""
    size = ShotSize.MS if situation.turn < 2 and not moment.manner else ShotSize.MCU
    size = closer(size, situation)
    return step_closer(size) if situation.speech_part % 2 else size
