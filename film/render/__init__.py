"""Makes keyframes."""

from film.render.check import check_keyframe
from film.render.port import Renderer

__all__ = ["Renderer", "check_keyframe"]
