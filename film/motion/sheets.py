"""A picture in layers as a few sheets, each of one depth, ready to be filmed.

A sheet is premultiplied: its samples are weighted by its opacity, and beside them lies what it lets through. Laying it
over a frame is then one multiplication and one addition, and sampling it between places never mixes in the colour of
what is transparent: no halos.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from film.layers import FOCUS_DEPTH, LENS, Layer, LayeredPicture
from film.motion.i420 import Plane, halve_chroma, premultiplied
from schemas.timeline import CameraMove, Framing

MOST_SLID = 3
"""Sheets of a pan or a tilt; each costs its share of every frame."""

MOST_ZOOMED = 2
"""Sheets of a move that changes the window's size: sampling them costs three times as much."""

MOST_FOCUSED = 4
"""Sheets of a move of the focus."""

LEAST_DEFOCUS = 0.1
"""Layers whose inverse distances differ by less than this are one sheet where the focus moves: alike in sharpness."""

LEAST_PARALLAX = 0.002
"""Layers that a move shifts by less than this against each other, in widths of the picture, are one sheet."""

SOFTNESS = 1.0
"""How soft what is infinitely far is in a shot that moves, as the standard deviation of a blur in pixels at 720 lines.

A lens that is focused on the subject does it; and what is a little soft looks the same between whole samples as on
them, so that nothing glitters in a slow move."""

APERTURE = 12.0
"""How soft what is infinitely far is while the figures are sharp in a shot in which the focus moves, as `SOFTNESS`."""

MARGIN = 2
"""Transparent samples around what is drawn on a sheet."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """What lies at one depth.

    Attributes:
        image: Rows × columns × 4: blue, green, red, multiplied with opacity, and opacity; uint8.
        at: Where its upper left corner lies in the picture, (x, y), in pixels.
        depth: See `film.layers.Layer`.
    """

    image: Plane
    at: tuple[int, int]
    depth: float


class Part(NamedTuple):
    """Planes of a sheet that are sampled alike: luma, or both chromas."""

    samples: tuple[Plane, ...]
    """Multiplied with opacity."""
    through: Plane
    """Which share of what lies behind is seen, 0–255."""
    at: tuple[int, int]
    """Where the upper left sample lies in the source, (x, y), in samples of these planes."""


def seen_from(framing: Framing, depth: float) -> Framing:
    """Find the window on a layer that belongs to a window on the plane in focus.

    A camera that moves by some way, or forward by some way, shifts or enlarges what is `depth` times as far by that
    share of it. The window on the plane in focus lies inside the picture, and so do all others.

    Args:
        framing: The window on what stands at depth 1.
        depth: The layer's depth; `LENS` for what does not move.
    """
    if depth == LENS:
        return Framing(x=0.5, y=0.5, scale=1.0)
    return Framing(
        x=0.5 + (framing.x - 0.5) / depth,
        y=0.5 + (framing.y - 0.5) / depth,
        scale=1.0 - (1.0 - framing.scale) / depth,
    )


def sheets_of(picture: LayeredPicture, move: CameraMove, nearest: float) -> list[Sheet]:
    """Lay layers between which a move shows no depth into one sheet each.

    Args:
        picture: The picture.
        move: The move.
        nearest: Layers closer to the camera than this count as if they were there.

    Returns:
        Sheets from the back to the front, the first as large as the picture and opaque; at most `MOST_SLID`, or
        `MOST_ZOOMED`, that move, or `MOST_FOCUSED`. What lies on the lens is laid over all others.
    """
    most = MOST_SLID if move.start.scale == move.end.scale else MOST_ZOOMED
    focused = move.focus is not None
    if focused:
        most = MOST_FOCUSED
    groups = [[layer] for layer in picture.layers if layer.depth != LENS]
    depths = [max(group[0].depth, nearest) for group in groups]
    way = _way(move)
    while len(groups) > 1:
        gaps = [abs(1.0 / far - 1.0 / near) for far, near in zip(depths, depths[1:], strict=False)]
        closest = min(range(len(gaps)), key=gaps.__getitem__)
        told_apart = gaps[closest] * way >= LEAST_PARALLAX or (focused and gaps[closest] >= LEAST_DEFOCUS)
        if told_apart and len(groups) <= most:
            break
        groups[closest : closest + 2] = [groups[closest] + groups[closest + 1]]
        # Of two depths the one that is nearer to the subject's: figures stay in focus, and on whole pixels.
        depths[closest : closest + 2] = [min(depths[closest : closest + 2], key=lambda depth: abs(1.0 / depth - 1.0))]
    size = (picture.width, picture.height)
    found = [
        _sheet(group, depth, size, _softness(depth, size, move), _margin(depth, size, move))
        for group, depth in zip(groups, depths, strict=True)
    ]
    lens = [layer for layer in picture.layers if layer.depth == LENS]
    return found + ([_sheet(lens, LENS, size, 0.0, MARGIN)] if lens else [])


def _softness(depth: float, size: tuple[int, int], move: CameraMove) -> float:
    """Say how a lens that stays focused on the subject softens what is behind it: a blur's deviation in pixels."""
    return SOFTNESS * max(1.0 - 1.0 / depth, 0.0) * size[1] / 720.0 if move.focus is None else 0.0


def _margin(depth: float, size: tuple[int, int], move: CameraMove) -> int:
    """Say how much room there must be around what is drawn on a sheet: as much as a blur spreads."""
    if move.focus is None:
        return MARGIN + round(3 * _softness(depth, size, move))
    # Where a sheet begins rounds what lies between its samples: it begins at one place for all pulls that are planned.
    ends = (move.focus.start, move.focus.end, *FOCUS_DEPTH.values())
    most = max(defocus(depth, 1.0 / end, size[1]) for end in ends)
    return MARGIN + math.ceil(3 * most)


def defocus(depth: float, focus: float, height: int) -> float:
    """Say how far out of focus something is.

    The circle that a thin lens makes of a point grows with the difference of the inverse distances of the point and of
    what is sharp (R. Kingslake, *Optics in Photography*, 1992, chapter 5).

    Args:
        depth: How far it is, in the distance of the figures; `LENS` is never out of focus.
        focus: Inverse of the distance that is sharp.
        height: Height of the picture, in pixels.

    Returns:
        The standard deviation of a blur, in pixels.
    """
    return 0.0 if depth == LENS else APERTURE * abs(1.0 / depth - focus) * height / 720.0


def parts_of(sheet: Sheet, enlarged: float) -> tuple[Part, Part]:
    """Turn a sheet into the planes that are sampled.

    Args:
        sheet: The sheet; its place and size are even.
        enlarged: By how much the picture is enlarged, about its upper left corner.

    Returns:
        Luma and chroma. Outside them the sheet is transparent.
    """
    luma, blue, red = premultiplied(sheet.image)
    alpha = np.ascontiguousarray(sheet.image[:, :, 3])
    half = tuple(halve_chroma(plane) for plane in (blue, red, alpha))
    # Only what is in focus is as sharp as to need the better, and slower, interpolation.
    how = cv2.INTER_CUBIC if sheet.depth <= 1.0 else cv2.INTER_LINEAR
    return (
        _enlarged((luma, alpha), sheet.at, enlarged, how),
        _enlarged(half, (sheet.at[0] // 2, sheet.at[1] // 2), enlarged, cv2.INTER_LINEAR),
    )


def _way(move: CameraMove) -> float:
    """Measure how far a move shifts what it shows, at most, in widths of the picture."""
    across, down = abs(move.end.x - move.start.x), abs(move.end.y - move.start.y)
    return max(across, down, abs(move.end.scale - move.start.scale) / 2.0)


def _sheet(layers: Sequence[Layer], depth: float, size: tuple[int, int], sigma: float, margin: int) -> Sheet:
    """Lay layers over each other, and soften them by a blur of a deviation of so many pixels."""
    drawn = [found for found in map(_drawn, layers) if found[0].size]
    box = _box(drawn, size, margin)
    image = np.zeros((box[3] - box[1], box[2] - box[0], 4), np.uint8)
    for number, (part, at) in enumerate(drawn):
        x, y = at[0] - box[0], at[1] - box[1]
        below = image[y : y + part.shape[0], x : x + part.shape[1]]
        alpha = np.ascontiguousarray(part[:, :, 3])
        if not number and alpha.min() == 255:
            np.copyto(below, part)
            continue
        shares = cv2.merge([alpha] * 4)
        front = cv2.multiply(part, shares, scale=1 / 255)
        cv2.insertChannel(alpha, front, 3)
        if number:
            front = cv2.add(front, cv2.multiply(below, cv2.bitwise_not(shares), scale=1 / 255))
        np.copyto(below, front)
    if sigma > 0.05:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.uint8)
    return Sheet(image, box[:2], depth)


def _drawn(layer: Layer) -> tuple[Plane, tuple[int, int]]:
    """Cut a layer to what is not transparent; return that and its place in the picture."""
    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(layer.image[:, :, 3]))
    return layer.image[y : y + height, x : x + width], (layer.at[0] + x, layer.at[1] + y)


def _box(
    drawn: Sequence[tuple[Plane, tuple[int, int]]], size: tuple[int, int], margin: int
) -> tuple[int, int, int, int]:
    """Find the even box that holds all that is drawn, and a margin: left, top, right, bottom."""
    boxes = [(x, y, x + part.shape[1], y + part.shape[0]) for part, (x, y) in drawn]
    left, top, right, bottom = zip(*boxes or [(0, 0, 2, 2)], strict=True)
    return (
        max(min(left) - margin, 0) & ~1,
        max(min(top) - margin, 0) & ~1,
        min((max(right) + margin + 1) & ~1, size[0]),
        min((max(bottom) + margin + 1) & ~1, size[1]),
    )


def _enlarged(planes: Sequence[Plane], at: tuple[int, int], factor: float, how: int) -> Part:
    """Enlarge planes about the picture's corner, wherever in it they lie; the last holds opacity."""
    rows, columns = planes[0].shape
    if factor == 1.0:
        return Part(tuple(planes[:-1]), np.asarray(cv2.bitwise_not(planes[-1]), np.uint8), at)
    left, top = (math.floor(place * factor) for place in at)
    size = (math.ceil((at[0] + columns) * factor) - left, math.ceil((at[1] + rows) * factor) - top)
    step = 1.0 / factor
    place = np.array(
        [
            [step, 0.0, (left + 0.5) * step - 0.5 - at[0]],
            [0.0, step, (top + 0.5) * step - 0.5 - at[1]],
        ]
    )
    wide = [
        cv2.warpAffine(
            plane.astype(np.int16) if how == cv2.INTER_CUBIC else plane,
            place,
            size,
            flags=how | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        for plane in planes
    ]
    large = [np.asarray(plane, np.uint8) for plane in (_opaque_at_most(wide) if how == cv2.INTER_CUBIC else wide)]
    return Part(tuple(large[:-1]), np.asarray(cv2.bitwise_not(large[-1]), np.uint8), (left, top))


def _opaque_at_most(planes: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """Take back where opacity, the last of some planes, overshoots: samples weighted by it would gleam at edges."""
    *samples, alpha = planes
    over = alpha > 255
    for plane in samples:
        plane[over] = plane[over].astype(np.int32) * 255 // alpha[over]
        np.clip(plane, 0, 255, out=plane)
        plane[alpha < 0] = 0
    return [*samples, np.clip(alpha, 0, 255)]
