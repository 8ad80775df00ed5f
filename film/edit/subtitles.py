r"""The subtitle track inside an MP4 (3GPP Timed Text, ISO/IEC 14496-17; FFmpeg's `mov_text`): written, and read back.

The samples are written here rather than by FFmpeg's converter from SubRip, which takes `<…>` and `{\…}` in a line for
markup and drops the words. Times are whole frames, without SubRip's rounding to milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, cast

import av
from av.stream import Discard
from av.subtitles.stream import SubtitleStream

from schemas.errors import RenderRefused
from schemas.rate import Rate
from schemas.timeline import Cue

_CODEC = "mov_text"
_STYLE = (
    b"[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour\nStyle: Default,Arial,16,&Hffffff\n"
)
"""What players are told of the letters, from which the codec writes the track's sample description."""


class Shown(NamedTuple):
    """A subtitle as a player shows it."""

    start_s: float
    end_s: float
    text: str


def write_subtitles(cues: Sequence[Cue], fps: Rate, path: Path) -> None:
    """Write a subtitle track by itself, to be joined to the pictures without another conversion.

    Args:
        cues: Cues of the film, in order, not overlapping; at least one.
        fps: Frames per second.
        path: The MP4 to write.
    """
    base = Fraction(1, fps)
    with av.open(str(path), "w", format="mp4") as container:
        track = cast(SubtitleStream, container.add_stream(_CODEC))
        track.codec_context.subtitle_header = _STYLE
        track.time_base = base
        for cue in cues:
            text = cue.text.encode("utf-8")
            packet = av.Packet(len(text).to_bytes(2, "big") + text)
            packet.stream, packet.time_base = track, base
            packet.pts = packet.dts = cue.start
            packet.duration = cue.end - cue.start
            container.mux(packet)


def read_subtitles(path: Path) -> list[Shown]:
    """Read the subtitles of a finished film, as a player would.

    Args:
        path: The film.

    Returns:
        What is shown, in the order of the film; empty where it has no subtitle track.

    Raises:
        RenderRefused: The track cannot be read, or there are several.
    """
    try:
        with av.open(str(path)) as container:
            tracks = container.streams.subtitles
            if len(tracks) > 1:
                raise RenderRefused(f"{path.name} has {len(tracks)} subtitle tracks instead of one; join it again.")
            if not tracks:
                return []
            for stream in container.streams:
                stream.discard = Discard.default if stream is tracks[0] else Discard.all
            return [shown for packet in container.demux(tracks[0]) if (shown := _shown(packet)) is not None]
    except (av.error.FFmpegError, UnicodeDecodeError) as error:
        raise RenderRefused(f"The subtitles of {path.name} cannot be read; join it again.") from error


def _shown(packet: av.Packet[Any]) -> Shown | None:
    """Read a sample: its length in two bytes, the text, and styles that may follow. One without text is a gap."""
    data = bytes(packet)
    length = int.from_bytes(data[:2], "big")
    if not length or packet.pts is None or packet.time_base is None:
        return None
    start = packet.pts * packet.time_base
    end = start + (packet.duration or 0) * packet.time_base
    return Shown(float(start), float(end), data[2 : 2 + length].decode("utf-8"))
