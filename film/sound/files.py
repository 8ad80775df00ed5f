"""Reads sound files that a user gives: what cannot be heard is refused before anything starts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from film.sound.playing import Playing, SoundUnreadable
from schemas.errors import InvalidSound
from schemas.sound import MAX_SOUND_BYTES, SAMPLE_RATE, SoundFile

SILENT = 1e-4
"""Peak of full scale below which nothing can be heard: -80 dBFS."""

LEAST_SAMPLES = SAMPLE_RATE // 50
"""A sound is at least so long, in samples: shorter ones are a click."""


def read_sound(path: Path, what: str, need_s: float) -> SoundFile:
    """Decode a sound file as far as a film may need it.

    Args:
        path: The file.
        what: What it is to the user, for the sentence: `--music theme.mp3`.
        need_s: Length of the film, in seconds: what lies beyond is not looked at.

    Returns:
        What it is.

    Raises:
        InvalidSound: It is not there, is no sound, does not decode, or is silent as far as it was decoded.
    """
    try:
        size = path.stat().st_size if path.is_file() else None
        if size is None:
            raise InvalidSound(f"{what}: there is no such file.")
        if size > MAX_SOUND_BYTES:
            raise InvalidSound(f"{what} is larger than {MAX_SOUND_BYTES >> 30} GiB; give what the film needs of it.")
        digest = _digest(path)
    except OSError as error:
        raise InvalidSound(f"{what} cannot be read: {error.strerror}.") from error
    try:
        samples, peak = _listen(path, int(need_s * SAMPLE_RATE) + SAMPLE_RATE)
    except SoundUnreadable as error:
        raise InvalidSound(f"{what} {error}; give a WAV, FLAC, MP3, AAC or Ogg file.") from error
    if not samples:
        raise InvalidSound(f"{what} holds no sound that can be decoded; give a WAV, FLAC, MP3, AAC or Ogg file.")
    if samples < LEAST_SAMPLES:
        raise InvalidSound(f"{what} is no longer than {samples / SAMPLE_RATE:.3f} s; nothing can be heard of it.")
    if peak < SILENT:
        raise InvalidSound(f"{what} is silent as far as the film would play it; give one that can be heard.")
    return SoundFile(sha256=digest, name=path.name, samples=samples)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _listen(path: Path, most: int) -> tuple[int, float]:
    """Decode at most so many samples. Return how many there were, and the highest."""
    count, peak = 0, 0.0
    with Playing(path) as playing:
        while count < most and (piece := playing.read(min(SAMPLE_RATE, most - count))).shape[1]:
            count += piece.shape[1]
            peak = max(peak, float(np.abs(piece).max()))
    return count, peak
