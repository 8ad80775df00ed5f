"""Films a picture in layers: what is far moves less than what is near, and goes in and out of focus."""

from __future__ import annotations

from collections.abc import Hashable

from film.layers import LENS, LayeredPicture
from film.motion.camera import MOST_OVERSIZE, cover_sampler, oversize_of
from film.motion.easing import focused_at, framing_at
from film.motion.focus import FocusedSheet
from film.motion.i420 import Planes
from film.motion.overlay import FixedOverlay, Scratch, overlay_of
from film.motion.samplers import Sampler
from film.motion.sheets import Sheet, parts_of, seen_from, sheets_of
from schemas.errors import RenderRefused
from schemas.timeline import CameraMove


class LayeredCamera:
    """Photographs a picture in layers along a camera move.

    The move is the subject's, at depth 1. Each sheet is windowed by its depth and laid over what is behind it, in the
    planes of the frame; each is sampled as exactly as a still (see `StillCamera`). Where the focus moves, each is as
    soft as a lens shows what is so far before or behind what is sharp.

    Attributes:
        move: The move.
    """

    def __init__(self, picture: LayeredPicture, move: CameraMove, width: int, height: int) -> None:
        """Prepare a picture.

        Args:
            picture: The picture; it must have the film's size.
            move: The move.
            width: Width of the frames, even.
            height: Height of the frames, even.

        Raises:
            RenderRefused: The picture has another size.
        """
        if (picture.width, picture.height) != (width, height):
            found = f"{picture.width}×{picture.height}"
            raise RenderRefused(f"The picture in layers is {found} and the film {width}×{height}; render it again.")
        self.move = move
        self._size = (width, height)
        self._scratch = Scratch(self._size)
        closest = min(move.start.scale, move.end.scale)
        # What is so near that its window would have to be magnified is taken to be a little farther.
        nearest = max((1.0 - closest) / (1.0 - 1.0 / MOST_OVERSIZE), 1e-3)
        sheets = sheets_of(picture, move, nearest)
        self._focused = [self._focusing(sheet, number) for number, sheet in enumerate(sheets) if self._racks(sheet)]
        self._sheets: list[tuple[float, Sampler]] = [(one.depth, one) for one in self._focused]
        if not self._sheets:
            self._sheets.append((sheets[0].depth, self._background(sheets[0])))
        self._sheets += [(sheet.depth, self._overlay(sheet)) for sheet in sheets[len(self._sheets) :]]

    def shown(self, frame: int) -> Hashable:
        """Find the window on the figures, and what is in focus; frames outside the move hold its ends."""
        return framing_at(self.move, frame), focused_at(self.move, frame)

    def render(self, frame: int, out: Planes) -> None:
        """Make a frame; see `film.motion.camera.Camera`."""
        framing, focus = framing_at(self.move, frame), focused_at(self.move, frame)
        for sheet in self._focused:
            sheet.focus(focus)
        for depth, sampler in self._sheets:
            sampler.render(seen_from(framing, depth), out)

    def _racks(self, sheet: Sheet) -> bool:
        """Say whether a sheet goes in and out of focus; what lies on the lens, always the last, does not."""
        return self.move.focus is not None and sheet.depth != LENS

    def _focusing(self, sheet: Sheet, number: int) -> FocusedSheet:
        return FocusedSheet(sheet, self._move_at(sheet.depth), self._size, self._scratch if number else None)

    def _background(self, sheet: Sheet) -> Sampler:
        return cover_sampler(sheet.image[:, :, :3], self._move_at(sheet.depth), *self._size)

    def _overlay(self, sheet: Sheet) -> Sampler:
        """Choose the cheapest way of sampling that is exact for a sheet's move."""
        if sheet.depth == LENS:
            return FixedOverlay(parts_of(sheet, 1.0))
        move = self._move_at(sheet.depth)
        return overlay_of(parts_of(sheet, oversize_of(move)[0]), move, self._size, self._scratch)

    def _move_at(self, depth: float) -> CameraMove:
        ends = {"start": seen_from(self.move.start, depth), "end": seen_from(self.move.end, depth)}
        return self.move.model_copy(update=ends)
