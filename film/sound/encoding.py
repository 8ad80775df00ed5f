"""Encodes samples: AAC in MP4 for players, PCM in QuickTime for editors."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np

from film.sound.loudness import audio_frame
from film.sound.playing import Samples
from schemas.enums import SoundCodec
from schemas.sound import SAMPLE_RATE

BIT_RATE = 256_000
"""Of AAC in stereo, in bits a second: transparent for music by FFmpeg's own encoder."""

CONTAINER = {"fflags": "+bitexact", "movie_timescale": str(SAMPLE_RATE)}
"""Options of the muxer: an edit list that counts samples, where it would count milliseconds."""

_BITEXACT = 1 << 23
"""FFmpeg's `AV_CODEC_FLAG_BITEXACT`: no version of the encoder in what it writes."""

_FULL = 2**31 - 128
"""Full scale of 32 bits that a float of 24 reaches without passing over."""


class SoundEncoder:
    """A sound file that is being written. Use it in a `with` statement."""

    def __init__(self, out: Path, codec: SoundCodec, length: int) -> None:
        """Open the file.

        Args:
            out: The file to write.
            codec: How.
            length: Its length in samples: what is handed over beyond is left out, what lacks is silence.
        """
        self._codec, self._length, self._count = codec, length, 0
        self._container = av.open(str(out), "w", format=codec.container, options=CONTAINER)
        stream: Any = self._container.add_stream(codec.value, rate=SAMPLE_RATE, layout="stereo")
        stream.codec_context.flags |= _BITEXACT
        if codec is SoundCodec.AAC:
            stream.bit_rate = BIT_RATE
        stream.time_base = Fraction(1, SAMPLE_RATE)
        self._stream = stream

    def __enter__(self) -> Self:
        """Return the encoder itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file; after an error, only close it."""
        try:
            if error is None:
                self._finish()
        finally:
            self._container.close()

    def add(self, samples: Samples) -> Samples:
        """Encode some more; return what of it is inside the length."""
        inside = samples[:, : self._length - self._count]
        if inside.shape[1]:
            self._container.mux(self._stream.encode(self._frame(inside)))
            self._count += inside.shape[1]
        return inside

    def _finish(self) -> None:
        while self._count < self._length:
            self.add(np.zeros((2, min(SAMPLE_RATE, self._length - self._count)), np.float32))
        self._container.mux(self._stream.encode(None))

    def _frame(self, samples: Samples) -> av.AudioFrame:
        if self._codec is SoundCodec.AAC:
            return audio_frame(samples, self._count)
        whole = np.round(np.clip(samples.astype(np.float64), -1.0, 1.0) * _FULL).astype(np.int32)
        packed = np.ascontiguousarray(whole.T).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s32", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, self._count, Fraction(1, SAMPLE_RATE)
        return frame
