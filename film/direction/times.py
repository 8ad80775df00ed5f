"""The time of day that a story tells."""

from __future__ import annotations

import re

from film.direction.vocabulary import TIMES
from film.direction.words import sentences, tokens
from schemas.enums import TimeOfDay

_PHRASES: tuple[tuple[re.Pattern[str], TimeOfDay], ...] = (
    (
        re.compile(
            r"\b(?:small hours|dead of night|moon (?:rose|shone|was up|hung|is)|stars (?:shone|came out|were out))\b",
            re.I,
        ),
        TimeOfDay.NIGHT,
    ),
    (
        re.compile(
            r"\b(?:by|in the) (?:candle|lamp|moon|star)-?light\b|\bafter dark\b|\bit was (?:quite )?dark\b", re.I
        ),
        TimeOfDay.NIGHT,
    ),
    (
        re.compile(
            r"\b(?:first light|day (?:dawned|broke)|cock-?crow|break of day|sun (?:rose|was rising|came up))\b", re.I
        ),
        TimeOfDay.DAWN,
    ),
    (
        re.compile(r"\bsun (?:set|was setting|went down|sank)\b|\bit (?:grew|was growing|was getting) dark\b", re.I),
        TimeOfDay.DUSK,
    ),
    (
        re.compile(
            r"\bnot yet (?:four|five|six)\b|\b(?:hours?|long) before (?:dawn|daybreak|sunrise|it (?:was|got) light)\b"
            r"|\bwindows? (?:\w+ ){0,4}(?:was|were|is|are) (?:still |quite )?(?:black|dark)\b",
            re.I,
        ),
        TimeOfDay.NIGHT,
    ),
    (re.compile(r"\bit (?:got|grew|was getting|became) light\b", re.I), TimeOfDay.MORNING),
    (re.compile(r"\bmid-?day|\bhigh noon\b", re.I), TimeOfDay.DAY),
)
_NOT_NOW = re.compile(
    r"\b(?:last|every|each|all|other|some|many|per|any|good|by|that|those|these|"
    r"the next|whole|tomorrow|yesterday|of the)\s+"
    r"(?:\w+\s+)?(?:night|day|morning|evening|afternoon)s?\b"
    r"|\b(?:night|day|morning|evening)\s+(?:before|after|and night|by day|in,? day out|or two)\b"
    r"|\b(?:days|nights|mornings|evenings)\b"
    r"|\bonce upon a time\b|\b(?:to|some|one) day\b",
    re.IGNORECASE,
)
_NEXT_DAY = re.compile(r"\b(?:next|following)\s+day\b", re.IGNORECASE)
_THAT_NIGHT = re.compile(
    r"\b(?:that|the next|the following|by|one)\s+(?:\w+\s+)?(night|morning|evening|afternoon|noon)\b", re.IGNORECASE
)


def time_told(text: str, sentences_read: int | None = None) -> TimeOfDay | None:
    """The time of day of a stretch of narration: that of the first sentence that tells one.

    Args:
        text: Narration; `last night`, `every morning` and `all day` tell of other times.
        sentences_read: How many of its sentences count; None for all.

    Returns:
        The time, or None.
    """
    for start, end in sentences(text)[:sentences_read]:
        found = _in_sentence(text[start:end])
        if found is not None:
            return found
    return None


def _in_sentence(sentence: str) -> TimeOfDay | None:
    for pattern, time in _PHRASES:
        if pattern.search(sentence):
            return time
    told = _THAT_NIGHT.search(sentence)
    if _NEXT_DAY.search(sentence):
        return TimeOfDay.DAY
    if told:
        return TIMES[told[1].lower()]
    found = [TIMES[word] for word in tokens(_NOT_NOW.sub(" ", sentence)) if word in TIMES]
    return next((time for time in reversed(found) if time is not TimeOfDay.DAY), found[-1] if found else None)
