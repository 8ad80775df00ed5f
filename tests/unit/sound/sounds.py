"""Small sounds to mix and to listen to, made by FFmpeg as users' programs would make them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from film.sound.files import read_sound
from schemas.enums import SoundKind
from schemas.sound import SoundClip, SoundFile

FPS = 24
RATE = 48_000


def ffmpeg(*arguments: str | Path) -> str:
    """Run FFmpeg; return what it says."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-hide_banner", "-nostats", "-y", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stderr


def tone(path: Path, seconds: float, hertz: int = 440, *, volume: float = 0.1, options: tuple[str, ...] = ()) -> Path:
    """Write a sine; the file's name says the format."""
    source = f"sine=frequency={hertz}:duration={seconds}:sample_rate=44100,volume={volume * 8}"
    ffmpeg("-f", "lavfi", "-i", source, *options, path)
    return path


def noise(path: Path, seconds: float, *, volume: float = 0.2, seed: int = 1, after_s: float = 0.0) -> Path:
    """Write pink noise in stereo, after some silence."""
    source = f"anoisesrc=color=pink:duration={seconds}:seed={seed}:amplitude={volume}"
    delay = f"adelay={int(after_s * 1000)}:all=1"
    ffmpeg("-f", "lavfi", "-i", source, "-af", delay, "-ac", "2", path)
    return path


def given(path: Path, need_s: float = 60.0) -> SoundFile:
    return read_sound(path, str(path), need_s)


def clip(kind: SoundKind, file: SoundFile, start: int, frames: int, **fields: object) -> SoundClip:
    media = max(1, round(file.samples * FPS / RATE))
    return SoundClip.model_validate(
        {
            "kind": kind,
            "name": file.name,
            "media_key": f"artifacts/{file.name}",
            "media_sha256": file.sha256,
            "media_frames": media,
            "start": start,
            "frames": frames,
            **fields,
        }
    )


def heard(path: Path) -> NDArray[np.float64]:
    """Decode a file's sound as a player would: 2 × n samples."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        lasts = round((stream.duration or 0) * (stream.time_base or 1) * RATE)
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        pieces = [piece.to_ndarray() for frame in container.decode(stream) for piece in resampler.resample(frame)]
    return np.concatenate(pieces, axis=1)[:, :lasts].astype(np.float64)


def level(samples: NDArray[np.float64], start_s: float, end_s: float) -> float:
    """Root mean square of a stretch, in dB of full scale."""
    part = samples[:, round(start_s * RATE) : round(end_s * RATE)]
    return float(10 * np.log10(np.mean(np.square(part)) + 1e-12))


def level_of_tone(samples: NDArray[np.float64], hertz: int, start_s: float, end_s: float) -> float:
    """How loud one frequency is in a stretch, in dB of full scale."""
    part = samples[0, round(start_s * RATE) : round(end_s * RATE)]
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / RATE) * np.hanning(len(part))
    return float(20 * np.log10(np.abs(np.dot(part, wave)) / np.hanning(len(part)).sum() * 2 + 1e-12))


def loudness(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, as FFmpeg's program measures them."""
    said = ffmpeg("-i", path, "-af", "ebur128=peak=true", "-f", "null", "-")
    summary = said[said.rindex("Summary:") :]
    integrated = re.search(r"I:\s+(-?[\d.]+) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert integrated is not None
    assert peak is not None
    return float(integrated[1]), float(peak[1])
