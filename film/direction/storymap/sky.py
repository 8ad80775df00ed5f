"""The time of day as a small sign."""

from __future__ import annotations

import math

from schemas.enums import TimeOfDay


def sky(time: TimeOfDay, x: float, y: float, colour: str, behind: str) -> str:
    """A sun, half a sun on the horizon, or a moon.

    Args:
        time: The time of day.
        x: Middle of the sign, rightwards.
        y: Middle of the sign, downwards.
        colour: Its colour.
        behind: The colour behind it.

    Returns:
        Its elements, some 15 units wide and high.
    """
    if time is TimeOfDay.NIGHT:
        return _disc(x, y, 5.0, colour) + _disc(x + 2.6, y - 1.6, 4.4, behind)
    if time in {TimeOfDay.DAWN, TimeOfDay.DUSK}:
        half = f"M{x - 4.5:.1f} {y + 2:.1f}a4.5 4.5 0 0 1 9 0Z"
        horizon = f"M{x - 7:.1f} {y + 4.2:.1f}h14"
        return f'<path d="{half}" fill="{colour}"/><path d="{horizon}" stroke="{colour}" stroke-width="1.2"/>'
    rays = "".join(_ray(x, y, step * math.pi / 4) for step in range(8))
    return _disc(x, y, 3.9, colour) + f'<path d="{rays}" stroke="{colour}" stroke-width="1.1"/>'


def _ray(x: float, y: float, turn: float) -> str:
    across, down = math.cos(turn), math.sin(turn)
    return f"M{x + 5.6 * across:.1f} {y + 5.6 * down:.1f}L{x + 7.6 * across:.1f} {y + 7.6 * down:.1f}"


def _disc(x: float, y: float, radius: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}"/>'
