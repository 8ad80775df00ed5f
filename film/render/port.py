"""What a renderer of keyframes can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from schemas.enums import RendererName
from schemas.prompt import KeyframeSpec


class Renderer(Protocol):
    """Makes keyframes of one kind."""

    @property
    def name(self) -> RendererName:
        """Which renderer this is."""
        ...

    def draw(self, specs: Sequence[KeyframeSpec]) -> Iterator[bytes]:
        """Make keyframes.

        Args:
            specs: What to draw; all for this renderer.

        Yields:
            One PNG a spec, in order, each as soon as it is done, so that it can be stored before the next begins.
        """
        ...
