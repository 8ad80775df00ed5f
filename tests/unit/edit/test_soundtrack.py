"""The soundtrack on the timeline: written, read back, and edited."""

from __future__ import annotations

from collections.abc import Callable

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.edit.otio_sound import KEYSPACE
from film.edit.timeline import read_timeline, write_timeline
from schemas.enums import SoundKind
from schemas.errors import InvalidTimeline
from schemas.rate import NTSC, Rate
from schemas.sound import Ducking, Loudness, SoundClip, Soundtrack
from schemas.timeline import Cut
from tests.effort import tries
from tests.unit.edit.films import cut, item, sha

FRAMES = 154


def film(*clips: SoundClip, fps: Rate = 24, ducking: Ducking | None = None) -> Cut:
    track = Soundtrack(clips=clips, ducking=ducking or Ducking(), loudness=Loudness(integrated_lufs=-18.0))
    pictures = cut(item("a", 70), item("b", FRAMES - 70), fps=fps)
    return pictures.model_copy(update={"soundtrack": track})


@st.composite
def sounds(draw: st.DrawFn) -> SoundClip:
    start = draw(st.integers(0, FRAMES - 1))
    frames = draw(st.integers(1, FRAMES - start))
    fade_in = draw(st.integers(0, frames))
    return SoundClip(
        kind=draw(st.sampled_from(SoundKind)),
        name=draw(st.sampled_from(["theme.mp3", "1 Mara.wav", "мост.flac"])),
        media_key=draw(st.sampled_from(["artifacts/1.sound", "artifacts/2.sound"])),
        media_sha256=sha(draw(st.sampled_from("abc"))),
        media_frames=draw(st.integers(1, 1000)),
        start=start,
        frames=frames,
        offset=draw(st.integers(0, 500)),
        gain_db=draw(st.sampled_from([0.0, -6.5, 3.25])),
        fade_in=fade_in,
        fade_out=draw(st.integers(0, frames - fade_in)),
    )


def order(clip: SoundClip) -> tuple[object, ...]:
    return clip.start, clip.kind.value, clip.media_sha256, clip.model_dump_json()


@settings(max_examples=tries(200, 30), deadline=None)
@given(clips=st.lists(sounds(), min_size=1, max_size=8), fps=st.sampled_from([24, 25, *NTSC.values()]))
def test_any_soundtrack_is_read_back_as_it_was(clips: list[SoundClip], fps: Rate) -> None:
    made = film(*clips, fps=fps)
    again = read_timeline(write_timeline(made))
    assert again.soundtrack is not None
    assert made.soundtrack is not None
    assert sorted(again.soundtrack.clips, key=order) == sorted(made.soundtrack.clips, key=order)
    assert again.soundtrack.loudness == made.soundtrack.loudness
    assert again.items == made.items


def clip(kind: SoundKind, start: int, frames: int, **fields: int) -> SoundClip:
    return SoundClip(
        kind=kind, name=kind.value, media_key="k", media_sha256=sha(kind.value), media_frames=500, start=start,
        frames=frames, **fields,
    )  # fmt: skip


def test_sounds_that_only_fade_lie_on_tracks_of_their_own() -> None:
    over = clip(SoundKind.MUSIC, 0, 2, fade_out=2), clip(SoundKind.MUSIC, 0, 2, fade_in=2)
    again = read_timeline(write_timeline(film(*over)))
    assert again.soundtrack is not None
    assert sorted(again.soundtrack.clips, key=order) == sorted(over, key=order)


WHOLE = clip(SoundKind.MUSIC, 0, FRAMES, fade_out=24)


def edited(change: Callable[[otio.schema.Timeline], object], made: Cut | None = None) -> Cut:
    timeline = otio.adapters.read_from_string(write_timeline(made or film(WHOLE)), "otio_json")
    change(timeline)
    return read_timeline(otio.adapters.write_to_string(timeline, "otio_json"))


def test_music_is_on_a_track_of_its_own_that_any_program_plays() -> None:
    over = clip(SoundKind.MUSIC, 0, 80, fade_out=20), clip(SoundKind.MUSIC, 60, 94, fade_in=20)
    timeline = otio.adapters.read_from_string(write_timeline(film(*over)), "otio_json")
    (track,) = timeline.audio_tracks()
    assert [type(child).__name__ for child in track] == ["Clip", "Transition", "Clip"]
    assert track.duration().value == FRAMES


def test_a_film_that_was_shortened_ends_its_sound() -> None:
    def shorten(timeline: otio.schema.Timeline) -> None:
        del timeline.video_tracks()[0][1]

    again = edited(shorten, film(WHOLE, clip(SoundKind.VOICE, 100, 20)))
    assert again.soundtrack is not None
    (left,) = again.soundtrack.clips
    assert (left.kind, left.frames, left.fade_out) == (SoundKind.MUSIC, 70, 24)


def test_without_its_tracks_a_film_is_silent() -> None:
    def mute(timeline: otio.schema.Timeline) -> None:
        del timeline.tracks[1]

    assert edited(mute).soundtrack is None


def test_a_cross_fade_that_an_editor_sets_is_heard() -> None:
    def fade(timeline: otio.schema.Timeline) -> None:
        track = timeline.audio_tracks()[0]
        six = otio.opentime.RationalTime(6, 24)
        track.insert(1, otio.schema.Transition(in_offset=six, out_offset=six))

    halves = clip(SoundKind.MUSIC, 0, 80), clip(SoundKind.MUSIC, 80, 74, offset=80)
    again = edited(fade, film(*halves))
    assert again.soundtrack is not None
    assert [(c.start, c.frames, c.fade_in, c.fade_out) for c in again.soundtrack.clips] == [
        (0, 86, 0, 12),
        (74, 80, 12, 0),
    ]


def no_metadata(timeline: otio.schema.Timeline) -> None:
    del timeline.audio_tracks()[0][0].metadata[KEYSPACE]


def no_digest(timeline: otio.schema.Timeline) -> None:
    del timeline.audio_tracks()[0][0].metadata[KEYSPACE]["sha256"]


def slowed(timeline: otio.schema.Timeline) -> None:
    timeline.audio_tracks()[0][0].effects.append(otio.schema.LinearTimeWarp(time_scalar=0.5))


def before_its_file(timeline: otio.schema.Timeline) -> None:
    start = otio.opentime.RationalTime(-5, 24)
    timeline.audio_tracks()[0][0].source_range = otio.opentime.TimeRange(start, otio.opentime.RationalTime(20, 24))


def loud(timeline: otio.schema.Timeline) -> None:
    timeline.metadata[KEYSPACE]["sound"]["loudness"]["integrated_lufs"] = 5.0


def nested(timeline: otio.schema.Timeline) -> None:
    timeline.audio_tracks()[0].append(otio.schema.Stack(name="more"))


def trimmed(timeline: otio.schema.Timeline) -> None:
    one = otio.opentime.RationalTime(1, 24)
    timeline.audio_tracks()[0].source_range = otio.opentime.TimeRange(one, one)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (no_metadata, "no sound of this film"),
        (no_digest, "lacks 'sha256'"),
        (slowed, "Remove the effect"),
        (before_its_file, "cannot be played: offset"),
        (loud, "integrated_lufs"),
        (nested, "only clips, gaps and fades|Only clips, gaps and fades"),
        (trimmed, "trim its clips instead"),
    ],
)
def test_sound_that_cannot_be_played_is_named(change: Callable[[otio.schema.Timeline], None], match: str) -> None:
    with pytest.raises(InvalidTimeline, match=match):
        edited(change)
