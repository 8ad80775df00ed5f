"""How steadily the camera moves: the worst of all moves that films are made of.

    python -m benchmarks.jitter [--size 1280x720]

Prints one JSON object. `jitter_px`, in pixels a frame squared: for each movement that the director knows, and lengths
of 3 and 6 s, the move that `plan_move` makes is filmed, by `StillCamera` over one picture, and by `LayeredCamera`
over each of three layers by itself (behind, at and before the subject; `depths`). Over the steady middle of the move,
where its true acceleration is next to nothing, the displacement of each frame against an ideal camera's, computed
without sampling from a picture that is known at every place, is measured by least squares on gradients (Lucas and
Kanade 1981), in the middle of the frame. The jitter of a move is the mean length of that displacement's second
difference; `jitter_px` is the largest over all moves, cameras and layers, and `by_camera` the largest of each.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from film.layers import Layer, LayeredPicture, LayerName
from film.motion import LayeredCamera, StillCamera, framing_at, plan_move
from film.motion.camera import MOST_OVERSIZE, Camera
from film.motion.i420 import empty_planes, from_bgr
from film.motion.sheets import seen_from
from schemas.enums import Movement, ShotSize, Side
from schemas.script import Shot, Span, Staging
from schemas.timeline import CameraMove, Framing

FPS = 24
SECONDS = (3, 6)
DEPTHS = (3.5, 1.0, 0.7)
FRAMES = 10
"""Frames of each move that are measured, from its middle on."""

MARGIN = 0.22
"""What is left out at each edge, in widths and heights: there a layer's own edge passes."""

Places = NDArray[np.float64]


def jitter_px(width: int = 1280, height: int = 720) -> dict[str, Any]:
    """Measure all moves; see the module.

    Args:
        width: Width of the frames, in pixels, even.
        height: Height of the frames, in pixels, even.

    Returns:
        `jitter_px` and `by_camera`.
    """
    whole = _picture(Framing(x=0.5, y=0.5, scale=1.0), width, height, (slice(0, height), slice(0, width)))
    worst: dict[str, float] = {}
    for move in _moves(width, height):
        still: Camera = StillCamera(whole, move, width, height)
        cameras = {"still": (still, 1.0)}
        for depth in DEPTHS:
            cameras[f"depth {depth:g}"] = (LayeredCamera(_layered(whole, depth), move, width, height), depth)
        for name, (camera, depth) in cameras.items():
            found = _jitter(camera, move, depth, width, height)
            worst[name] = max(worst.get(name, 0.0), found)
    return {
        "jitter_px": round(max(worst.values()), 4),
        "by_camera": {name: round(value, 4) for name, value in worst.items()},
    }


def _moves(width: int, height: int) -> list[CameraMove]:
    found = []
    for movement in Movement:
        for seconds in SECONDS:
            shot = Shot(
                id="s001-001",
                scene=0,
                size=ShotSize.MS,
                movement=movement,
                frames=seconds * FPS,
                duration_s=seconds,
                span=Span(start=0, end=1),
                subjects=("a",),
                staging=(Staging(character="a", side=Side.LEFT),),
            )
            move = plan_move(shot, width=width, height=height, fps=FPS)
            if move.start != move.end:
                found.append(move)
    return found


def _layered(whole: NDArray[np.uint8], depth: float) -> LayeredPicture:
    """Put a picture at a depth, before a grey wall."""
    rows, columns = whole.shape[:2]
    wall = np.full((rows, columns, 4), (128, 128, 128, 255), np.uint8)
    image = np.dstack([whole, np.full((rows, columns), 255, np.uint8)])[8:-8, 8:-8]
    layers = (Layer(LayerName.BACKGROUND, wall, (0, 0), 90.0), Layer(LayerName.FIGURES, image, (8, 8), depth))
    return LayeredPicture(columns, rows, layers)


def _jitter(camera: Camera, move: CameraMove, depth: float, width: int, height: int) -> float:
    canvas = empty_planes(width, height)
    closest = min(move.start.scale, move.end.scale)
    depth = max(depth, (1.0 - closest) / (1.0 - 1.0 / MOST_OVERSIZE))
    top, left = 2 * round(MARGIN * height / 2), 2 * round(MARGIN * width / 2)
    inner = (slice(top, height - top), slice(left, width - left))
    away = []
    for frame in range(move.frames // 2 - FRAMES // 2, move.frames // 2 + FRAMES // 2):
        camera.render(frame, canvas)
        ideal = from_bgr(_picture(seen_from(framing_at(move, frame), depth), width, height, inner))
        away.append(_offset(canvas.y[inner], ideal.y))
    return float(np.hypot(*np.diff(np.array(away), n=2, axis=0).T).mean())


def _picture(framing: Framing, width: int, height: int, part: tuple[slice, slice]) -> NDArray[np.uint8]:
    """See part of a window of a picture that is known at every place: five waves of 11 to 60 pixels, in grey."""
    columns, rows = np.arange(part[1].start, part[1].stop), np.arange(part[0].start, part[0].stop)
    across = (framing.x + framing.scale * ((columns + 0.5) / width - 0.5)) * width
    down = ((framing.y + framing.scale * ((rows + 0.5) / height - 0.5)) * height)[:, None]
    waves = ((0.06, 0.02, 0.3), (-0.03, 0.05, 1.9), (0.01, -0.09, 2.2), (0.016, 0.004, 0.9), (0.004, 0.019, 1.1))
    total: Places = np.zeros((len(rows), len(columns)))
    for wide, high, phase in waves:
        # sin(a + b) by what depends on columns and on rows alone: two products a sample instead of a sine.
        a, b = 2 * np.pi * wide * across + phase, 2 * np.pi * high * down
        total += np.sin(a) * np.cos(b) + np.cos(a) * np.sin(b)
    grey = np.rint(127.5 + total * (127.5 / len(waves))).astype(np.uint8)
    return np.dstack([grey] * 3)


def _offset(seen: NDArray[np.uint8], ideal: NDArray[np.uint8]) -> Places:
    """Measure by how many pixels one picture lies beside another."""
    mean = (seen.astype(np.float64) + ideal) / 2
    across, down = np.gradient(mean, axis=1).ravel(), np.gradient(mean, axis=0).ravel()
    change = (seen.astype(np.float64) - ideal).ravel()
    mixed = float(across @ down)
    normal = np.array([[across @ across, mixed], [mixed, down @ down]])
    solution: Places = np.linalg.solve(normal, -np.array([across @ change, down @ change]))
    return solution


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="1280x720")
    width, height = map(int, parser.parse_args().size.split("x"))
    print(json.dumps(jitter_px(width, height)))


if __name__ == "__main__":
    main()
