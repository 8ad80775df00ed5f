"""Decodes what was made: nothing counts as done because a program ended well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
from av.video.stream import VideoStream

from film.edit.frames import Recipe, recipes
from film.edit.frozen import FreezeWatch
from film.motion.h264 import BT709, LIMITED, planes_of
from film.motion.i420 import Plane
from film.motion.i420 import is_black as luma_is_black
from schemas.base import Document
from schemas.enums import FadeColour
from schemas.errors import RenderRefused
from schemas.rate import Rate, counted_rate, name_of_rate, seconds_of
from schemas.sound import SoundFigures
from schemas.timeline import EncoderSettings, Segment

H264 = EncoderSettings()
"""How films are encoded unless somebody says otherwise."""

SPOT_CHECKS = 8
"""Frames that are decoded when a film is not checked in full, besides the first and the last."""


class FilmReport(Document):
    """What a finished film was found to be."""

    frames: int
    fps: Rate
    width: int
    height: int
    duration_s: float
    bytes: int
    subtitles: bool
    """Whether it has a soft subtitle track."""
    decoded: int
    """How many frames were decoded to check it."""
    sound: SoundFigures | None = None
    """What was measured of its sound; None for a silent film."""


def check_segment(path: Path, segment: Segment, media: Mapping[str, Path] | None = None) -> None:
    """Decode every frame of a segment.

    Args:
        path: The segment's file.
        segment: What it was made from.
        media: For each `media_sha256`, its file. Without it, only shots made from stills are known to be frozen.

    Raises:
        RenderRefused: It does not decode, has another size or number of frames, is black where nothing fades to or
            from black, or stands still where the camera moves.
    """
    expected, watch = list(recipes(segment.items)), FreezeWatch(segment, media or {})
    with _opened(path) as container:
        stream = _video(container, path)
        _check_stream(stream, path, segment.width, segment.height, segment.encoder)
        count = 0
        for frame in container.decode(stream):
            _check_size(frame, path, segment.width, segment.height)
            if count < len(expected):
                _check_picture(_luma(frame), expected[count], count, path, watch)
            count += 1
    if count != len(expected):
        raise RenderRefused(f"{path.name} has {count} frames instead of {len(expected)}; make it again.")


def _check_picture(luma: Plane, recipe: Recipe, number: int, path: Path, watch: FreezeWatch) -> None:
    """Refuse a frame that is black where nothing fades to black, or that stands still where the camera moves."""
    may_be_black = recipe.level < 1.0 and recipe.via is FadeColour.BLACK
    if not may_be_black and luma_is_black(luma):
        raise RenderRefused(f"Frame {number} of {path.name} is black where nothing fades to black; make it again.")
    since = watch.froze_at(recipe, number, luma)
    if since is not None:
        raise RenderRefused(
            f"{path.name} is frozen from frame {since} to {number} where the camera moves; make it again."
        )


def check_film(
    path: Path,
    *,
    frames: int,
    fps: Rate,
    width: int,
    height: int,
    full: bool = False,
    encoder: EncoderSettings = H264,
) -> FilmReport:
    """Check a finished film.

    All packets are read: their number, and that their time stamps are one frame apart without exception. Size, tags and
    the place of the index are compared. The first, the last and some frames between are decoded; all, on demand.

    Args:
        path: The film.
        frames: Length it must have, in frames.
        fps: Frames per second.
        width: Width, in pixels.
        height: Height, in pixels.
        full: Decode every frame, and refuse black stretches longer than fades leave.
        encoder: How it was encoded.

    Returns:
        What it was found to be.

    Raises:
        RenderRefused: It is not the film that was asked for.
    """
    with _opened(path) as container:
        stream = _video(container, path)
        _check_stream(stream, path, width, height, encoder)
        tags = stream.codec_context
        if (tags.color_primaries, tags.color_trc, tags.colorspace, tags.color_range) != (BT709, BT709, BT709, LIMITED):
            raise RenderRefused(f"{path.name} is not tagged BT.709, limited range; make it again.")
        _check_times(container, stream, path, frames, fps)
        subtitles = bool(container.streams.subtitles)
    if not _index_first(path):
        raise RenderRefused(f"The index of {path.name} comes after its pictures; join it again.")
    decoded = _decode_all(path, frames, fps) if full else _decode_some(path, frames, fps)
    return FilmReport(
        frames=frames,
        fps=fps,
        width=width,
        height=height,
        duration_s=seconds_of(frames, fps),
        bytes=path.stat().st_size,
        subtitles=subtitles,
        decoded=decoded,
    )


def is_black(frame: av.VideoFrame) -> bool:
    """Say whether a decoded frame shows nothing."""
    return luma_is_black(_luma(frame))


def _luma(frame: av.VideoFrame) -> Plane:
    """View a frame's luma in 8 bits; the view holds only as long as the frame lives."""
    if frame.format.name == "yuv420p":
        return planes_of(frame).y
    return planes_of(frame.reformat(format="yuv420p")).y.copy()


class _Opened:
    """An input container that refuses what is no film, in words."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._container = av.open(str(path))
        except (av.error.FFmpegError, OSError) as error:
            raise RenderRefused(f"{path.name} cannot be opened as a film; make it again.") from error

    def __enter__(self) -> av.container.InputContainer:
        return self._container

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._container.close()
        if isinstance(error, av.error.FFmpegError):
            raise RenderRefused(f"{self._path.name} does not decode to its end; make it again.") from error


def _opened(path: Path) -> _Opened:
    """Open a file to be checked."""
    return _Opened(path)


def _video(container: av.container.InputContainer, path: Path) -> VideoStream:
    """Find the one video stream, and let one thread decode it."""
    if len(container.streams.video) != 1:
        raise RenderRefused(f"{path.name} has {len(container.streams.video)} video streams instead of one.")
    stream = container.streams.video[0]
    stream.codec_context.thread_count = 1
    return stream


def _check_stream(stream: VideoStream, path: Path, width: int, height: int, encoder: EncoderSettings) -> None:
    """Compare codec and size with what was asked for."""
    context, video = stream.codec_context, encoder.video
    wanted = ("h264", "yuv420p", "avc1") if video is None else (video.codec, video.pixels, video.tag)
    found = context.codec.canonical_name, context.pix_fmt, context.codec_tag
    if found != wanted:
        raise RenderRefused(f"{path.name} is {' '.join(map(str, found))}, not {' '.join(wanted)}; make it again.")
    if (stream.width, stream.height) != (width, height):
        raise RenderRefused(f"{path.name} is {stream.width}×{stream.height} instead of {width}×{height}.")


def _check_size(frame: av.VideoFrame, path: Path, width: int, height: int) -> None:
    """Compare a decoded frame's size with what was asked for."""
    if (frame.width, frame.height) != (width, height):
        raise RenderRefused(f"A frame of {path.name} is {frame.width}×{frame.height} instead of {width}×{height}.")


def _check_times(
    container: av.container.InputContainer, stream: VideoStream, path: Path, frames: int, fps: Rate
) -> None:
    """Read all packets: their number, and that each is shown exactly one frame after the one before."""
    base = stream.time_base
    if base is None:
        raise RenderRefused(f"{path.name} has no time base; join it again.")
    shown = sorted(packet.pts for packet in container.demux(stream) if packet.pts is not None)
    if len(shown) != frames:
        raise RenderRefused(f"{path.name} has {len(shown)} frames instead of {frames}; make it again.")
    step = Fraction(1, fps) / base
    if any(time != number * step for number, time in enumerate(shown)):
        raise RenderRefused(f"The frames of {path.name} are not exactly 1/{name_of_rate(fps)} s apart; join it again.")
    lasts = Fraction(stream.duration or 0) * base
    if abs(lasts - Fraction(frames, fps)) > Fraction(1, fps):
        raise RenderRefused(
            f"{path.name} says it lasts {float(lasts):.3f} s instead of {seconds_of(frames, fps):.3f} s."
        )


def _decode_all(path: Path, frames: int, fps: Rate) -> int:
    """Decode every frame; refuse black stretches longer than fades leave. Return how many were decoded."""
    longest = max(3, counted_rate(fps) // 2)
    count = run = 0
    with _opened(path) as container:
        for frame in container.decode(_video(container, path)):
            count += 1
            run = run + 1 if is_black(frame) else 0
            if run > longest:
                raise RenderRefused(f"{path.name} is black from frame {count - run} on, for over {longest} frames.")
    if count != frames:
        raise RenderRefused(f"Only {count} of {frames} frames of {path.name} decode; make it again.")
    return count


def _decode_some(path: Path, frames: int, fps: Rate) -> int:
    """Decode the key frames before some places, and the way to the last frame. Return how many places were looked at.

    Every frame of every segment was decoded before they were joined; here it is seen that the joined film leads there.
    """
    wanted = sorted({0, *(frames * part // (SPOT_CHECKS + 1) for part in range(1, SPOT_CHECKS + 1))})
    with _opened(path) as container:
        stream = _video(container, path)
        for number in wanted:
            if not _leads_to(container, stream, Fraction(number, fps)):
                raise RenderRefused(f"{path.name} does not decode before frame {number}; make it again.")
        if not _decodes(container, stream, Fraction(frames - 1, fps)):
            raise RenderRefused(f"The last frame of {path.name} does not decode; make it again.")
    return len(wanted) + 1


def _leads_to(container: av.container.InputContainer, stream: VideoStream, time: Fraction) -> bool:
    """Decode the key frame at or before a time."""
    base = stream.time_base or Fraction(1)
    container.seek(round(time / base), stream=stream)
    frame = next(iter(container.decode(stream)), None)
    return frame is not None and frame.pts is not None and frame.pts * base <= time


def _decodes(container: av.container.InputContainer, stream: VideoStream, time: Fraction) -> bool:
    """Decode the frame that is shown at a time, from the key frame before it."""
    base = stream.time_base or Fraction(1)
    container.seek(round(time / base), stream=stream)
    return any(frame.pts is not None and frame.pts * base == time for frame in container.decode(stream))


class _Box(NamedTuple):
    """A box of an MP4 file."""

    kind: bytes
    start: int


def _boxes(path: Path) -> Iterator[_Box]:
    """List the outermost boxes of an MP4 file (ISO/IEC 14496-12, 4.2)."""
    size = path.stat().st_size
    with path.open("rb") as file:
        at = 0
        while at + 8 <= size:
            file.seek(at)
            header = file.read(16)
            length = int.from_bytes(header[:4], "big")
            if length == 1:
                length = int.from_bytes(header[8:16], "big")
            yield _Box(header[4:8], at)
            at += length if length >= 8 else size


def _index_first(path: Path) -> bool:
    """Say whether the index (`moov`) comes before the pictures (`mdat`), so that a player starts at once."""
    places = {box.kind: box.start for box in _boxes(path)}
    return places.get(b"moov", 1) < places.get(b"mdat", 0)
