"""A painter behind the port of keyframe renderers: one thread owns the device."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from activities.renderers import Drawing
from schemas.enums import RendererName
from schemas.prompt import KeyframeSpec


class Painter(Protocol):
    """Paints pictures in batches; `film.render.sdxl.Painter` is one."""

    def paint(
        self,
        specs: Sequence[KeyframeSpec],
        *,
        on_step: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> list[bytes | Exception]:
        """Paint a batch.

        Args:
            specs: What to paint.
            on_step: Told after each step: steps done, steps in all.
            cancelled: Asked after each step; when it says yes, painting ends with an error.

        Returns:
            A PNG or an error a spec, in order.
        """
        ...


class PaintingThread:
    """Paints in one thread, so that the event loop beside it can heartbeat, and hear of a cancel."""

    name = RendererName.SDXL

    def __init__(self, painter: Painter, batch: int) -> None:
        """Use a painter, whose weights are loaded.

        Args:
            painter: Called from one thread alone.
            batch: How many pictures it makes at once.
        """
        self.batch = batch
        self._painter = painter
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="painting")

    async def draw(self, specs: Sequence[KeyframeSpec], report: Callable[[str], None]) -> list[Drawing | Exception]:
        """Paint; see `KeyframeRenderer`. A cancel takes effect after the step in hand."""
        loop, stop = asyncio.get_running_loop(), threading.Event()

        def on_step(step: int, steps: int) -> None:
            loop.call_soon_threadsafe(report, f"step {step} of {steps}")

        def paint() -> list[bytes | Exception]:
            return self._painter.paint(specs, on_step=on_step, cancelled=stop.is_set)

        painting = loop.run_in_executor(self._thread, paint)
        try:
            painted = await asyncio.shield(painting)
        except asyncio.CancelledError:
            stop.set()
            # The device is free again before anybody else is let at it.
            await asyncio.gather(painting, return_exceptions=True)
            raise
        return [Drawing(made) if isinstance(made, bytes) else made for made in painted]

    def close(self) -> None:
        """Wait until the thread is done."""
        self._thread.shutdown()
