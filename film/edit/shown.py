"""What a finished film shows of what is said, however it shows it: read back from where its viewers read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from film.edit.subtitles import Shown, read_subtitles
from schemas.enums import OverlayKind, SubtitleMode
from schemas.errors import RenderRefused
from schemas.timeline import Cut, Segment

_TIMES = re.compile(r"(\d+):(\d\d):(\d\d),(\d{3}) --> (\d+):(\d\d):(\d\d),(\d{3})")


def shown_subtitles(cut: Cut, segments: Sequence[Segment], film: Path, srt: str) -> list[Shown]:
    """Read the subtitles of a finished film.

    Args:
        cut: The film.
        segments: What was encoded.
        film: The film's file; its own track counts where subtitles are soft.
        srt: The file beside it, which counts where they are in files.

    Returns:
        What is shown, in the order of the film. Of subtitles that are burnt in, that is what was drawn into the
        segments.

    Raises:
        RenderRefused: They cannot be read, or the film has a track that nobody asked for.
    """
    if cut.subtitles is SubtitleMode.SOFT:
        return read_subtitles(film)
    if read_subtitles(film):
        raise RenderRefused(f"{film.name} has a subtitle track although none was asked for; join it again.")
    return read_srt(srt) if cut.subtitles is SubtitleMode.SIDECAR else list(_burnt(segments))


def read_srt(text: str) -> list[Shown]:
    """Read SubRip.

    Args:
        text: The file's text.

    Raises:
        RenderRefused: A block has no times.
    """
    found = []
    for block in re.split(r"\n\n+(?=\d+\n\d+:)", text.strip("\n")):
        number, _, rest = block.partition("\n")
        times, _, words = rest.partition("\n")
        match = _TIMES.fullmatch(times.strip())
        if match is None:
            if not block:
                continue
            raise RenderRefused(f"Subtitle {number[:20]!r} of the film's file has no times; make the film again.")
        parts = [int(part) for part in match.groups()]
        start, end = (h * 3600 + m * 60 + s + ms / 1000 for h, m, s, ms in (parts[:4], parts[4:]))
        found.append(Shown(start, end, words.rstrip("\n")))
    return found


def _burnt(segments: Sequence[Segment]) -> list[Shown]:
    """List what was drawn into segments."""
    found: list[Shown] = []
    begin = 0
    for segment in segments:
        rate = Fraction(segment.fps)
        for overlay in segment.overlays:
            if overlay.kind is OverlayKind.SUBTITLE:
                start, end = ((begin + frame) / rate for frame in (overlay.start, overlay.end))
                found.append(Shown(float(start), float(end), overlay.text))
        begin += segment.frames
    return found
