"""Processes in which pictures are drawn and frames encoded, warm from one task to the next.

Drawing holds Python's global lock for a tenth of a second at a time, and an encoder may have to be killed:
neither belongs in the process that speaks with Temporal.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError as FutureCancelled
from contextlib import contextmanager
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from infrastructure.processes import die_with_parent
from schemas.errors import ProcessDied

T = TypeVar("T")

_progress: Any = None
"""In a child: the array of frames done, one slot a task."""


def _start_child(progress: Any) -> None:
    """Prepare a pool process: it dies with its parent, and leaves Ctrl-C to it."""
    global _progress
    _progress = progress
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import cv2

    cv2.setNumThreads(1)
    from film.edit import dialogue, encode, verify  # noqa: F401  (imported once here, not in the first task)
    from film.render import storyboard  # noqa: F401


def _report(slot: int) -> Callable[[int], None]:
    def report(done: int) -> None:
        _progress[slot] = done

    return report


def _call(function: Callable[..., T], arguments: tuple[Any, ...], slot: int, with_progress: bool) -> T:
    """Run in a child."""
    return function(*arguments, _report(slot)) if with_progress else function(*arguments)


class CraftPool:
    """A pool of `processes` single-threaded processes that run functions of `film`."""

    def __init__(self, processes: int) -> None:
        """Make the pool; processes start with the first task, or with `warm`.

        Args:
            processes: How many tasks run at once: one a core.
        """
        context = multiprocessing.get_context("spawn")
        self._progress = context.Array("q", max(64, 4 * processes), lock=False)
        self._free = list(range(len(self._progress)))
        self._pool = ProcessPool(
            max_workers=processes, context=context, initializer=_start_child, initargs=(self._progress,)
        )

    def warm(self) -> None:
        """Start the processes and let them import what they will need."""
        self._pool.schedule(_nothing)

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Run `function(*arguments)` in a process.

        When the caller is cancelled, the process is killed and replaced.

        Args:
            function: Defined at the top level of a module of `film`.
            arguments: Picklable.

        Raises:
            ProcessDied: The process died under the task.
            Exception: Whatever the function raised.
        """
        return await self._run(function, arguments, slot=0, with_progress=False)

    async def run_reporting(
        self, function: Callable[..., T], *arguments: Any, report: Callable[[int], None], every: float = 0.5
    ) -> T:
        """Run `function(*arguments, progress)` in a process and pass on what it says to `progress(done)`.

        Args:
            function: Takes a `Callable[[int], None]` as its last argument.
            arguments: Picklable.
            report: Called in this process with the latest number, each time it has grown.
            every: Seconds between looks.
        """
        with self._slot() as slot:
            task = asyncio.ensure_future(self._run(function, arguments, slot=slot, with_progress=True))
            try:
                seen = 0
                while not task.done():
                    await asyncio.wait({task}, timeout=every)
                    if self._progress[slot] > seen:
                        seen = self._progress[slot]
                        report(seen)
            except asyncio.CancelledError:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                raise
            return task.result()

    def close(self) -> None:
        """End the processes at once, whatever they are doing."""
        self._pool.stop()
        self._pool.join(timeout=10)

    async def _run(self, function: Callable[..., T], arguments: tuple[Any, ...], slot: int, with_progress: bool) -> T:
        future = self._pool.schedule(_call, args=(function, arguments, slot, with_progress))
        try:
            result: T = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            future.cancel()  # kills the process
            raise
        except FutureCancelled as error:
            raise ProcessDied("The pool of drawing processes was closed while a task was in hand.") from error
        except ProcessExpired as error:
            raise ProcessDied(f"The process that was at it died (exit code {error.exitcode}).") from error
        return result

    @contextmanager
    def _slot(self) -> Iterator[int]:
        slot = self._free.pop()
        self._progress[slot] = 0
        try:
            yield slot
        finally:
            self._free.append(slot)


def _nothing() -> None:
    """Do nothing, in a child: by then it has started."""
