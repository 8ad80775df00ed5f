"""How long things take: speech by its words, action by its words and verbs, always in whole frames."""

from __future__ import annotations

import re

from film.direction.words import Range, trim, word_count

WORDS_PER_SECOND = 2.6
"""Speech at an unhurried conversational pace, about 156 words a minute."""
READING_RATE = 17.0
"""Characters a second a subtitle is given; 20 is the most adults read in comfort (Netflix Timed Text Style Guide)."""
LINE = 84
"""Longest part of a speech, in characters: two subtitle lines of 42."""
PART_WORDS = 17
"""Longest part of a speech, in words: a shot of some six seconds."""
SHORTEST_S = 1.6
LONGEST_S = 7.5
"""Bounds of a shot, in seconds; speech may hold one longer."""
TYPICAL_S = 4.2
"""Length up to which neighbouring sentences share a shot, in seconds."""
_ACTION_WORDS_PER_SECOND = 5.0
_BREATH_S = 0.3
_SHORTEST_LINE_S = 0.9

_SENTENCE = re.compile(r"[.!?…]+[\"”’)\]]*\s+")
_CLAUSE = re.compile(r"(?:[,;:]|--|[–—])\s+|\n\s*")
_CONJUNCTION = re.compile(r"\s+(?=(?:and|but|or|so|that|which|who|when|while|because|until|where|if|as|than)\b)")
_SPACE = re.compile(r"\s+")


def frames_of(seconds: float, fps: int) -> int:
    """Round a length to whole frames, at least one."""
    return max(1, round(seconds * fps))


def speech_seconds(text: str) -> float:
    """How long a line is heard and its subtitle shown: by its words, and never too short to be read."""
    return max(word_count(text) / WORDS_PER_SECOND, len(text.strip()) / READING_RATE, _SHORTEST_LINE_S)


def action_seconds(text: str) -> float:
    """How long an action is shown: a page, some 270 words, plays about a minute."""
    seconds = 1.0 + word_count(text) / _ACTION_WORDS_PER_SECOND
    return min(max(seconds, 2.5), 6.0)


def shot_seconds(spoken: float) -> float:
    """Length of a shot around the speech in it, with a breath before and after."""
    return max(spoken + 2 * _BREATH_S, SHORTEST_S)


def breath_frames(fps: int) -> int:
    """Frames of a shot before somebody begins to speak."""
    return frames_of(_BREATH_S, fps)


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
    limit = _limit(text, at)
    if limit >= len(text):
        return len(text)
    window = text[at:limit]
    rest = len(text) - at
    floor = min(len(window) * 0.35, 24)
    if rest < 1.6 * len(window):
        floor = min(floor, rest * 0.3)
    for pattern in (_SENTENCE, _CLAUSE, _CONJUNCTION, _SPACE):
        ends = [match.end() for match in pattern.finditer(window) if match.end() >= floor]
        if ends:
            best = ends[-1]
            if pattern is not _SENTENCE and rest < 1.9 * len(window):
                best = min(ends, key=lambda end: abs(end - rest / 2))
            return at + best
    return limit


def _limit(text: str, at: int) -> int:
    """Furthest end of a part: by characters and by words, the white space after it included."""
    limit = at + LINE
    count = 0
    for match in _SPACE.finditer(text, at, min(len(text), at + LINE)):
        count += match.end() < len(text)
        if count > PART_WORDS:
            limit = match.start()
            break
    while limit < len(text) and text[limit].isspace():
        limit += 1
    return limit if trim(text, (limit, len(text)))[0] < len(text) else len(text)
