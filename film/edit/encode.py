"""Encodes a segment: frames are made one at a time and go straight into x264."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from film.edit.frames import Recipe, recipes
from film.edit.watermark import Watermark
from film.motion.camera import StillCamera
from film.motion.i420 import BLACK_LUMA, NEUTRAL_CHROMA, Plane, Planes, empty_planes
from schemas.errors import ArtifactMissing, EncoderFailed, StorageFull
from schemas.timeline import Segment

BT709 = 1
"""Code point of BT.709 for primaries, transfer and matrix (ITU-T H.273, tables 2–4)."""

LIMITED = 1
"""`AVCOL_RANGE_MPEG`: luma 16–235."""

TICKS = 512
"""Units of a file's time in one frame; a whole number for each rate, so that time stamps are exact."""

MACROBLOCK = 16
"""Width and height of H.264's macroblocks, in pixels."""

AVX512 = 13
"""OpenCV's number for AVX-512F (`CV_CPU_AVX_512F`)."""

REPORT_EVERY = 12
"""Frames between two reports of progress."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when a file may not grow."""


def render_segment(segment: Segment, stills: Mapping[str, Path], out: Path, progress: Callable[[int], None]) -> None:
    """Make the frames of a segment and encode them as H.264 in MP4.

    One thread, and memory for two shots, however many the segment has. The same segment and stills give the same bytes.

    Args:
        segment: What to make.
        stills: For each `media_sha256` of the segment's shots, its keyframe as a picture file.
        out: File to write; it appears only when it is whole.
        progress: Called now and then with the number of frames done, at last with all.

    Raises:
        ArtifactMissing: A keyframe is not there or cannot be decoded.
        StorageFull: No space is left for the file.
        EncoderFailed: The encoder refused its settings or a frame.
    """
    cv2.setNumThreads(1)
    part = out.with_name(f"{out.name}.part")
    try:
        with named_errors(out):
            _encode(segment, stills, part, progress)
            os.replace(part, out)
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


def _encode(segment: Segment, stills: Mapping[str, Path], part: Path, progress: Callable[[int], None]) -> None:
    """Encode all frames into a file."""
    options = {"video_track_timescale": str(segment.fps * TICKS), "fflags": "+bitexact"}
    with av.open(str(part), "w", format="mp4", options=options) as container:
        stream = _stream(container, segment)
        frame = av.VideoFrame(segment.width, segment.height, "yuv420p")
        frame.time_base = Fraction(1, segment.fps)
        painter = Painter(segment, stills, _planes_of(frame))
        for number, recipe in enumerate(recipes(segment.items)):
            painter.paint(recipe)
            # libx264 copies the picture when it is handed over, so that one frame serves for all.
            frame.pts = number
            container.mux(stream.encode(frame))
            if (number + 1) % REPORT_EVERY == 0:
                progress(number + 1)
        container.mux(stream.encode(None))
    progress(segment.frames)


def _stream(container: av.container.OutputContainer, segment: Segment) -> VideoStream:
    """Open the encoder."""
    stream = container.add_stream(
        "libx264",
        rate=segment.fps,
        options={
            "preset": segment.encoder.preset,
            "crf": str(segment.encoder.crf),
            "chroma_sample_location": "left",
            "x264-params": _x264_parameters(segment.width, segment.height),
        },
    )
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = segment.width, segment.height, "yuv420p"
    context.time_base = Fraction(1, segment.fps)
    context.thread_count = 1
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED
    return stream


def _x264_parameters(width: int, height: int) -> str:
    """Write what makes x264's output depend on nothing but the frames.

    Besides several threads, that is its AVX-512 code: its lookahead reads memory that was never written when the
    picture does not end on a whole macroblock, and decides by it. Found by encoding the same frames under different
    values of glibc's MALLOC_PERTURB_; with AVX2 all agree, and agree with AVX-512 on whole macroblocks.
    """
    parameters = "threads=1:lookahead-threads=1:open-gop=0"
    if (width % MACROBLOCK or height % MACROBLOCK) and cv2.checkHardwareSupport(AVX512):
        parameters += ":asm=avx2,fma3,bmi2,lzcnt"
    return parameters


def _planes_of(frame: av.VideoFrame) -> Planes:
    """View the memory of a frame, so that it is painted in place."""
    views: list[Plane] = []
    for plane in frame.planes:
        samples: Plane = np.frombuffer(plane, np.uint8)  # type: ignore[call-overload]
        views.append(samples.reshape(plane.height, plane.line_size)[:, : plane.width])
    return Planes(*views)


class Painter:
    """Paints the frames of a segment, one after another, into the same memory."""

    def __init__(self, segment: Segment, stills: Mapping[str, Path], canvas: Planes) -> None:
        """Prepare to paint.

        Args:
            segment: What to paint.
            stills: For each `media_sha256`, the keyframe's file.
            canvas: Where each frame is painted. It must not be changed between frames.
        """
        self._segment = segment
        self._stills = stills
        self._canvas = canvas
        self._second = empty_planes(segment.width, segment.height)
        self._cameras: dict[int, StillCamera] = {}
        self._shown: object = None
        words = segment.encoder.watermark
        self._watermark = Watermark(words, segment.width, segment.height) if words else None

    def paint(self, recipe: Recipe) -> None:
        """Paint a frame; nothing is done when it equals the frame before."""
        self._keep({recipe.item} if recipe.other is None else {recipe.item, recipe.other})
        camera = self._cameras[recipe.item]
        same = (recipe.item, camera.framing(recipe.frame), recipe.level)
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

    def _load(self, item: int) -> StillCamera:
        """Load a shot's keyframe."""
        shot = self._segment.items[item]
        path = self._stills.get(shot.media_sha256)
        picture = cv2.imread(str(path), cv2.IMREAD_COLOR) if path is not None and path.is_file() else None
        if picture is None:
            raise ArtifactMissing(
                f"The keyframe of shot {shot.shot}, {shot.media_key}, cannot be read; make the shot again."
            )
        return StillCamera(np.asarray(picture, np.uint8), shot.move, self._segment.width, self._segment.height)


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
