"""Encodes a segment: frames are made one at a time and go straight into the encoder."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import cv2

from film.edit.encoders import PAINTED, open_encoder
from film.edit.frames import Recipe, recipes
from film.edit.painter import Painter
from film.motion.h264 import container_options, planes_of
from schemas.errors import EncoderFailed, StorageFull
from schemas.timeline import Segment

REPORT_EVERY = 12
"""Frames between two reports of progress."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when a file may not grow."""


def render_segment(segment: Segment, media: Mapping[str, Path], out: Path, progress: Callable[[int], None]) -> None:
    """Make the frames of a segment and encode them as its settings say.

    One thread paints and encodes; another opens the next shot's picture meanwhile. There is memory for three shots,
    however many the segment has. The same segment and media give the same bytes.

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
    kind = segment.encoder.container
    with av.open(str(part), "w", format=kind, options=container_options(segment.fps)) as container:
        encoder = open_encoder(container, segment.width, segment.height, segment.fps, segment.encoder)
        frame = av.VideoFrame(segment.width, segment.height, PAINTED)
        frame.time_base = Fraction(1, segment.fps)
        with Painter(segment, media, planes_of(frame)) as painter:
            for number, recipe in enumerate(frames):
                painter.paint(recipe)
                # Encoders copy the picture when it is handed over, so that one frame serves for all.
                frame.pts = number
                container.mux(encoder.packets(frame))
                if (number + 1) % REPORT_EVERY == 0:
                    progress(number + 1)
        container.mux(encoder.packets(None))
