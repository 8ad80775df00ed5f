"""Pacing: how tense the film is from shot to shot.

A shot's tension is its scene's level, what its place in the scene adds, and what its own words add. A scene that is
read is even, whatever is said in it: a word moves the shot it stands in, and no other.
"""

from __future__ import annotations

from film.direction.moments import Moment
from film.direction.vocabulary import CALM, TENSE
from film.direction.words import tokens

_TELLING = TENSE | CALM
_CALM_BELOW, _TENSE_ABOVE = 0.22, 0.62
_CALM, _EVEN, _TENSE = 0.3, 0.5, 0.75
_RISE = 0.2
"""By how much tension rises from the first to the last element of a scene."""
_PER_WORD = 0.1
_MOST_OWN = 0.25
_SLOWEST, _QUICKEST = 1.12, 0.88


def scene_level(tension: float) -> float:
    """The level of a scene: calm, even or tense. Scenes are even unless a plan says otherwise."""
    if tension < _CALM_BELOW:
        return _CALM
    return _TENSE if tension > _TENSE_ABOVE else _EVEN


def tension_at(tension: float, progress: float) -> float:
    """A scene's tension at a point of it, without what is said and done there.

    Args:
        tension: The scene's.
        progress: How far into the scene, 0 to 1.

    Returns:
        0 calm to 1 urgent.
    """
    return min(1.0, scene_level(tension) + _RISE * progress)


def tension_of_moment(base: float, moment: Moment) -> float:
    """A shot's tension: what its scene has at that point, and what its own words and exclamation marks add.

    Args:
        base: From `tension_at`.
        moment: What the shot shows.

    Returns:
        0 calm to 1 urgent, in steps of 0.01.
    """
    told, marks = _told(moment.action) if moment.action else (0, 0)
    if moment.lines:
        more, others = _told(moment.said)
        told, marks = told + more, marks + others
    if not told and not marks:
        return round(base, 2)
    own = _PER_WORD * (told + min(2, marks))
    return round(min(1.0, max(0.0, base + min(_MOST_OWN, max(-_MOST_OWN, own)))), 2)


def _told(text: str) -> tuple[int, int]:
    """How many more words of a text are tense than calm, and how many exclamation marks it has."""
    words = tokens(text)
    telling = [] if _TELLING.isdisjoint(words) else [word for word in words if word in _TELLING]
    return sum([(word in TENSE) - (word in CALM) for word in telling]), text.count("!")


def pace(tension: float) -> float:
    """By how much tension stretches or shortens what is seen."""
    return _SLOWEST + (_QUICKEST - _SLOWEST) * tension
