"""From a soundtrack to one finished sound file: levelled by one number for the whole film, peaks caught."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from film.edit.encode import named_errors
from film.sound.encoding import SoundEncoder
from film.sound.limiter import Limiter
from film.sound.loudness import Measured, Meter
from film.sound.mixing import Block, blocks, duck_curve, level_between, power_of, sample_of
from film.sound.playing import Samples
from schemas.enums import SoundCodec
from schemas.rate import Rate
from schemas.sound import MixLevels, Soundtrack

QUIETER_DB = 20.0
"""A voice speaks where it is no more than this below its loudness; the rest is breath and room."""

MOST_GAIN_DB = 40.0
"""No source is raised by more: what needs it is noise."""

HEADROOM_DB = 0.6
"""How far below the highest true peak the limiter stays: encoding moves peaks."""

MOST_LIMITED_DB = 9.0
"""No peak is lowered by more. A film that would need it stays quieter than was asked for, and says so."""

TOLERANCE_LU = 0.3
"""How near to the loudness that was asked for is near enough."""

TRIES = 3
"""How often the gain is set anew where the limiter took loudness away."""


def make_mix(
    soundtrack: Soundtrack,
    files: Mapping[str, Path],
    frames: int,
    fps: Rate,
    codec: SoundCodec,
    out: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> MixLevels:
    """Mix, level and encode the sound of a film. The same soundtrack and files give the same bytes.

    All music together and all voices together are first brought to the same loudness, so that their gains mean the same
    whatever they were recorded like; then the music makes room; then the whole is raised or lowered by one number. Only
    peaks that would pass the highest true peak are caught by a limiter.

    Args:
        soundtrack: What is heard.
        files: For each `media_sha256`, its file.
        frames: Length of the film, in frames; the sound has it to the sample.
        fps: Frames a second.
        codec: How to encode.
        out: The file to write; it appears only when it is whole.
        progress: Called now and then with a number that grows.

    Returns:
        What it was levelled to, before it was encoded.

    Raises:
        ArtifactMissing: A file is not there.
        RenderRefused: A file does not decode.
        StorageFull: No space is left.
        EncoderFailed: The encoder failed.
    """
    mixer = _Mixer(soundtrack, files, frames, fps, progress)
    part = out.with_name(f"{out.name}.part")
    try:
        with named_errors(out):
            levels = mixer.master(part, codec)
            os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
    return levels


@dataclass
class _Mixer:
    soundtrack: Soundtrack
    files: Mapping[str, Path]
    frames: int
    fps: Rate
    progress: Callable[[int], None]
    done: int = 0

    def master(self, out: Path, codec: SoundCodec) -> MixLevels:
        target = self.soundtrack.loudness
        self._listen()
        whole = Meter(peaks=True)
        for samples in self._mixed():
            whole.add(samples)
        found = whole.result()
        ceiling = target.peak_dbtp - HEADROOM_DB
        gain, most = 0.0, np.inf
        if found.lufs is not None and found.peak_dbtp is not None:
            most = ceiling + MOST_LIMITED_DB - found.peak_dbtp
            gain = min(target.integrated_lufs - found.lufs, most)
        for _ in range(TRIES):
            over = 0.0 if found.peak_dbtp is None else max(0.0, found.peak_dbtp + gain - ceiling)
            made = self._encode(out, codec, gain, ceiling if over else None)
            if made.lufs is None or gain >= most or abs(target.integrated_lufs - made.lufs) <= TOLERANCE_LU:
                break
            gain = min(gain + target.integrated_lufs - made.lufs, most)
        return MixLevels(
            lufs=made.lufs,
            peak_dbtp=made.peak_dbtp,
            music_gain_db=self._music_db + gain,
            voice_gain_db=self._voice_db + gain,
            limited_db=over,
        )

    def _listen(self) -> None:
        """Find how loud music and voices are, and where somebody speaks."""
        music, voices, powers = Meter(), Meter(), []
        for block in self._blocks():
            music.add(block.music)
            voices.add(block.voices)
            powers.append(power_of(block.voices))
        target = self.soundtrack.loudness.integrated_lufs
        spoken = voices.result().lufs
        self._music_db = _gain(music.result(), target)
        self._voice_db = 0.0 if spoken is None else min(target - spoken, MOST_GAIN_DB)
        power = np.concatenate(powers)
        heard = power > 10 ** ((spoken - QUIETER_DB) / 10) if spoken is not None else np.zeros(len(power), bool)
        self._curve: NDArray[np.float32] = duck_curve(heard, self.soundtrack.ducking)

    def _blocks(self) -> Iterator[Block]:
        for block in blocks(self.soundtrack.clips, self.files, self.frames, self.fps):
            self.done += 1
            self.progress(self.done)
            yield block

    def _mixed(self) -> Iterator[Samples]:
        music, voice = np.float32(10 ** (self._music_db / 20)), np.float32(10 ** (self._voice_db / 20))
        for block in self._blocks():
            room = level_between(self._curve, block.start, block.music.shape[1])
            yield block.music * (music * room) + block.voices * voice

    def _encode(self, out: Path, codec: SoundCodec, gain_db: float, ceiling_db: float | None) -> Measured:
        factor, meter = np.float32(10 ** (gain_db / 20)), Meter(peaks=True)
        limiter = Limiter(ceiling_db) if ceiling_db is not None else None
        with SoundEncoder(out, codec, sample_of(self.frames, self.fps)) as encoder:

            def take(samples: Samples) -> None:
                meter.add(encoder.add(samples))

            for samples in self._mixed():
                loud = samples * factor
                take(loud if limiter is None else limiter.limit(loud))
            if limiter is not None:
                take(limiter.rest())
        return meter.result()


def _gain(found: Measured, target: float) -> float:
    return 0.0 if found.lufs is None else min(target - found.lufs, MOST_GAIN_DB)
