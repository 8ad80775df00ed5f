"""Camera words in small letters, where they can be nothing else: `The camera pans`, `We push in`, `Low angle on Bo`."""

from __future__ import annotations

import re
from functools import lru_cache

_STOP = r"\s*(?:$|[.:;]|[-–—]+\s)"
_ONTO = r"on|of|to|at|from|over|with|across|along|past|through|behind|towards?|into|as|up|down|and|in|around|inside"
_NAMED = r"\s+(?-i:[A-Z])"
_SHOT = rf"(?={_STOP}|\s*,|\s+(?:{_ONTO})\b|{_NAMED})"
"""What follows a shot or an angle: `Full shot glasses line the bar` is none."""
_ALONE = rf"(?={_STOP}|\s+(?:on|shot|view)\b)"
"""What follows a word that is an adjective as well: `Wide, dark eyes stare`."""
_GOES = (
    rf"(?={_STOP}|\s*,|\s+(?:on|to|from|towards?|closer|slowly|as|for|with|past|through|across|along|until|"
    r"over|revealing)\b)"
)
_SWINGS = rf"(?={_STOP}|\s*,|\s+(?:to|from|towards?|slowly|as|with|past|through|across|along|over)\b)"
"""What follows a move. `Pan left on the stove` is kitchenware, and `Pull back the curtain` an order."""
_PACE = r"(?:an?\s+)?(?:(?:very|slow|slowly|quick|quickly|fast|gentle|gently|smooth|long)\s+)*"
_HELPS = r"(?:(?:slowly|quickly|then|now|gently|also|suddenly|finally|still|begins? to|starts? to|continues? to)\s+)*"
_HOW = r"(?:\w+ly\s+)?"
_DOES = (
    rf"push(?:es|ing)?\s+{_HOW}in|pull(?:s|ing)?\s+{_HOW}(?:back|out)|mov(?:es?|ing)\s+{_HOW}in|"
    rf"doll(?:y|ies|ying)(?:\s+{_HOW}(?:in|out|back))?|zoom(?:s|ing)?\s+(?:in|out)|creep(?:s|ing)?\s+in|"
    r"(?:crane|boom)s?\s+(?:up|down)|(?:whip|swish)(?:es)?[- ]pans?|pan(?:s|ning)?|tilt(?:s|ing)?|"
    r"track(?:s|ing)?(?:\s+(?:in|back|out))?|"
    r"follow(?:s|ing)?|(?:hold|stay|rest|linger|settle)s?\s+(?:on|with)|clos(?:es?|ing)\s+in|"
    r"(?:close|tight|wide)\s+on|"
    r"(?:rack|pull|shift)s?\s+focus|rises?(?=\s+(?:up|over|above|to)\b|\s*[,.;])|descends?|"
    r"(?:circl(?:es?|ing)|orbit(?:s|ing)?|arc(?:s|ing)?)(?:\s+(?:around|round))?"
)
_SPOKEN = re.compile(
    rf"(?<![\w'’-])(?P<camera>(?:the\s+)?camera\s+(?:is\s+)?|we(?:['’]re|\s+are)?\s+){_HELPS}(?P<words>{_DOES})"
    r"(?P<way>\s+(?:left|right|up|down|to|across|over|along|around|with|from|past))?(?![\w-])",
    re.I,
)
_WRITTEN = re.compile(
    rf"\W*(?:{_PACE}(?:(?:extreme\s+)?(?:close[- ]on|close[- ]?up)\b|(?:closer on|wide on|tight on|medium on|angle on|"
    r"insert|pov|aerial|(?:rack|pull|shift)s? focus|focus on)\b"
    rf"|medium\s+close[- ]?up{_SHOT}"
    rf"|(?:(?:(?:extreme|very)\s+)?(?:wide|long)|full|medium|med|close|tight|master|two|tracking|static|top|drone|"
    rf"establishing|overhead|crane)[- ]shot{_SHOT}"
    rf"|(?:low|high|dutch|reverse)\s+angle(?:\s+on\b|{_SHOT})"
    rf"|(?:(?:extreme\s+|very\s+)?wide|wider|overhead){_ALONE}|extremely\s+close(?={_STOP})"
    rf"|(?:push|dolly|zoom)(?:ing)?\s+{_HOW}in{_GOES}|(?:move|creep|track|close)\s+{_HOW}in{_GOES}"
    rf"|(?:pull|dolly|zoom)(?:ing)?\s+{_HOW}(?:back|out){_GOES}|(?:crane|boom)\s+(?:up|down){_GOES}"
    rf"|(?:whip|swish|flash)[- ]pan(?:s|ning)?(?:\s+(?:left|right|up|down|to|across|over|from)\b|(?={_STOP}|\s*,))"
    rf"|(?:crash|smash|snap|slow|quick)[- ]zoom(?:\s+out)?{_SHOT}|dolly[- ]zoom{_SHOT}"
    rf"|pan(?:ning)?\s+(?:left|right|up|down){_SWINGS}|pan(?:ning)?\s+(?:to|across|over|along)\b"
    rf"|tilt(?:ing)?\s+(?:up|down)(?:{_SWINGS}|\s+on\b)"
    rf"|tracking(?={_STOP}|\s+with{_NAMED})|(?:track|dolly)\s+with(?={_NAMED}|\s+(?:him|her|them)\b)|static(?=\s*:)"
    rf"|hand[- ]?held(?={_STOP}|\s*,|\s+(?:on|shot|camera)\b)|(?:in\s+)?slow[- ]mo(?:tion)?(?={_STOP}|\s*,)"
    rf"|split[- ]screen(?={_STOP})|time[- ]lapse(?={_STOP}|\s+of\b)|freeze[- ]frame\b|steadi-?cam\b"
    r"|hold(?:ing)?\s+on(?=\s+(?:his|her|their|the|this)\s|\s+(?-i:[A-Z]))"
    rf"|(?:ots|over[- ]the[- ]shoulder)\b{_SHOT}"
    r"|(?:shot\s+)?over\s+(?:the|his|her|their|[\w.'’ -]{1,40}?['’]s?)\s+shoulder(?=\s*[:–—]|\s+-|\s*,?\s+we\s+see\b))"
    r"|(?:seen\s+)?(?:from\s+)?(?:his|her|their|[\w.'’-]{1,40}?(?:\s[\w.'’-]{1,40}?)?['’]s?)\s+(?:pov|point\s+of\s+view)\b"
    r")",
    re.IGNORECASE,
)
_SLOW_MOTION = re.compile(r"\bin\s+slow[- ]motion\b", re.IGNORECASE)
_MEANT = (
    (re.compile(r"FOLLOW(?:S|ING)?|TRACK(?:S|ING)?(?=$)"), "TRACKING"),
    (re.compile(r"(?:HOLD|STAY|REST|LINGER|SETTLE)S?\s+(?:ON|WITH)"), "STATIC ON"),
    (re.compile(r"RISES?"), "BOOM UP"),
    (re.compile(r"DESCENDS?"), "BOOM DOWN"),
    (re.compile(r"CLOSING IN"), "CLOSE IN"),
    (re.compile(r"CREEPING IN"), "CREEP IN"),
    (re.compile(r"(WHIP|SWISH)ES[- ]"), r"\1 "),
    (re.compile(r"(?:CIRCL(?:ES?|ING)|ORBIT(?:S|ING)?|ARC(?:S|ING)?)(?: (?:AROUND|ROUND))?"), "ARC ROUND"),
)
"""What a camera is told to do by verbs that elsewhere are anybody's, in no more letters than they have."""
_UNSEEN = re.compile(
    rf"\b(?:(?:the\s+)?camera|we)\s+{_HELPS}(?:{_DOES})\b(?:\s+(?:left|right|up|down)\b)?"
    r"|\b(?:pan|track)(?:s|ning|ing)?\s+left\b|\b(?:in)?(?:to|towards?|off|on|past|at|facing)\s+camera\b"
    r"|^camera\s+(?:left|right)\b|\bthe\s+camera\s+(?:stays?|remains?|waits?|lingers?|finds|reveals|shows|sees)\b",
    re.IGNORECASE,
)
_OF_UNSEEN = ("camera", "pan", "track", "we ")
_LETTERS = frozenset("abcdefhilmopqrstvwzABCDEFHILMOPQRSTVWZ")
_SPEAKS = ("camera", "we ", "we'", "we’")


@lru_cache(maxsize=2048)
def raised(sentence: str) -> str:
    """Write the camera words of a sentence in capitals, as a script does elsewhere.

    Args:
        sentence: It, and what follows it.

    Returns:
        The sentence, with as many characters; the same where it holds no camera words.
    """
    small = sentence.casefold()
    if "slow" in small:
        sentence = _SLOW_MOTION.sub(lambda match: match.group().upper(), sentence)
    spoken = _SPOKEN.search(sentence) if any(word in small for word in _SPEAKS) else None
    if spoken is not None:
        return _as_written(sentence, spoken)
    begin = len(sentence) - len(sentence.lstrip(' \t\n"“([.,:;–—-'))
    if sentence[begin : begin + 1] not in _LETTERS and "’s " not in small and "'s " not in small:
        return sentence
    match = _WRITTEN.match(sentence)
    return match.group().upper() + sentence[match.end() :] if match else sentence


def _as_written(sentence: str, spoken: re.Match[str]) -> str:
    """A sentence of what the camera does as a script has it elsewhere: `The camera follows` as `TRACKING`."""
    words = " ".join(f"{spoken['words']}{spoken['way'] or ''}".upper().split())
    for verb, meant in _MEANT:
        if verb.match(words):
            words = verb.sub(meant, words, count=1)
            break
    begin, room = spoken.start("camera"), spoken.end() - spoken.start("camera")
    return f"{sentence[:begin]}{words[:room].rjust(room)}{sentence[spoken.end() :]}"


def without_camera(text: str) -> str:
    """A text without the camera that shoots it, which is in no picture, and without the words for where it turns."""
    small = text.casefold()
    return _UNSEEN.sub(" ", text) if any(word in small for word in _OF_UNSEEN) else text
