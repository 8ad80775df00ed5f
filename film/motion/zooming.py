"""Samples a source along a move that closes in on, or backs away from, one point of it; see `film.motion.samplers`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from film.motion.i420 import Plane, Planes, empty_planes
from film.motion.samplers import PADDING, Axis, Source, axes, resized, shifted
from schemas.timeline import CameraMove, Framing


class Zoom:
    """Samples the windows of a move that closes in on, or backs away from, one point of the picture.

    Luma is resized in the four quadrants around the point that stands still, each from a copy of the source that begins
    at the point: `cv2.resize` is exact about the corner it begins at, and three times as fast as a warp. The point is
    moved to the nearest whole sample, at most half of one, for the whole shot. Chroma, a quarter as large, is shifted
    and then resized.
    """

    def __init__(self, source: Source, target: tuple[int, int], move: CameraMove) -> None:
        """Prepare to sample frames of width × height `target` along a move whose windows are `nested`."""
        self._source = source
        self._target = target
        size = source.size
        pivots = self._pivots = zoom_pivots(size, target, move)
        self._quadrants = list(_quadrants(source.planes.y, target, pivots[0], pivots[1]))
        self._scratch = empty_planes(target[0], target[1]).y
        self._chroma = np.empty((size[1] // 2 + PADDING, size[0] // 2 + PADDING), np.uint8)

    def render(self, framing: Framing, out: Planes) -> None:
        """Show a window of the source; see `Sampler`."""
        steps = [axis.step for axis in axes(framing, self._source.size, self._target)]
        for quadrant in self._quadrants:
            quadrant.render(steps[0], steps[1], out.y, self._scratch)
        across, down = (
            Axis(pivot.source - 0.5 - step * (pivot.target - 0.5), step)
            for pivot, step in zip(self._pivots, steps, strict=True)
        )
        maps = self._source.chroma(across, down)
        for plane, target in zip(self._source.planes[1:], out[1:], strict=True):
            rows, columns = _extent(target.shape[0], steps[1]), _extent(target.shape[1], steps[0])
            moved = self._chroma[:rows, :columns]
            left, top = (axis.offset - (axis.step - 1.0) / 2.0 for axis in maps)
            shifted(plane, left, top, moved)
            resized(moved, steps[0], steps[1], target)


class Pivot(NamedTuple):
    """The point that stands still in a zoom, one way.

    The edge before sample `target` of a frame shows the edge before sample `source` of the source.
    """

    source: int
    target: int


@dataclass(frozen=True)
class Quadrant:
    """One of the four parts into which the standing point divides a frame."""

    plane: Plane
    """The source's part, turned so that the standing point is its upper left corner; padded."""
    place: tuple[slice, slice]
    """The part of the frame."""
    turn: int | None
    """How `cv2.flip` turns it back; None where it need not."""

    def render(self, across: float, down: float, out: Plane, scratch: Plane) -> None:
        """Sample the quadrant with steps `across` and `down` into its place in `out`."""
        target = out[self.place]
        part = target if self.turn is None else scratch[: target.shape[0], : target.shape[1]]
        rows, columns = _extent(part.shape[0], down), _extent(part.shape[1], across)
        resized(self.plane[:rows, :columns], across, down, part)
        if self.turn is not None:
            cv2.flip(part, self.turn, dst=target)


def nested(first: Framing, second: Framing) -> bool:
    """Say whether one of two windows of different size lies inside the other, so that one point in it stands still."""
    room = abs(first.scale - second.scale) / 2.0
    return room > 0.0 and max(abs(first.x - second.x), abs(first.y - second.y)) <= room + 1e-12


def zoom_pivots(source: tuple[float, float], target: tuple[int, int], move: CameraMove) -> tuple[Pivot, Pivot]:
    """Find the point that stands still in a move whose windows are `nested`.

    Args:
        source: Width and height of the source.
        target: Width and height of the frame.
        move: The move.

    Returns:
        Its place across and down.
    """
    middle = Framing(x=0.5, y=0.5, scale=(move.start.scale + move.end.scale) / 2.0)
    steps = [axis.step for axis in axes(middle, source, target)]
    ends = (
        ((move.start.x, move.start.scale), (move.end.x, move.end.scale)),
        ((move.start.y, move.start.scale), (move.end.y, move.end.scale)),
    )
    across, down = (_pivot(*ends[way], source[way], target[way], steps[way]) for way in (0, 1))
    return across, down


def _pivot(start: tuple[float, float], end: tuple[float, float], source: float, target: int, step: float) -> Pivot:
    """Find the standing point of a zoom, one way.

    Args:
        start: Centre and size of the first window, in fractions.
        end: Centre and size of the last.
        source: Length of the source, in samples.
        target: Length of the frame.
        step: Source samples for one of the frame's, in the middle of the move.
    """
    (centre, scale), (last, other) = start, end
    share = (last - centre) / (scale - other) + 0.5
    place = (centre - scale / 2.0 + share * scale) * source
    whole = min(max(round(share * target), 0), target)
    return Pivot(round(place + (whole - share * target) * step), whole)


def _quadrants(plane: Plane, target: tuple[int, int], across: Pivot, down: Pivot) -> Sequence[Quadrant]:
    """Divide a source and a frame at the standing point."""
    padded = cv2.copyMakeBorder(plane, PADDING, PADDING, PADDING, PADDING, cv2.BORDER_REPLICATE)
    columns = (
        (padded[:, PADDING + across.source :], slice(across.target, target[0]), False),
        (padded[:, : PADDING + across.source][:, ::-1], slice(0, across.target), True),
    )
    found = []
    for part, place_across, mirrored in columns:
        rows = (
            (part[PADDING + down.source :], slice(down.target, target[1]), False),
            (part[: PADDING + down.source][::-1], slice(0, down.target), True),
        )
        for quarter, place_down, upended in rows:
            if place_across.start == place_across.stop or place_down.start == place_down.stop:
                continue
            turn = {(False, False): None, (True, False): 1, (False, True): 0, (True, True): -1}[mirrored, upended]
            found.append(Quadrant(np.ascontiguousarray(quarter, np.uint8), (place_down, place_across), turn))
    return found


def _extent(samples: int, step: float) -> int:
    """Count the source samples that `cv2.resize` turns into so many; `step` is at least 1."""
    return max(round(samples * step), 1)
