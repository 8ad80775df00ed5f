"""A one-line idea becomes a small film of three acts: somebody at a place, an encounter, what is left after it."""

from __future__ import annotations

from collections.abc import Sequence

from film.direction.cast import Cast
from film.direction.moments import Moment
from film.direction.scenes import SceneDraft
from schemas.script import Screenplay


def is_idea(screenplay: Screenplay) -> bool:
    """Whether a script is no more than an idea."""
    return False


def idea_moments(drafts: Sequence[SceneDraft], cast: Cast) -> list[list[Moment]]:
    """Make the moments of an idea."""
    return []
