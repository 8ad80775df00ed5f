"""Lengths: how many frames each shot has, by itself and where the film must last a given time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from film.direction.moments import Moment
from film.direction.pacing import pace
from film.direction.timing import (
    BREATH_S,
    LEAST_BREATH_S,
    LEAST_S,
    SHORTEST_S,
    frames_of,
    line_frames,
    title_seconds,
)
from schemas.base import unchecked
from schemas.errors import InvalidRequest
from schemas.rate import Rate, counted_rate, seconds_of
from schemas.script import Dialogue

_dialogue = unchecked(Dialogue)

_LAST_BREATH_S = 1.6
"""How long the last shot is held after the last word, in seconds: the film fades to black in it."""
_LEAST_LAST_BREATH_S = 0.5
MOST_S = 60.0
"""Longest shot that a script may ask for, in seconds."""
_LEAST_PAUSE = 0.25
"""What is left at least of a pause where time is short."""
_SPOKEN_WEIGHT, _SEEN_WEIGHT = 1, 3
"""Where there is time to spare, pictures take three times as much of it as speech."""


class Length(NamedTuple):
    """How long a shot is, and what it can be made."""

    frames: int
    """Its natural length."""
    least: int
    """The shortest in which all that is said in it can be said and read."""
    weight: int
    """Its part in time to spare; 0 for a shot whose length the script states."""
    heard: tuple[int, ...] = ()
    """Frames that each of its lines naturally takes."""
    hurried: tuple[int, ...] = ()
    """The fewest frames for each."""
    limit: str = ""
    """Why it is not the length that the script states, in a sentence."""


def length_of(moment: Moment, tension: float, fps: Rate, last: bool = False) -> Length:
    """Find how long a shot lasts: calm ones longer, tense ones shorter.

    Args:
        moment: What it shows.
        tension: The shot's, 0 to 1.
        fps: Frames a second.
        last: Whether the film ends with it: it is then held until after the last word.
    """
    heard: tuple[int, ...] = ()
    hurried: tuple[int, ...] = ()
    if moment.lines:
        spoken = [line_frames(line.text, line.words, line.seconds, fps) for line in moment.lines]
        heard, hurried = zip(*spoken, strict=True)
        margins = _margins(moment.pause, fps, last)
        natural = max(margins.before + sum(heard) + margins.after, _bounds(fps)[0])
        least = margins.least_before + sum(hurried) + margins.least_after
    else:
        natural, least = frames_of(moment.seconds * pace(tension), fps), _bounds(fps)[1]
    if moment.lines and not moment.spoken:
        natural = max(natural, frames_of(moment.seconds * pace(tension), fps))
    if moment.title:
        natural = max(natural, frames_of(title_seconds(moment.title), fps))
        least = max(least, frames_of(title_seconds(moment.title) / 1.5, fps))
    orders = moment.orders
    if orders is not None and orders.seconds:
        stated = max(frames_of(min(orders.seconds, MOST_S), fps), least)
        return Length(stated, stated, 0, heard, hurried, _limit(moment, orders.seconds, stated, fps))
    if orders is not None and orders.longer_s:
        natural += frames_of(orders.longer_s, fps)
    natural = max(natural, least)
    weight = _SPOKEN_WEIGHT if moment.lines else _SEEN_WEIGHT
    return Length(natural, least, natural * weight, heard, hurried)


def _limit(moment: Moment, asked: float, frames: int, fps: Rate) -> str:
    """Say why a shot does not last as long as the script states; nothing where it does."""
    if frames_of(asked, fps) == frames:
        return ""
    if asked > MOST_S:
        why = "no shot is longer"
    elif moment.lines:
        why = "what is said in it takes that long"
    else:
        why = "its words take that long to read" if moment.title else "no shot is shorter"
    return f"It lasts {round(seconds_of(frames, fps), 1):g} s instead of {asked:g} s: {why}."


@lru_cache(maxsize=16)
def _bounds(fps: Rate) -> tuple[int, int]:
    """The fewest frames of a shot with speech, and of one without where a target runtime asks for it."""
    return frames_of(SHORTEST_S, fps), frames_of(LEAST_S, fps)


class _Margins(NamedTuple):
    """Frames before the first line, and after the last: as they naturally are, and the fewest."""

    before: int
    after: int
    least_before: int
    least_after: int


@lru_cache(maxsize=256)
def _margins(pause: float, fps: Rate, last: bool) -> _Margins:
    return _Margins(
        frames_of(BREATH_S + pause, fps),
        frames_of(_LAST_BREATH_S if last else BREATH_S, fps),
        frames_of(LEAST_BREATH_S + pause * _LEAST_PAUSE, fps),
        frames_of(_LEAST_LAST_BREATH_S if last else LEAST_BREATH_S, fps),
    )


def dialogue_in(moment: Moment, length: Length, frames: int, fps: Rate, last: bool = False) -> tuple[Dialogue, ...]:
    """Lay the lines of a moment one after the other into a shot.

    Args:
        moment: What is said.
        length: How long it takes; from `length_of`.
        frames: The shot's length, at least its `Length.least`.
        fps: Frames a second.
        last: Whether the film ends with it.

    Returns:
        The lines. In a shot of its natural length they take their natural time, in a shorter one as much less as
        the whole shot, in a longer one they stand after a quarter of the time to spare.
    """
    if not moment.lines:
        return ()
    margins = _margins(moment.pause, fps, last)
    usual = [margins.before, *length.heard]
    whole = sum(usual) + margins.after
    if frames < whole:
        least = [margins.least_before, *length.hurried]
        end = margins.least_after
        have, want = frames - sum(least) - end, whole - sum(least) - end
        usual = [low + max(0, high - low) * have // want for low, high in zip(least, usual, strict=True)]
    elif frames > whole and moment.spoken and (not (orders := moment.orders) or not orders.seconds):
        natural = max(whole, _bounds(fps)[0])
        usual[0] += min(max(0, frames - natural) // 4, 2 * counted_rate(fps))
    at = usual[0]
    found = []
    for line, each in zip(moment.lines, usual[1:], strict=True):
        found.append(_dialogue(character=line.character, text=line.text, span=line.span, start_frame=at, frames=each))
        at += each
    return tuple(found)


def fitted(lengths: Sequence[Length], runtime_s: float | None, fps: Rate) -> list[int]:
    """Choose each shot's frames so that the film lasts a given time, to the frame.

    A shorter film takes from each shot in proportion to what it can spare; a longer one gives most to the shots
    without speech. Lengths that the script states are kept.

    Args:
        lengths: The shots'.
        runtime_s: How long the film shall last, in seconds; None for as long as its shots do.
        fps: Frames a second.

    Returns:
        Frames a shot; they sum to the target's.

    Raises:
        InvalidRequest: Not everything can be said and read in that time; or the script states every shot's length.
    """
    natural = [length.frames for length in lengths]
    if runtime_s is None:
        return natural
    target, whole = frames_of(runtime_s, fps), sum(natural)
    least = sum(length.least for length in lengths)
    if target < least:
        raise InvalidRequest(
            f"A runtime of {clock(runtime_s)} is too short for this script: what is said and shown in it takes at "
            f"least {clock(math.ceil(seconds_of(least, fps)))}; ask for that or more, or shorten the script."
        )
    if target < whole:
        gaps = [length.frames - length.least for length in lengths]
        extra = _shared(target - least, gaps)
        return [length.least + more for length, more in zip(lengths, extra, strict=True)]
    weights = [length.weight for length in lengths]
    if target > whole and not any(weights):
        raise InvalidRequest(
            f"A runtime of {clock(runtime_s)} cannot be met: the script states every shot's length, "
            f"{clock(seconds_of(whole, fps))} in all; ask for that, or take a length out of a note."
        )
    return [frames + more for frames, more in zip(natural, _shared(target - whole, weights), strict=True)]


def _shared(amount: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount in proportion to weights; what is left over goes to those that lost most by rounding."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    shares = [amount * weight // whole for weight in weights]
    losers = sorted(range(len(weights)), key=lambda at: (-(amount * weights[at] % whole), at))
    for at in losers[: amount - sum(shares)]:
        shares[at] += 1
    return shares


def clock(seconds: float) -> str:
    """Write a length as minutes and seconds, `1:30`; below a minute as seconds, `42 s`."""
    if seconds < 60:
        return f"{seconds:g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"
