from __future__ import annotations

from pathlib import Path

import opentimelineio as otio
import pytest

from film.edit.cut import fit_transitions
from film.edit.encode import render_segment
from film.edit.otio_reader import KEYSPACE
from film.edit.segments import plan_segments
from film.edit.timeline import read_timeline, write_timeline
from schemas.enums import FadeColour, TransitionKind
from schemas.errors import InvalidTimeline
from schemas.timeline import Cue, Cut, EncoderSettings, FocusPull
from tests.unit.edit.films import LUMA, cut, dissolve, fade_in, fade_out, item, means, of_all_joins, quiet, stills, wipe


def film() -> Cut:
    cues = (
        Cue(start=10, end=30, speaker="ANNA", text="Good morning,\nCaptain – “all’s well”"),
        Cue(start=50, end=70, text="Aye."),
        Cue(start=114, end=154, speaker="BO", text="The end."),
    )
    return of_all_joins().model_copy(update={"cues": cues})


def opened(given: Cut) -> tuple[otio.schema.Timeline, otio.schema.Track]:
    timeline = otio.adapters.read_from_string(write_timeline(given), "otio_json")
    return timeline, timeline.tracks[0]


def closed(timeline: otio.schema.Timeline) -> Cut:
    return read_timeline(otio.adapters.write_to_string(timeline, "otio_json"))


def clips(track: otio.schema.Track) -> list[otio.schema.Clip]:
    return [child for child in track if isinstance(child, otio.schema.Clip)]


def frames(count: int) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(count, 24)


def test_a_cut_survives_the_round_trip() -> None:
    assert read_timeline(write_timeline(film())) == film()


def test_wipes_and_white_fades_survive_the_round_trip() -> None:
    white, black = FadeColour.WHITE, FadeColour.BLACK
    given = cut(
        item("a", 30, **fade_in(6, white), **fade_out(5, white)),
        item("b", 30, **fade_in(4, black)),
        item("c", 30, **wipe(9), **fade_out(3, black)),
        item("d", 30, **fade_in(3, white), **fade_out(7, white)),
    )
    text = write_timeline(given)
    assert read_timeline(text) == given
    timeline, track = opened(given)
    assert timeline.duration() == frames(120)
    transitions = [child for child in track if isinstance(child, otio.schema.Transition)]
    assert [(one.name, one.in_offset.value, one.out_offset.value) for one in transitions] == [
        ("Dip to white", 0, 6),
        ("Dip to white and black", 5, 4),
        ("Wipe", 4, 5),
        ("Dip to black and white", 3, 3),
        ("Dip to white", 7, 0),
    ]


def test_a_wipe_and_a_white_fade_are_known_by_their_names_alone() -> None:
    timeline, track = opened(
        cut(item("a", 30), item("b", 30, **wipe(8)), item("c", 30, **fade_in(6, FadeColour.WHITE)))
    )
    for child in track:
        if isinstance(child, otio.schema.Transition):
            del child.metadata[KEYSPACE]
    again = closed(timeline)
    assert [(one.transition_in, one.transition_in_via) for one in again.items[1:]] == [
        (TransitionKind.WIPE, FadeColour.BLACK),
        (TransitionKind.FADE, FadeColour.WHITE),
    ]


def test_a_fade_through_another_colour_is_refused() -> None:
    timeline, track = opened(cut(item("a", 30), item("b", 30, **fade_in(6))))
    fade = next(child for child in track if isinstance(child, otio.schema.Transition))
    fade.metadata[KEYSPACE] = {"kind": "fade", "in": "pink"}
    with pytest.raises(InvalidTimeline, match='before "shot b" fade through black or white'):
        closed(timeline)


def test_a_wipe_into_the_first_shot_becomes_a_fade() -> None:
    first, second = fit_transitions([item("a", 9, **wipe(4)), item("b", 9, **wipe(40))])
    assert first.transition_in is TransitionKind.FADE
    assert second.transition_in is TransitionKind.WIPE
    assert fit_transitions([first, second]) == (first, second)


def test_a_focus_that_moves_survives_the_round_trip() -> None:
    pull = FocusPull(start=1.0, end=4.0, first=3, frames=9)
    whole = film()
    first = whole.items[0]
    racked = first.model_copy(update={"move": first.move.model_copy(update={"focus": pull})})
    whole = whole.model_copy(update={"items": (racked, *whole.items[1:])})
    assert read_timeline(write_timeline(whole)) == whole
    assert '"focus"' not in write_timeline(film())


def test_equal_cuts_give_equal_text() -> None:
    assert write_timeline(film()) == write_timeline(film())


@pytest.mark.parametrize("title", ["A film", 'Gap.1","name":"the pictures"', "Größe „zwei“ \U0001f3ac"])
def test_it_is_the_document_that_opentimelineio_itself_would_write(title: str) -> None:
    for given in (film(), cut(), cut(item("a", 20))):
        text = write_timeline(given.model_copy(update={"title": title}))
        timeline = otio.adapters.read_from_string(text, "otio_json")
        assert timeline.name == title
        assert timeline.to_json_string(indent=-1) == text


@pytest.mark.parametrize("fps", [1, 7, 25, 60])
def test_durations_are_exact_at_any_rate(fps: int) -> None:
    given = cut(*(item("abcd"[number % 4], 1 + number * 7) for number in range(200)), fps=fps)
    again = read_timeline(write_timeline(given))
    assert again.frames == given.frames
    assert again == given


def test_an_editor_sees_clips_dissolves_and_the_whole_length() -> None:
    timeline, track = opened(film())
    assert timeline.duration() == frames(154)
    kinds = [
        (child.transition_type, child.in_offset.value, child.out_offset.value)
        for child in track
        if isinstance(child, otio.schema.Transition)
    ]
    assert kinds == [
        ("Custom_Transition", 0, 12),
        ("SMPTE_Dissolve", 4, 5),
        ("Custom_Transition", 8, 6),
        ("Custom_Transition", 10, 0),
    ]
    assert [clip.media_reference.target_url for clip in clips(track)] == [f"artifacts/{name}.png" for name in "abcd"]
    assert [len(clip.markers) for clip in clips(track)] == [1, 1, 0, 1]


def test_reordered_clips_take_their_subtitles_along() -> None:
    timeline, track = opened(
        cut(item("a", 48), item("b", 36)).model_copy(
            update={"cues": (Cue(start=10, end=30, text="first"), Cue(start=50, end=70, text="second"))}
        )
    )
    first = track.pop(0)
    track.append(first)
    again = closed(timeline)
    assert [item.shot for item in again.items] == ["s001-002", "s001-001"]
    assert [(cue.start, cue.end, cue.text) for cue in again.cues] == [(2, 22, "second"), (46, 66, "first")]


def test_a_trimmed_clip_trims_its_subtitle_and_keeps_its_move() -> None:
    timeline, track = opened(cut(item("a", 48)).model_copy(update={"cues": (Cue(start=10, end=30, text="words"),)}))
    clips(track)[0].source_range = otio.opentime.TimeRange(frames(20), frames(15))
    again = closed(timeline)
    assert (again.items[0].start, again.items[0].frames, again.items[0].move.frames) == (20, 15, 48)
    assert [(cue.start, cue.end) for cue in again.cues] == [(0, 10)]
    clips(track)[0].source_range = otio.opentime.TimeRange(frames(30), frames(15))
    assert closed(timeline).cues == ()


def test_times_at_another_rate_are_read_exactly() -> None:
    timeline, track = opened(cut(item("a", 48)))
    clips(track)[0].source_range = otio.opentime.TimeRange(
        otio.opentime.RationalTime(0, 48), otio.opentime.RationalTime(30, 48)
    )
    assert closed(timeline).items[0].frames == 15
    clips(track)[0].source_range = otio.opentime.TimeRange(frames(0), otio.opentime.RationalTime(31, 48))
    with pytest.raises(InvalidTimeline, match="whole frames"):
        closed(timeline)


def test_a_trim_shortens_the_dissolve_that_no_longer_fits() -> None:
    timeline, track = opened(film())
    clips(track)[1].source_range = otio.opentime.TimeRange(frames(0), frames(3))
    again = closed(timeline)
    assert again.items[1].transition_in is TransitionKind.DISSOLVE
    assert again.items[1].transition_in_frames == 6


def test_the_film_follows_the_edited_timeline(tmp_path: Path) -> None:
    timeline, track = opened(cut(item("a", 10), item("b", 10), item("c", 10)))
    track.append(track.pop(0))
    clips(track)[0].source_range = otio.opentime.TimeRange(frames(2), frames(5))
    (spec,) = plan_segments(closed(timeline), EncoderSettings(preset="ultrafast", crf=12))
    render_segment(spec, stills(tmp_path), tmp_path / "out.mp4", quiet)
    expected = [LUMA["b"]] * 5 + [LUMA["c"]] * 10 + [LUMA["a"]] * 10
    assert means(tmp_path / "out.mp4") == pytest.approx(expected, abs=3)


@pytest.mark.parametrize(
    "text", ["", "nonsense", "{}", "[]", "null", '{"OTIO_SCHEMA": "Clip.2"}', '{"OTIO_SCHEMA": "Timeline.1"}', "\ud800"]
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(InvalidTimeline):
        read_timeline(text)


def test_what_cannot_be_played_is_named() -> None:
    def refused(change: object, match: str) -> None:
        timeline, track = opened(film())
        change(timeline, track)  # type: ignore[operator]
        with pytest.raises(InvalidTimeline, match=match):
            closed(timeline)

    def gap(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        track.append(otio.schema.Gap(duration=frames(10)))

    def sound(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        timeline.tracks.append(otio.schema.Track(name="A1", kind="Audio", children=[otio.schema.Clip(name="x")]))

    def second(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        timeline.tracks.append(track.deepcopy())

    def speed(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        clips(track)[0].effects.append(otio.schema.LinearTimeWarp(name="fast", time_scalar=2.0))

    def foreign(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        track.append(otio.schema.Clip(name="stock", source_range=otio.opentime.TimeRange(frames(0), frames(5))))

    def twice(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        del track[track.index(clips(track)[3])]

    def empty(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        track.clear()

    def negative(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        clips(track)[0].source_range = otio.opentime.TimeRange(frames(-5), frames(10))

    def none(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        clips(track)[0].source_range = otio.opentime.TimeRange(frames(0), frames(0))

    def sideways(timeline: otio.schema.Timeline, track: otio.schema.Track) -> None:
        track[2].in_offset = frames(0)

    refused(gap, "Gap")
    refused(sound, "no sound of this film")
    refused(second, "2 video tracks")
    refused(speed, "fast")
    refused(foreign, '"stock".*no shot')
    refused(twice, "Two transitions")
    refused(empty, "no shot|no video")
    refused(negative, "start")
    refused(none, "frames")
    refused(sideways, "Centre")


def test_a_subtitle_across_a_cut_is_refused() -> None:
    given = cut(item("a", 10), item("b", 10)).model_copy(update={"cues": (Cue(start=5, end=15, text="x"),)})
    with pytest.raises(InvalidTimeline, match="one shot"):
        write_timeline(given)


def test_transitions_are_made_to_fit() -> None:
    items = fit_transitions(
        [
            item("a", 20, **dissolve(12)),
            item("b", 1, **dissolve(12)),
            item("c", 1, **fade_in(5), **fade_out(5)),
            item("d", 5, **dissolve(12), **fade_out(9)),
        ]
    )
    assert [(one.transition_in, one.transition_in_frames) for one in items] == [
        (TransitionKind.FADE, 12),
        (TransitionKind.DISSOLVE, 2),
        (TransitionKind.CUT, 0),
        (TransitionKind.DISSOLVE, 1),
    ]
    assert fit_transitions(items) == items
