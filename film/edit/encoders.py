"""Opens the encoder that a film's settings name, and says whether one works here."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import av
from av.video.stream import VideoStream

from film.motion.h264 import BT709, LIMITED, container_options, open_stream
from schemas.enums import ProfileName
from schemas.payloads import EncoderChoice
from schemas.profiles import PROFILES
from schemas.rate import Rate
from schemas.timeline import EncoderSettings, VideoCodec

TRIAL_FRAMES = 8
TRIAL_SIZE = 320, 192
"""What is encoded to see whether an encoder works: small, and above the least that graphics cards take."""

PAINTED = "yuv420p"
"""The samples in which frames are painted."""


class Encoder(NamedTuple):
    """An encoder that takes frames as they are painted."""

    stream: VideoStream
    pixels: str

    def packets(self, frame: av.VideoFrame | None) -> list[Any]:
        """Encode a frame; None ends the stream.

        The frame is not kept: its memory may be painted over.
        """
        if frame is not None and self.pixels != PAINTED:
            # 8 bits become 10, and a row of chroma two, by FFmpeg's own scaler.
            made: Any = frame.reformat(format=self.pixels)
            made.pts, made.time_base = frame.pts, frame.time_base
            # ProRes writes what each frame says of its colours, not what the stream says.
            made.color_primaries = made.color_trc = made.colorspace = BT709
            made.color_range = LIMITED
            frame = made
        return list(self.stream.encode(frame))


def open_encoder(
    container: av.container.OutputContainer, width: int, height: int, fps: Rate, settings: EncoderSettings
) -> Encoder:
    """Open an encoder of one thread.

    Args:
        container: Where the stream goes, of the settings' own format.
        width: Width of the frames, in pixels, even.
        height: Height of the frames, in pixels, even.
        fps: Frames a second.
        settings: Which encoder, and how.

    Returns:
        The encoder; its stream is tagged BT.709, limited range, chroma sited left.
    """
    if settings.video is None:
        plain = {"preset": settings.preset, "crf": str(settings.crf)}
        return Encoder(open_stream(container, width, height, fps, plain), PAINTED)
    return Encoder(_other(container, width, height, fps, settings.video), settings.video.pixels)


def _other(
    container: av.container.OutputContainer, width: int, height: int, fps: Rate, video: VideoCodec
) -> VideoStream:
    os.environ.setdefault("SVT_LOG", "1")  # SVT-AV1 tells its settings on standard error otherwise.
    options = {**video.options, "chroma_sample_location": "left"}
    stream: Any = container.add_stream(video.encoder, rate=fps, options=options)
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = width, height, video.pixels
    context.time_base = Fraction(1, fps)
    context.thread_count = 1
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED
    context.codec_tag = video.tag
    opened: VideoStream = stream
    return opened


def why_not(settings: EncoderSettings, fps: Rate = 24) -> str | None:
    """Try an encoder, by encoding a few frames: that a library names it says nothing of the machine.

    Args:
        settings: The encoder.
        fps: Frames a second.

    Returns:
        None where it works, else the reason, in the words of whoever refused.
    """
    try:
        packets = list(_trial(settings, fps))
    except (av.error.FFmpegError, OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error) or type(error).__name__
    return None if packets else "it made nothing"


def choose(name: ProfileName) -> EncoderChoice:
    """Choose a profile that works on this machine: the one that is asked for, or the one that stands in for it.

    Args:
        name: What is asked for.

    Returns:
        The profile, and why it is another where it is.
    """
    profile = PROFILES[name]
    if profile.instead is None:
        return EncoderChoice(profile=name)
    reason = why_not(profile.encoder)
    if reason is None:
        return EncoderChoice(profile=name)
    return EncoderChoice(
        profile=profile.instead,
        note=f"Encoded as {profile.instead.value}, since {name.value} does not work where it was tried ({reason}).",
    )


def _trial(settings: EncoderSettings, fps: Rate) -> Iterator[Any]:
    width, height = TRIAL_SIZE
    with av.open(io.BytesIO(), "w", format=settings.container, options=container_options(fps)) as container:
        encoder = open_encoder(container, width, height, fps, settings)
        for number in range(TRIAL_FRAMES):
            frame = av.VideoFrame(width, height, PAINTED)
            for plane in frame.planes:
                plane.update(bytes([100 + number]) * plane.buffer_size)
            frame.pts, frame.time_base = number, Fraction(1, fps)
            yield from encoder.packets(frame)
        yield from encoder.packets(None)
