"""The draughtsman: draws keyframes as flat, layered vector art, on the CPU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from film.render.check import check_keyframe
from film.render.storyboard.compose import draw_keyframe, draw_layers, draw_with_layers
from schemas.enums import RendererName
from schemas.prompt import KeyframeSpec

__all__ = ["StoryboardRenderer", "draw_keyframe", "draw_layers", "draw_with_layers"]


class StoryboardRenderer:
    """Draws keyframes from picture plans; see `film.render.port.Renderer`."""

    name = RendererName.STORYBOARD

    def draw(self, specs: Sequence[KeyframeSpec]) -> Iterator[bytes]:
        """Draw keyframes, one after the other.

        Args:
            specs: What to draw.

        Yields:
            One checked PNG a spec, in order.

        Raises:
            InvalidRequest: A spec holds no picture plan.
            RenderRefused: What was drawn is not a picture.
        """
        for spec in specs:
            png = draw_keyframe(spec)
            check_keyframe(png, spec.width, spec.height)
            yield png
