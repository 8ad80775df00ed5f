"""Finds shots that froze: the camera should have gone on, and the picture did not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from film.edit.frames import Recipe
from film.edit.media import open_media
from film.motion.easing import framing_at
from film.motion.i420 import Plane, empty_planes
from schemas.enums import MediaKind
from schemas.timeline import CutItem, Framing, Segment

TRAVEL = 1 / 40
"""A picture that stands still while its window goes by this share of the frame's width is looked at closely."""

SHARE = 1 / 8
"""Of the change that the move would have made, frozen pictures differ by less: what the encoder adds."""

VISIBLE = 1.0
"""Mean change of luma, of 255, that the move must have made: in a flat picture nothing is seen to move."""

SIDE = 4
"""Every so-many rows and columns are compared."""


class _Rest(NamedTuple):
    """A picture that has not changed since."""

    item: int
    frame: int
    """Of its shot."""
    number: int
    """Of the segment."""
    luma: Plane
    """A copy, every `SIDE` rows and columns."""
    framing: Framing


class FreezeWatch:
    """Is shown the decoded frames of a segment, in order, and tells of one that froze.

    What a frame should show is known of stills and layers: the window of their move. Static shots, and the holds before
    and after a move, do not travel and are never told of; nor are fades and dissolves, which change by themselves. Of a
    clip's own frames nothing is known here: they are looked at when it is made.

    A picture that did not change is compared with what the move would have made of it, so that small encoder noise does
    not hide a freeze, and a flat picture, in which nothing can be seen to move, is none. Of a picture in layers, what
    is far moves less: before one is told of, its two frames are made again and compared.
    """

    def __init__(self, segment: Segment, media: Mapping[str, Path]) -> None:
        """Prepare to watch.

        Args:
            segment: What the frames were made from.
            media: For each `media_sha256`, its file; pictures in layers that are not there are not told of.
        """
        self._segment, self._items, self._media = segment, segment.items, media
        self._rest: _Rest | None = None

    def froze_at(self, recipe: Recipe, number: int, luma: Plane) -> int | None:
        """Look at the next frame.

        Args:
            recipe: What it is made of.
            number: Its number in the segment.
            luma: Its luma, height × width samples.

        Returns:
            The frame of the segment from which on the picture stood still, or None where all is well.
        """
        item = self._items[recipe.item]
        if recipe.other is not None or recipe.level < 1.0 or not _moves(item):
            self._rest = None
            return None
        framing = framing_at(item.move, recipe.frame)
        now = _Rest(recipe.item, recipe.frame, number, luma[::SIDE, ::SIDE], framing)
        rest = self._rest
        if rest is None or rest.item != now.item:
            self._keep(now)
        elif _travel(rest.framing, framing) >= TRAVEL:
            if _stands(rest, now) and self._surely(item, rest, now):
                return rest.number
            self._keep(now)
        return None

    def _keep(self, now: _Rest) -> None:
        self._rest = now._replace(luma=now.luma.copy())

    def _surely(self, item: CutItem, rest: _Rest, now: _Rest) -> bool:
        """Make both frames of a picture in layers again, and say whether they differ where the film's do not."""
        if item.media_kind is MediaKind.STILL:
            return True
        path, size = self._media.get(item.media_sha256), (self._segment.width, self._segment.height)
        if path is None:
            return False
        camera, planes, made = open_media(item, path, *size), empty_planes(*size), []
        for frame in (rest.frame, now.frame):
            camera.render(frame, planes)
            made.append(planes.y[::SIDE, ::SIDE].copy())
        return _far_less(rest.luma, now.luma, _change(*made))


def _stands(rest: _Rest, now: _Rest) -> bool:
    """Say whether a picture seems to stand that should have moved."""
    should = _change(rest.luma, _moved(rest.luma, rest.framing, now.framing))
    return _far_less(rest.luma, now.luma, should)


def _far_less(first: Plane, then: Plane, should: float) -> bool:
    """Say whether two pictures differ by far less than they should, visibly."""
    return should >= VISIBLE and _change(first, then) < SHARE * should


def _change(first: Plane, then: Plane) -> float:
    """Mean difference of two planes, in levels of 255."""
    return float(cv2.absdiff(first, then).mean())


def _moves(item: CutItem) -> bool:
    """Say whether a shot's window moves."""
    return item.media_kind is not MediaKind.CLIP and item.move.start != item.move.end


def _travel(first: Framing, then: Framing) -> float:
    """Say how far the window's farthest corner has gone, as a share of the frame."""
    reach = abs(then.scale - first.scale) / 2.0
    return (max(abs(then.x - first.x), abs(then.y - first.y)) + reach) / first.scale


def _moved(picture: Plane, first: Framing, then: Framing) -> Plane:
    """Show a picture of one window as another window would."""
    rows, columns = picture.shape
    zoom = then.scale / first.scale
    across = ((then.x - first.x) / first.scale + 0.5 - 0.5 * zoom) * columns
    down = ((then.y - first.y) / first.scale + 0.5 - 0.5 * zoom) * rows
    matrix = np.array([[zoom, 0.0, across], [0.0, zoom, down]], np.float32)
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpAffine(picture, matrix, (columns, rows), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, np.uint8)
