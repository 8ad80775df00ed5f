"""Makes keyframes."""

from film.render.check import check_keyframe

__all__ = ["check_keyframe"]
