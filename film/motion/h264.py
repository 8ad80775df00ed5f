"""What every H.264 stream of this project has in common: reproducible bytes, BT.709, exact times."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from film.motion.i420 import Plane, Planes
from schemas.rate import Rate

BT709 = 1
"""Code point of BT.709 for primaries, transfer and matrix (ITU-T H.273, tables 2–4)."""

LIMITED = 1
"""`AVCOL_RANGE_MPEG`: luma 16–235."""

TICKS = 512
"""Units of a file's time in one frame of a whole rate: a whole number, so that time stamps are exact."""

MACROBLOCK = 16
"""Width and height of H.264's macroblocks, in pixels."""

AVX512 = 13
"""OpenCV's number for AVX-512F (`CV_CPU_AVX_512F`)."""


def frame_ticks(rate: Rate) -> int:
    """Units of a file's time in one frame: 512, or 1001 at the rates of NTSC, where a second has 24,000 or 30,000."""
    return TICKS if isinstance(rate, int) else rate.denominator


def container_options(fps: Rate) -> dict[str, str]:
    """Return the muxer's options of an MP4 whose bytes depend on nothing but its frames."""
    return {"video_track_timescale": str(fps * frame_ticks(fps)), "fflags": "+bitexact"}


def open_stream(
    container: av.container.OutputContainer, width: int, height: int, fps: Rate, settings: Mapping[str, str]
) -> VideoStream:
    """Open an encoder of one thread: more are not reproducible.

    Args:
        container: Where the stream goes.
        width: Width of the frames, in pixels, even.
        height: Height of the frames, in pixels, even.
        fps: Frames per second.
        settings: Options of libx264. `x264-params` are added to ours.

    Returns:
        The stream, tagged BT.709, limited range, chroma sited left.
    """
    own = {key: value for key, value in settings.items() if key != "x264-params"}
    parameters = ":".join(filter(None, (_reproducible(width, height), settings.get("x264-params"))))
    stream = container.add_stream(
        "libx264",
        rate=fps,
        options={**own, "chroma_sample_location": "left", "x264-params": parameters},
    )
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = width, height, "yuv420p"
    context.time_base = Fraction(1, fps)
    context.thread_count = 1
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED
    return stream


def _reproducible(width: int, height: int) -> str:
    """Write what makes x264's output depend on nothing but the frames.

    Besides several threads, that is its AVX-512 code: its lookahead reads memory that was never written when the
    picture does not end on a whole macroblock, and decides by it. Found by encoding the same frames under different
    values of glibc's MALLOC_PERTURB_; with AVX2 all agree, and agree with AVX-512 on whole macroblocks.
    """
    parameters = "threads=1:lookahead-threads=1:open-gop=0"
    if (width % MACROBLOCK or height % MACROBLOCK) and cv2.checkHardwareSupport(AVX512):
        parameters += ":asm=avx2,fma3,bmi2,lzcnt"
    return parameters


def planes_of(frame: av.VideoFrame) -> Planes:
    """View the memory of a frame, so that it is painted, or read, in place.

    Args:
        frame: A frame in yuv420p. The view holds only as long as it lives.
    """
    views: list[Plane] = []
    for plane in frame.planes:
        samples: Plane = np.frombuffer(plane, np.uint8)  # type: ignore[call-overload]
        views.append(samples.reshape(plane.height, plane.line_size)[:, : plane.width])
    return Planes(*views)
