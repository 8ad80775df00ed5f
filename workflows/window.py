"""How many may work at once, where whoever merely waits for a person must not count."""

from __future__ import annotations

import asyncio


class Place:
    """A place within a window, given back once."""

    def __init__(self, window: asyncio.Semaphore) -> None:
        self._window: asyncio.Semaphore | None = window

    def leave(self) -> None:
        """Give the place to the next in line. Leaving again does nothing."""
        if self._window is not None:
            self._window.release()
            self._window = None


class Window:
    """Lets so many in at once, in the order in which they came."""

    def __init__(self, places: int) -> None:
        """Open a window.

        Args:
            places: How many may be inside.
        """
        self._window = asyncio.Semaphore(places)

    async def enter(self) -> Place:
        """Wait for a place."""
        await self._window.acquire()
        return Place(self._window)
