"""How fast subtitles may be read, and how much time that takes."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

from schemas.rate import Rate

READING_SPEED = 20
"""Most characters a second on screen (Netflix, English Timed Text Style Guide: 20 for adults)."""

LINE = 42
"""Most columns in a line of a subtitle; East Asian wide characters take two."""

_CLOCK_S = 0.001
"""Subtitle files count milliseconds: a cue may lose one of them to rounding."""


def columns(text: str) -> int:
    """Measure a text in columns."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


@lru_cache(maxsize=1024)
def reading_frames(characters: int, fps: Rate) -> int:
    """Count the frames a subtitle must stay.

    Args:
        characters: Its length, white space included.
        fps: Frames a second.

    Returns:
        The least number of whole frames in which it is read at `READING_SPEED`, rounding of its times included; 1 or
        more.
    """
    return max(1, math.ceil((characters / READING_SPEED + _CLOCK_S) * fps))


def speech_frames(text: str, fps: Rate) -> int:
    """Count the frames a line of dialogue needs however it is divided into subtitles.

    Args:
        text: The line.
        fps: Frames a second.

    Returns:
        Enough for each of its subtitles to be read: every subtitle is rounded up to whole frames by itself, and a word
        that is broken between two lines gains a character.
    """
    words = " ".join(text.split())
    breaks = columns(words) // LINE
    return reading_frames(len(words) + breaks, fps) + breaks * reading_frames(0, fps)
