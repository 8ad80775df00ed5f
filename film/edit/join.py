"""Joins segments into the film, by FFmpeg, without encoding again."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import ffmpeg
import imageio_ffmpeg

from film.edit.encode import named_errors
from film.edit.guard import Ended, Guard, run_guarded
from film.motion.h264 import frame_ticks
from schemas.errors import EncoderFailed, StorageFull
from schemas.rate import Rate
from schemas.sound import SAMPLE_RATE

SPARE = 64 << 20
"""How much larger than its parts a film may be, in bytes: indices and subtitles, of which an hour takes some MB."""

FILES_ALONE = {"protocol_whitelist": "file,pipe", "format_whitelist": "concat,mov"}
"""What FFmpeg may open: whatever a file says, it leads to no address and to no other format."""

WORDS = 500
"""Most characters of FFmpeg's own words in a message."""

LANGUAGE = "und"
"""ISO 639-2 code of the subtitles where nothing is known of the script's language: undetermined."""


def write_concat_list(segments: Sequence[Path], path: Path) -> None:
    """Write the list that FFmpeg's concat demuxer reads, with the length of each segment.

    By itself the demuxer takes it from the file's header, which counts milliseconds: after a hundred segments of 10 s
    and 2 frames or so it would be a frame off, and two frames would share a time stamp.

    Args:
        segments: The segments, in order.
        path: File to write.
    """
    lines, end, lengths = [], Fraction(0), {segment: _length(segment) for segment in dict.fromkeys(segments)}
    for segment in segments:
        quoted = str(segment.resolve()).replace("'", "'\\''")
        lines.append(f"file '{quoted}'\n")
        length = lengths[segment]
        if length is not None:
            # Microseconds: what one segment is rounded by, the next makes up for.
            begin, end = end, end + length
            lines.append(f"duration {round(end * 10**6) - round(begin * 10**6)}us\n")
    path.write_text("".join(lines), encoding="utf-8")


def _length(segment: Path) -> Fraction | None:
    """Read how long a segment is, in seconds; None for one that cannot be read, which FFmpeg will name."""
    try:
        with av.open(str(segment)) as container:
            stream = container.streams.video[0]
            return Fraction(stream.frames) / stream.average_rate if stream.average_rate else None
    except (av.error.FFmpegError, OSError, IndexError):
        return None


def join_command(
    concat_list: Path,
    subtitles: Path | None,
    out: Path,
    title: str,
    *,
    rate: Rate,
    language: str = LANGUAGE,
    sound: Path | None = None,
    container: str = "mp4",
) -> list[str]:
    """Compile the command that joins segments.

    All streams are copied, the subtitles as a soft track; the index goes in front, so that players start at once. Time
    stamps are set on whole frames again, because the concat demuxer counts microseconds and would drift over hundreds
    of segments. A segment that cannot be read ends the command with an error: by default FFmpeg would leave it out and
    report success. Progress goes to standard output, errors alone to standard error.

    Args:
        concat_list: What `write_concat_list` wrote.
        subtitles: What `write_subtitles` wrote, or None.
        out: The film.
        title: Its title, for players.
        rate: Its frames a second.
        language: ISO 639-2 code of the subtitles.
        sound: What `film.sound.mastering.make_mix` wrote, or None for a silent film.
        container: FFmpeg's name of the film's format: mp4, or mov.

    Returns:
        The command's arguments, the program first.
    """
    ticks = frame_ticks(rate)
    grid = f"round(PTS/{ticks})*{ticks}", f"round(DTS/{ticks})*{ticks}"
    streams = [ffmpeg.input(str(concat_list), format="concat", safe=0, **FILES_ALONE)["v"]]
    options: dict[str, object] = {
        "c:v": "copy",
        "bsf:v": f"setts=pts={grid[0]}:dts={grid[1]}:duration={ticks}",
        "map_metadata": -1,
        "metadata": f"title={title}",
        "movflags": "+faststart",
        "fflags": "+bitexact",
        "f": container,
    }
    if sound is not None:
        streams.append(ffmpeg.input(str(sound), **FILES_ALONE)["a"])
        # Edit lists count in the film's time; of milliseconds, which are the default, sound would lose a part.
        options |= {"c:a": "copy", "movie_timescale": SAMPLE_RATE}
    if subtitles is not None:
        streams.append(ffmpeg.input(str(subtitles), **FILES_ALONE)["s"])
        options |= {"c:s": "copy", "metadata:s:s:0": f"language={language}"}
    command = ffmpeg.output(*streams, str(out), **options).global_args(
        "-nostdin", "-xerror", "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1"
    )
    arguments: list[str] = command.overwrite_output().compile(cmd=imageio_ffmpeg.get_ffmpeg_exe())
    return arguments


def join_segments(
    segments: Sequence[Path],
    subtitles: Path | None,
    out: Path,
    title: str,
    *,
    rate: Rate,
    guard: Guard | None = None,
    sound: Path | None = None,
    container: str = "mp4",
) -> None:
    """Join segments into the film.

    Args:
        segments: Files of `render_segment`, in order, of one size, rate and encoder. They stay, whatever happens.
        subtitles: What `write_subtitles` wrote, or None.
        out: The film; it does not exist unless it is whole.
        title: Its title.
        rate: Its frames a second.
        guard: How FFmpeg is watched; None watches as ever.
        sound: What is heard, as long as the film; None for a silent one.
        container: FFmpeg's name of the film's format.

    Raises:
        StorageFull: No space is left.
        EncoderFailed: FFmpeg failed, with its own words, or stood still.
    """
    with named_errors(out), tempfile.TemporaryDirectory(prefix="join-") as folder:
        listing = Path(folder) / "segments.txt"
        write_concat_list(segments, listing)
        bounded = (guard or Guard())._replace(most_bytes=most_bytes([*segments, *([sound] if sound else [])]))
        try:
            command = join_command(listing, subtitles, out, title, rate=rate, sound=sound, container=container)
            check_ended(run_guarded(command, out, bounded), out)
        except BaseException:
            out.unlink(missing_ok=True)
            raise


def most_bytes(segments: Sequence[Path]) -> int:
    """Say how large the film of some segments and its sound may become, in bytes; what is missing, FFmpeg will name."""
    return 2 * sum(segment.stat().st_size for segment in segments if segment.exists()) + SPARE


def check_ended(ended: Ended, out: Path) -> None:
    """See that FFmpeg ended well.

    Args:
        ended: How it ended.
        out: What it was to make.

    Raises:
        StorageFull: No space is left.
        EncoderFailed: It did not.
    """
    if ended.code == -signal.SIGXFSZ:
        raise EncoderFailed(f"FFmpeg wrote far more than its parts hold into {out.name}, and was ended.")
    if ended.code < 0 and not ended.said.strip():
        number = -ended.code
        name = signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
        raise EncoderFailed(f"FFmpeg could not join {out.name}: it was ended by {name}.")
    if ended.code:
        raise join_error(ended.said, out)


def join_error(stderr: str, out: Path) -> StorageFull | EncoderFailed:
    """Name what FFmpeg's error output says.

    Args:
        stderr: What it wrote.
        out: What it was to make.

    Returns:
        The error to raise.
    """
    if "No space left on device" in stderr or "File too large" in stderr or "Disk quota exceeded" in stderr:
        return StorageFull(f"No space is left to write {out.name}; free some and run the film again.")
    # The first line names the cause; those after it tell how the program wound down.
    lines = [line.partition("] ")[2] or line for line in map(str.strip, stderr.splitlines()) if line]
    return EncoderFailed(f"FFmpeg could not join {out.name}: {lines[0][:WORDS] if lines else 'it gave no reason'}")
