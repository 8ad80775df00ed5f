"""The soundtrack on a timeline's audio tracks, and back.

Each clip of sound is an OpenTimelineIO clip of its file; `metadata["ai_film_studio"]` holds what it is, its sha256 and
its gain. Fades are transitions: at a clip's end beside nothing, a fade; between two clips, a cross-fade, as music has
where it begins anew. What sounds at once and does not fade over lies on tracks of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import opentimelineio as otio
from pydantic import ValidationError

from schemas.enums import SoundKind
from schemas.errors import InvalidTimeline
from schemas.rate import Rate
from schemas.sound import SoundClip, Soundtrack

KEYSPACE = "ai_film_studio"
"""The key under which this project's metadata lies."""

SOUND = "sound"
"""The timeline's metadata of how the soundtrack is mixed."""

CUT_OFF_S = Fraction(1, 4)
"""How long a sound fades that an edited film's end cuts off, in seconds."""


def settings_of(soundtrack: Soundtrack) -> dict[str, Any]:
    """Return how a soundtrack is mixed, for the timeline's metadata."""
    return soundtrack.model_dump(mode="json", exclude={"clips"})


def lanes_of(clips: Sequence[SoundClip]) -> list[list[SoundClip]]:
    """Divide clips among tracks: music first, on as few as hold it, then voices.

    Args:
        clips: In the order in which they begin.

    Returns:
        For each track its clips, in order.
    """
    lanes: list[list[SoundClip]] = []
    for kind in SoundKind:
        own: list[list[SoundClip]] = []
        for clip in (clip for clip in clips if clip.kind is kind):
            free = next((lane for lane in own if _follows(lane[-1], clip)), None)
            if free is None:
                own.append([clip])
            else:
                free.append(clip)
        lanes.extend(own)
    return lanes


def crossfade(before: SoundClip, clip: SoundClip) -> int:
    """Say for how many frames two clips of one track fade over; 0 where they do not meet."""
    return max(0, before.end - clip.start)


def _follows(before: SoundClip, clip: SoundClip) -> bool:
    """Whether a clip may lie behind another on its track, so that both are read back as they are."""
    over = before.end - clip.start
    if over < 0:
        return True
    if over == 0:
        return not before.fade_out and not clip.fade_in
    room = min(before.frames - before.fade_in, clip.frames - clip.fade_out)
    # Of both at least a frame is left beside their fades: what is cut in the middle of a fade would last no time else.
    return over == before.fade_out == clip.fade_in and over < room


def write_tracks(soundtrack: Soundtrack, fps: Rate, url_of: Callable[[SoundClip], str]) -> list[Any]:
    """Write a soundtrack as OpenTimelineIO tracks.

    Args:
        soundtrack: What is heard.
        fps: Frames a second.
        url_of: Where a clip's file lies.

    Returns:
        The tracks.
    """
    tracks = []
    for number, lane in enumerate(lanes_of(soundtrack.clips), start=1):
        name = f"A{number} {lane[0].kind.value}"
        track = otio.schema.Track(name=name, kind=otio.schema.TrackKind.Audio)
        track.extend(list(_children(lane, fps, url_of)))
        tracks.append(track)
    return tracks


def _children(lane: Sequence[SoundClip], fps: Rate, url_of: Callable[[SoundClip], str]) -> Iterator[Any]:
    at = 0
    for index, clip in enumerate(lane):
        before = lane[index - 1] if index else None
        after = lane[index + 1] if index + 1 < len(lane) else None
        over = crossfade(before, clip) if before is not None else 0
        early = over // 2
        if over:
            yield _transition("Cross fade", early, over - early, fps)
        else:
            if clip.start > at:
                gap = otio.opentime.TimeRange(_time(0, fps), _time(clip.start - at, fps))
                yield otio.schema.Gap(source_range=gap)
            if clip.fade_in:
                yield _transition("Fade in", 0, clip.fade_in, fps)
        late = crossfade(clip, after) if after is not None else 0
        end = clip.end - (late - late // 2)
        yield _clip(clip, clip.start + early, end, fps, url_of(clip))
        if clip.fade_out and not late:
            yield _transition("Fade out", clip.fade_out, 0, fps)
        at = end


def _time(frames: int, fps: Rate) -> Any:
    return otio.opentime.RationalTime(frames, float(fps))


def _transition(name: str, before: int, after: int, fps: Rate) -> Any:
    return otio.schema.Transition(
        name=name,
        transition_type=otio.schema.TransitionTypes.SMPTE_Dissolve,
        in_offset=_time(before, fps),
        out_offset=_time(after, fps),
    )


def _clip(clip: SoundClip, start: int, end: int, fps: Rate, url: str) -> Any:
    """Make a clip of what is heard from one frame of the film to another."""
    whole = otio.opentime.TimeRange(_time(0, fps), _time(max(clip.media_frames, clip.offset + clip.frames), fps))
    media = otio.schema.ExternalReference(target_url=url, available_range=whole)
    media.name = clip.name
    shown = otio.opentime.TimeRange(_time(clip.offset + start - clip.start, fps), _time(end - start, fps))
    made = otio.schema.Clip(name=clip.name, media_reference=media, source_range=shown)
    made.metadata[KEYSPACE] = {
        "kind": clip.kind.value,
        "sha256": clip.media_sha256,
        "gain_db": clip.gain_db,
        "media_frames": clip.media_frames,
    }
    return made


def read_tracks(
    tracks: Sequence[Any],
    settings: object,
    frames: int,
    fps: Rate,
    frames_of: Callable[[Any, str], int],
) -> Soundtrack | None:
    """Read the soundtrack of a timeline that an editor may have changed.

    Args:
        tracks: Its audio tracks.
        settings: What `settings_of` wrote, as plain data; None where it is gone.
        frames: Length of the film: what begins behind it is left out, what goes on is faded out there.
        fps: Frames a second.
        frames_of: Turns a time into whole frames; the second argument says of what.

    Returns:
        The soundtrack; None where nothing is heard.

    Raises:
        InvalidTimeline: Something on the tracks cannot be played.
    """
    clips = [clip for track in tracks for clip in _read_track(track, frames_of)]
    heard = [_within(clip, frames, fps) for clip in clips if clip.start < frames]
    if not heard:
        return None
    ordered = sorted(heard, key=lambda clip: (clip.start, clip.kind.value, clip.media_sha256))
    try:
        plain = dict(settings) if isinstance(settings, Mapping) else {}
        return Soundtrack.model_validate({**plain, "clips": tuple(ordered)})
    except ValidationError as error:
        raise InvalidTimeline(f"How the timeline's sound is mixed cannot be used: {_reason(error)}.") from error


def _read_track(track: Any, frames_of: Callable[[Any, str], int]) -> list[SoundClip]:
    if track.source_range is not None:
        raise InvalidTimeline(f'The audio track "{track.name}" as a whole is trimmed; trim its clips instead.')
    clips: list[SoundClip] = []
    at, before, fade = 0, None, (0, 0)
    for child in track:
        where = f'"{child.name}" on the audio track "{track.name}"'
        if isinstance(child, otio.schema.Transition):
            fade = frames_of(child.in_offset, where), frames_of(child.out_offset, where)
            if before is not None:
                clips[-1] = _fading_out(before, *fade, where)
            continue
        if isinstance(child, otio.schema.Clip):
            clip = _read_clip(child, at, where, frames_of)
            clips.append(_fading_in(clip, *fade, where))
            before = clips[-1]
            at += clip.frames
        elif isinstance(child, otio.schema.Gap):
            at += frames_of(child.source_range.duration, where) if child.source_range else 0
            before = None
        else:
            raise InvalidTimeline(f"Only clips, gaps and fades can be played; remove {where}, a {child.schema_name()}.")
        fade = (0, 0)
    return clips


def _read_clip(child: Any, at: int, where: str, frames_of: Callable[[Any, str], int]) -> SoundClip:
    if child.effects or not child.enabled:
        raise InvalidTimeline(f"Remove the effect from {where}, or enable it: it cannot be played as it is.")
    own = child.metadata.get(KEYSPACE)
    url = getattr(child.media_reference, "target_url", None)
    if not isinstance(own, Mapping) or not url or child.source_range is None:
        raise InvalidTimeline(f"Remove {where}: it is no sound of this film.")
    try:
        return SoundClip(
            kind=own["kind"],
            name=child.name,
            media_key=url,
            media_sha256=own["sha256"],
            media_frames=own["media_frames"],
            start=at,
            frames=frames_of(child.source_range.duration, where),
            offset=frames_of(child.source_range.start_time, where),
            gain_db=own.get("gain_db", 0.0),
        )
    except KeyError as error:
        raise InvalidTimeline(f"The metadata of {where} lacks {error}; take it from the film's timeline.") from error
    except ValidationError as error:
        raise InvalidTimeline(f"What is said of {where} cannot be played: {_reason(error)}.") from error


def _fading_out(clip: SoundClip, early: int, late: int, where: str) -> SoundClip:
    return _changed(clip, where, frames=clip.frames + late, fade_out=early + late)


def _fading_in(clip: SoundClip, early: int, late: int, where: str) -> SoundClip:
    if not early and not late:
        return clip
    return _changed(
        clip,
        where,
        start=clip.start - early,
        offset=clip.offset - early,
        frames=clip.frames + early,
        fade_in=early + late,
    )


def _changed(clip: SoundClip, where: str, **changes: int) -> SoundClip:
    try:
        return SoundClip.model_validate(clip.model_dump() | changes)
    except ValidationError as error:
        raise InvalidTimeline(f"The fade at {where} reaches beyond its clip: {_reason(error)}.") from error


def _within(clip: SoundClip, frames: int, fps: Rate) -> SoundClip:
    """Let a clip end with the film at the latest."""
    if clip.end <= frames:
        return clip
    left = frames - clip.start
    fade = min(max(clip.fade_out, round(CUT_OFF_S * Fraction(fps))), left)
    return clip.model_copy(update={"frames": left, "fade_out": fade, "fade_in": min(clip.fade_in, left - fade)})


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
