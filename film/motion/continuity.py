"""Which shots go on from one another without a change of set-up."""

from __future__ import annotations

from schemas.enums import TransitionKind
from schemas.script import Shot


def goes_on(shot: Shot, following: Shot) -> bool:
    """Say whether a shot leads into the next as if the camera had not been moved in between.

    Then the next one's keyframe is a later moment of the same picture, and frames between the two mean something.

    Args:
        shot: A shot.
        following: The one after it in its scene.
    """
    return (
        shot.scene == following.scene
        and following.transition_in is TransitionKind.CUT
        and shot.transition_out is TransitionKind.CUT
        and (shot.size, shot.angle) == (following.size, following.angle)
        and set(shot.subjects) == set(following.subjects)
    )
