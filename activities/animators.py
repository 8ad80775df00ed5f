"""The port through which more than the camera moves, and its implementation by optical flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from activities.craft_pool import CraftPool
from film.motion.between import animate_between
from schemas.enums import MovedBy
from schemas.errors import MotionRefused
from schemas.motion import ClipSpec


class Animator(Protocol):
    """Makes the frames of a shot. A worker is given one a kind of motion."""

    async def animate(self, spec: ClipSpec, first: bytes, last: bytes | None, report: Callable[[str], None]) -> bytes:
        """Make a clip.

        Args:
            spec: What it depends on.
            first: The keyframe it begins with, a PNG.
            last: The keyframe it leads to, a PNG; None where the end is open.
            report: Told how far it is, in words.

        Returns:
            A clip of `film.motion.clips`.

        Raises:
            MotionRefused: It cannot be done for this shot, however often it is tried.
            StudioError: It failed, and may succeed the next time.
        """
        ...


class FlowInPool:
    """Finds the way from one keyframe to the next in the processes of a pool."""

    kind = MovedBy.FLOW

    def __init__(self, pool: CraftPool) -> None:
        """Use a pool."""
        self._pool = pool

    async def animate(self, spec: ClipSpec, first: bytes, last: bytes | None, report: Callable[[str], None]) -> bytes:
        """Make a clip; see `Animator`."""
        if last is None:
            raise MotionRefused("No keyframe follows that the shot could lead to.")
        report(f"{spec.frames} frames between two keyframes")
        return await self._pool.run(animate_between, first, last, spec.frames, spec.fps)
