"""Reads a cut from an OpenTimelineIO timeline that an editor may have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import opentimelineio as otio
from pydantic import TypeAdapter, ValidationError

from film.edit.cut import fit_transitions
from film.edit.otio_sound import KEYSPACE, SOUND, read_tracks
from schemas.enums import FadeColour, MediaKind, OverlayKind, TransitionKind
from schemas.errors import InvalidTimeline
from schemas.graphics import Overlay
from schemas.prompt import PixelSize
from schemas.rate import read_rate
from schemas.timeline import CameraMove, Cue, Cut, CutItem

__all__ = ["KEYSPACE", "Reader"]

MOST_SECONDS = 24 * 3600
"""What a shot, or a transition, lasts at most: more is a slip of whoever edits, and would be encoded for days."""

_SIZE = TypeAdapter(tuple[PixelSize, PixelSize])


class Reader:
    """Reads one timeline. Everything it cannot play, it refuses by name and place."""

    def __init__(self, timeline: otio.schema.Timeline) -> None:
        """Read what holds for the whole film.

        Args:
            timeline: The timeline.

        Raises:
            InvalidTimeline: It says nothing of its size and rate.
        """
        self._timeline = timeline
        film = self._film = _plain(timeline.metadata.get(KEYSPACE))
        try:
            self._fps = read_rate(film["fps"])
            self._width, self._height = _SIZE.validate_python((film["width"], film["height"]))
        except ValidationError as error:
            raise InvalidTimeline(
                f"The timeline says that the film is {str(film['width'])[:20]} by {str(film['height'])[:20]} pixels, "
                f"which no film is: {_reason(error)}."
            ) from error
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidTimeline(
                f'The timeline lacks metadata["{KEYSPACE}"] with fps, width and height; edit the one that came '
                "with the film instead of starting a new one."
            ) from error

    def cut(self) -> Cut:
        """Read the cut.

        Returns:
            The cut as it will be played.

        Raises:
            InvalidTimeline: Something in it cannot be played.
        """
        items, cues, captions = self._items(self._video())
        if not items:
            raise InvalidTimeline("The timeline holds no shot; leave at least one clip in it.")
        frames = sum(item.frames for item in items)
        heard = [track for track in self._tracks() if track.kind == otio.schema.TrackKind.Audio]
        soundtrack = read_tracks(heard, self._film.get(SOUND), frames, self._fps, self._frames)
        graphics = {name: self._film[name] for name in ("subtitles", "logo", "lettering") if name in self._film}
        try:
            return Cut(
                title=self._timeline.name or "",
                fps=self._fps,
                width=self._width,
                height=self._height,
                items=fit_transitions(items),
                cues=tuple(cues),
                captions=tuple(captions),
                **graphics,
                soundtrack=soundtrack,
            )
        except ValidationError as error:
            raise InvalidTimeline(f"What is said of the whole timeline cannot be used: {_reason(error)}.") from error

    def _tracks(self) -> list[otio.schema.Track]:
        """Find the tracks that hold anything."""
        tracks = [track for track in self._timeline.tracks if not isinstance(track, otio.schema.Track) or len(track)]
        known = (otio.schema.TrackKind.Video, otio.schema.TrackKind.Audio)
        for found in tracks:
            if not isinstance(found, otio.schema.Track) or found.kind not in known:
                raise InvalidTimeline(f'The track "{found.name}" is neither video nor audio; remove it.')
        return tracks

    def _video(self) -> otio.schema.Track:
        """Find the one track whose pictures are played."""
        tracks = [track for track in self._tracks() if track.kind == otio.schema.TrackKind.Video]
        if len(tracks) > 1:
            raise InvalidTimeline(f"The timeline has {len(tracks)} video tracks with clips; flatten them into one.")
        if not tracks:
            raise InvalidTimeline("The timeline has no video track; leave at least one clip in it.")
        if tracks[0].source_range is not None:
            raise InvalidTimeline("The video track as a whole is trimmed; trim its clips instead.")
        track: otio.schema.Track = tracks[0]
        return track

    def _items(self, track: otio.schema.Track) -> tuple[list[CutItem], list[Cue], list[Overlay]]:
        """Read the shots, the subtitles and the captions of a track."""
        items: list[CutItem] = []
        cues: list[Cue] = []
        captions: list[Overlay] = []
        begin = 0
        pending: otio.schema.Transition | None = None
        for child in track:
            if isinstance(child, otio.schema.Transition):
                if pending is not None:
                    raise InvalidTimeline(
                        f"Two transitions follow each other after {_last(items)}; remove one, or put a clip between."
                    )
                pending = child
                continue
            if isinstance(child, otio.schema.Gap) and not (child.source_range and child.source_range.duration.value):
                continue
            item = self._item(child)
            if pending is not None:
                item = self._with_transition(pending, items, item)
                pending = None
            for words in self._words(child, item, begin):
                cues.append(words) if isinstance(words, Cue) else captions.append(words)
            items.append(item)
            begin += item.frames
        if pending is not None and items:
            where = "the last transition"
            items[-1] = _fading_out(items[-1], self._length(pending.in_offset, where), _via(pending, "out", where))
        return items, cues, captions

    def _item(self, clip: otio.core.Composable) -> CutItem:
        """Read a shot."""
        if not isinstance(clip, otio.schema.Clip):
            kind = clip.schema_name()
            raise InvalidTimeline(
                f"The timeline holds a {kind}; only clips and transitions can be played, without gaps."
            )
        where = f'the clip "{clip.name}"'
        if clip.effects:
            raise InvalidTimeline(f'Remove the effect "{clip.effects[0].name}" from {where}: it cannot be played.')
        if not clip.enabled:
            raise InvalidTimeline(f"Remove or enable {where}: it is disabled.")
        own = _plain(clip.metadata.get(KEYSPACE))
        url = getattr(clip.media_reference, "target_url", None)
        if not isinstance(own, Mapping) or not url:
            raise InvalidTimeline(f"Remove {where}: it is no shot of this film.")
        shown = clip.source_range or otio.opentime.TimeRange()
        try:
            return CutItem(
                shot=own["shot"],
                name=clip.name,
                key=own.get("key", ""),
                media_key=url,
                media_sha256=own["sha256"],
                media_kind=own.get("media", MediaKind.STILL),
                move=CameraMove.model_validate(own["move"]),
                start=self._length(shown.start_time, where),
                frames=self._length(shown.duration, where),
            )
        except KeyError as error:
            raise InvalidTimeline(
                f"The metadata of {where} lacks {error}; take it from the film's timeline."
            ) from error
        except ValidationError as error:
            raise InvalidTimeline(f"What is said of {where} cannot be played: {_reason(error)}.") from error

    def _with_transition(self, transition: otio.schema.Transition, before: list[CutItem], item: CutItem) -> CutItem:
        """Read the transition in front of a shot; the fade of the shot before it, if any, is set there."""
        where = f'the transition before "{item.name}"'
        out = self._length(transition.in_offset, where)
        into = self._length(transition.out_offset, where)
        kind = _kind(transition)
        if kind.overlaps and before:
            if abs(out - into) > 1:
                raise InvalidTimeline(f"Centre {where} on its cut: it takes {out} frames before and {into} after it.")
            return item.model_copy(update={"transition_in": kind, "transition_in_frames": out + into})
        if before:
            before[-1] = _fading_out(before[-1], out, _via(transition, "out", where))
        fade = {"transition_in": TransitionKind.FADE, "transition_in_frames": into}
        return item.model_copy(update={**fade, "transition_in_via": _via(transition, "in", where)})

    def _words(self, clip: otio.schema.Clip, item: CutItem, begin: int) -> list[Cue | Overlay]:
        """Read the subtitles and captions of a clip, as far as they are shown, in frames of the film."""
        found: list[Cue | Overlay] = []
        for marker in clip.markers:
            own = _plain(marker.metadata.get(KEYSPACE))
            kind = own.get("kind") if isinstance(own, Mapping) else None
            if kind not in {"subtitle", "caption"}:
                continue
            where = f'the {kind} "{marker.name}"'
            first = self._frames(marker.marked_range.start_time, where) - item.start
            last = min(first + self._frames(marker.marked_range.duration, where), item.frames)
            if last > max(first, 0):
                text, speaker = str(own.get("text", marker.name)), str(own.get("speaker", ""))
                start, end = begin + max(first, 0), begin + last
                if kind == "subtitle":
                    found.append(Cue(start=start, end=end, speaker=speaker, text=text))
                else:
                    found.append(Overlay(kind=OverlayKind.CAPTION, start=start, end=end, text=text))
        return sorted(found, key=lambda words: (words.start, words.end))

    def _length(self, time: otio.opentime.RationalTime, where: str) -> int:
        """Turn how long something lasts, or how late in its media it begins, into whole frames."""
        frames = self._frames(time, where)
        if not 0 <= frames <= MOST_SECONDS * self._fps:
            raise InvalidTimeline(
                f"Trim {where}, or undo its trim: its start and its length lie between 0 and {MOST_SECONDS} seconds."
            )
        return frames

    def _frames(self, time: otio.opentime.RationalTime, where: str) -> int:
        """Turn a time into whole frames of the film, exactly."""
        try:
            frames = Fraction(time.value) * self._fps / _exact(time.rate)
            near = float(frames)
        except (OverflowError, ValueError, ZeroDivisionError) as error:
            raise InvalidTimeline(f"A time of {where} is no number.") from error
        if frames.denominator != 1:
            raise InvalidTimeline(f"Place {where} on whole frames: {near:.3f} is between two.")
        return int(frames)


def _exact(rate: float) -> Fraction:
    """A rate of OpenTimelineIO's, which are floats: those of NTSC are meant exactly."""
    try:
        return Fraction(read_rate(rate))
    except ValueError:  # An editor may count in milliseconds, or in samples of sound.
        return Fraction(rate)


def _fading_out(item: CutItem, frames: int, via: FadeColour) -> CutItem:
    """Let a shot fade out over its last frames."""
    fade = {"transition_out": TransitionKind.FADE, "transition_out_frames": frames, "transition_out_via": via}
    return item.model_copy(update=fade)


def _kind(transition: otio.schema.Transition) -> TransitionKind:
    """Read what a transition between two shots is: what is neither a dissolve nor our wipe, is a fade."""
    own = _plain(transition.metadata.get(KEYSPACE))
    if transition.transition_type == otio.schema.TransitionTypes.SMPTE_Dissolve:
        return TransitionKind.DISSOLVE
    wipes = isinstance(own, Mapping) and own.get("kind") == TransitionKind.WIPE.value
    # An editor may have left the name alone of what it was given.
    return TransitionKind.WIPE if wipes or transition.name.casefold() == "wipe" else TransitionKind.FADE


def _via(transition: otio.schema.Transition, way: str, where: str) -> FadeColour:
    """Read the colour of a fade `out` or `in`: from its metadata, else from its name, else black."""
    own = _plain(transition.metadata.get(KEYSPACE))
    named = FadeColour.WHITE if transition.name.casefold() == "dip to white" else FadeColour.BLACK
    said = own.get(way, named) if isinstance(own, Mapping) else named
    try:
        return FadeColour(said)
    except ValueError as error:
        raise InvalidTimeline(f"Let {where} fade through black or white: it says {said!r}.") from error


def _last(items: Sequence[CutItem]) -> str:
    """Name the place that reading has come to."""
    return f'the clip "{items[-1].name}"' if items else "the beginning"


def _plain(value: Any) -> Any:
    """Turn OpenTimelineIO's containers into Python's."""
    if isinstance(value, (str, bytes)) or value is None:
        return value
    if isinstance(value, Mapping) or hasattr(value, "items"):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_plain(inner) for inner in value]
    return value


def _reason(error: ValidationError) -> str:
    """Say in a few words what a model refused."""
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
