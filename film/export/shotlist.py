"""The shot list as CSV: a row a shot, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from film.export.reel import Reel
from schemas.rate import seconds_of, timecode

COLUMNS = ("shot", "name", "file", "in", "out", "frames", "seconds", "transition", "fade_out", "subtitles")


def write_csv(reel: Reel, folder: Path) -> bytes:
    """Write the shots of a reel as CSV in UTF-8, with the mark by which spreadsheets know it."""
    del folder
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for clip in reel.clips:
        said = " / ".join(
            f"{cue.speaker}: {' '.join(cue.text.split())}".removeprefix(": ")
            for cue in reel.cut.cues
            if clip.start <= cue.start < clip.end
        )
        item = clip.item
        rows.writerow(
            [
                item.shot,
                _cell(item.name),
                clip.url,
                timecode(clip.start, reel.fps),
                timecode(clip.end, reel.fps),
                clip.frames,
                f"{seconds_of(clip.frames, reel.fps):.3f}",
                f"{item.transition_in.value} {item.transition_in_frames}" if item.transition_in_frames else "cut",
                clip.fade_out or "",
                _cell(said),
            ]
        )
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
