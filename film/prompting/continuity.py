"""Continuity: which shots go on where the one before them ends."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.enums import TransitionKind
from schemas.prompt import Picture
from schemas.script import Shot


def continues(shot: Shot, following: Shot | None, picture: Picture, after: Picture | None) -> bool:
    """Say whether the next shot goes on where this one ends, so that its keyframe is this one's last frame.

    The rules never cut two shots of the same people in the same size. But a shot of which the words would be hidden by
    its size is drawn wider, and may then be drawn as its neighbour is: a cut there would jump.

    Args:
        shot: The shot.
        following: The next one of the film; None for the last.
        picture: What the shot's keyframe shows.
        after: What the next one's shows; None for the last.

    Returns:
        Whether both are of one scene and are seen, or by the script's own words shot, with the same people in the same
        size and angle, with nothing but a cut between them.
    """
    if following is None or after is None or shot.scene != following.scene:
        return False
    if shot.transition_out is not TransitionKind.CUT or following.transition_in is not TransitionKind.CUT:
        return False
    same = (shot.size, shot.angle, shot.subjects)
    then = (following.size, following.angle, following.subjects)
    return same == then or picture.same_set_up(after)


def shared_seeds(shots: Sequence[Shot], pictures: Sequence[Picture], seeds: Sequence[int]) -> list[int]:
    """Give shots that go on where another ends the seed of that one.

    Args:
        shots: The shots of a film, in order.
        pictures: What each keyframe shows.
        seeds: The seed of each by itself.

    Returns:
        A seed a shot.
    """
    found = list(seeds[:1])
    for at in range(1, len(shots)):
        goes_on = continues(shots[at - 1], shots[at], pictures[at - 1], pictures[at])
        found.append(found[-1] if goes_on else seeds[at])
    return found
