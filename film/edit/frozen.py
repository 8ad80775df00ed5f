"""Finds shots that froze: the camera should have gone on, and the picture did not."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from film.edit.frames import Recipe
from film.motion.easing import framing_at
from film.motion.i420 import Plane
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
    not hide a freeze, and a flat picture, in which nothing can be seen to move, is none.
    """

    def __init__(self, segment: Segment) -> None:
        """Prepare to watch.

        Args:
            segment: What the frames were made from.
        """
        self._items = segment.items
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
            if self._stands(rest, now):
                return rest.number
            self._keep(now)
        return None

    def _keep(self, now: _Rest) -> None:
        self._rest = now._replace(luma=now.luma.copy())

    @staticmethod
    def _stands(rest: _Rest, now: _Rest) -> bool:
        """Say whether a picture stands that should have moved."""
        should = cv2.absdiff(rest.luma, _moved(rest.luma, rest.framing, now.framing)).mean()
        return bool(should >= VISIBLE and cv2.absdiff(rest.luma, now.luma).mean() < SHARE * should)


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
