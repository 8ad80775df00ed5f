"""Samples a sheet along a move and lays it over the frame, as `film.motion.samplers` does for what covers all of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from film.motion.camera import oversize_of
from film.motion.i420 import Plane, Planes
from film.motion.samplers import (
    PADDING,
    Axis,
    Sampler,
    axes,
    chroma_maps,
    matrix,
    resized,
    shifted,
)
from film.motion.sheets import Part
from film.motion.zooming import Pivot, nested, zoom_pivots
from schemas.timeline import CameraMove, Framing

Size = tuple[int, int]


class Scratch:
    """Memory for what is sampled before it is laid over a frame; all sheets of a shot share it."""

    def __init__(self, size: Size) -> None:
        """Allocate for frames of width × height `size`, and sources of up to half as much more each way."""
        self._memory = [np.empty((size[1] * 2 + 16) * (size[0] * 2 + 16), np.uint8) for _ in range(3)]

    def plane(self, index: int, rows: int, columns: int) -> Plane:
        """Take a plane of so many samples; each index is a plane of its own."""
        return self._memory[index][: rows * columns].reshape(rows, columns)


def lay_over(region: Plane, samples: Plane, through: Plane) -> None:
    """Lay premultiplied samples over a part of a frame, in place."""
    cv2.multiply(region, through, dst=region, scale=1.0 / 255.0)
    cv2.add(region, samples, dst=region)


class FixedOverlay:
    """Lays a sheet over each frame in the same place."""

    def __init__(self, parts: tuple[Part, Part]) -> None:
        """Prepare a sheet that has the frame's size."""
        self._parts = parts

    def render(self, framing: Framing, out: Planes) -> None:  # noqa: ARG002
        """Lay the sheet over a frame."""
        luma, chroma = self._parts
        for part, planes in ((luma, out[:1]), (chroma, out[1:])):
            rows, columns = part.through.shape
            place = (slice(part.at[1], part.at[1] + rows), slice(part.at[0], part.at[0] + columns))
            for plane, samples in zip(planes, part.samples, strict=True):
                lay_over(plane[place], samples, part.through)


class Overlay:
    """Lays a sheet over frames along a move.

    Chroma, a quarter as large, is shifted and then resized. Luma is shifted where the window keeps its size, resized
    about the point that stands still where it closes in on one (see `film.motion.zooming.Zoom`), and else warped.
    """

    def __init__(self, parts: tuple[Part, Part], enlarged: float, target: Size, scratch: Scratch) -> None:
        """Prepare a sheet.

        Args:
            parts: Its luma and chroma.
            enlarged: By how much they were enlarged.
            target: Width and height of the frames, and of the picture before it was enlarged.
            scratch: Memory that is free while a frame is made.
        """
        self._luma, self._chroma = parts
        self._enlarged = enlarged
        self._source = (target[0] * enlarged, target[1] * enlarged)
        self._target = target
        self._scratch = scratch

    def render(self, framing: Framing, out: Planes) -> None:
        """Lay a window of the sheet over a frame; see `film.motion.samplers.Sampler`."""
        across, down = self._maps(framing)
        self._render_luma(across, down, out.y)
        self._lay(self._chroma, *chroma_maps(across, down, self._enlarged), out[1:])

    def _maps(self, framing: Framing) -> tuple[Axis, Axis]:
        return axes(framing, self._source, self._target)

    def _render_luma(self, across: Axis, down: Axis, out: Plane) -> None:
        part = self._luma
        rows, columns = part.through.shape
        place = (
            _span(down, part.at[1], rows, out.shape[0]),
            _span(across, part.at[0], columns, out.shape[1]),
        )
        region = out[place]
        if not region.size:
            return
        local = (
            Axis(across.offset + across.step * place[1].start - part.at[0], across.step),
            Axis(down.offset + down.step * place[0].start - part.at[1], down.step),
        )
        made = []
        for index, plane in enumerate((part.samples[0], part.through)):
            target = self._scratch.plane(index, *region.shape)
            cv2.warpAffine(
                plane,
                matrix(*local),
                (region.shape[1], region.shape[0]),
                dst=target,
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            )
            made.append(target)
        lay_over(region, *made)

    def _lay(self, part: Part, across: Axis, down: Axis, out: tuple[Plane, ...]) -> None:
        """Shift, then resize, planes that need not be as sharp as luma."""
        rows, columns = part.through.shape
        place = (
            _span(down, part.at[1], rows, out[0].shape[0]),
            _span(across, part.at[0], columns, out[0].shape[1]),
        )
        shape = out[0][place].shape
        if not all(shape):
            return
        left = across.offset + across.step * place[1].start - part.at[0] - (across.step - 1.0) / 2.0
        top = down.offset + down.step * place[0].start - part.at[1] - (down.step - 1.0) / 2.0
        through = self._sample(part.through, left, top, (across.step, down.step), shape, 1)
        for plane, samples in zip(out, part.samples, strict=True):
            lay_over(plane[place], self._sample(samples, left, top, (across.step, down.step), shape, 2), through)

    def _sample(
        self, plane: Plane, left: float, top: float, steps: tuple[float, float], shape: tuple[int, ...], index: int
    ) -> Plane:
        """Sample a plane into the scratch plane of an index, by way of the first."""
        out = self._scratch.plane(index, *shape)
        if steps == (1.0, 1.0):
            shifted(plane, left, top, out)
            return out
        moved = self._scratch.plane(0, max(round(shape[0] * steps[1]), 1), max(round(shape[1] * steps[0]), 1))
        shifted(plane, left, top, moved)
        if min(steps) >= 1.0:
            resized(moved, steps[0], steps[1], out)
        else:
            cv2.resize(moved, (shape[1], shape[0]), dst=out, interpolation=cv2.INTER_LINEAR)
        return out


class SlideOverlay(Overlay):
    """An overlay whose window keeps its size, of a source that has one sample for each of the frame's."""

    def _maps(self, framing: Framing) -> tuple[Axis, Axis]:
        size = self._source
        return (
            Axis(framing.x * size[0] - self._target[0] / 2.0, 1.0),
            Axis(framing.y * size[1] - self._target[1] / 2.0, 1.0),
        )

    def _render_luma(self, across: Axis, down: Axis, out: Plane) -> None:
        self._lay(self._luma, across, down, (out,))


class ZoomOverlay(Overlay):
    """An overlay whose windows are nested, of a source with at least one sample for each of the frame's."""

    def __init__(
        self, parts: tuple[Part, Part], enlarged: float, target: Size, scratch: Scratch, move: CameraMove
    ) -> None:
        """Prepare a sheet; see `Overlay`."""
        super().__init__(parts, enlarged, target, scratch)
        self._pivots = zoom_pivots(self._source, target, move)
        self._corners = _corners(parts[0], self._pivots, target)

    def _maps(self, framing: Framing) -> tuple[Axis, Axis]:
        steps = [axis.step for axis in axes(framing, self._source, self._target)]
        across, down = (
            Axis(pivot.source - 0.5 - step * (pivot.target - 0.5), step)
            for pivot, step in zip(self._pivots, steps, strict=True)
        )
        return across, down

    def _render_luma(self, across: Axis, down: Axis, out: Plane) -> None:
        for corner in self._corners:
            corner.render(across.step, down.step, out, self._scratch)


def overlay_of(parts: tuple[Part, Part], move: CameraMove, target: Size, scratch: Scratch) -> Sampler:
    """Choose the cheapest way of sampling a sheet that is exact for its move.

    Args:
        parts: Its luma and chroma, enlarged as `film.motion.camera.oversize_of` says for the move.
        move: How its window moves.
        target: Width and height of the frames.
        scratch: Memory that is free while a frame is made.
    """
    enlarged, full = oversize_of(move)
    if move.start == move.end and move.start.scale == 1.0:
        return FixedOverlay(parts)
    if full and move.start.scale == move.end.scale:
        return SlideOverlay(parts, enlarged, target, scratch)
    if full and nested(move.start, move.end):
        return ZoomOverlay(parts, enlarged, target, scratch, move)
    return Overlay(parts, enlarged, target, scratch)


@dataclass(frozen=True)
class Corner:
    """What of a sheet lies in one of the four parts into which the standing point divides a frame."""

    samples: Plane
    """Turned so that the standing point is its upper left corner; padded."""
    through: Plane
    pivot: tuple[int, int]
    """The standing point in the frame, (x, y)."""
    room: tuple[int, int]
    """Columns and rows of the frame from there to its edge."""
    mirrored: bool
    upended: bool

    def render(self, across: float, down: float, out: Plane, scratch: Scratch) -> None:
        """Sample the corner with steps `across` and `down`, and lay it over `out`."""
        rows, columns = (length - PADDING for length in self.through.shape)
        width, height = min(math.ceil(columns / across), self.room[0]), min(math.ceil(rows / down), self.room[1])
        if width <= 0 or height <= 0:
            return
        made = []
        for index, plane in enumerate((self.samples, self.through)):
            part = scratch.plane(index, height, width)
            resized(plane[: max(round(height * down), 1), : max(round(width * across), 1)], across, down, part)
            if self.mirrored or self.upended:
                turned = scratch.plane(2, height, width) if index == 0 else scratch.plane(0, height, width)
                cv2.flip(part, self._turn(), dst=turned)
                part = turned
            made.append(part)
        (x, y) = self.pivot
        columns_of = slice(x - width, x) if self.mirrored else slice(x, x + width)
        rows_of = slice(y - height, y) if self.upended else slice(y, y + height)
        lay_over(out[rows_of, columns_of], *made)

    def _turn(self) -> int:
        if self.mirrored and self.upended:
            return -1
        return 1 if self.mirrored else 0


def _corners(part: Part, pivots: tuple[Pivot, Pivot], target: Size) -> list[Corner]:
    """Divide a sheet's luma at the standing point."""
    found = []
    for mirrored in (False, True):
        for upended in (False, True):
            samples, through = (
                _turned(plane, part.at, pivots, rest, mirrored=mirrored, upended=upended)
                for plane, rest in ((part.samples[0], 0), (part.through, 255))
            )
            room = (
                pivots[0].target if mirrored else target[0] - pivots[0].target,
                pivots[1].target if upended else target[1] - pivots[1].target,
            )
            if min(through.shape) > PADDING and min(room) > 0:
                pivot = (pivots[0].target, pivots[1].target)
                found.append(Corner(samples, through, pivot, room, mirrored, upended))
    return found


def _turned(
    plane: Plane, at: tuple[int, int], pivots: tuple[Pivot, Pivot], rest: int, *, mirrored: bool, upended: bool
) -> Plane:
    """Cut what lies on one side of the standing point, from that point on; `rest` fills what the sheet leaves free."""
    column, row = pivots[0].source - at[0], pivots[1].source - at[1]
    if mirrored:
        plane, column = plane[:, ::-1], plane.shape[1] - column
    if upended:
        plane, row = plane[::-1], plane.shape[0] - row
    part = plane[max(row, 0) :, max(column, 0) :]
    if not part.size:
        return np.empty((0, 0), np.uint8)
    part = np.ascontiguousarray(part)
    part = np.asarray(
        cv2.copyMakeBorder(part, max(-row, 0), 0, max(-column, 0), 0, cv2.BORDER_CONSTANT, value=rest), np.uint8
    )
    return np.asarray(cv2.copyMakeBorder(part, 0, PADDING, 0, PADDING, cv2.BORDER_REPLICATE), np.uint8)


def _span(axis: Axis, first: int, count: int, limit: int) -> slice:
    """Find the samples of a frame that show some of the source's: `count` of them from `first` on."""
    begin = max(math.floor((first - 1 - axis.offset) / axis.step) + 1, 0)
    end = min(math.ceil((first + count - axis.offset) / axis.step), limit)
    return slice(begin, max(begin, end))
