"""Moments: what the script gives one shot to show, before anyone decides where the camera stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from film.direction.cast import NARRATOR
from film.direction.focus import Pull
from film.direction.openings import without_camera
from film.direction.orders import Orders
from film.direction.timing import is_silence, speech_seconds
from film.direction.vocabulary import HANDLING, PROPS
from film.direction.words import forms, tokens, word_count
from schemas.enums import Angle, Expression, Movement, Pose, ShotSize
from schemas.script import Span

_WORN = frozenset("hat coat scarf glove gloves shoe shoes boot boots glasses".split())


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided about a moment's picture beforehand."""

    size: ShotSize
    angle: Angle = Angle.EYE
    movement: Movement | None = None
    pose: Pose | None = None
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What is spoken, in whole or in part."""

    character: str
    text: str
    span: Span
    opens: bool = True
    """Whether it begins a speech; one that goes on after a parenthetical does not begin again."""
    words: float = field(init=False)
    """How many it has; see `film.direction.words.word_count`."""
    seconds: float = field(init=False)
    """How long it is heard."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", word_count(self.text))
        object.__setattr__(self, "seconds", speech_seconds(self.text, self.words))


class Moment(NamedTuple):
    """What one shot shows and what is heard in it."""

    span: Span
    action: str = ""
    lines: tuple[Line, ...] = ()
    cast: tuple[str, ...] = ()
    """Who is in it, the most important first."""
    props: tuple[str, ...] = ()
    manner: str = ""
    """The parenthetical of a speech."""
    seconds: float = 0.0
    """How long what is seen takes; what is heard may take longer."""
    entered_by: tuple[str, ...] = ()
    """Transitions written before it."""
    plan: Plan | None = None
    """How a rule that made the moment wants it seen; None where the script made it."""
    orders: Orders | None = None
    """What the script itself asks of the camera."""
    shift: Pull | None = None
    """Where attention goes to somebody behind another."""
    title: str = ""
    """Words to be read over the picture."""
    pause: float = 0.0
    """Seconds of silence before the first line."""
    dual: bool = False
    """Whether its speech is spoken at the same time as the one before."""
    voice_over: bool = False
    """Whether its voice is no part of the scene: `(V.O.)`, and not `(O.S.)`."""
    away: bool = False
    """Whether its speaker is elsewhere: `(O.S.)`, `(O.C.)`."""
    apart: bool = False
    """Whether those who speak are at different places, as in an `INTERCUT`: no two of them share a picture."""
    joined_by: tuple[str, ...] = ()
    """Who does something in it beside a thing that acts."""
    step: int = 0
    """Which of the scene's actions and lines it comes from, from 0: parts of one have the same."""

    @property
    def spoken(self) -> bool:
        """Whether somebody in the story speaks: narration is heard over the picture and is no speech."""
        return bool(self.lines) and self.lines[0].character != NARRATOR

    @property
    def deeds(self) -> str:
        """What happens in it, without words of the camera that look like it."""
        return without_camera(self.action)

    @property
    def silent(self) -> bool:
        """Whether it is a silence: a beat, a pause."""
        return not self.lines and is_silence(self.action)

    @property
    def said(self) -> str:
        """All that is said in it."""
        return self.lines[0].text if len(self.lines) == 1 else " ".join(line.text for line in self.lines)

    @property
    def heard(self) -> float:
        """Seconds of speech."""
        return sum(line.seconds for line in self.lines)


_ALSO_VERBS = frozenset("watch light match ring record stick stone rock bed saw rose".split())
"""Things whose names are verbs as well: things only after an article or its like."""


def props_in(text: str) -> tuple[str, ...]:
    """Things in a text that can be drawn, in order, in their singular; `watch` and `light` the verbs are left out."""
    words = tokens(without_camera(text))
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        hit = _prop(word)
        if hit is None or (hit in HANDLING and words[at - 1 : at] not in (("a",), ("the",), ("his",), ("her",))):
            continue
        if word == "glasses" or (hit in _ALSO_VERBS and not _is_noun(words, at)):
            continue
        if any(word in PROPS and word not in HANDLING for word in words[at + 1 : at + 2]):
            continue
        if hit in _WORN and {"in", "with", "wearing", "wears"}.intersection(words[max(0, at - 4) : at]):
            continue
        found.setdefault(hit)
    return tuple(found)


@lru_cache(maxsize=4096)
def _prop(word: str) -> str | None:
    """The thing a word names, in its singular; None for any other word."""
    return next((form for form in forms(word) if form in PROPS), None)


def _is_noun(words: Sequence[str], at: int) -> bool:
    return bool(at) and words[at - 1] in {
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "of",
        "my",
        "old",
        "gold",
        "small",
        "wet",
    }


_MOST_TOLD_S = 10.0
"""How long words and what is told of their speaker are heard in one shot at most."""


def told_with(spoken: Moment, told: Moment) -> Moment | None:
    """A speech with what is told of its speaker while they speak: one shot.

    Args:
        spoken: The speech, or its last part.
        told: The narration right behind it, or the second half of the speech behind that.

    Returns:
        The moment of both; None where they are too long for one shot.
    """
    if spoken.heard + told.heard > _MOST_TOLD_S:
        return None
    return joined(spoken, told)._replace(seconds=max(spoken.seconds, told.seconds), joined_by=told.joined_by)


def joined(first: Moment, second: Moment) -> Moment:
    """One moment of two neighbours."""
    return first._replace(
        span=Span(start=min(first.span.start, second.span.start), end=max(first.span.end, second.span.end)),
        action=" ".join(part for part in (first.action, second.action) if part),
        lines=(*first.lines, *second.lines),
        cast=tuple(dict.fromkeys((*first.cast, *second.cast))),
        props=tuple(dict.fromkeys((*first.props, *second.props))),
        seconds=first.seconds + second.seconds,
        title=" / ".join(part for part in (first.title, second.title) if part),
    )
