"""Cues that are another's with a slip of the hand: `SPIDR` for `SPIDER`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from film.direction.words import singular
from film.script.people import FEMALE_NAMES, MALE_NAMES, ROLES

_SHORTEST = 5
_MOST_SPEECHES = 2
_MOST_CUES = 400
"""Of more names nobody is looked for: a screenplay has no more."""


def misspelt(
    cues: Mapping[str, int],
    introduced: Collection[str],
    answers: Collection[frozenset[str]],
    told: Callable[[str], bool],
) -> list[tuple[str, str]]:
    """Find cues that differ from a better known one by one letter, or by two that changed places.

    The slip has a speech or two, is nowhere in the action, is no first name or trade of its own, and never answers
    whom it means.

    Args:
        cues: Speeches a name, in capitals.
        introduced: Names that the action introduces.
        answers: Pairs of cues that follow each other in a scene.
        told: Whether the action tells of somebody of that name.

    Returns:
        Pairs of a slip and the name it means.
    """
    found: list[tuple[str, str]] = []
    if len(cues) > _MOST_CUES:
        return found
    for slip, speeches in cues.items():
        if speeches > _MOST_SPEECHES or len(slip) < _SHORTEST or slip in introduced or not slip.isalpha():
            continue
        low = slip.lower()
        if low in FEMALE_NAMES or low in MALE_NAMES or singular(low) in ROLES:
            continue
        meant = [
            name
            for name, times in cues.items()
            if name != slip
            and times >= 2 * speeches
            and _is_slip(slip, name)
            and frozenset((slip, name)) not in answers
        ]
        if len(meant) == 1 and not told(slip):
            found.append((slip, meant[0]))
    return found


def _is_slip(slip: str, name: str) -> bool:
    """Whether one letter is missing, added within the name, another, or has changed places with the next."""
    if not name.isalpha() or slip[0] != name[0] or abs(len(slip) - len(name)) > 1:
        return False
    at = next((at for at, (one, other) in enumerate(zip(slip, name, strict=False)) if one != other), -1)
    if at < 0:
        return False  # `ERIC` and `ERICA`, `GUARD` and `GUARDS`
    if len(slip) != len(name):
        return slip[at + 1 :] == name[at:] or slip[at:] == name[at + 1 :]
    swapped = slip[at : at + 2] == name[at : at + 2][::-1] and slip[at + 2 :] == name[at + 2 :]
    return swapped or (slip[at + 1 :] == name[at + 1 :] and at + 1 < len(name))
