"""Reads a slugline: `INT./EXT. OLD HOUSE - KITCHEN -- LATE NIGHT`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.direction.vocabulary import SAME_TIME, TIMES
from film.direction.words import tokens
from schemas.enums import IntExt, TimeOfDay

_PREFIX = re.compile(r"(INT\.?/EXT|EXT\.?/INT|I\.?/E|E\.?/I|INT|EXT|EST)(?:\.+\s*|\s+|$)[-–—/ ]*", re.IGNORECASE)
_DIVIDER = re.compile(r"(?:(?<!\s)\s+)?(?:-{2,}|[–—])\s*|(?<!\s)\s+[-/]\s*|[-/]\s+")
_TAIL = re.compile(r"(?<![\s,.(])[\s,.(]+([^\W\d_]+)[).]*$")
"""Both look at a run of spaces once, from its beginning: tried from each of its spaces, a long one takes forever."""
_LATER = re.compile(
    r"\b(?:later|next|following|flash(?:back|forward|\s+(?:back|forward))|years?|(?:morning|night|day) after)\b", re.I
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_MODIFIERS = frozenset(
    "early late mid middle deep dead of the that a an few some several minutes minute hours hour seconds second days "
    "week weeks month months year years after before again still same next following previous just very almost nearly "
    "one two three four five six seven eight nine ten twelve twenty thirty first light small magic golden pre post "
    "on in at time as this other christmas new eve good friday easter sunday monday tuesday wednesday thursday "
    "saturday winter summer spring autumn fall full moon o'clock to about around towards approaching until present "
    "current".split()
)
_QUALIFIER = re.compile(
    r"(?:moving|travell?ing|driving|parked|stationary|stopped|in motion|flash\s?(?:back|forward)|dream(?: sequence)?|"
    r"fantasy|nightmare|memory|montage|series of shots|establishing(?: shot)?|stock(?: footage)?|intercut|"
    r"present(?: day)?|past|future|back to (?:present|scene)|end flashback|resuming|resume|cont(?:inued|['’]d)?|"
    r"day for night|vision|imagination|split screen|phone call|on (?:tv|screen)|video|archive|newsreel)\b.{0,24}",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:circa\s+|in\s+|the\s+)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{0,2}(?:st|nd|rd|th)?,?"
    r"\s*\d{0,4}|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s*\d{0,4}|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[12]\d{3}['’]?s?(?:\s*(?:ad|bc|a\.d\.|b\.c\.))?)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm|a\.m\.?|p\.m\.?|hours|h|o['’]clock)?", re.IGNORECASE)
_HOURS = (
    (5, TimeOfDay.NIGHT),
    (7, TimeOfDay.DAWN),
    (11, TimeOfDay.MORNING),
    (15, TimeOfDay.DAY),
    (17, TimeOfDay.AFTERNOON),
    (20, TimeOfDay.DUSK),
    (25, TimeOfDay.NIGHT),
)
_PHRASES = {
    "magic hour": TimeOfDay.DUSK,
    "golden hour": TimeOfDay.DUSK,
    "first light": TimeOfDay.DAWN,
    "small hours": TimeOfDay.NIGHT,
}


@dataclass(frozen=True, slots=True)
class Slugline:
    """What a slugline says."""

    int_ext: IntExt | None
    """None for a forced heading that does not say."""
    location: str
    """The place's name, its parts divided by ` - `; empty where the slugline has none."""
    time: TimeOfDay | None
    """None where it does not say, or refers to the scene before."""
    elapsed: bool
    """Whether it says that time has passed: LATER, NEXT MORNING, FLASHBACK."""


def read_slugline(text: str) -> Slugline:
    """Read a slugline as written, without its number.

    Args:
        text: Such as `EXT. PARK--DAY`. Dividers are dashes and slashes with space on a side, or double dashes. What
            says when, how or in whose mind (`MOVING`, `1945`, `(FLASHBACK)`) is no part of the place's name.

    Returns:
        What it says.
    """
    prefix = _PREFIX.match(text)
    rest = _IN_BRACKETS.sub(_opened, text[prefix.end() :] if prefix else text)
    parts = [part for part in (piece.strip(" .,") for piece in _DIVIDER.split(rest)) if part]
    kept: list[str] = []
    time: TimeOfDay | None = None
    timed = False
    for number, part in enumerate(parts):
        if number and _is_time(part, last=number == len(parts) - 1):
            time, timed = time_in(part) or _by_clock(part) or time, True
        elif not (number and (_QUALIFIER.fullmatch(part) or _DATE.fullmatch(part))):
            kept.append(part)
    if not timed and kept:
        time, kept[-1] = _trailing_time(kept[-1])
    location = " - ".join(part for part in kept if part)
    return Slugline(_int_ext(prefix), location, time, bool(_LATER.search(" ".join(parts[1:]))))


def _opened(bracket: re.Match[str]) -> str:
    """What stands in brackets as a part of its own, where it tells a time, a date or a manner."""
    inside = bracket[1].strip()
    told = _is_time(inside, last=True) or _QUALIFIER.fullmatch(inside) or _DATE.fullmatch(inside)
    return f" - {inside} - " if told else bracket.group()


def time_in(text: str) -> TimeOfDay | None:
    """The time of day a text names, the last one where it names several."""
    low = " ".join(tokens(text))
    phrase = next((time for words, time in _PHRASES.items() if words in low), None)
    found = [TIMES[word] for word in tokens(text) if word in TIMES]
    return phrase or (found[-1] if found else None)


def _is_time(part: str, last: bool) -> bool:
    words = tokens(part)
    if not words or len(words) > _LONGEST_TIME:
        return False
    if time_in(part) is None and SAME_TIME.isdisjoint(words):
        return _by_clock(part) is not None
    known = all(word in TIMES or word in SAME_TIME or word in _MODIFIERS or word.isdigit() for word in words)
    return known or (last and len(words) <= _LONGEST_TIME - 2 and (words[-1] in TIMES or words[-1] in SAME_TIME))


_LONGEST_TIME = 6


def _by_clock(part: str) -> TimeOfDay | None:
    """The time of day of `7:30 PM` or `0300 HOURS`."""
    clock = _CLOCK.fullmatch(part.strip())
    if clock is None or not (clock[2] or clock[3]) or int(clock[1]) > 24:
        return None
    hour = int(clock[1]) % 24
    half = (clock[3] or "").lower()[:1]
    if half == "p" and hour < 12:
        hour += 12
    return next(time for until, time in _HOURS if hour < until)


def _trailing_time(part: str) -> tuple[TimeOfDay | None, str]:
    """Split `HOUSE NIGHT`, `HOUSE, NIGHT` and `HOUSE (NIGHT)`."""
    match = _TAIL.search(part)
    word = match[1].lower() if match else ""
    if match and (word in TIMES or word in SAME_TIME):
        return TIMES.get(word), part[: match.start()].strip(" ,.(")
    return None, part


def _int_ext(prefix: re.Match[str] | None) -> IntExt | None:
    if prefix is None:
        return None
    word = prefix[1].upper().replace(".", "")
    if "/" in word:
        return IntExt.INT_EXT
    return IntExt.INT if word == "INT" else IntExt.EXT
