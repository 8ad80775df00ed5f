"""Mixes frames in place: dissolves, wipes and fades, plane by plane."""

from __future__ import annotations

import math

import cv2
import numpy as np

from film.motion.i420 import BLACK_LUMA, NEUTRAL_CHROMA, WHITE_LUMA, Plane, Planes
from schemas.enums import FadeColour

_LUMA = {FadeColour.BLACK: BLACK_LUMA, FadeColour.WHITE: WHITE_LUMA}


def blend(canvas: Planes, other: Planes, weight: float) -> None:
    """Blend another frame into one, in place; `weight` is the other's share."""
    for plane, second in zip(canvas, other, strict=True):
        cv2.addWeighted(plane, 1.0 - weight, second, weight, 0.0, dst=plane)


def edge_width(width: int) -> int:
    """How soft a wipe's edge is in a frame of a width: both in pixels, 12 at 1,920."""
    return max(4, width // 160)


def wipe(canvas: Planes, other: Planes, weight: float, *, other_left: bool) -> None:
    """Set another frame beside one, in place, with a soft edge between them.

    The edge starts and ends just outside the frame, so that a weight of 0 or 1 would show one frame alone.

    Args:
        canvas: The frame; it keeps the rest of its width.
        other: The other one, of the same size.
        weight: The other's share of the way, from 0 to 1.
        other_left: Whether the other stands on the left.
    """
    width = canvas.y.shape[1]
    soft = edge_width(width)
    left = weight if other_left else 1.0 - weight
    edge = left * (width + soft) - soft / 2
    for plane, second, step in zip(canvas, other, (1, 2, 2), strict=True):
        _wipe_plane(plane, second, edge / step, soft / step, other_left=other_left)


def _wipe_plane(plane: Plane, second: Plane, edge: float, soft: float, *, other_left: bool) -> None:
    """Wipe one plane; chroma samples lie level with the left luma sample of their pair, so that halves are exact."""
    columns = plane.shape[1]
    first = min(max(math.floor(edge - soft / 2), 0), columns)
    last = min(max(math.ceil(edge + soft / 2), first), columns)
    if first < last:
        share = np.clip((edge - np.arange(first, last)) / soft + 0.5, 0.0, 1.0)
        share = share if other_left else 1.0 - share
        band = plane[:, first:last] * (1.0 - share) + second[:, first:last] * share
        plane[:, first:last] = np.rint(band)
    if other_left:
        plane[:, :first] = second[:, :first]
    else:
        plane[:, last:] = second[:, last:]


def fade(canvas: Planes, level: float, via: FadeColour) -> None:
    """Fade a frame towards black or white, in place.

    Args:
        canvas: The frame.
        level: What is left of it; 0 is the colour alone, of which the frame need not have been painted.
        via: The colour: luma 16 or 235, without chroma.
    """
    for plane, rest in zip(canvas, (_LUMA[via], NEUTRAL_CHROMA, NEUTRAL_CHROMA), strict=True):
        if level > 0.0:
            cv2.convertScaleAbs(plane, dst=plane, alpha=level, beta=rest * (1.0 - level))
        else:
            plane[...] = rest
