"""OpenTimelineIO: for Resolve and whatever else reads it; `.otioz` holds the media too."""

from __future__ import annotations

import tempfile
from pathlib import Path

import opentimelineio as otio

from film.edit.otio_reader import KEYSPACE
from film.edit.otio_sound import write_tracks
from film.export.reel import Clip, Reel, one_line
from schemas.rate import Rate
from schemas.sound import SoundClip


def timeline_of(reel: Reel, *, folder: Path | None = None, plain: bool = False) -> otio.schema.Timeline:
    """Build the timeline of a reel.

    Args:
        reel: The film.
        folder: Where the document's folder is, for absolute addresses; None for addresses relative to it.
        plain: Whether fades are left out, for formats that know dissolves alone.

    Returns:
        One video track: clips, dissolves centred on their cuts, fades as "Dip to black", subtitles as markers. Behind
        it the audio tracks, as in `film.edit.otio_sound`.
    """
    timeline = otio.schema.Timeline(name=one_line(reel.cut.title), global_start_time=_time(0, reel.fps))
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    out = 0
    for clip in reel.clips:
        if clip.dissolve:
            wipes = clip.wipes and not plain
            name, kind = ("Wipe", "Custom_Transition") if wipes else ("Dissolve", "SMPTE_Dissolve")
            track.append(_transition(name, kind, clip.early, clip.dissolve - clip.early, reel.fps))
        elif (out or clip.fade_in) and not plain:
            track.append(_transition("Dip to black", "Custom_Transition", out, clip.fade_in, reel.fps))
        track.append(_clip(clip, reel, folder))
        out = clip.fade_out
    if out and not plain:
        track.append(_transition("Dip to black", "Custom_Transition", out, 0, reel.fps))
    timeline.tracks.append(track)
    if reel.cut.soundtrack is not None:
        sounds = reel.sounds

        def url_of(clip: SoundClip) -> str:
            url = sounds[clip.media_sha256]
            return url if folder is None else (folder / url).absolute().as_uri()

        timeline.tracks.extend(write_tracks(reel.cut.soundtrack, reel.fps, url_of))
    return timeline


def _time(frames: int, fps: Rate) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frames, fps)


def _range(start: int, frames: int, fps: Rate) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(_time(start, fps), _time(frames, fps))


def _transition(name: str, kind: str, before: int, after: int, fps: Rate) -> otio.schema.Transition:
    return otio.schema.Transition(
        name=name, transition_type=kind, in_offset=_time(before, fps), out_offset=_time(after, fps)
    )


def _clip(clip: Clip, reel: Reel, folder: Path | None) -> otio.schema.Clip:
    url = clip.url if folder is None else (folder / clip.url).absolute().as_uri()
    media = otio.schema.ExternalReference(target_url=url, available_range=_range(0, clip.media_frames, reel.fps))
    media.name = clip.file
    made = otio.schema.Clip(
        name=one_line(clip.item.name), media_reference=media, source_range=_range(clip.handle, clip.frames, reel.fps)
    )
    made.metadata[KEYSPACE] = {"shot": clip.item.shot}
    for cue in reel.cut.cues:
        if clip.start <= cue.start < clip.end:
            start = clip.handle + cue.start - clip.start
            marker = otio.schema.Marker(
                name=one_line(cue.text),
                marked_range=_range(start, cue.end - cue.start, reel.fps),
                color=otio.schema.MarkerColor.CYAN,
            )
            marker.metadata[KEYSPACE] = {"kind": "subtitle", "speaker": cue.speaker, "text": cue.text}
            made.markers.append(marker)
    return made


def write_otio(reel: Reel, folder: Path) -> bytes:
    """Write a reel as OpenTimelineIO; its media is named relative to the document."""
    del folder
    return str(otio.adapters.write_to_string(timeline_of(reel), "otio_json")).encode("utf-8", "replace")


def write_otioz(reel: Reel, folder: Path) -> bytes:
    """Write a reel and its media, which lies in `folder`, as one file."""
    with tempfile.TemporaryDirectory(prefix="otioz-") as scratch:
        path = Path(scratch) / "film.otioz"
        otio.adapters.write_to_file(timeline_of(reel, folder=folder), str(path), "otioz")
        return path.read_bytes()
