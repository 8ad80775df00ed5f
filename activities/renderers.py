"""The port through which keyframes are made, and its implementation for the storyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from activities.craft_pool import CraftPool
from film.render.storyboard import draw_with_layers
from schemas.enums import RendererName
from schemas.errors import InvalidRequest
from schemas.prompt import KeyframeSpec


class Drawing(NamedTuple):
    """A keyframe that was made."""

    png: bytes
    layers: bytes | None = None
    """The same picture in layers with depth, as an OpenRaster file; None where the renderer paints in one."""


class KeyframeRenderer(Protocol):
    """Makes keyframes. A worker is given one; what it stands on (a pool, a GPU) is the worker's affair."""

    name: RendererName
    batch: int
    """How many pictures it makes at once, at most: they are stored together, and lost together."""

    async def draw(
        self, specs: Sequence[KeyframeSpec], references: Mapping[str, bytes], report: Callable[[str], None]
    ) -> list[Drawing | Exception]:
        """Make a batch of pictures.

        A cancel ends it soon, and before it returns nothing goes on in the background.

        Args:
            specs: At most `batch` of them.
            references: The pictures that the specs refer to, by their sha256.
            report: Told how far it is, in words: heartbeats carry them.

        Returns:
            For each spec, in order, its picture, or why that one could not be made.

        Raises:
            StudioError: A fault of the machine, not of a picture.
        """
        ...


class StoryboardInPool:
    """Draws storyboards in the processes of a pool, each picture stored as soon as it is drawn."""

    name = RendererName.STORYBOARD
    batch = 1

    def __init__(self, pool: CraftPool) -> None:
        """Use a pool."""
        self._pool = pool

    async def draw(
        self, specs: Sequence[KeyframeSpec], references: Mapping[str, bytes], report: Callable[[str], None]
    ) -> list[Drawing | Exception]:
        """Draw; see `KeyframeRenderer`."""
        if references:
            raise InvalidRequest("The draughtsman draws from the character sheets, not from reference pictures.")
        made: list[Drawing | Exception] = []
        for number, spec in enumerate(specs, 1):
            report(f"{number} of {len(specs)}")
            try:
                made.append(Drawing(*await self._pool.run(draw_with_layers, spec)))
            except Exception as error:
                made.append(error)
        return made
