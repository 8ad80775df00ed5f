"""Catches true peaks: FFmpeg's look-ahead limiter, four times oversampled."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.filter import Graph

from film.sound.loudness import audio_frame
from film.sound.playing import Samples
from schemas.sound import SAMPLE_RATE

OVERSAMPLING = 4
"""As ITU-R BS.1770 (annex 2) measures true peaks: between samples a signal is higher than at them."""

ATTACK_MS, RELEASE_MS = 5, 80


class Limiter:
    """Limits a sound that is handed over piece by piece; what comes out is as long, and not later."""

    def __init__(self, ceiling_db: float) -> None:
        """Begin.

        Args:
            ceiling_db: Highest true peak, in dBTP, above -24.
        """
        self._graph = Graph()
        self._source = self._graph.add_abuffer(
            sample_rate=SAMPLE_RATE, format="fltp", layout="stereo", time_base=Fraction(1, SAMPLE_RATE)
        )
        limit = 10 ** (ceiling_db / 20)
        chain = [
            ("aresample", f"{SAMPLE_RATE * OVERSAMPLING}"),
            ("alimiter", f"limit={limit:.6f}:attack={ATTACK_MS}:release={RELEASE_MS}:level=0:latency=1"),
            ("aresample", f"{SAMPLE_RATE}"),
            ("aformat", "sample_fmts=fltp:channel_layouts=stereo"),
            ("abuffersink", ""),
        ]
        before: Any = self._source
        for name, options in chain:
            made = self._graph.add(name, options or None)
            before.link_to(made)
            before = made
        self._sink = before
        self._graph.configure()
        self._count = 0

    def limit(self, samples: Samples) -> Samples:
        """Take some more; return what is ready."""
        self._source.push(audio_frame(samples, self._count))
        self._count += samples.shape[1]
        return self._ready()

    def rest(self) -> Samples:
        """End; return what is left."""
        self._source.push(None)
        return self._ready()

    def _ready(self) -> Samples:
        found: list[Samples] = []
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            found.append(np.asarray(frame.to_ndarray(), np.float32))
        return np.concatenate(found, axis=1) if found else np.zeros((2, 0), np.float32)
