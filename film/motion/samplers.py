"""Ways of sampling a source plane along a move, each bilinear and sub-pixel exact.

A sampler maps sample j of a frame to the place `offset + step · j` in the source, in samples counted from the centre of
the first, each way. A general affine warp can do all of it, at 2.0 ns a sample; the two moves that films are made of
are done faster: a slide (pan, tilt, standing camera) at 0.25 ns and a zoom about a fixed point at 0.7 ns *(measured on
one core at 1280×720)*. Since an encoder spends about 8 ns a sample, a warp would be a quarter of the whole work.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from film.motion.i420 import Plane, Planes
from schemas.timeline import Framing

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
