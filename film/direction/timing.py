"""How long things take: speech by its words, action by its words and verbs, silence; always in whole frames."""

from __future__ import annotations

import math
import re

from film.direction.legibility import speech_frames
from film.direction.vocabulary import QUICK, SLOW
from film.direction.words import Range, ends_abbreviated, tokens, word_count
from schemas.rate import Rate

WORDS_PER_SECOND = 2.6
"""Speech at an unhurried pace: 156 words a minute. The National Center for Voice and Speech gives 150 as the average of
English conversation; narrators of audio books are asked for 150 to 160."""
FASTEST_WORDS_PER_SECOND = 3.4
"""As fast as a line can be said and followed, some 200 words a minute: where a target runtime asks for it."""
READING_RATE = 17.0
"""Characters a second a subtitle is given: the most that adults read in comfort (Netflix Timed Text Style Guide)."""
LINE = 84
"""Longest part of a speech, in characters: two subtitle lines of 42."""
PART_WORDS = 17
"""Longest part of a speech, in words: a shot of some six seconds."""
SHORTEST_S = 1.6
LONGEST_S = 7.5
"""Bounds of a shot, in seconds; speech may hold one longer."""
LEAST_S = 0.8
"""Shortest shot without speech, where a target runtime asks for it."""
TYPICAL_S = 4.2
"""Length up to which neighbouring sentences share a shot, in seconds."""
BREATH_S = 0.3
"""Before somebody begins to speak, and after."""
LEAST_BREATH_S = 0.1
_PER_WORD_S = 0.2
"""A page of action has some 270 words and plays about a minute: 1 s for each of its shots, 0.2 s for each word."""
_LEAST_ACTION_S, _MOST_ACTION_S = 2.5, 6.0
_SHORTEST_LINE_S = 1.0
_QUICK_FACTOR, _SLOW_FACTOR = 0.85, 1.2

_BEATS = {"beat": 1.6, "moment": 1.6, "pause": 2.2, "silence": 2.8, "quiet": 2.8, "silent": 2.8}
"""Seconds of a silence that has a shot of its own; within a speech it takes half as long."""
_LONG = frozenset("long very endless extended heavy awkward uncomfortable interminable".split())
_SHORT = frozenset("short brief small quick tiny slight half".split())
_LONG_FACTOR, _SHORT_FACTOR = 1.6, 0.7
_SILENCE = re.compile(
    r"\W*(?:there(?:'s| is)\s+|then\s*,?\s+|after\s+)?(?:(?:an?|the|another|one)\s+)?(?:[a-z]+,?\s+){0,2}?"
    r"(?:beat|pause|silence|moment(?: of silence)?)(?:\s+(?:falls|passes|hangs|follows|between them))?\W*",
    re.IGNORECASE,
)

_SILENT = frozenset("beat pause silence moment".split())
"""Of these each of them has one."""
_LONGEST_SILENCE = 60
"""In characters."""
_SENTENCE = re.compile(r"[.!?…]+[\"”’)\]]*\s+")
_CLAUSE = re.compile(r"(?:[,;:]|--|[–—])\s+|\n\s*")
_CONJUNCTION = re.compile(r"(?<!\s)\s+(?=(?:and|but|or|so|that|which|who|when|while|because|until|where|if|as|than)\b)")
_SPACE = re.compile(r"\s+")
_MOST_WORDS = re.compile(rf"(?:\S*+\s++){{{PART_WORDS}}}\S*+(?=\s)")
"""As many words as a part may have, where white space and more follows."""


def frames_of(seconds: float, fps: Rate) -> int:
    """Round a length to whole frames, at least one."""
    return max(1, round(seconds * fps))


def speech_seconds(text: str, words: float | None = None) -> float:
    """How long a line is heard and its subtitle shown: by its words, and never too short to be read.

    Args:
        text: The line.
        words: How many words it has, where that is known.
    """
    said = (word_count(text) if words is None else words) / WORDS_PER_SECOND
    return max(said, len(text.strip()) / READING_RATE, _SHORTEST_LINE_S)


def line_frames(text: str, words: float, seconds: float, fps: Rate) -> tuple[int, int]:
    """Find how long a line is heard.

    Args:
        text: The line.
        words: How many words it has.
        seconds: What `speech_seconds` says of it.
        fps: Frames a second.

    Returns:
        The frames it naturally takes, and the fewest in which it can be said, followed and read.
    """
    said = math.ceil(words / FASTEST_WORDS_PER_SECOND * fps)
    least = max(said, speech_frames(text, fps), math.ceil(_SHORTEST_LINE_S * fps))
    return max(frames_of(seconds, fps), least), least


def action_seconds(text: str) -> float:
    """How long an action is shown: a page of it plays about a minute; quick verbs are over sooner, slow ones last."""
    words = tokens(text)
    seconds = 1.0 + word_count(text) * _PER_WORD_S
    quick, slow = not QUICK.isdisjoint(words), not SLOW.isdisjoint(words)
    if quick is not slow:
        seconds *= _QUICK_FACTOR if quick else _SLOW_FACTOR
    return min(max(seconds, _LEAST_ACTION_S), _MOST_ACTION_S)


def plain_seconds(words: float) -> float:
    """How long an action of so many words is shown, whatever its verbs: what decides where shots divide."""
    return min(max(1.0 + words * _PER_WORD_S, _LEAST_ACTION_S), _MOST_ACTION_S)


def is_silence(text: str) -> bool:
    """Whether an action is a silence and nothing else: `Beat.`, `A long silence.`, `There's an awkward pause.`."""
    if len(text) >= _LONGEST_SILENCE or _SILENT.isdisjoint(tokens(text)):
        return False
    return _SILENCE.fullmatch(text) is not None


def silence_seconds(text: str) -> float:
    """How long a silence lasts that is the action of a shot; 0 where a text names none."""
    words = tokens(text)
    seconds = max((_BEATS.get(word, 0.0) for word in words), default=0.0)
    if not _LONG.isdisjoint(words):
        return seconds * _LONG_FACTOR
    return seconds if _SHORT.isdisjoint(words) else seconds * _SHORT_FACTOR


def pause_seconds(manner: str) -> float:
    """How long a parenthetical such as `(beat)` or `(after a long pause)` delays a line; 0 for all others."""
    if not manner:
        return 0.0
    return silence_seconds(manner) / 2 if {"beat", "pause", "silence"}.intersection(tokens(manner)) else 0.0


def title_seconds(title: str) -> float:
    """How long words over the picture take to be read, with a second to find them."""
    return 1.0 + len(title) / READING_RATE if title else 0.0


def split_speech(text: str) -> list[Range]:
    """Divide a speech into parts that read well as subtitles; together they are the whole text.

    A part ends with a sentence where possible, otherwise with a clause, a word, or at `LINE` characters. The white
    space between two parts belongs to the earlier one.

    Args:
        text: The speech.

    Returns:
        Ranges that cover the text without gaps.
    """
    parts: list[Range] = []
    at = 0
    while at < len(text):
        end = _part_end(text, at)
        parts.append((at, end))
        at = end
    return parts


def _part_end(text: str, at: int) -> int:
    if len(text) - at <= LINE and len(text[at:].split()) <= PART_WORDS:
        return len(text)
    limit = _limit(text, at)
    if limit >= len(text):
        return len(text)
    window = text[at:limit]
    rest = len(text) - at
    floor = min(len(window) * 0.35, 24)
    if rest < 1.6 * len(window):
        floor = min(floor, rest * 0.3)
    for end in reversed([match.end() for match in _SENTENCE.finditer(window) if match.end() >= floor]):
        if not ends_abbreviated(window[:end]):
            return at + end
    for pattern in (_CLAUSE, _CONJUNCTION, _SPACE):
        ends = [match.end() for match in pattern.finditer(window) if match.end() >= floor]
        if ends:
            middle = rest < 1.9 * len(window)
            return at + (min(ends, key=lambda end: abs(end - rest / 2)) if middle else ends[-1])
    return limit


def _limit(text: str, at: int) -> int:
    """Furthest end of a part: by characters and by words, the white space after it included."""
    last = min(len(text), at + LINE)
    words = _MOST_WORDS.match(text, at, last)
    if words and last == len(text) and not text[words.end() :].strip():
        words = None  # nothing but white space follows
    limit = words.end() if words else at + LINE
    while limit < len(text) and text[limit].isspace():
        limit += 1
    return min(limit, len(text))
