"""The port through which keyframes are made, and its implementation for the storyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from activities.craft_pool import CraftPool
from film.render.storyboard import draw_keyframe
from schemas.enums import RendererName
from schemas.prompt import KeyframeSpec


class KeyframeRenderer(Protocol):
    """Makes keyframes. A worker is given one; what it stands on (a pool, a GPU) is the worker's affair."""

    name: RendererName

    def draw(self, specs: Sequence[KeyframeSpec]) -> AsyncIterator[bytes]:
        """Yield a PNG for each spec, in order, each as soon as it is made.

        Raises:
            Exception: The picture that was next could not be made. The caller goes on with those behind it.
        """
        ...


class StoryboardInPool:
    """Draws storyboards in the processes of a pool."""

    name = RendererName.STORYBOARD

    def __init__(self, pool: CraftPool) -> None:
        """Use a pool."""
        self._pool = pool

    async def draw(self, specs: Sequence[KeyframeSpec]) -> AsyncIterator[bytes]:
        """Yield a PNG for each spec, in order."""
        for spec in specs:
            yield await self._pool.run(draw_keyframe, spec)
