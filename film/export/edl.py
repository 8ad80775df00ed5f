"""CMX 3600 edit decision list: one track, cuts and dissolves, read by everything that cuts.

Source of the form: *CMX 3600 EDL*, as SMPTE 258M describes it. An event is its number, reel, track, kind of edit and
four times: source in and out, record in and out. A dissolve is two lines of one event, the shot that is left, with no
length, and the shot that is come to; its record times begin where the dissolve begins. Black is the reel `BL`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from film.export.reel import Clip, Reel, one_line
from schemas.rate import drops_frames, timecode


class _Edit(NamedTuple):
    reel: str
    kind: str
    source: tuple[int, int]
    record: tuple[int, int]
    notes: tuple[str, ...] = ()


def write_edl(reel: Reel, folder: Path) -> bytes:
    """Write a reel as an EDL. Sources are named in the comments that editors find media by."""
    del folder
    lines = [
        f"TITLE: {one_line(reel.cut.title)[:70]}",
        f"FCM: {'DROP' if drops_frames(reel.fps) else 'NON-DROP'} FRAME",
        "",
    ]
    for number, edits in enumerate(_events(reel), start=1):
        for edit in edits:
            times = " ".join(timecode(frame, reel.fps) for frame in (*edit.source, *edit.record))
            lines.append(f"{number:03d}  {edit.reel:<8} V     {edit.kind:<8} {times}")
        lines += [f"* {note}" for edit in edits for note in edit.notes]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _events(reel: Reel) -> Iterator[list[_Edit]]:
    """The events: each shot up to the dissolve or fade that ends it."""
    for number, clip in enumerate(reel.clips):
        following = reel.clips[number + 1] if number + 1 < len(reel.clips) else None
        begin, end = clip.start - clip.early, clip.end - clip.fade_out - (following.early if following else 0)
        shown = _Edit("AX", "C", (_source(clip, begin), _source(clip, end)), (begin, end), _names(clip))
        if clip.dissolve:
            before = reel.clips[number - 1]
            left = _source(before, begin)
            names = (f"FROM CLIP NAME: {before.file}", f"TO CLIP NAME: {clip.file}")
            yield [
                _Edit("AX", "C", (left, left), (begin, begin)),
                shown._replace(kind=f"{'W001' if clip.wipes else 'D   '} {clip.dissolve:03d}", notes=names),
            ]
        elif clip.fade_in:
            black = _Edit("BL", "C", (0, 0), (begin, begin))
            yield [black, shown._replace(kind=f"D    {clip.fade_in:03d}", notes=(f"TO CLIP NAME: {clip.file}",))]
        else:
            yield [shown]
        if clip.fade_out:
            last = _source(clip, end)
            black = _Edit("BL", f"D    {clip.fade_out:03d}", (0, clip.fade_out), (end, clip.end))
            yield [_Edit("AX", "C", (last, last), (end, end), _names(clip)), black]


def _source(clip: Clip, frame: int) -> int:
    """The frame of a shot's file that is shown at a frame of the film."""
    return clip.handle + frame - clip.start


def _names(clip: Clip) -> tuple[str, ...]:
    return (f"FROM CLIP NAME: {clip.file}",)
