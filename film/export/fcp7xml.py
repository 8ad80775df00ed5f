"""Final Cut Pro 7's XML, which Premiere, Resolve and Avid read: by OpenTimelineIO's adapter, which keeps dissolves."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio

from film.export.otio import timeline_of
from film.export.reel import Reel


def write_fcp7xml(reel: Reel, folder: Path) -> bytes:
    """Write a reel as FCP 7 XML; its media is named relative to the document."""
    del folder
    timeline = timeline_of(reel, plain=True)
    for clip in timeline.find_clips():
        clip.markers.clear()
    return str(otio.adapters.write_to_string(timeline, "fcp_xml")).encode("utf-8", "replace")
