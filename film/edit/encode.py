"""Encodes a segment: frames are made one at a time and go straight into x264."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from film.edit.frames import Recipe, recipes
from film.edit.media import open_media
from film.edit.watermark import Watermark
from film.motion.camera import Camera
from film.motion.h264 import container_options, open_stream, planes_of
from film.motion.i420 import BLACK_LUMA, NEUTRAL_CHROMA, Planes, empty_planes
from schemas.errors import EncoderFailed, StorageFull
from schemas.timeline import Segment

REPORT_EVERY = 12
"""Frames between two reports of progress."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when a file may not grow."""


def render_segment(segment: Segment, media: Mapping[str, Path], out: Path, progress: Callable[[int], None]) -> None:
    """Make the frames of a segment and encode them as H.264 in MP4.

    One thread, and memory for two shots, however many the segment has. The same segment and media give the same bytes.

    Args:
        segment: What to make.
        media: For each `media_sha256` of the segment's shots, its picture or clip.
        out: File to write; it appears only when it is whole.
        progress: Called now and then with the number of frames done, at last with all.

    Raises:
        ArtifactMissing: A picture or clip is not there or cannot be decoded.
        StorageFull: No space is left for the file.
        EncoderFailed: The encoder refused its settings or a frame.
    """
    render_recipes(segment, media, recipes(segment.items), segment.frames, out, progress)


def render_recipes(
    segment: Segment,
    media: Mapping[str, Path],
    frames: Iterable[Recipe],
    count: int,
    out: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Make frames of a segment's shots, other than its own or as many, and encode them; see `render_segment`.

    Args:
        segment: The shots, and how they are encoded.
        media: For each `media_sha256` of the segment's shots, its picture or clip.
        frames: What each frame is made of, in order.
        count: How many they are.
        out: File to write; it appears only when it is whole.
        progress: Called now and then with the number of frames done, at last with all.

    Raises:
        ArtifactMissing: A picture or clip is not there or cannot be decoded.
        StorageFull: No space is left for the file.
        EncoderFailed: The encoder refused its settings or a frame.
    """
    cv2.setNumThreads(1)
    part = out.with_name(f"{out.name}.part")
    try:
        with named_errors(out):
            _encode(segment, media, frames, part, progress)
            os.replace(part, out)
        progress(count)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def named_errors(out: Path) -> Iterator[None]:
    """Give errors of the encoder and the file system their names.

    Args:
        out: The file that is being made.

    Raises:
        StorageFull: A file may not grow.
        EncoderFailed: Any other.
    """
    try:
        yield
    except (av.error.FFmpegError, OSError) as error:
        if error.errno in FULL:
            raise StorageFull(f"No space is left to write {out.name}; free some and run the film again.") from error
        raise EncoderFailed(f"The encoder failed on {out.name}: {error.strerror or error}.") from error


def _encode(
    segment: Segment,
    media: Mapping[str, Path],
    frames: Iterable[Recipe],
    part: Path,
    progress: Callable[[int], None],
) -> None:
    """Encode all frames into a file."""
    with av.open(str(part), "w", format="mp4", options=container_options(segment.fps)) as container:
        stream = _stream(container, segment)
        frame = av.VideoFrame(segment.width, segment.height, "yuv420p")
        frame.time_base = Fraction(1, segment.fps)
        painter = Painter(segment, media, planes_of(frame))
        for number, recipe in enumerate(frames):
            painter.paint(recipe)
            # libx264 copies the picture when it is handed over, so that one frame serves for all.
            frame.pts = number
            container.mux(stream.encode(frame))
            if (number + 1) % REPORT_EVERY == 0:
                progress(number + 1)
        container.mux(stream.encode(None))


def _stream(container: av.container.OutputContainer, segment: Segment) -> VideoStream:
    """Open the encoder."""
    settings = {"preset": segment.encoder.preset, "crf": str(segment.encoder.crf)}
    return open_stream(container, segment.width, segment.height, segment.fps, settings)


class Painter:
    """Paints the frames of a segment, one after another, into the same memory."""

    def __init__(self, segment: Segment, media: Mapping[str, Path], canvas: Planes) -> None:
        """Prepare to paint.

        Args:
            segment: What to paint.
            media: For each `media_sha256`, its file.
            canvas: Where each frame is painted. It must not be changed between frames.
        """
        self._segment = segment
        self._media = media
        self._canvas = canvas
        self._second = empty_planes(segment.width, segment.height)
        self._cameras: dict[int, Camera] = {}
        self._shown: object = None
        words = segment.encoder.watermark
        self._watermark = Watermark(words, segment.width, segment.height) if words else None

    def paint(self, recipe: Recipe) -> None:
        """Paint a frame; nothing is done when it equals the frame before."""
        self._keep({recipe.item} if recipe.other is None else {recipe.item, recipe.other})
        camera = self._cameras[recipe.item]
        same = (recipe.item, camera.shown(recipe.frame), recipe.level)
        if recipe.other is None and same == self._shown:
            return
        camera.render(recipe.frame, self._canvas)
        if recipe.other is not None:
            self._cameras[recipe.other].render(recipe.other_frame, self._second)
            blend(self._canvas, self._second, recipe.other_weight)
        if recipe.level < 1.0:
            dim(self._canvas, recipe.level)
        if self._watermark is not None:
            self._watermark.apply(self._canvas)
        self._shown = same if recipe.other is None else None

    def _keep(self, items: Collection[int]) -> None:
        """Keep the cameras of these shots alone: first drop, then load, so that there are never three."""
        for item in [item for item in self._cameras if item not in items]:
            del self._cameras[item]
        for item in items:
            if item not in self._cameras:
                self._cameras[item] = self._load(item)

    def _load(self, item: int) -> Camera:
        """Open a shot's media."""
        shot = self._segment.items[item]
        return open_media(shot, self._media.get(shot.media_sha256), self._segment.width, self._segment.height)


def blend(canvas: Planes, other: Planes, weight: float) -> None:
    """Blend another frame into one, in place; `weight` is the other's share."""
    for plane, second in zip(canvas, other, strict=True):
        cv2.addWeighted(plane, 1.0 - weight, second, weight, 0.0, dst=plane)


def dim(canvas: Planes, level: float) -> None:
    """Darken a frame towards black, in place; 0 is black."""
    samples = np.arange(256, dtype=np.float64)
    for plane, rest in zip(canvas, (BLACK_LUMA, NEUTRAL_CHROMA, NEUTRAL_CHROMA), strict=True):
        table = np.rint(rest + (samples - rest) * level).clip(0, 255).astype(np.uint8)
        cv2.LUT(plane, table, dst=plane)
