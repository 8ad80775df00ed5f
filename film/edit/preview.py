"""The film so far, to be watched while the rest is made: finished segments as they are, nothing encoded again.

Source of the forms: *HTTP Live Streaming* (RFC 8216) with fragmented MP4 (ISO/IEC 14496-12, 8.8; *Apple HLS Authoring
Specification*, 1.5): an `EVENT` playlist grows at its end, and is closed when nothing more will come.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import ffmpeg
import imageio_ffmpeg

from film.edit.guard import Guard, run_guarded
from film.edit.join import FILES_ALONE, check_ended, most_bytes
from film.motion.h264 import container_options, frame_ticks
from schemas.errors import EncoderFailed
from schemas.rate import Rate

PLAYLIST = "index.m3u8"
INIT = "init.mp4"

_FRAGMENTS = "empty_moov+frag_keyframe+default_base_moof"
_CONTAINERS = frozenset({b"moof", b"traf"})


class PreviewWriter:
    """A folder that holds a playlist and its pieces. Players may follow it while it grows."""

    def __init__(self, folder: Path, rate: Rate) -> None:
        """Begin an empty preview.

        Args:
            folder: Where to; it exists. A preview that lies there is replaced.
            rate: The film's frames a second.
        """
        self._folder, self._rate = folder, rate
        self._lengths: list[int] = []
        self._ended = False

    @property
    def segments(self) -> int:
        """How many segments it holds."""
        return len(self._lengths)

    def add(self, segment: Path, frames: int) -> None:
        """Add the next segment.

        Args:
            segment: Its MP4.
            frames: Its length.

        Raises:
            EncoderFailed: FFmpeg cannot read it.
            StorageFull: No space is left.
        """
        whole = self._folder / f".{segment.stem}.fragmented.mp4"
        try:
            ended = run_guarded(
                fragment_command(segment, whole, self._rate), whole, Guard(most_bytes=most_bytes([segment]))
            )
            check_ended(ended, whole)
            head, body = _divided(whole.read_bytes(), sum(self._lengths) * frame_ticks(self._rate))
        finally:
            whole.unlink(missing_ok=True)
        if not self._lengths:
            _put(self._folder / INIT, head)
        _put(self._folder / _name(len(self._lengths)), body)
        self._lengths.append(frames)
        self._write()

    def end(self) -> None:
        """Say that nothing more will come."""
        self._ended = True
        self._write()

    def _write(self) -> None:
        lasts = [Fraction(frames) / self._rate for frames in self._lengths]
        longest = math.ceil(max(lasts, default=Fraction(1)))
        lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{longest}", "#EXT-X-PLAYLIST-TYPE:EVENT"]
        lines += ["#EXT-X-INDEPENDENT-SEGMENTS", f'#EXT-X-MAP:URI="{INIT}"']
        for index, seconds in enumerate(lasts):
            lines += [f"#EXTINF:{float(seconds):.6f},", _name(index)]
        lines += ["#EXT-X-ENDLIST"] if self._ended else []
        _put(self._folder / PLAYLIST, ("\n".join(lines) + "\n").encode())


def fragment_command(segment: Path, out: Path, rate: Rate) -> list[str]:
    """Compile the command that makes a segment one whose index comes piece by piece; its frames are copied.

    Args:
        segment: The segment.
        out: The fragmented MP4.
        rate: Its frames a second: its times count in the segments' own units, whatever FFmpeg would choose.

    Returns:
        The command's arguments, the program first.
    """
    stream = ffmpeg.input(str(segment), **FILES_ALONE)["v"]
    own = {"c": "copy", "map_metadata": -1, "movflags": _FRAGMENTS, "f": "mp4"}
    options = {**own, **container_options(rate)}
    command = ffmpeg.output(stream, str(out), **options).global_args(
        "-nostdin", "-xerror", "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1"
    )
    arguments: list[str] = command.overwrite_output().compile(cmd=imageio_ffmpeg.get_ffmpeg_exe())
    return arguments


def _name(index: int) -> str:
    return f"piece_{index + 1:05d}.m4s"


def _put(path: Path, data: bytes) -> None:
    """Write a file so that no player sees a part of it."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    while start + 8 <= end:
        size = int.from_bytes(data[start : start + 4], "big")
        if not 8 <= size <= end - start:
            return
        yield _Box(data[start + 4 : start + 8], start, start + size)
        start += size


def _divided(data: bytes, ticks: int) -> tuple[bytes, bytes]:
    """Divide a fragmented MP4 into what is said once and its fragments, and let these begin at a time of the film.

    Args:
        data: The file.
        ticks: When it begins, in its own units.
    """
    made = bytearray(data)
    boxes = list(_boxes(data, 0, len(data)))
    first = next((box.start for box in boxes if box.kind == b"moof"), None)
    if first is None:
        raise EncoderFailed("FFmpeg made no fragments of a segment; its preview cannot be shown.")
    last = next((box.start for box in boxes if box.kind == b"mfra"), len(data))
    for box in _times(data, first, last):
        # tfdt: version and flags, then the fragment's time, of 64 bits in version 1.
        wide = data[box.start + 8] == 1
        place = slice(box.start + 12, box.start + (20 if wide else 16))
        time = int.from_bytes(data[place], "big") + ticks
        made[place] = time.to_bytes(8 if wide else 4, "big")
    return bytes(made[:first]), bytes(made[first:last])


def _times(data: bytes, start: int, end: int) -> Iterator[_Box]:
    for box in _boxes(data, start, end):
        if box.kind in _CONTAINERS:
            yield from _times(data, box.start + 8, box.end)
        elif box.kind == b"tfdt":
            yield box
