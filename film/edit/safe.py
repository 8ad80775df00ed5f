"""Where in a frame words may stand, and how large they are."""

from __future__ import annotations

import math
from typing import NamedTuple

TITLE_SAFE = 0.90
"""Share of the frame's width and height within which words stay (SMPTE ST 2046-1:2009; EBU R 95)."""

ACTION_SAFE = 0.93
"""Share within which what matters happens; the same sources."""

EM = 0.052
"""Size of subtitles, in heights of a 16:9 frame of the same area."""

LEAST_EM = 0.045
"""No less than this share of the frame's shorter side."""

LEAST_PIXELS = 6.0
"""Smaller letters are no letters."""


class Box(NamedTuple):
    """A rectangle of a frame, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


def safe_box(width: int, height: int, share: float = TITLE_SAFE) -> Box:
    """The middle of a frame.

    Args:
        width: Of the frame, in pixels.
        height: Likewise.
        share: Of both, such as `TITLE_SAFE`.
    """
    return Box((1 - share) / 2 * width, (1 - share) / 2 * height, share * width, share * height)


def em_of(width: int, height: int) -> float:
    """The size of a subtitle's letters in a frame, in pixels: wide, upright and square ones are read alike."""
    usual = EM * math.sqrt(9 / 16 * width * height)
    return max(usual, LEAST_EM * min(width, height), LEAST_PIXELS)
