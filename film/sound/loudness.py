"""Measures loudness by EBU R128 (ITU-R BS.1770): FFmpeg's `ebur128`, in this process."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

import av
import numpy as np
from av.filter import Graph

from film.sound.playing import Samples
from schemas.sound import SAMPLE_RATE

UNHEARD_LUFS = -69.0
"""Below this nothing passed the meter's absolute gate of -70 LUFS."""

LEAST_SAMPLES = SAMPLE_RATE * 2 // 5
"""The meter's shortest stretch, 400 ms; what is shorter is repeated to be measured."""


class Measured(NamedTuple):
    """Loudness and peak of a sound."""

    lufs: float | None
    """Integrated loudness; None where it is silent."""
    peak_dbtp: float | None
    """True peak; None where it is silent, or was not measured."""


class Meter:
    """Measures a sound that is handed over piece by piece."""

    def __init__(self, *, peaks: bool = False) -> None:
        """Begin to measure.

        Args:
            peaks: Whether true peaks are measured too: it takes most of the time.
        """
        self._graph = Graph()
        self._source = self._graph.add_abuffer(
            sample_rate=SAMPLE_RATE, format="fltp", layout="stereo", time_base=Fraction(1, SAMPLE_RATE)
        )
        meter = self._graph.add("ebur128", f"metadata=1:peak={'true' if peaks else 'none'}")
        self._sink = self._graph.add("abuffersink")
        self._source.link_to(meter)
        meter.link_to(self._sink)
        self._graph.configure()
        self._peaks = peaks
        self._count = 0
        self._short: list[Samples] = []
        self._last: dict[str, str] = {}

    def add(self, samples: Samples) -> None:
        """Measure some more."""
        if self._count < LEAST_SAMPLES:
            self._short.append(samples)
        self._push(samples)

    def result(self) -> Measured:
        """End, and say what was measured."""
        # The meter rounds to thousandths of full scale: what is shorter than one of its stretches is heard several
        # times, which changes neither loudness nor peak.
        while 0 < self._count < LEAST_SAMPLES:
            self._push(np.concatenate(self._short, axis=1))
        self._source.push(None)
        self._drain()
        lufs = float(self._last.get("lavfi.r128.I", "-inf"))
        peak = float(self._last.get("lavfi.r128.true_peak", "0"))
        return Measured(
            None if not lufs > UNHEARD_LUFS else lufs,
            20 * math.log10(peak) if self._peaks and peak > 0 else None,
        )

    def _push(self, samples: Samples) -> None:
        if not samples.shape[1]:
            return
        self._source.push(audio_frame(samples, self._count))
        self._count += samples.shape[1]
        self._drain()

    def _drain(self) -> None:
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            self._last.update(frame.metadata)


def audio_frame(samples: Samples, pts: int) -> av.AudioFrame:
    """Make a frame of samples, float and planar.

    Args:
        samples: 2 × n.
        pts: Number of the first.
    """
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32), format="fltp", layout="stereo")
    frame.sample_rate = SAMPLE_RATE
    frame.pts = pts
    frame.time_base = Fraction(1, SAMPLE_RATE)
    return frame
