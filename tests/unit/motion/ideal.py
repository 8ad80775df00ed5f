"""What an ideal camera sees, and how far from it a real one is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from film.motion.camera import Camera
from film.motion.i420 import Planes, empty_planes
from schemas.timeline import Framing

WHOLE = Framing(x=0.5, y=0.5, scale=1.0)
Places = NDArray[np.float64]


def pattern(x: Places, y: Places) -> Places:
    """A picture that is known at every place, 0–1; `x` and `y` count its samples."""
    waves = [(0.06, 0.02, 0.3), (-0.03, 0.05, 1.9), (0.01, -0.08, 2.2)]
    total = sum(np.sin(2 * np.pi * (across * x + down * y) + phase) for across, down, phase in waves)
    return np.asarray(0.5 + total / (2 * len(waves)))


def grid(framing: Framing, width: int, height: int) -> tuple[Places, Places]:
    """Where in a picture of the frame's size the samples of a frame lie that shows a window of it."""
    u = framing.x + framing.scale * ((np.arange(width) + 0.5) / width - 0.5)
    v = framing.y + framing.scale * ((np.arange(height) + 0.5) / height - 0.5)
    across, down = np.meshgrid(u * width, v * height)
    return across, down


def picture_at(framing: Framing, width: int, height: int) -> NDArray[np.uint8]:
    """The window as an ideal camera sees it; green carries the pattern, and red and blue its opposite."""
    value = np.rint(pattern(*grid(framing, width, height)) * 255).astype(np.uint8)
    return np.dstack([255 - value, value, 255 - value])


def rendered(camera: Camera, frame: int, width: int, height: int) -> Planes:
    planes = empty_planes(width, height)
    camera.render(frame, planes)
    return planes


def offset(plane: NDArray[np.uint8], ideal: NDArray[np.uint8]) -> Places:
    """Measure by how many samples a plane lies beside the ideal one: least squares on gradients (Lucas and Kanade)."""
    inner = (slice(8, -8), slice(8, -8))
    mean = (plane.astype(np.float64) + ideal) / 2
    down, across = (np.gradient(mean, axis=axis)[inner].ravel() for axis in (0, 1))
    change = (plane.astype(np.float64) - ideal)[inner].ravel()
    solution: Places = np.linalg.lstsq(-np.stack([across, down], axis=1), change, rcond=None)[0]
    return solution


MOVES = {
    "push-in": (WHOLE, Framing(x=0.46, y=0.45, scale=0.88)),
    "pull-out": (Framing(x=0.55, y=0.5, scale=0.8), WHOLE),
    "into the corner": (WHOLE, Framing(x=0.45, y=0.45, scale=0.9)),
    "zoom of a detail": (Framing(x=0.5, y=0.5, scale=0.8), Framing(x=0.53, y=0.52, scale=0.71)),
    "pan": (Framing(x=0.44, y=0.5, scale=0.88), Framing(x=0.56, y=0.5, scale=0.88)),
    "tilt": (Framing(x=0.5, y=0.553, scale=0.893), Framing(x=0.5, y=0.447, scale=0.893)),
    "pan and zoom": (Framing(x=0.42, y=0.5, scale=0.84), Framing(x=0.55, y=0.45, scale=0.88)),
    "far into a detail": (WHOLE, Framing(x=0.5, y=0.5, scale=0.5)),
}
