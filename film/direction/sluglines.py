"""Reads a slugline: `INT./EXT. OLD HOUSE - KITCHEN -- LATE NIGHT`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from film.direction.vocabulary import SAME_TIME, TIMES
from film.direction.words import tokens
from schemas.enums import IntExt, TimeOfDay

_PREFIX = re.compile(r"(INT\.?/EXT|EXT\.?/INT|I\.?/E|E\.?/I|INT|EXT|EST)(?:\.+\s*|\s+|$)[-–—/ ]*", re.IGNORECASE)
_DIVIDER = re.compile(r"\s*(?:-{2,}|[–—])\s*|\s+-\s*|\s*-\s+")
_TAIL = re.compile(r"^(.*?)[\s,.(]+([^\W\d_]+)[).]*$", re.DOTALL)
_LATER = re.compile(r"\b(?:later|next|following)\b", re.IGNORECASE)


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
    """Whether it says that time has passed: LATER, NEXT MORNING."""


def read_slugline(text: str) -> Slugline:
    """Read a slugline as written, without its number.

    Args:
        text: Such as `EXT. PARK--DAY`. Dividers are dashes with space on either side, or double ones without.

    Returns:
        What it says.
    """
    prefix = _PREFIX.match(text)
    rest = text[prefix.end() :] if prefix else text
    parts = [part for part in (piece.strip(" .,") for piece in _DIVIDER.split(rest)) if part]
    kept: list[str] = []
    time: TimeOfDay | None = None
    timed = False
    for number, part in enumerate(parts):
        if number and _is_time(part):
            time, timed = time_in(part) or time, True
        else:
            kept.append(part)
    if not timed and kept:
        time, kept[-1] = _trailing_time(kept[-1])
    location = " - ".join(part for part in kept if part)
    return Slugline(_int_ext(prefix), location, time, bool(_LATER.search(" ".join(parts[1:]))))


def time_in(text: str) -> TimeOfDay | None:
    """The time of day a text names, the last one where it names several."""
    found = [TIMES[word] for word in tokens(text) if word in TIMES]
    return found[-1] if found else None


def _is_time(part: str) -> bool:
    words = tokens(part)
    return len(words) <= 4 and any(word in TIMES or word in SAME_TIME for word in words)


def _trailing_time(part: str) -> tuple[TimeOfDay | None, str]:
    """Split `HOUSE NIGHT`, `HOUSE, NIGHT` and `HOUSE (NIGHT)`."""
    match = _TAIL.match(part)
    if match and match[2].lower() in TIMES:
        return TIMES[match[2].lower()], match[1].strip(" ,.(")
    if match and match[2].lower() in SAME_TIME:
        return None, match[1].strip(" ,.(")
    return None, part


def _int_ext(prefix: re.Match[str] | None) -> IntExt | None:
    if prefix is None:
        return None
    word = prefix[1].upper().replace(".", "")
    if "/" in word:
        return IntExt.INT_EXT
    return IntExt.INT if word == "INT" else IntExt.EXT
