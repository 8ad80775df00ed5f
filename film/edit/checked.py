"""Encoding and looking at what was encoded, in one call: what a worker process is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from film.edit.encode import render_segment
from film.edit.verify import check_segment
from schemas.timeline import Segment


def render_checked_segment(
    segment: Segment, media: Mapping[str, Path], out: Path, progress: Callable[[int], None]
) -> None:
    """Encode a segment, then decode every frame of it.

    Arguments and errors are those of `render_segment` and `check_segment`. A file that is refused is removed.
    """
    render_segment(segment, media, out, progress)
    try:
        check_segment(out, segment, media)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
