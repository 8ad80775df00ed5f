"""Ways of sampling a source plane along a move, each bilinear and sub-pixel exact.

A sampler maps sample j of a frame to the place `offset + step · j` in the source, in samples counted from the centre of
the first, each way. A general affine warp can do all of it, at 2.0 ns a sample; the two moves that films are made of
are done faster: a slide (pan, tilt, standing camera) at 0.25 ns and a zoom about a fixed point at 0.7 ns *(measured on
one core at 1280×720)*. Since an encoder spends about 8 ns a sample, a warp would be a quarter of the whole work.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from film.motion.i420 import Plane, Planes, empty_planes
from schemas.timeline import CameraMove, Framing

PADDING = 4
"""Samples by which the border is repeated where rounding may reach beyond it."""


LEAST_SHIFT = 1e-6
"""What lies beside a whole sample by less than this lies on it."""


class Axis(NamedTuple):
    """The map from a frame's samples to the source's, one way."""

    offset: float
    """Place of the frame's first sample."""
    step: float
    """Source samples from one of the frame's to the next."""


@dataclass(frozen=True)
class Source:
    """What is photographed."""

    planes: Planes
    enlarged: float = 1.0
    """By how much the planes were resized after conversion. OpenCV resizes about the planes' edges, which moves
    left-sited chroma by a quarter sample of the enlargement."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the luma plane."""
        return self.planes.y.shape[1], self.planes.y.shape[0]

    def chroma(self, across: Axis, down: Axis) -> tuple[Axis, Axis]:
        """Derive the chroma planes' maps from luma's."""
        return chroma_maps(across, down, self.enlarged)


class Sampler(Protocol):
    """Makes frames from a source."""

    def render(self, framing: Framing, out: Planes) -> None:
        """Show a window of the source.

        Args:
            framing: The window.
            out: Where to; every sample is overwritten.
        """
        ...


def chroma_maps(across: Axis, down: Axis, enlarged: float) -> tuple[Axis, Axis]:
    """Derive the chroma planes' maps from luma's.

    Chroma lies level with every second luma sample across and midway between two rows (see `film.motion.i420`), so
    that its map differs by a fraction of a sample: left out, colours would slide against outlines.

    Args:
        across: Luma's map across.
        down: Luma's map down.
        enlarged: See `Source.enlarged`.
    """
    return (
        Axis(across.offset / 2.0 + (enlarged - 1.0) / 4.0, across.step),
        Axis((down.offset + (down.step - 1.0) / 2.0) / 2.0, down.step),
    )


def axes(framing: Framing, source: tuple[float, float], target: tuple[int, int]) -> tuple[Axis, Axis]:
    """Build the luma maps of a window.

    Args:
        framing: The window.
        source: Width and height of the source.
        target: Width and height of the frame.

    Returns:
        The maps across and down.
    """

    def axis(centre: float, length: float, samples: int) -> Axis:
        step = framing.scale * length / samples
        return Axis((centre - framing.scale / 2.0) * length + (step - 1.0) / 2.0, step)

    return axis(framing.x, source[0], target[0]), axis(framing.y, source[1], target[1])


def matrix(across: Axis, down: Axis) -> NDArray[np.float64]:
    """Write two maps as the 2 × 3 matrix that `cv2.warpAffine` takes with `WARP_INVERSE_MAP`."""
    return np.array([[across.step, 0.0, across.offset], [0.0, down.step, down.offset]])


class Warp:
    """Samples any window."""

    def __init__(self, source: Source, target: tuple[int, int]) -> None:
        """Prepare to sample frames of width × height `target`."""
        self._source = source
        self._target = target

    def render(self, framing: Framing, out: Planes) -> None:
        """Show a window of the source; see `Sampler`."""
        luma = axes(framing, self._source.size, self._target)
        chroma = self._source.chroma(*luma)
        for plane, target, maps in zip(self._source.planes, out, (luma, chroma, chroma), strict=True):
            cv2.warpAffine(
                plane,
                matrix(*maps),
                (target.shape[1], target.shape[0]),
                dst=target,
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            )


class Slide:
    """Samples windows of one size, of which the source has been enlarged to have one sample for each of a frame's.

    The source's size is a whole number, so that the step is 1 only to within two samples over the whole width; the
    window keeps its centre.
    """

    def __init__(self, source: Source, target: tuple[int, int]) -> None:
        """Prepare to sample frames of width × height `target`."""
        self._source = source
        self._target = target

    def render(self, framing: Framing, out: Planes) -> None:
        """Show a window of the source; see `Sampler`."""
        size = self._source.size
        across = Axis(framing.x * size[0] - self._target[0] / 2.0, 1.0)
        down = Axis(framing.y * size[1] - self._target[1] / 2.0, 1.0)
        chroma = self._source.chroma(across, down)
        for plane, target, maps in zip(self._source.planes, out, ((across, down), chroma, chroma), strict=True):
            shifted(plane, maps[0].offset, maps[1].offset, target)


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


def shifted(plane: Plane, left: float, top: float, out: Plane) -> None:
    """Copy from a place between samples; beyond the border it is repeated.

    Args:
        plane: Where from.
        left: Column of the first sample.
        top: Row of the first sample.
        out: Where to; every sample is overwritten.
    """
    rows, columns = out.shape
    column, row = math.floor(left + LEAST_SHIFT), math.floor(top + LEAST_SHIFT)
    across, down = (0.0 if part < LEAST_SHIFT else part for part in (left - column, top - row))
    beside = (row + (down > 0.0), column + (across > 0.0))
    inside = min(row, column) >= 0 and beside[0] + rows <= plane.shape[0] and beside[1] + columns <= plane.shape[1]
    if not inside or (across and down):
        cv2.getRectSubPix(plane, (columns, rows), (left + (columns - 1) / 2.0, top + (rows - 1) / 2.0), patch=out)
        return
    first = plane[row : row + rows, column : column + columns]
    if not across and not down:
        np.copyto(out, first)
        return
    # getRectSubPix takes a whole place for one a ten-thousandth off it. Halfway between two rows, where half of all
    # values end in .5, that rounds each towards its neighbour in the row: as if the picture lay 0.015 samples farther.
    second = plane[beside[0] : beside[0] + rows, beside[1] : beside[1] + columns]
    share = across + down
    cv2.addWeighted(first, 1.0 - share, second, share, 0.0, dst=out)


def resized(part: Plane, across: float, down: float, out: Plane) -> None:
    """Reduce by exactly the given steps.

    Given a size instead, OpenCV would derive steps that jump from frame to frame with the part's whole numbers.

    Args:
        part: Where from; its corner is the frame's.
        across: Columns for each of `out`, at least 1.
        down: Rows for each of `out`, at least 1.
        out: Where to.
    """
    if part.shape == out.shape and (across, down) != (1.0, 1.0):
        # OpenCV copies what shall become as large as it is, however small a step was asked for.
        place = matrix(Axis((across - 1.0) / 2.0, across), Axis((down - 1.0) / 2.0, down))
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        cv2.warpAffine(part, place, part.shape[::-1], dst=out, flags=how, borderMode=cv2.BORDER_REPLICATE)
        return
    made = cv2.resize(part, None, dst=out, fx=1.0 / across, fy=1.0 / down, interpolation=cv2.INTER_LINEAR)
    if made.shape != out.shape:
        raise ValueError(f"a part of {part.shape} samples became {made.shape} instead of {out.shape}")
