"""Camera words at the beginning of a sentence, where they can be nothing else: `The camera pans`."""

from __future__ import annotations

import re

_STOP = r"\s*(?:$|[.:;]|[-–—]+\s)"
_ONTO = r"on|of|to|at|from|over|with|across|along|past|through|behind|towards?|into|as|up|down|and|in|around|inside"
_NAMED = r"\s+(?-i:[A-Z])"
_SHOT = rf"(?={_STOP}|\s*,|\s+(?:{_ONTO})\b|{_NAMED})"
"""What follows a shot or an angle: `Full shot glasses line the bar` is none."""
_ALONE = rf"(?={_STOP}|\s+(?:on|shot|view)\b)"
"""What follows a word that is an adjective as well: `Wide, dark eyes stare`."""
_GOES = rf"(?={_STOP}|\s*,|\s+(?:on|to|from|towards?|closer|slowly|as|for|with|past|through|across|along)\b)"
_SWINGS = rf"(?={_STOP}|\s*,|\s+(?:to|from|towards?|slowly|as|with|past|through|across|along|over)\b)"
"""What follows a move. `Pan left on the stove` is kitchenware, and `Pull back the curtain` an order."""
_HELPS = r"(?:(?:slowly|quickly|then|now|gently|also|suddenly|begins to|starts to)\s+)*"
_DOES = (
    r"push(?:es|ing)?\s+in|pulls?\s+(?:back|out)|moves?\s+in|doll(?:y|ies)\s+(?:in|out|back)|zooms?\s+(?:in|out)|"
    r"creeps?\s+in|cranes?\s+up|pans?|tilts?|tracks?|follows?|holds?\s+on|stays?\s+on|rests?\s+on|closes?\s+in"
)
_SPOKEN = re.compile(
    rf"\W*(?P<camera>(?:the\s+)?camera\s+){_HELPS}(?P<words>{_DOES})(?P<way>\s+(?:left|right|up|down))?", re.I
)
_WRITTEN = re.compile(
    r"\W*(?:(?:extreme\s+)?(?:close[- ]on|close[- ]?up)\b|(?:closer on|wide on|tight on|medium on|angle on|insert|pov|"
    r"aerial|(?:rack|pull|shift)s? focus|focus on)\b"
    rf"|medium\s+close[- ]?up{_SHOT}"
    rf"|(?:(?:(?:extreme|very)\s+)?(?:wide|long)|full|medium|med|close|tight|master|two|tracking|static|top|drone|"
    rf"establishing|overhead)[- ]shot{_SHOT}"
    rf"|(?:low|high|dutch|reverse)\s+angle(?:\s+on\b|{_SHOT})"
    rf"|(?:(?:extreme\s+|very\s+)?wide|wider|overhead){_ALONE}|extremely\s+close(?={_STOP})"
    rf"|(?:push|dolly|zoom)(?:ing)?\s+in{_GOES}|(?:pull|dolly|zoom)(?:ing)?\s+(?:back|out){_GOES}"
    rf"|pan(?:ning)?\s+(?:left|right|up|down){_SWINGS}|pan(?:ning)?\s+(?:to|across|over|along)\b"
    rf"|tilt(?:ing)?\s+(?:up|down)(?:{_SWINGS}|\s+on\b)"
    rf"|tracking(?={_STOP}|\s+with{_NAMED})|static(?=\s*:)"
    r")",
    re.IGNORECASE,
)
_MEANT = (("FOLLOW", "TRACKING"), ("HOLD", "STATIC ON"), ("STAY", "STATIC ON"), ("REST", "STATIC ON"))
"""What a camera is told to do by verbs that elsewhere are anybody's."""
_UNSEEN = re.compile(
    rf"\b(?:the\s+)?camera\s+{_HELPS}(?:{_DOES})\b(?:\s+(?:left|right|up|down)\b)?"
    r"|\b(?:pan|track)(?:s|ning|ing)?\s+left\b|\b(?:in)?(?:to|towards?|off|on|past|at|facing)\s+camera\b"
    r"|^camera\s+(?:left|right)\b",
    re.IGNORECASE,
)
_OF_UNSEEN = ("camera", "pan", "track")
_LETTERS = frozenset("aceadfhilmoprstvwzACDEFHILMOPRSTVWZ")


def raised(sentence: str) -> str:
    """Write the camera words that a sentence begins with in capitals, as a script does elsewhere.

    Args:
        sentence: It, and what follows it.

    Returns:
        The sentence, with as many characters; the same where it begins with no camera words.
    """
    begin = len(sentence) - len(sentence.lstrip(' \t\n"“([.,:;–—-'))
    if sentence[begin : begin + 1] not in _LETTERS:
        return sentence
    match = _WRITTEN.match(sentence)
    if match:
        return match.group().upper() + sentence[match.end() :]
    spoken = _SPOKEN.match(sentence) if "amera" in sentence or "AMERA" in sentence else None
    if spoken is None:
        return sentence
    words = f"{spoken['words']}{spoken['way'] or ''}".upper()
    words = next((meant for verb, meant in _MEANT if words.startswith(verb)), words)
    begin = spoken.start("camera")
    return f"{sentence[:begin]}{words.rjust(spoken.end() - begin)}{sentence[spoken.end() :]}"


def without_camera(text: str) -> str:
    """A text without the camera that shoots it, which is in no picture, and without the words for where it turns."""
    small = text.casefold()
    return _UNSEEN.sub(" ", text) if any(word in small for word in _OF_UNSEEN) else text
