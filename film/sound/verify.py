"""Decodes and measures the sound of a finished film."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from film.sound.loudness import Measured, Meter
from film.sound.mixing import sample_of
from schemas.enums import SoundCodec, SoundKind
from schemas.errors import RenderRefused
from schemas.rate import Rate
from schemas.sound import SAMPLE_RATE, MixLevels, SoundFigures, Soundtrack

TOLERANCE_LU = 1.0
"""How far the film's loudness may be from what its sound was mixed to."""


def check_sound(
    path: Path,
    soundtrack: Soundtrack | None,
    levels: MixLevels | None,
    codec: SoundCodec,
    *,
    frames: int,
    fps: Rate,
    progress: Callable[[int], None] = lambda _: None,
) -> SoundFigures | None:
    """Decode all that is heard in a film, and hold it against what was mixed.

    Args:
        path: The film.
        soundtrack: What is to be heard; None for a silent film.
        levels: What it was mixed to; None for a silent film.
        codec: How it is encoded.
        frames: Length of the film.
        fps: Its frames a second.
        progress: Called now and then with a number that grows.

    Returns:
        What was measured; None for a silent film.

    Raises:
        RenderRefused: There is no sound where there should be one, or some where there should be none; it does not
            decode, is more than a frame longer or shorter than the film, or is not as loud as it was mixed.
    """
    with av.open(str(path)) as container:
        streams = container.streams.audio
        if soundtrack is None or levels is None:
            if streams:
                raise RenderRefused(f"{path.name} has sound, and should have none; join it again.")
            return None
        if len(streams) != 1:
            raise RenderRefused(f"{path.name} has {len(streams)} tracks of sound instead of one; join it again.")
        context = streams[0].codec_context
        found = context.name, context.sample_rate, context.layout.name
        if found != (codec.value, SAMPLE_RATE, "stereo"):
            raise RenderRefused(f"The sound of {path.name} is {found}, not {codec.value} in stereo; mix it again.")
        measured, samples = _listen(container, streams[0], path, progress)
    _check_length(path, samples, frames, fps)
    _check_loudness(path, measured, levels)
    kinds = [clip.kind for clip in soundtrack.clips]
    return SoundFigures(
        lufs=measured.lufs,
        peak_dbtp=None if measured.peak_dbtp is None else round(measured.peak_dbtp, 2),
        seconds=float(samples),
        codec=codec.value,
        music=kinds.count(SoundKind.MUSIC),
        voices=kinds.count(SoundKind.VOICE),
        limited_db=round(levels.limited_db, 2),
        notes=tuple(_notes(soundtrack, measured)),
    )


def _listen(container: Any, stream: Any, path: Path, progress: Callable[[int], None]) -> tuple[Measured, Fraction]:
    """Decode everything. Return what was measured, and how long the track is in seconds."""
    meter, count = Meter(peaks=True), 0
    stream.codec_context.thread_count = 1
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
    try:
        for frame in container.decode(stream):
            for piece in resampler.resample(frame):
                meter.add(np.asarray(piece.to_ndarray(), np.float32))
            count += frame.samples
            progress(count)
    except av.error.FFmpegError as error:
        raise RenderRefused(f"The sound of {path.name} does not decode to its end; mix it again.") from error
    lasts = Fraction(stream.duration or 0) * (stream.time_base or Fraction(1))
    # A codec fills its last packet up: up to a packet more than the track says may be decoded.
    if not lasts <= Fraction(count, SAMPLE_RATE) <= lasts + Fraction(2048, SAMPLE_RATE):
        raise RenderRefused(f"Of the {float(lasts):.3f} s of sound in {path.name}, {count / SAMPLE_RATE:.3f} s decode.")
    return meter.result(), lasts


def _check_length(path: Path, lasts: Fraction, frames: int, fps: Rate) -> None:
    wanted = Fraction(sample_of(frames, fps), SAMPLE_RATE)
    if abs(lasts - wanted) > 1 / Fraction(fps):
        raise RenderRefused(f"The sound of {path.name} lasts {float(lasts):.3f} s instead of {float(wanted):.3f} s.")


def _check_loudness(path: Path, measured: Measured, levels: MixLevels) -> None:
    found, mixed = measured.lufs, levels.lufs
    near = found is not None and mixed is not None and abs(found - mixed) <= TOLERANCE_LU
    if not near and (found is not None or mixed is not None):
        raise RenderRefused(f"The sound of {path.name} is {_say(found)}, not {_say(mixed)}; mix it again.")


def _say(lufs: float | None) -> str:
    return "silent" if lufs is None else f"at {lufs:.1f} LUFS"


def _notes(soundtrack: Soundtrack, measured: Measured) -> list[str]:
    target = soundtrack.loudness.integrated_lufs
    if measured.lufs is None:
        return ["Nothing is heard of the sound that was given."]
    if abs(measured.lufs - target) > TOLERANCE_LU:
        return [
            f"The sound is at {measured.lufs:.1f} LUFS rather than {target:.1f}: its peaks are so much louder than the "
            "rest that more would distort."
        ]
    return []
