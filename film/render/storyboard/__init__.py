"""The draughtsman: draws keyframes as flat, layered vector art, on the CPU."""

from film.render.storyboard.compose import draw_keyframe, draw_layers, draw_with_layers

__all__ = ["draw_keyframe", "draw_layers", "draw_with_layers"]
