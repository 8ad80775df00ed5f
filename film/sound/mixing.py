"""Mixes the clips of a soundtrack, a tenth of a second at a time: memory does not grow with film or music."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from film.sound.playing import Playing, Samples, SoundUnreadable
from schemas.enums import SoundKind
from schemas.errors import ArtifactMissing, RenderRefused
from schemas.rate import Rate
from schemas.sound import SAMPLE_RATE, Ducking, SoundClip

BLOCK = SAMPLE_RATE // 10
"""Samples that are mixed at once."""

STEP = SAMPLE_RATE // 100
"""Samples of which it is known whether somebody speaks: 10 ms."""


class Block(NamedTuple):
    """A stretch of the film, as many samples of each."""

    start: int
    music: Samples
    voices: Samples


def sample_of(frame: int, fps: Rate) -> int:
    """Say at which sample of the film a frame begins."""
    return round(Fraction(frame) * SAMPLE_RATE / Fraction(fps))


def blocks(clips: Sequence[SoundClip], files: Mapping[str, Path], frames: int, fps: Rate) -> Iterator[Block]:
    """Play all clips side by side, each with its gain and its fades.

    Args:
        clips: What is heard.
        files: For each `media_sha256`, its file.
        frames: Length of the film, in frames.
        fps: Frames a second.

    Yields:
        Blocks of `BLOCK` samples from the film's first to its last; the last block may be shorter.

    Raises:
        ArtifactMissing: A file is not there.
        RenderRefused: A file does not decode.
    """
    waiting = sorted(clips, key=lambda clip: (clip.start, clip.kind, clip.media_sha256), reverse=True)
    heard: list[_Voice] = []
    length = sample_of(frames, fps)
    try:
        for start in range(0, length, BLOCK):
            count = min(BLOCK, length - start)
            sums = {kind: np.zeros((2, count), np.float32) for kind in SoundKind}
            while waiting and sample_of(waiting[-1].start, fps) < start + count:
                heard.append(_Voice(waiting.pop(), files, fps))
            for voice in heard:
                voice.add_to(sums[voice.clip.kind], start)
            for voice in [voice for voice in heard if voice.end <= start + count]:
                voice.close()
                heard.remove(voice)
            yield Block(start, sums[SoundKind.MUSIC], sums[SoundKind.VOICE])
    finally:
        for voice in heard:
            voice.close()


class _Voice:
    """A clip that is being played."""

    def __init__(self, clip: SoundClip, files: Mapping[str, Path], fps: Rate) -> None:
        path = files.get(clip.media_sha256)
        if path is None or not path.is_file():
            raise ArtifactMissing(f"The sound {clip.name}, {clip.media_key}, is not there; order the film again.")
        self.clip = clip
        self.start, self.end = sample_of(clip.start, fps), sample_of(clip.end, fps)
        self._fade_in, self._fade_out = sample_of(clip.fade_in, fps), sample_of(clip.fade_out, fps)
        self._gain = 10 ** (clip.gain_db / 20)
        with _named(self.clip.name):
            self._playing = Playing(path)
            self._playing.skip(sample_of(clip.offset, fps))

    def close(self) -> None:
        self._playing.close()

    def add_to(self, block: Samples, start: int) -> None:
        """Add what is heard of the clip in a block that begins at a sample of the film."""
        first, last = max(self.start, start), min(self.end, start + block.shape[1])
        with _named(self.clip.name):
            samples = self._playing.read(last - first)
        count = samples.shape[1]  # A file that ends is followed by silence.
        block[:, first - start : first - start + count] += samples * self._level(first, count)

    def _level(self, first: int, count: int) -> NDArray[np.float32]:
        """The clip's level from a sample of the film on; fades are of equal power."""
        place = np.arange(first, first + count, dtype=np.float64)
        level = np.full(count, self._gain)
        if self._fade_in and first < self.start + self._fade_in:
            level *= np.sin(np.clip((place - self.start) / self._fade_in, 0, 1) * np.pi / 2)
        if self._fade_out and first + count > self.end - self._fade_out:
            level *= np.sin(np.clip((self.end - place) / self._fade_out, 0, 1) * np.pi / 2)
        return level.astype(np.float32)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Give what a file says of itself its name."""
    try:
        yield
    except SoundUnreadable as error:
        raise RenderRefused(f"The sound {name} {error}; order the film with another file.") from error


def power_of(voices: Samples) -> NDArray[np.float32]:
    """Measure the mean power of each `STEP` of a block, of the louder side; full scale is 1."""
    count = -(-voices.shape[1] // STEP)
    padded = np.zeros((2, count * STEP), np.float32)
    padded[:, : voices.shape[1]] = voices
    return np.asarray(np.square(padded).reshape(2, count, STEP).mean(axis=2).max(axis=0), np.float32)


def duck_curve(spoken: NDArray[np.bool_], ducking: Ducking) -> NDArray[np.float32]:
    """Say how much lower the music is at each `STEP`.

    Where voices are is known beforehand, so that the music is down when the first word begins, unlike behind a
    compressor, which hears the word first.

    Args:
        spoken: For each step, whether somebody speaks.
        ducking: How much and how fast.

    Returns:
        For each step a level in dB, from `-ducking.depth_db` to 0, linear in dB over attack and release.
    """
    if not spoken.any():
        return np.zeros(len(spoken), np.float32)
    per_second = SAMPLE_RATE / STEP
    places = np.arange(len(spoken), dtype=np.float64)
    since = places - np.maximum.accumulate(np.where(spoken, places, -np.inf))
    until = np.minimum.accumulate(np.where(spoken, places, np.inf)[::-1])[::-1] - places
    before = 1 - until / (ducking.attack_s * per_second)
    after = 1 - (since - ducking.hold_s * per_second) / (ducking.release_s * per_second)
    # Between two words that are near each other it stays down, rather than breathe.
    bridged = since + until <= ducking.hold_s * per_second
    depth = np.where(bridged, 1.0, np.clip(np.maximum(before, after), 0.0, 1.0))
    return (-ducking.depth_db * depth).astype(np.float32)


def level_between(curve: NDArray[np.float32], start: int, count: int) -> NDArray[np.float32]:
    """Turn a curve of `STEP`s into factors for the samples `start` … `start + count`."""
    places = np.arange(start, start + count, dtype=np.float64) / STEP - 0.5
    return np.asarray(10 ** (np.interp(places, np.arange(len(curve)), curve) / 20), np.float32)
