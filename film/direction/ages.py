"""How old somebody is, by the words that introduce them."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
    "teens": 13,
}
_PART = {"early": 2, "mid": 5, "middle": 5, "late": 8}
_MIDDLE = 5
_OLDEST = 130
_TEENAGER = 16
_PERSON_ENDS = re.compile(r"[,;.:()\n]|\b(?:in|with|beside|and|or|like|as|who|whose|holding|wearing)\b")
_ROUGHLY = re.compile(
    r"\b(?:old|older|elderly|aged|ancient|wrinkled|retired|young|younger|little|child|kid|boy|girl|schoolboy|schoolgirl|"
    r"toddler|baby|grand(?:mother|father))\b"
)
_WORD = rf"(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(reversed(_UNITS))}"
_DECADE = re.compile(
    rf"(?:(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bin )(?<!from )(?=\d)|(?!\d))"
    rf"\b(?:(?P<part>early|mid|middle|late)[-\s]*(?:to[-\s]+late[-\s]+)?)?(?:(?P<tens>\d0)['’]?s\b|(?P<word>{'|'.join(_DECADES)})\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<![\d.:])(?P<low>\d{1,2})\s*[-–—/]\s*(?P<high>\d{1,2})(?![\d:]|\s*(?:feet|ft|lbs|kg|cm))")
_OLD = re.compile(
    rf"\b(?P<age>\d{{1,3}}|{_WORD})[-\s]+years?[-\s]+(?:old|of age)\b"
    rf"|\b(?:aged?|of)\s+(?:about\s+)?(?P<of>\d{{1,3}}|{_WORD})"
    rf"(?=\s*(?:[.,;:)\]]|$|and\b|or\b|who\b|with\b|in\b))",
    re.IGNORECASE,
)
_INVERTED = re.compile(rf"\b(?P<unit>{'|'.join(_UNITS[1:10])})[- ]and[- ](?P<tens>{'|'.join(_TENS)})\b", re.IGNORECASE)
"""As they counted: `five and twenty`."""
_PLAIN = re.compile(
    r"(?:^(?::\s*)?|[,(]\s*|\b(?:is|s?he['’]s)\s+|(?:--|[–—])\s*)(?:about|around|maybe|perhaps|barely|almost|nearly|over|under|aged?|now|still|just|only|pushing|nearing|approaching)?\s*"
    rf"(?P<age>\d{{1,3}}|{_WORD})(?:\s*ish|\+)?(?=\s+going\s+on\b|\s*(?:[,.;)!?]|$|-?ish\b|and\b|wearing\b|in\b))",
    re.IGNORECASE,
)
_SOMETHING = re.compile(rf"\b(?P<age>\d0|{'|'.join(_TENS)})[-\s]?something\b", re.IGNORECASE)
_TEEN = re.compile(r"\bteen(?:age[dr]?)?\b", re.IGNORECASE)


def age_in(words: str) -> int | None:
    """Tell an age from an introduction.

    Args:
        words: Such as `ANNA (late 30s), a nurse`, `a girl of nine` or `BOB, 40-45`.

    Returns:
        Years; the middle of a decade or a range; None where nothing tells.
    """
    words = _INVERTED.sub(lambda found: f"{found['tens']}-{found['unit']}", words)
    decade = _DECADE.search(words)
    if decade:
        first = int(decade["tens"]) if decade["tens"] else _DECADES[decade["word"].lower()]
        if first in {10, 13}:
            return _TEENAGER
        return first + _PART.get((decade["part"] or "").lower(), _MIDDLE)
    span = _RANGE.search(words)
    if span and int(span["low"]) < int(span["high"]):
        return (int(span["low"]) + int(span["high"])) // 2
    for pattern in (_OLD, _PLAIN):
        found = pattern.search(words)
        if found:
            years = _number(next(group for group in found.groups() if group))
            if 0 < years <= _OLDEST:
                return years
    some = _SOMETHING.search(words)
    if some:
        return _number(some["age"]) + _MIDDLE
    return _TEENAGER if _TEEN.search(words) else None


def tells_age(words: str) -> bool:
    """Whether a description tells how old somebody is, if only roughly: `a girl of 8`, `an old bald man`.

    Of rough words those count that stand before anything is said of clothes or company: of `a man in an old coat`
    nobody knows the age.
    """
    return age_in(words) is not None or _ROUGHLY.search(_PERSON_ENDS.split(words.lower(), 1)[0]) is not None


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    parts = re.split(r"[-\s]+", words.lower())
    return sum(_TENS.get(part, _UNITS.index(part) if part in _UNITS else 0) for part in parts)
