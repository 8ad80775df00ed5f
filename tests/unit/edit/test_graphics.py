"""What is asked for is looked at, brought into the cut, kept by the timeline, and felt where it is seen alone."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from film.edit.captions import captions_of
from film.edit.cues import to_srt
from film.edit.graphics import (
    CardPlan,
    check_graphics,
    lettering_of,
    letters_missing,
    plan_cards,
    with_graphics,
)
from film.edit.segments import overlays_of, plan_segments
from film.edit.shown import read_srt, shown_subtitles
from film.edit.subtitles import read_subtitles
from film.edit.timeline import read_timeline, write_timeline
from film.edit.verify import check_film
from film.studio import make_film
from schemas.base import spec_hash
from schemas.enums import MediaKind, OverlayKind, ShotSize, SubtitleMode
from schemas.errors import InvalidRequest, RenderRefused
from schemas.graphics import Graphics, Lettering, Logo, Overlay, TitleCard
from schemas.jobs import FilmOptions
from schemas.script import Shot, Span
from schemas.timeline import Cue, Cut, EncoderSettings
from tests.unit.edit.films import cut, item, lumas
from tests.unit.edit.lettered import CREDITS, font, logo, sha

SCRIPT = """Title: The Lamp

INT. KITCHEN - NIGHT

SUPER: "OSLO, 1931"

ANNA lights a lamp.

ANNA
There you are.

EXT. BEACH - DAY

Anna walks along the sea.

ANNA
שלום. 東京へ。

FADE OUT.
"""
SMALL = FilmOptions(width=320, height=180, fps=12)


def shot(title: str, frames: int) -> Shot:
    return Shot(
        id="s001-001",
        scene=0,
        size=ShotSize.WS,
        frames=frames,
        duration_s=frames / 24,
        span=Span(start=0, end=1),
        title=title,
    )


def caption(start: int, end: int, text: str = "OSLO") -> Overlay:
    return Overlay(kind=OverlayKind.CAPTION, start=start, end=end, text=text)


def long_film(**changes: object) -> Cut:
    """Three minutes of shots, with a subtitle in each."""
    items = [item("abcd"[n % 4], 60 + 7 * (n % 5)) for n in range(60)]
    cues, at = [], 0
    for number, one in enumerate(items):
        cues.append(Cue(start=at + 5, end=at + 50, text=f"Line {number}."))
        at += one.frames
    return cut(*items).model_copy(update={"cues": tuple(cues), "subtitles": SubtitleMode.BURNT, **changes})


def keys(film: Cut) -> list[str]:
    return [spec_hash("segment", 1, one.spec()) for one in plan_segments(film, EncoderSettings())]


# Captions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frames", [1, 2, 7, 24, 100, 1000])
@pytest.mark.parametrize("title", ["OSLO", "OSLO / 1931", "word " * 80, "x" * 500])
def test_captions_lie_inside_their_shot_one_after_the_other(title: str, frames: int) -> None:
    found = captions_of(shot(title, frames), 24)
    assert found
    assert found[0].start >= 0
    assert found[-1].end <= frames
    assert all(one.start < one.end for one in found)
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))
    words = "".join("".join(one.text.split()) for one in found)
    assert words == "".join(title.replace(" / ", " ").split())


def test_a_caption_stays_as_long_as_it_takes_and_not_for_a_whole_long_shot() -> None:
    (one,) = captions_of(shot("OSLO", 2400), 24)
    assert one.end - one.start == 4 * 24
    assert one.start == 7, "the picture is seen first"
    assert captions_of(shot("", 48), 24) == ()
    assert captions_of(shot("OSLO / 1931", 240), 24)[0].text == "OSLO\n1931"


def test_a_caption_is_raised_while_somebody_speaks() -> None:
    film = cut(item("a", 100)).model_copy(
        update={"captions": (caption(5, 20), caption(40, 60)), "cues": (Cue(start=19, end=30, text="Hm."),)}
    )
    assert [one.raised for one in overlays_of(film)] == [True, False]


# The timeline -----------------------------------------------------------------------------------------------------


def lettered_film() -> Cut:
    film = cut(item("a", 48), item("b", 36)).model_copy(
        update={"cues": (Cue(start=50, end=70, text="Aye."),), "captions": (caption(4, 30, "OSLO\n1931"),)}
    )
    graphics = Graphics(subtitles=SubtitleMode.BURNT, logo=Logo(sha256=sha(b"logo"), share=0.2), font=sha(b"font"))
    card = item("c", 30).model_copy(update={"shot": "title", "media_kind": MediaKind.CARD})
    lettering = Lettering(font=sha(b"font"), tongue="ja")
    return with_graphics(film, graphics, lettering, [card], [])


def test_the_timeline_keeps_what_is_lettered() -> None:
    film = lettered_film()
    assert read_timeline(write_timeline(film)) == film
    assert film.lettering.tongue == "ja"
    assert [one.media_kind for one in film.items] == [MediaKind.CARD, MediaKind.STILL, MediaKind.STILL]


def test_captions_move_and_are_trimmed_with_their_clip() -> None:
    import opentimelineio as otio

    timeline = otio.adapters.read_from_string(write_timeline(lettered_film()), "otio_json")
    track = timeline.tracks[0]
    clip = next(child for child in track if child.name == "shot a")
    clip.source_range = otio.opentime.TimeRange(otio.opentime.RationalTime(10, 24), otio.opentime.RationalTime(15, 24))
    (moved,) = read_timeline(otio.adapters.write_to_string(timeline, "otio_json")).captions
    assert (moved.start, moved.end) == (30, 45), "behind the card, of what is left of its shot"


def test_a_film_without_any_of_it_has_the_timeline_it_had() -> None:
    film = cut(item("a", 48)).model_copy(update={"cues": (Cue(start=3, end=9, text="Hm."),)})
    text = write_timeline(film)
    assert not any(word in text for word in ("caption", "lettering", "subtitles", "logo"))
    assert "overlays" not in plan_segments(film, EncoderSettings())[0].spec()
    assert FilmOptions().model_dump() == FilmOptions(graphics=Graphics()).model_dump()
    assert "graphics" not in FilmOptions().model_dump()


# Segments ---------------------------------------------------------------------------------------------------------


def test_segments_hold_the_words_that_are_seen_in_them_by_their_own_time() -> None:
    film = long_film()
    begin = 0
    found: list[tuple[int, int, str]] = []
    segments = plan_segments(film, EncoderSettings())
    assert len(segments) > 8
    for one in segments:
        assert all(0 <= overlay.start < overlay.end <= one.frames for overlay in one.overlays)
        found += [(begin + overlay.start, begin + overlay.end, overlay.text) for overlay in one.overlays]
        begin += one.frames
    assert found == [(cue.start, cue.end, cue.text) for cue in film.cues]


def test_a_changed_word_changes_one_segment_and_none_where_subtitles_are_no_part_of_the_picture() -> None:
    before = long_film()
    cues = list(before.cues)
    cues[30] = cues[30].model_copy(update={"text": "Another line."})
    after = before.model_copy(update={"cues": tuple(cues)})
    assert sum(one != two for one, two in zip(keys(before), keys(after), strict=True)) == 1
    soft = {"subtitles": SubtitleMode.SOFT}
    assert keys(before.model_copy(update=soft)) == keys(after.model_copy(update=soft))


def test_a_japanese_line_changes_no_letters_of_other_segments() -> None:
    before = long_film(lettering=Lettering(tongue=""))
    cues = list(before.cues)
    cues[30] = cues[30].model_copy(update={"text": "東京へ。"})
    after = before.model_copy(update={"cues": tuple(cues), "lettering": Lettering(tongue="ja")})
    assert sum(one != two for one, two in zip(keys(before), keys(after), strict=True)) == 1


# What a user gives ------------------------------------------------------------------------------------------------


def png_of(width: int, height: int) -> bytes:
    """The head of a PNG of any size, without pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("graphics", "data", "words"),
    [
        (lambda digest: {"font": digest}, b"no font", "font is no font"),
        (lambda digest: {"font": digest}, b"\x00\x01\x00\x00" + bytes(50), "font"),
        (lambda digest: {"logo": {"sha256": digest}}, b"no picture", "no PNG"),
        (lambda digest: {"logo": {"sha256": digest}}, png_of(30_000, 20), "30000×20"),
        (lambda digest: {"logo": {"sha256": digest}}, png_of(30_000, 30_000), "logo"),
        (lambda digest: {"logo": {"sha256": digest}}, png_of(20, 20), "no PNG"),
        (lambda digest: {"credits": {"sha256": digest, "lines": 1}}, b"\xff\xfe\x00", "no text"),
        (lambda digest: {"credits": {"sha256": digest, "lines": 1}}, b"a\x00b", "control"),
        (lambda digest: {"credits": {"sha256": digest, "lines": 1}}, b" \n\n", "0 lines"),
        (lambda digest: {"credits": {"sha256": digest, "lines": 1}}, b"a\nb", "2 lines"),
        (lambda digest: {"credits": {"sha256": digest, "lines": 1}}, b"a\n" * 3000, "3000 lines"),
    ],
)
def test_what_is_not_what_it_should_be_is_refused_in_a_sentence(
    graphics: Callable[[str], dict[str, Any]], data: bytes, words: str, tmp_path: Path
) -> None:
    asked = Graphics.model_validate(graphics(sha(data)))
    with pytest.raises(InvalidRequest, match=words):
        check_graphics(asked, {sha(data): data})
    options = SMALL.model_copy(update={"graphics": asked})
    with pytest.raises(InvalidRequest, match=words):
        make_film(SCRIPT, "x.fountain", tmp_path / "film.mp4", options, files={sha(data): data})
    with pytest.raises(InvalidRequest, match="not those"):
        check_graphics(asked, {})
    assert list(tmp_path.iterdir()) == []


def test_letters_that_no_font_has_are_named_once() -> None:
    film = cut(item("a", 48)).model_copy(
        update={"captions": (caption(4, 30, "OSLO 😀"),), "cues": (Cue(start=4, end=9, text="🎬 🎬"),)}
    )
    assert letters_missing(film, CardPlan(), None)[0].startswith("No font has 😀 (U+1F600): left out")
    burnt = film.model_copy(update={"subtitles": SubtitleMode.BURNT})
    (sentence,) = letters_missing(burnt, CardPlan(), None)
    assert "🎬 (U+1F3AC)" in sentence
    assert sentence.count("1F3AC") == 1
    cards = plan_cards(Graphics(card=TitleCard(title="🚢 Ferry")), {}, width=320, height=180, fps=24)
    assert "U+1F6A2" in letters_missing(cut(item("a", 9)), cards, None)[0]
    assert letters_missing(cut(item("a", 9)), CardPlan(), None) == ()


def test_whose_forms_signs_have_is_found_in_the_whole_film() -> None:
    film = cut(item("a", 9)).model_copy(update={"cues": (Cue(start=0, end=4, text="です"),)})
    cards = plan_cards(Graphics(card=TitleCard(title="東京")), {}, width=320, height=180, fps=24)
    assert lettering_of(film, Graphics(), cards).tongue == "ja"
    assert lettering_of(cut(item("a", 9)), Graphics(), CardPlan()) == Lettering()


# Subtitles --------------------------------------------------------------------------------------------------------


def test_subrip_is_read_as_it_was_written() -> None:
    cues = [
        Cue(start=1, end=40, text="One\ntwo"),
        Cue(start=40, end=90, text="12"),
        Cue(start=90, end=5_000_000, text="00:00:01,000 --> 00:00:02,000"),
    ]
    shown = read_srt(to_srt(cues, 24))
    assert [one.text for one in shown] == [cue.text for cue in cues]
    assert [one.start_s for one in shown] == pytest.approx([cue.start / 24 for cue in cues], abs=0.001)
    assert read_srt("") == []
    with pytest.raises(RenderRefused, match="no times"):
        read_srt("1\nsoon\nWords\n")


def film_of(tmp_path: Path, **graphics: object) -> Path:
    out = tmp_path / "film.mp4"
    files = {sha(data): data for data in (CREDITS.encode(), logo(), font())}
    options = SMALL.model_copy(update={"graphics": Graphics.model_validate(graphics)})
    report = make_film(SCRIPT, "lamp.fountain", out, options, files={k: files[k] for k in options.graphics.files})
    check_film(out, frames=report.frames, fps=12, width=320, height=180, full=True)
    assert report.subtitles == (options.graphics.subtitles is SubtitleMode.SOFT)
    return out


@pytest.mark.slow
def test_burnt_subtitles_are_in_the_picture_and_no_track(tmp_path: Path) -> None:
    out = film_of(tmp_path)
    said = read_subtitles(out)
    soft = lumas(out)
    burnt = lumas(film_of(tmp_path, subtitles="burnt"))
    assert len(said) == 2
    with av.open(str(out)) as container:
        assert not container.streams.subtitles
    assert len(soft) == len(burnt)
    spoken = {number for one in said for number in range(round(one.start_s * 12), round(one.end_s * 12))}
    for number, (one, two) in enumerate(zip(soft, burnt, strict=True)):
        differs = (two.astype(int) - one)[140:174, 20:300] > 60  # brighter
        assert (differs.sum() > 50) == (number in spoken)
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


@pytest.mark.slow
def test_subtitles_in_files_lie_beside_the_film(tmp_path: Path) -> None:
    out = film_of(tmp_path, subtitles="sidecar")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4", "film.srt", "film.vtt"]
    assert [one.text for one in read_srt((tmp_path / "film.srt").read_text(encoding="utf-8"))] == [
        "There you are.",
        "שלום. 東京へ。",
    ]
    assert read_subtitles(out) == []


@pytest.mark.slow
def test_a_film_has_its_title_its_credits_and_its_logo(tmp_path: Path) -> None:
    plain = lumas(film_of(tmp_path))
    whole = film_of(
        tmp_path,
        card={"title": "The Lamp"},
        credits={"sha256": sha(CREDITS.encode()), "lines": 4},
        logo={"sha256": sha(logo())},
        font=sha(font()),
    )
    frames = lumas(whole)
    assert len(frames) == len(plain) + 4 * 12 + 4 * 12
    assert (frames[24][60:120] > 180).sum() > 100
    assert (frames[-24][20:160, 40:260] > 150).sum() > 100
    assert frames[47][40:].max() < 60, "the title has gone before the first shot comes"
    assert all((frame[8:28, 270:306] > 200).sum() > 200 for frame in frames)


def test_a_track_that_nobody_asked_for_is_refused(tmp_path: Path) -> None:
    from film.edit.encode import render_segment
    from film.edit.join import join_segments
    from film.edit.subtitles import write_subtitles
    from tests.unit.edit.films import quiet, segment, stills

    film = cut(item("b", 12)).model_copy(update={"cues": (Cue(start=1, end=9, text="Hm."),)})
    render_segment(segment(*film.items), stills(tmp_path), tmp_path / "s.mp4", quiet)
    write_subtitles(film.cues, 24, tmp_path / "t.mp4")
    join_segments([tmp_path / "s.mp4"], tmp_path / "t.mp4", tmp_path / "film.mp4", "x", rate=24)
    burnt = film.model_copy(update={"subtitles": SubtitleMode.BURNT})
    with pytest.raises(RenderRefused, match="nobody|none was asked"):
        shown_subtitles(burnt, plan_segments(burnt, EncoderSettings()), tmp_path / "film.mp4", "")
