"""Sheets that go out of focus: a few blurs of each, and what lies between two of them.

A blur is made once, of what is multiplied with opacity, so that edges spread without a halo; a frame is a weighted mean
of two neighbours. It is weighted so that an edge is as steep as the wanted blur would make it: that is what an eye
follows. So it goes over from one pair of neighbours to the next without a step, nor a change of speed: nothing pops.
(Weighted by variance, edges change three times as fast on one side of a blur as on the other *(measured)*.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import cv2
import numpy as np

from film.motion.camera import cover_source, oversize_of, source_sampler
from film.motion.i420 import Plane, Planes
from film.motion.overlay import Scratch, overlay_of
from film.motion.samplers import Sampler, Source
from film.motion.sheets import Part, Sheet, defocus, parts_of
from film.motion.zooming import nested
from schemas.timeline import CameraMove, Framing

FIRST_BLUR = 0.6
"""Deviation of the least blur that is made, in pixels of the film."""

WIDER = math.sqrt(2.0)
"""How much wider each further one is. What lies between differs from a true blur by at most a fiftieth of an edge."""

OWN_SOFTNESS = 0.5
"""How soft a sharp edge is that lies between samples, as a deviation in pixels."""

_COARSE = 1.6
"""A blur of so many samples or more of a smaller plane is made there: twice as small, a quarter of the work."""


class Blurs:
    """The blurs of a sheet's planes; the two that were last asked for are kept.

    Attributes:
        live: The planes as they are focused now; whoever samples the sheet reads them there.
    """

    def __init__(self, planes: Sequence[Plane], scales: Sequence[float]) -> None:
        """Begin in focus.

        Args:
            planes: What is sharp: samples multiplied with opacity, and what shines through.
            scales: For each plane, how many of its samples lie in a pixel of the film, one way.
        """
        self._sharp = list(planes)
        self._scales = list(scales)
        self.live = [np.ascontiguousarray(plane).copy() for plane in planes]
        self._kept: dict[int, list[Plane]] = {}
        self._sigma = 0.0

    def focus(self, sigma: float) -> bool:
        """Blur the planes by a deviation of so many pixels of the film, in place; say whether that changed them."""
        if sigma == self._sigma:
            return False
        self._sigma = sigma
        lower, weight = between(sigma)
        first = self._level(lower)
        second = self._level(lower + 1) if weight > 0.0 else first
        for live, sharp, soft in zip(self.live, first, second, strict=True):
            if weight > 0.0:
                cv2.addWeighted(sharp, 1.0 - weight, soft, weight, 0.0, dst=live)
            else:
                np.copyto(live, sharp)
        return True

    def _level(self, number: int) -> list[Plane]:
        if number == 0:
            return self._sharp
        if number not in self._kept:
            self._kept = {known: planes for known, planes in self._kept.items() if abs(known - number) == 1}
            sigma = level(number)
            self._kept[number] = [
                blurred(plane, sigma * scale) for plane, scale in zip(self._sharp, self._scales, strict=True)
            ]
        return self._kept[number]


def level(number: int) -> float:
    """Say how wide a blur is, as its deviation in pixels; number 0 is none."""
    return FIRST_BLUR * WIDER ** (number - 1) if number else 0.0


def between(sigma: float) -> tuple[int, float]:
    """Find the two blurs between which one lies that is wanted.

    Args:
        sigma: Its deviation, in pixels, from 0.

    Returns:
        The number of the narrower, and the share of the next one: edges are as steep in their mean as is wanted.
    """
    number = 0 if sigma < FIRST_BLUR else 1 + math.floor(math.log(sigma / FIRST_BLUR, WIDER))
    low, high, wanted = (1.0 / math.hypot(width, OWN_SOFTNESS) for width in (level(number), level(number + 1), sigma))
    return number, min(max((low - wanted) / (low - high), 0.0), 1.0)


def blurred(plane: Plane, sigma: float) -> Plane:
    """Blur a plane as a Gaussian does; beyond its border it is repeated.

    Args:
        plane: The plane.
        sigma: Deviation, in samples, above 0.
    """
    factor = 1
    while sigma / (2 * factor) >= _COARSE:
        factor *= 2
    if factor == 1:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.uint8)
    rows, columns = plane.shape
    # Room for a blur's reach, so that the border is repeated before it is averaged, and whole squares all over.
    reach = factor * math.ceil(3 * sigma / factor)
    down, right = reach + -rows % factor, reach + -columns % factor
    wide = cv2.copyMakeBorder(plane, reach, down, reach, right, cv2.BORDER_REPLICATE)
    small = cv2.resize(wide, (wide.shape[1] // factor, wide.shape[0] // factor), interpolation=cv2.INTER_AREA)
    # What averaging over squares and going over linearly from one to the next already blur is not blurred again.
    rest = sigma**2 - (factor**2 - 1) / 12.0 - factor**2 / 6.0
    small = cv2.GaussianBlur(small, (0, 0), math.sqrt(rest) / factor, borderType=cv2.BORDER_REPLICATE)
    wide = cv2.resize(small, (wide.shape[1], wide.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(wide[reach : reach + rows, reach : reach + columns], np.uint8)


class FocusedSheet:
    """Samples a sheet of a shot in which the focus moves, as it is focused now.

    Attributes:
        depth: Its distance; see `film.layers.Layer`.
    """

    def __init__(self, sheet: Sheet, move: CameraMove, size: tuple[int, int], scratch: Scratch | None) -> None:
        """Prepare a sheet.

        Args:
            sheet: The sheet.
            move: How its window moves.
            size: Width and height of the frames.
            scratch: Memory that is free while a frame is made; None for the sheet that fills the frame.
        """
        self.depth = sheet.depth
        self._height = size[1]
        self._blurs, self._sampled = (
            _cover(sheet, move, size) if scratch is None else _overlay(sheet, move, size, scratch)
        )
        # The fast way of sampling a zoom keeps turned copies of the planes: they are made anew with each blur.
        self._copied = oversize_of(move)[1] and nested(move.start, move.end)
        self._sampler = self._sampled()

    def render(self, framing: Framing, out: Planes) -> None:
        """Show a window of the sheet; see `film.motion.samplers.Sampler`."""
        self._sampler.render(framing, out)

    def focus(self, focus: float) -> None:
        """Focus on what is so near; `focus` is the inverse of its distance."""
        if self._blurs.focus(defocus(self.depth, focus, self._height)) and self._copied:
            self._sampler = self._sampled()


def _cover(sheet: Sheet, move: CameraMove, size: tuple[int, int]) -> tuple[Blurs, Callable[[], Sampler]]:
    """Prepare what fills the frame."""
    source = cover_source(sheet.image[:, :, :3], move, *size)
    scale = source.enlarged
    blurs = Blurs(source.planes, (scale, scale / 2.0, scale / 2.0))
    live = Source(Planes(*blurs.live), scale)
    return blurs, lambda: source_sampler(live, move, size)


def _overlay(
    sheet: Sheet, move: CameraMove, size: tuple[int, int], scratch: Scratch
) -> tuple[Blurs, Callable[[], Sampler]]:
    """Prepare what is laid over it."""
    enlarged = oversize_of(move)[0]
    luma, chroma = parts_of(sheet, enlarged)
    planes = (*luma.samples, luma.through, *chroma.samples, chroma.through)
    blurs = Blurs(planes, (*[enlarged] * 2, *[enlarged / 2.0] * 3))
    y, through, blue, red, coarse = blurs.live
    parts = (Part((y,), through, luma.at), Part((blue, red), coarse, chroma.at))
    return blurs, lambda: overlay_of(parts, move, size, scratch)
