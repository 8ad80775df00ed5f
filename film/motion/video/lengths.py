"""The lengths and sizes that LTX makes films in, and the way from there to a shot's."""

from __future__ import annotations

import math

from schemas.errors import MotionRefused

STEP = 8
"""The model's latent frames hold so many of the film's, but for the first, which holds one: lengths are 8·k + 1."""

LONGEST = 257
"""Frames beyond which the model was not trained (its model card; HaCohen et al. 2024)."""

GRID = 32
"""Widths and heights are multiples of this, in pixels: what its autoencoder makes one latent of."""

LARGEST = 1216 * 704
"""Pixels of a frame beyond which the model was not trained (its model card)."""


def pieces(frames: int) -> list[int]:
    """Choose in what pieces a shot is made.

    Each begins with the last frame of the one before, so that together they have a frame more for each seam.

    Args:
        frames: Length of the shot, at least 1.

    Returns:
        The length of each in frames: as few as the model can make, and as equal.
    """
    steps, count = frames - 1, max(math.ceil((frames - 1) / (LONGEST - 1)), 1)
    return [steps * (number + 1) // count - steps * number // count + 1 for number in range(count)]


def frames_to_make(frames: int) -> int:
    """Choose how many frames the model shall make for a shot or a piece of one.

    Args:
        frames: Its length.

    Returns:
        The least number of the form 8·k + 1, above 1, that is no less.

    Raises:
        MotionRefused: That is longer than the model can make.
    """
    made = STEP * max(math.ceil((frames - 1) / STEP), 1) + 1
    if made > LONGEST:
        raise MotionRefused(f"The video model makes at most {LONGEST} frames, and the shot has {frames}.")
    return made


def frames_to_show(made: int, frames: int) -> list[int]:
    """Choose which of the frames that were made are shown: first and last, and between them the nearest in time.

    Args:
        made: How many were made; no fewer than `frames`.
        frames: Length of the shot.

    Returns:
        For each frame of the shot, which one; rising.
    """
    if frames == 1:
        return [0]
    return [round(number * (made - 1) / (frames - 1)) for number in range(frames)]


def size_to_make(width: int, height: int) -> tuple[int, int]:
    """Choose the size at which the model makes frames.

    Args:
        width: The film's width, in pixels.
        height: The film's height, in pixels.

    Returns:
        Width and height: multiples of 32, of nearly the film's proportions, and no more pixels than it can do well.
    """
    share = min(1.0, math.sqrt(LARGEST / (width * height)))
    wide, high = (max(round(side * share / GRID), 1) for side in (width, height))
    while wide * high * GRID * GRID > LARGEST:
        wide, high = (wide - 1, high) if wide > high else (wide, high - 1)
    return wide * GRID, high * GRID
