"""Frame rates, exactly: whole ones, and those of NTSC, which are 1000/1001 of whole ones.

A whole rate is an `int`, in documents and in memory; the others are a `Fraction`, and `"24000/1001"` in documents. All
of Python's arithmetic works on both, so that `Fraction(frames, rate)` is an exact time for each.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

Rate: TypeAlias = int | Fraction
"""Frames a second."""

NTSC: Final = {f"{whole * 1000 / 1001:.5g}": Fraction(whole * 1000, 1001) for whole in (24, 30, 48, 60)}
"""Rates that are no whole numbers, by their usual names: 23.976, 29.97, 47.952 and 59.94 (SMPTE ST 12-1, 5.2)."""

MAX_RATE = 120

_DROPS = {Fraction(30000, 1001): 2, Fraction(60000, 1001): 4}
"""How many numbers drop-frame timecode leaves out at each minute but the tenth (SMPTE ST 12-1, 5.2.2)."""

_RATIO = re.compile(r"(\d{1,6})/(\d{1,6})")


def read_rate(value: Any) -> Rate:
    """Read a rate as people and documents write it: 24, `24`, `23.976`, `24000/1001`.

    Args:
        value: A number, or text.

    Returns:
        The rate; one that is nearer than 0.005 to a rate of NTSC's is that rate, since people write 23.98.

    Raises:
        ValueError: There is no such rate.
    """
    try:
        rate = _fraction(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
        raise ValueError(_refused(value)) from error
    for ntsc in NTSC.values():
        if abs(rate - ntsc) < Fraction(1, 200):
            return ntsc
    if rate.denominator != 1 or not 1 <= rate <= MAX_RATE:
        raise ValueError(_refused(value))
    return int(rate)


def _fraction(value: Any) -> Fraction:
    if isinstance(value, bool):
        raise TypeError("a truth value is no rate")
    if isinstance(value, str) and (ratio := _RATIO.fullmatch(value.strip())):
        return Fraction(int(ratio[1]), int(ratio[2]))
    # Longer text is no rate, and could be a number of a million digits.
    return Fraction(value.strip()[:12] if isinstance(value, str) else value)


def _refused(value: Any) -> str:
    return f"{str(value)[:20]} is no frame rate: films have 1 to {MAX_RATE} whole frames a second, or {', '.join(NTSC)}"


def write_rate(rate: Rate) -> int | str:
    """Write a rate as documents hold it."""
    return rate if isinstance(rate, int) else f"{rate.numerator}/{rate.denominator}"


def name_of_rate(rate: Rate) -> str:
    """Name a rate as people do: `24`, `23.976`."""
    return next((name for name, ntsc in NTSC.items() if ntsc == rate), str(rate))


FrameRate = Annotated[
    Rate,
    BeforeValidator(read_rate),
    PlainSerializer(write_rate, when_used="json"),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": MAX_RATE}, {"type": "string"}]}),
]
"""A field that holds a rate."""


def seconds_of(frames: int, rate: Rate) -> float:
    """How long some frames last, in seconds."""
    return float(frames / rate)


def counted_rate(rate: Rate) -> int:
    """Frames that timecode counts to a second: 24 for 23.976."""
    return round(rate)


def drops_frames(rate: Rate) -> bool:
    """Whether the timecode of a rate leaves out numbers, so that it stays with the clock: at 29.97 and 59.94."""
    return rate in _DROPS


def timecode(frame: int, rate: Rate) -> str:
    """Name a frame as `hh:mm:ss:ff`; as `hh:mm:ss;ff` where numbers are left out (SMPTE ST 12-1, 5.2.2).

    At 23.976 and 47.952 no numbers are left out: their timecode runs 3.6 s an hour behind the clock, as everywhere.

    Args:
        frame: From 0.
        rate: Frames a second.
    """
    counted, dropped = counted_rate(rate), _DROPS.get(Fraction(rate), 0)
    if dropped:
        minute, ten = counted * 60 - dropped, counted * 600 - 9 * dropped
        tens, rest = divmod(frame, ten)
        # The first minute of ten drops nothing: it is longer than the others by what they drop.
        frame += 9 * dropped * tens + dropped * max(0, (rest - dropped) // minute)
    seconds, rest = divmod(frame, counted)
    mark = ";" if dropped else ":"
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{rest:02d}"
