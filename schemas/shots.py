"""Shot numbers: `s{scene:03d}-{shot:03d}`, both counted from 1."""

from __future__ import annotations


def shot_number(scene: int, shot: int) -> str:
    """Name a shot.

    Args:
        scene: The scene's index, from 0.
        shot: The shot's index within its scene, from 0.
    """
    return f"s{scene + 1:03d}-{shot + 1:03d}"


def shot_indices(number: str) -> tuple[int, int]:
    """Read a shot number back.

    Args:
        number: Such as `s002-014`.

    Returns:
        The scene's index and the shot's index within it, from 0.
    """
    scene, shot = number[1:].split("-")
    return int(scene) - 1, int(shot) - 1
