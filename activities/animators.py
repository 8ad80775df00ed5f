"""The port through which more than the camera moves, and its implementation by optical flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from activities.craft_pool import CraftPool
from film.motion.flow import animate_between
from schemas.enums import MotionKind, MovedBy
from schemas.errors import MotionRefused
from schemas.painting import Filming
from schemas.prompt import ShotPrompt


@dataclass(frozen=True)
class Take:
    """A shot to be animated."""

    prompt: ShotPrompt
    first: bytes
    """Its keyframe, a PNG."""
    last: bytes | None
    """The keyframe of the shot that goes on from it without a change of set-up, a PNG; None where none does."""
    frames: int
    fps: int
    seed: int
    filming: Filming | None
    """How a video model makes it; None where none does."""


class Animator(Protocol):
    """Makes the frames of a shot. A worker is given one a kind of motion."""

    motion: MotionKind
    moved_by: MovedBy

    async def animate(self, take: Take, report: Callable[[str], None]) -> bytes:
        """Make a clip.

        Args:
            take: The shot.
            report: Told how far it is, in words.

        Returns:
            A clip of `film.motion.clips`, of the prompt's size.

        Raises:
            MotionRefused: It cannot be done for this shot, however often it is tried.
            StudioError: It failed, and may succeed the next time.
        """
        ...


class FlowInPool:
    """Finds the way from one keyframe to the next in the processes of a pool."""

    motion = MotionKind.FLOW
    moved_by = MovedBy.FLOW

    def __init__(self, pool: CraftPool) -> None:
        """Use a pool."""
        self._pool = pool

    async def animate(self, take: Take, report: Callable[[str], None]) -> bytes:
        """Make a clip; see `Animator`."""
        if take.last is None:
            raise MotionRefused("No shot goes on from it in the same set-up.", reason="alone")
        report(f"{take.frames} frames between two keyframes")
        return await self._pool.run(animate_between, take.first, take.last, take.frames, take.fps)
