"""`timeline.json`: the cut as an OpenTimelineIO document that any editor opens, and back.

A clip is a shot. Its media is the keyframe, or the shot's frames ready made, by its key in the assets bucket; its
`metadata["ai_film_studio"]` holds the shot's id, the media's sha256 and kind, and the camera move. A clip's time is the
shot's: frame 0 is where the move begins, and a keyframe has handles on both sides. Ready-made frames have none: beyond
them the first and the last are held. A dissolve is an `SMPTE_Dissolve` centred on its cut. OTIO names no other
kind: a wipe is a custom transition, "Wipe", centred likewise, with its SMPTE 258M number in its metadata; a fade is
one too, "Dip to black" or "Dip to white": as many frames before the cut as the outgoing shot fades for, as many after
it as the incoming one does. Where a colour is not black, the metadata says both.
A subtitle is a marker on its clip, in the clip's time, so that it moves, and is trimmed, with the shot it is spoken in;
a caption likewise. A card, a title or credits, is a clip whose `media` is "card". What holds for the whole film (how
subtitles are shown, the logo, whose letters are drawn) lies in the timeline's metadata, where it is not the usual.
Music and voices lie on audio tracks: see `film.edit.otio_sound`.

It is written without white space, which would be two thirds of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import opentimelineio as otio

from film.edit.cut import Timed, before_cut, fit_transitions
from film.edit.otio_reader import KEYSPACE, Reader
from film.edit.otio_sound import SOUND, settings_of, write_tracks
from schemas.enums import FadeColour, MediaKind, TransitionKind
from schemas.errors import InvalidTimeline
from schemas.graphics import Overlay
from schemas.rate import Rate, counted_rate, write_rate
from schemas.timeline import Cue, Cut, CutItem

SMPTE_WIPE = 1
"""SMPTE 258M's number of the wipe whose upright edge goes from left to right; `W001` in an edit decision list."""

HANDLE_SECONDS = 10
"""How much more of a still than its shot an editor may pull out on each side without a warning."""


def write_timeline(cut: Cut) -> str:
    """Write a cut as an OpenTimelineIO document.

    Args:
        cut: The cut. Transitions that do not fit their shots are shortened, as everywhere.

    Returns:
        The document's JSON. Equal cuts give equal text, and `read_timeline` gives the cut back.

    Raises:
        InvalidTimeline: A subtitle does not lie inside one shot.
    """
    return "".join(_written(cut))


def _written(cut: Cut) -> Iterator[str]:
    """Write a document piece by piece: of OpenTimelineIO's objects, those of one shot alone are in memory."""
    stand_in = otio.schema.Gap(name="the pictures")
    # Its text is found once alone: in a name, or another text, quotes are escaped.
    begin, end = _json(_timeline(cut, stand_in)).split(_json(stand_in))
    yield begin
    for number, child in enumerate(_children(cut)):
        yield f"{',' if number else ''}{_json(child)}"
    yield end


def _json(part: otio.core.SerializableObject) -> str:
    return str(part.to_json_string(indent=-1))


def _children(cut: Cut) -> Iterator[otio.core.Composable]:
    """Make what the track of the pictures holds, in order."""
    items = fit_transitions(cut.items)
    cues = _by_item("subtitle", cut.cues, items)
    captions = _by_item("caption", cut.captions, items)
    for index, item in enumerate(items):
        transition = _transition(items[index - 1] if index else None, item, cut.fps)
        if transition is not None:
            yield transition
        clip = _clip(item, cut.fps)
        clip.markers.extend(_marker(item, cue, cut.fps) for cue in cues[index])
        clip.markers.extend(_marker(item, caption, cut.fps) for caption in captions[index])
        yield clip
    closing = _transition(items[-1], None, cut.fps) if items else None
    if closing is not None:
        yield closing


def _timeline(cut: Cut, pictures: otio.core.Composable) -> otio.schema.Timeline:
    """Make a timeline with something in the place of its pictures."""
    timeline = otio.schema.Timeline(name=cut.title, global_start_time=otio.opentime.RationalTime(0, cut.fps))
    graphics = cut.model_dump(mode="json", include={"subtitles", "logo", "lettering"})
    timeline.metadata[KEYSPACE] = {"fps": write_rate(cut.fps), "width": cut.width, "height": cut.height, **graphics}
    timeline.tracks.append(otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video, children=[pictures]))
    if cut.soundtrack is not None:
        timeline.metadata[KEYSPACE][SOUND] = settings_of(cut.soundtrack)
        timeline.tracks.extend(write_tracks(cut.soundtrack, cut.fps, lambda clip: clip.media_key))
    return timeline


def read_timeline(text: str) -> Cut:
    """Read a cut from an OpenTimelineIO document.

    Clips may have been reordered, trimmed, lengthened, repeated or removed, and transitions changed. Subtitles follow
    their clips; what a trim leaves nothing of is dropped. Sounds stay where they are; the film's end ends them.

    Args:
        text: The document's JSON.

    Returns:
        The cut as it will be played.

    Raises:
        InvalidTimeline: The document is none, or asks for what cannot be played: a gap, a change of speed, a second
            video track, a clip without its shot's or its sound's metadata.
    """
    try:
        document = otio.adapters.read_from_string(text, "otio_json")
    except (otio.exceptions.OTIOError, ValueError, TypeError, KeyError, UnicodeError) as error:
        raise InvalidTimeline("The timeline is not an OpenTimelineIO document; export it as OTIO (.otio).") from error
    if not isinstance(document, otio.schema.Timeline):
        raise InvalidTimeline("The document holds no timeline at its top level; export the whole sequence as OTIO.")
    return Reader(document).cut()


def _by_item(what: str, words: Sequence[Timed], items: tuple[CutItem, ...]) -> list[list[Timed]]:
    """Hand each subtitle, or caption, to the shot it lies in, in frames of the film from the shot's first."""
    found: list[list[Timed]] = [[] for _ in items]
    index, begin = 0, 0
    for cue in sorted(words, key=lambda cue: (cue.start, cue.end)):
        while index < len(items) and cue.start >= begin + items[index].frames:
            begin += items[index].frames
            index += 1
        if index == len(items) or cue.end > begin + items[index].frames or cue.end <= cue.start:
            raise InvalidTimeline(
                f"The {what} at frame {cue.start} does not lie inside one shot; divide it where the picture is cut."
            )
        found[index].append(cue.model_copy(update={"start": cue.start - begin, "end": cue.end - begin}))
    return found


def _marker(item: CutItem, words: Cue | Overlay, fps: Rate) -> otio.schema.Marker:
    """Make the marker of a subtitle or a caption."""
    said = isinstance(words, Cue)
    marker = otio.schema.Marker(
        name=" ".join(words.text.split()),
        marked_range=_range(item.start + words.start, words.end - words.start, fps),
        color=otio.schema.MarkerColor.CYAN if said else otio.schema.MarkerColor.YELLOW,
    )
    who = {"kind": "subtitle", "speaker": words.speaker} if isinstance(words, Cue) else {"kind": "caption"}
    marker.metadata[KEYSPACE] = {**who, "text": words.text}
    return marker


def _range(start: int, frames: int, fps: Rate) -> otio.opentime.TimeRange:
    """Make a range of whole frames."""
    return otio.opentime.TimeRange(otio.opentime.RationalTime(start, fps), otio.opentime.RationalTime(frames, fps))


def _clip(item: CutItem, fps: Rate) -> otio.schema.Clip:
    """Make the clip of a shot."""
    media = otio.schema.ExternalReference(target_url=item.media_key, available_range=_available(item, fps))
    clip = otio.schema.Clip(name=item.name, media_reference=media, source_range=_range(item.start, item.frames, fps))
    clip.metadata[KEYSPACE] = {
        "shot": item.shot,
        "sha256": item.media_sha256,
        "move": item.move.model_dump(mode="json"),
    }
    if item.media_kind is not MediaKind.STILL:
        clip.metadata[KEYSPACE]["media"] = item.media_kind.value
    if item.key:
        clip.metadata[KEYSPACE]["key"] = item.key
    return clip


def _available(item: CutItem, fps: Rate) -> otio.opentime.TimeRange:
    """Say which of a shot's frames there are."""
    if item.media_kind is MediaKind.CLIP:
        return _range(0, item.move.frames, fps)
    handle = HANDLE_SECONDS * counted_rate(fps)
    return _range(-handle, max(item.move.frames, item.start + item.frames) + 2 * handle, fps)


def _transition(before: CutItem | None, after: CutItem | None, fps: Rate) -> otio.schema.Transition | None:
    """Make the transition between two shots, or at an end of the film; None for a cut."""
    kinds = otio.schema.TransitionTypes
    if after is not None and after.transition_in.overlaps:
        length = after.transition_in_frames
        offset = before_cut(length)
        if after.transition_in is TransitionKind.DISSOLVE:
            return _otio_transition("Dissolve", kinds.SMPTE_Dissolve, offset, length - offset, fps)
        made = _otio_transition("Wipe", kinds.Custom, offset, length - offset, fps)
        made.metadata[KEYSPACE] = {"kind": TransitionKind.WIPE.value, "smpte": SMPTE_WIPE}
        return made
    out = before.transition_out_frames if before is not None else 0
    into = after.transition_in_frames if after is not None else 0
    if not out and not into:
        return None
    colours = {
        "out": before.transition_out_via if before is not None and out else None,
        "in": after.transition_in_via if after is not None and into else None,
    }
    named = {way: colour.value for way, colour in colours.items() if colour is not None}
    dip = _otio_transition("Dip to " + " and ".join(dict.fromkeys(named.values())), kinds.Custom, out, into, fps)
    if FadeColour.WHITE in colours.values():
        dip.metadata[KEYSPACE] = {"kind": TransitionKind.FADE.value, **named}
    return dip


def _otio_transition(name: str, kind: Any, out: int, into: int, fps: Rate) -> otio.schema.Transition:
    """Make a transition that takes `out` frames before the cut and `into` frames after it."""
    return otio.schema.Transition(
        name=name,
        transition_type=kind,
        in_offset=otio.opentime.RationalTime(out, fps),
        out_offset=otio.opentime.RationalTime(into, fps),
    )
