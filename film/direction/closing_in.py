"""Closer by a line's own words: where one is tense, its shot comes one size closer, and its neighbours stay.

The grammar sets up a scene's shots without regard to how tense each line is, so that they cut. What comes closer after
that cuts as well, whether or not its neighbours come closer: a word of a line changes the size of no other line's shot.
"""

from __future__ import annotations

from collections.abc import Sequence

from film.direction.situation import Setup, step_closer

_OF_A_FACE = frozenset({"feeling", "off_screen", "silence", "reaction", "shot_and_reverse", "single"})
"""Rules that show somebody's face; what a tense line is looked for in."""


def nearer(setup: Setup) -> Setup:
    """The same shot, one size closer where it is of somebody's face, and never closer than a close-up."""
    if not setup.subjects or setup.rule not in _OF_A_FACE:
        return setup
    return setup._replace(size=step_closer(setup.size))


def close_in(setups: Sequence[Setup], tense: Sequence[bool]) -> list[Setup]:
    """Bring the camera closer in the tense ones of a scene's shots, where that makes no jump.

    Args:
        setups: In their order, no two of the same subjects in the same size side by side.
        tense: For each, whether it is tense by its own words.

    Returns:
        The setups, in their order; still no two of the same subjects in the same size side by side.
    """
    found = []
    for at, (setup, is_tense) in enumerate(zip(setups, tense, strict=True)):
        near = nearer(setup) if is_tense else setup
        before = setups[at - 1 : at] if at else ()
        beside = (*before, *map(nearer, before), *setups[at + 1 : at + 2])
        found.append(setup if any(_jumps(near, other) for other in beside) else near)
    return found


def _jumps(one: Setup, other: Setup) -> bool:
    return (one.size, one.subjects) == (other.size, other.subjects)
