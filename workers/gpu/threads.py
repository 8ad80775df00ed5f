"""One thread that owns a device, beside an event loop that must go on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

OnStep = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class DeviceThread:
    """Runs one piece of work after another on a device, so that the loop can heartbeat and hear of a cancel."""

    def __init__(self, name: str) -> None:
        """Start the thread with the first work.

        Args:
            name: For people who look at the process.
        """
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def run(self, work: Callable[[OnStep, Cancelled], T], report: Callable[[str], None]) -> T:
        """Do a piece of work.

        A cancel takes effect after the step in hand; the device is free again before anybody else is let at it.

        Args:
            work: Called in the thread with what it tells of its steps to, and what it asks whether to stop.
            report: Called in this thread with each step, in words.
        """
        loop, stop = asyncio.get_running_loop(), threading.Event()

        def on_step(step: int, steps: int) -> None:
            loop.call_soon_threadsafe(report, f"step {step} of {steps}")

        working = loop.run_in_executor(self._thread, work, on_step, stop.is_set)
        try:
            return await asyncio.shield(working)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.gather(working, return_exceptions=True)
            raise

    def close(self) -> None:
        """Wait until the thread is done."""
        self._thread.shutdown()
