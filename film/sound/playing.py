"""Plays a sound file: any format becomes stereo at one rate, a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from numpy.typing import NDArray

from schemas.sound import SAMPLE_RATE

Samples = NDArray[np.float32]
"""2 × n samples, left and right; full scale is 1."""

FORMATS = "wav,w64,mp3,flac,ogg,aac,aiff,caf,au,ac3,mov,mp4,m4a,matroska,webm,mpegts,avi,asf"
"""What is opened: formats that hold sound. None of them leads to another file, as playlists would."""

FILES_ALONE = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
"""Options of a demuxer: whatever a file says, it leads to no address."""


class SoundUnreadable(Exception):
    """A file holds no sound, or its sound does not decode. The text goes on after "music.mp3 "."""


class Playing:
    """A sound file that is being played from its beginning. Use it in a `with` statement.

    There is no seeking: places in compressed files are known exactly only to whoever decoded all before them.
    """

    def __init__(self, path: Path) -> None:
        """Open a file.

        Args:
            path: The file.

        Raises:
            SoundUnreadable: It is no sound file that can be read.
        """
        try:
            self._container = av.open(str(path), options=FILES_ALONE, metadata_errors="replace")
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise SoundUnreadable(f"is no sound file that can be read ({_words(error)})") from error
        if not self._container.streams.audio:
            self._container.close()
            raise SoundUnreadable("holds no sound")
        self._frames = self._decode()
        self._left: Samples = np.zeros((2, 0), np.float32)
        self.ended = False

    def __enter__(self) -> Self:
        """Return the player itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def read(self, samples: int) -> Samples:
        """Play on.

        Args:
            samples: How many samples.

        Returns:
            As many, or fewer where the file ends; none behind its end.

        Raises:
            SoundUnreadable: The sound does not decode.
        """
        pieces, have = [self._left], self._left.shape[1]
        while have < samples and not self.ended:
            piece = next(self._frames, None)
            if piece is None:
                self.ended = True
            else:
                pieces.append(piece)
                have += piece.shape[1]
        whole = np.concatenate(pieces, axis=1) if len(pieces) > 1 else pieces[0]
        self._left = whole[:, samples:]
        # Files of floating point may hold anything.
        return np.nan_to_num(whole[:, :samples], nan=0.0, posinf=0.0, neginf=0.0)

    def skip(self, samples: int) -> None:
        """Play on without being heard."""
        while samples > 0 and not (self.ended and not self._left.shape[1]):
            samples -= self.read(min(samples, SAMPLE_RATE)).shape[1]

    def _decode(self) -> Iterator[Samples]:
        """Decode frame by frame; the resampler's rest comes last."""
        stream = self._container.streams.audio[0]
        stream.codec_context.thread_count = 1
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        try:
            for frame in _frames(self._container, stream):
                frame.pts = None  # What is decoded is played without gaps, whatever its time stamps say.
                yield from map(_samples, resampler.resample(frame))
            yield from map(_samples, resampler.resample(None))
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise SoundUnreadable(f"does not decode ({_words(error)})") from error


def _frames(container: Any, stream: Any) -> Iterator[av.AudioFrame]:
    """Decode packet by packet. What is no sound before the first and behind the last that is, is a tag's remains."""
    sound, broken = False, False
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            broken = sound
            continue
        if frames and broken:
            raise SoundUnreadable("is damaged in the middle")
        sound = sound or bool(frames)
        yield from frames


def _samples(frame: av.AudioFrame) -> Samples:
    array: Any = frame.to_ndarray()
    return np.asarray(array, np.float32)


def _words(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).lower()
