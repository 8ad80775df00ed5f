"""Paints a segment's frames; the next shot is opened while this one is painted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from film.edit.frames import Recipe
from film.edit.media import open_media
from film.edit.mixing import blend, fade, wipe
from film.edit.overlays import Overlays
from film.edit.watermark import Watermark
from film.motion.camera import Camera
from film.motion.i420 import Planes, empty_planes
from schemas.timeline import Segment


class Painter:
    """Paints the frames of a segment, one after another, into the same memory.

    One thread of its own opens the shot after those that are seen, so that decoding and preparing a picture takes no
    time between two frames. At most three shots are in memory: two that overlap, and the next. What the thread finds
    wrong with a shot is raised where the shot is first painted. `close` ends the thread; so does a `with` statement.
    """

    def __init__(self, segment: Segment, media: Mapping[str, Path], canvas: Planes) -> None:
        """Prepare to paint.

        Args:
            segment: What to paint.
            media: For each `media_sha256`, its file; and for each sha256 of the segment's font and logo.
            canvas: Where each frame is painted. It must not be changed between frames.

        Raises:
            ArtifactMissing: Font or logo are not there.
        """
        self._segment = segment
        self._media = media
        self._canvas = canvas
        self._second = empty_planes(segment.width, segment.height)
        self._overlays = Overlays(segment, media)
        self._next = 0
        self._cameras: dict[int, Camera] = {}
        self._ahead: dict[int, Future[Camera]] = {}
        self._opener = ThreadPoolExecutor(max_workers=1, thread_name_prefix="next-shot")
        self._shown: object = None
        words = segment.encoder.watermark
        self._watermark = Watermark(words, segment.width, segment.height) if words else None

    def __enter__(self) -> Self:
        """Return the painter itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """End the thread, once it has opened what it is opening; no file is read afterwards."""
        self._opener.shutdown(wait=True, cancel_futures=True)
        self._ahead.clear()

    def paint(self, recipe: Recipe) -> None:
        """Paint a frame; nothing is done when it equals the frame before.

        Args:
            recipe: What the frame is made of; recipes come in the segment's order.

        Raises:
            ArtifactMissing: A picture or clip of the shots that are seen is not there or cannot be decoded.
        """
        self._keep({recipe.item} if recipe.other is None else {recipe.item, recipe.other})
        camera = self._cameras[recipe.item]
        words = self._overlays.seen_at(self._next)
        self._next += 1
        same = (recipe.item, camera.shown(recipe.frame), recipe.level, recipe.via, words)
        if recipe.other is None and same == self._shown:
            return
        if recipe.level > 0.0:
            self._paint_picture(recipe)
        if recipe.level < 1.0:
            fade(self._canvas, recipe.level, recipe.via)
        self._overlays.apply(self._canvas, words)
        if self._watermark is not None:
            self._watermark.apply(self._canvas)
        self._shown = same if recipe.other is None else None

    def _paint_picture(self, recipe: Recipe) -> None:
        """Paint what the cameras see, blended or wiped."""
        self._cameras[recipe.item].render(recipe.frame, self._canvas)
        if recipe.other is None:
            return
        self._cameras[recipe.other].render(recipe.other_frame, self._second)
        if recipe.wipes:
            wipe(self._canvas, self._second, recipe.other_weight, other_left=recipe.other > recipe.item)
        else:
            blend(self._canvas, self._second, recipe.other_weight)

    def _keep(self, items: Collection[int]) -> None:
        """Keep the cameras of these shots alone, and have the next one opened: first drop, then load."""
        for item in [item for item in self._cameras if item not in items]:
            del self._cameras[item]
        for item in items:
            if item not in self._cameras:
                ahead = self._ahead.pop(item, None)
                self._cameras[item] = self._load(item) if ahead is None else ahead.result()
        following = max(items) + 1
        if following < len(self._segment.items) and following not in self._ahead:
            self._ahead[following] = self._opener.submit(self._load, following)

    def _load(self, item: int) -> Camera:
        """Open a shot's media."""
        shot = self._segment.items[item]
        return open_media(shot, self._media.get(shot.media_sha256), self._segment.width, self._segment.height)
