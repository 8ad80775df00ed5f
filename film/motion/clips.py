"""Clips: the frames of one shot, ready made, in a file.

A clip is H.264 in MP4, in the film's size, rate, BT.709 and 4:2:0. Every frame is coded by itself, so that any is found
and decoded without another, and at a quality (`CRF`) whose loss is far below what the film's own encode adds.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from film.motion.h264 import container_options, open_stream, planes_of
from film.motion.i420 import Plane, Planes, fill, is_black
from schemas.errors import RenderRefused
from schemas.rate import Rate, name_of_rate

CRF = 10
"""Of single frames at this setting nothing is seen of the encoder; measured PSNR is in `tests/unit/motion`."""

STILL_SAMPLES = 8
"""Whether something moves is looked for in squares of so many samples: noise averages out, a blink does not."""

STILL_LEVELS = 3
"""A square moves when its mean luma changes by more than this, of 255."""

STILL_SECONDS = 2.0
"""A clip in which nothing moves for longer is frozen."""


def encode_clip(frames: Iterable[Planes], *, width: int, height: int, fps: Rate) -> bytes:
    """Write the frames of a shot.

    Args:
        frames: The frames, each of the given size; each is used before the next is asked for.
        width: Width of the film, in pixels, even.
        height: Height of the film, in pixels, even.
        fps: Frames per second.

    Returns:
        The clip. The same frames give the same bytes.
    """
    file = io.BytesIO()
    settings = {"preset": "veryfast", "crf": str(CRF), "x264-params": "keyint=1:scenecut=0"}
    with av.open(file, "w", format="mp4", options=container_options(fps)) as container:
        stream = open_stream(container, width, height, fps, settings)
        frame = av.VideoFrame(width, height, "yuv420p")
        frame.time_base = Fraction(1, fps)
        canvas = planes_of(frame)
        for number, planes in enumerate(frames):
            for target, plane in zip(canvas, planes, strict=True):
                np.copyto(target, plane)
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


class ClipCamera:
    """Shows the frames of a clip: a camera that was there before."""

    def __init__(self, path: Path, frames: int) -> None:
        """Open a clip.

        Args:
            path: The file.
            frames: How many frames it has. Before its first and after its last these are held.

        Raises:
            RenderRefused: It cannot be opened as a clip.
        """
        self._path = path
        self._frames = frames
        with _named(path):
            self._container = av.open(str(path))
            self._stream = _only_video(self._container, path)
        self._decoded: Iterator[av.VideoFrame] = iter(())
        self._next: int | None = None

    def shown(self, frame: int) -> int:
        """Say which frame of the clip a frame of the shot is."""
        return min(max(frame, 0), self._frames - 1)

    def render(self, frame: int, out: Planes) -> None:
        """Make a frame; see `film.motion.camera.Camera`. A clip of another size fills the frame with its middle.

        Raises:
            RenderRefused: The clip has no such frame.
        """
        number = self.shown(frame)
        with _named(self._path):
            planes = planes_of(self._decode(number))
        rows, columns = out.y.shape
        for target, plane in zip(out, fill(planes, columns, rows), strict=True):
            np.copyto(target, plane)

    def _decode(self, number: int) -> av.VideoFrame:
        """Decode a frame: the next one, or any other by its time."""
        if number != self._next:
            time = Fraction(number) / (self._stream.average_rate or 1)
            self._container.seek(round(time / (self._stream.time_base or 1)), stream=self._stream)
            self._decoded = self._container.decode(self._stream)
        self._next = number + 1
        for found in self._decoded:
            if _number(found, self._stream) == number:
                return found
        raise RenderRefused(f"The clip {self._path.name} has no frame {number}; make it again.")


def check_clip(clip: Path | bytes, *, frames: int, width: int, height: int, fps: Rate, still: bool = False) -> None:
    """Decode every frame of a clip and refuse what is not what was asked for.

    Args:
        clip: The file, or what is in it.
        frames: How many frames it must have.
        width: Width they must have, in pixels.
        height: Height they must have, in pixels.
        fps: Frames per second.
        still: Whether nothing need move in it.

    Raises:
        RenderRefused: It does not decode, has another number, size or rate of frames, is black somewhere, or frozen.
    """
    count, resting, before = 0, 0, None
    path = clip if isinstance(clip, Path) else Path("clip.mp4")
    with _named(path), av.open(str(path) if isinstance(clip, Path) else io.BytesIO(clip), "r") as container:
        stream = _only_video(container, path)
        if (stream.width, stream.height) != (width, height):
            found = f"{stream.width}×{stream.height}"
            raise RenderRefused(f"The clip {path.name} is {found} instead of {width}×{height}; make it again.")
        if stream.average_rate != fps:
            rate = f"{float(stream.average_rate or 0):g}"
            raise RenderRefused(
                f"The clip {path.name} has {rate} frames a second instead of {name_of_rate(fps)}; make it again."
            )
        for frame in container.decode(stream):
            luma = planes_of(frame).y
            if is_black(luma):
                raise RenderRefused(f"Frame {count} of the clip {path.name} is black; make it again.")
            small = _coarse(luma)
            resting = resting + 1 if before is not None and not _moved(before, small) else 0
            before = small if resting == 0 else before
            if not still and resting > STILL_SECONDS * fps:
                first = count - resting
                raise RenderRefused(f"The clip {path.name} is frozen from frame {first} on; make it again.")
            count += 1
    if count != frames:
        raise RenderRefused(f"The clip {path.name} has {count} frames instead of {frames}; make it again.")
    if not still and frames > 1 and resting == frames - 1:
        raise RenderRefused(f"Nothing moves in the clip {path.name}; make it again.")


def _coarse(luma: Plane) -> Plane:
    """Average a plane over squares."""
    size = (max(luma.shape[1] // STILL_SAMPLES, 1), max(luma.shape[0] // STILL_SAMPLES, 1))
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.uint8)


def _moved(before: Plane, now: Plane) -> bool:
    """Say whether some square differs."""
    return bool(cv2.absdiff(before, now).max() > STILL_LEVELS)


def _number(frame: av.VideoFrame, stream: VideoStream) -> int:
    """Tell which frame of its stream a frame is, from 0."""
    time = Fraction(frame.pts or 0) * (frame.time_base or Fraction(1))
    return round(time * (stream.average_rate or Fraction(1)))


def _only_video(container: av.container.InputContainer, path: Path) -> VideoStream:
    """Find the one video stream, and let one thread decode it."""
    streams = container.streams.video
    if len(streams) != 1 or streams[0].codec_context.pix_fmt != "yuv420p":
        raise RenderRefused(f"The clip {path.name} is not one stream of video in yuv420p; make it again.")
    streams[0].codec_context.thread_count = 1
    return streams[0]


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say errors of the decoder in words."""
    try:
        yield
    except (av.error.FFmpegError, OSError) as error:
        raise RenderRefused(f"The clip {path.name} cannot be decoded; make it again.") from error
