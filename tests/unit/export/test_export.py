"""A film handed over: read back by a library that did not write it, it has the same clips, lengths and dissolves."""

from __future__ import annotations

import csv
import io
import shutil
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import av
import cv2
import numpy as np
import opentimelineio as otio
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from film.edit.cards import with_cards
from film.edit.encode import render_segment
from film.export import FORMATS, Reel, export, make_reel
from film.export.media import render_clip, write_frames
from film.export.reel import MEDIA
from schemas.enums import ExportFormat, MediaKind, OverlayKind, TransitionKind
from schemas.graphics import Overlay
from schemas.rate import NTSC, Rate
from schemas.timeline import Cue, Cut, EncoderSettings
from tests.unit.edit.films import FPS, cut, dissolve, fade_in, item, lumas, of_all_joins, segment, stills

FAST = EncoderSettings(preset="ultrafast", crf=12)


def film() -> Cut:
    cues = (
        Cue(start=10, end=30, speaker="ANNA", text="Good morning,\nCaptain – “all’s well” <i>&"),
        Cue(start=114, end=154, text="=1+1"),
    )
    return of_all_joins().model_copy(update={"cues": cues, "title": "Salt & <Light>\x0b: “two”"})


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reel, Path]:
    """Shots, rendered once; each test copies them to another folder."""
    folder = tmp_path_factory.mktemp("reel")
    reel, media = make_reel(film()), stills(folder)
    (folder / MEDIA).mkdir()
    for clip in reel.clips:
        render_clip(clip, reel.cut, FAST, media, folder / clip.url)
    return reel, folder


def moved(handed: tuple[Reel, Path], to: ExportFormat, tmp_path: Path) -> tuple[Reel, Path]:
    """Export, and move everything to another folder, as somebody does who hands a film over."""
    reel, folder = handed
    document = export(reel, to, folder, "film")
    there = tmp_path / "else where"
    shutil.copytree(folder, there)
    document.unlink()
    return reel, there / document.name


def shown(timeline: otio.schema.Timeline) -> list[tuple[int, int]]:
    """First frame of the media and length of each clip, as other programs reckon them."""
    clips = timeline.video_tracks()[0].find_clips()
    return [(round(c.source_range.start_time.value), round(c.source_range.duration.value)) for c in clips]


def test_each_shot_has_its_frames_and_a_second_on_both_sides(handed: tuple[Reel, Path]) -> None:
    reel, folder = handed
    for clip in reel.clips:
        with av.open(str(folder / clip.url)) as container:
            stream = container.streams.video[0]
            assert stream.frames == clip.frames + 2 * FPS == clip.media_frames
            assert stream.average_rate == FPS


def test_a_shots_file_shows_at_its_handle_what_the_film_shows(handed: tuple[Reel, Path], tmp_path: Path) -> None:
    reel, folder = handed
    clip = reel.clips[1]
    alone = tmp_path / "alone.mp4"
    render_segment(segment(item("b", 36)), stills(tmp_path), alone, lambda _: None)
    inside = lumas(folder / clip.url)[clip.handle : clip.handle + clip.frames]
    for ours, theirs in zip(inside, lumas(alone), strict=True):
        assert np.abs(ours.astype(int) - theirs.astype(int)).mean() < 1


def test_otio_reads_back_and_finds_its_media(handed: tuple[Reel, Path], tmp_path: Path) -> None:
    reel, path = moved(handed, ExportFormat.OTIO, tmp_path)
    timeline = otio.adapters.read_from_file(str(path))
    assert shown(timeline) == [(clip.handle, clip.frames) for clip in reel.clips]
    assert timeline.duration().value == reel.cut.frames
    for clip in timeline.find_clips():
        assert (path.parent / clip.media_reference.target_url).is_file()


def test_otioz_holds_its_media(handed: tuple[Reel, Path], tmp_path: Path) -> None:
    reel, path = moved(handed, ExportFormat.OTIOZ, tmp_path)
    (tmp_path / "unpacked").mkdir()
    timeline = otio.adapters.read_from_file(str(path), "otioz", extract_to_directory=str(tmp_path / "unpacked"))
    assert shown(timeline) == [(clip.handle, clip.frames) for clip in reel.clips]
    names = {Path(clip.media_reference.target_url).name for clip in timeline.find_clips()}
    assert names == {clip.file for clip in reel.clips}
    assert {each.name for each in (tmp_path / "unpacked" / MEDIA).iterdir()} == names


def test_final_cut_7_keeps_clips_and_dissolves(handed: tuple[Reel, Path], tmp_path: Path) -> None:
    reel, path = moved(handed, ExportFormat.FCP7XML, tmp_path)
    timeline = otio.adapters.read_from_file(str(path), "fcp_xml")
    assert shown(timeline) == [(clip.handle, clip.frames) for clip in reel.clips]
    track = timeline.video_tracks()[0]
    found = [(t.in_offset.value, t.out_offset.value) for t in track if isinstance(t, otio.schema.Transition)]
    assert found == [(4, 5)]
    for clip in timeline.find_clips():
        assert (path.parent / unquote(clip.media_reference.target_url)).is_file()
    assert (path.parent / "film.srt").read_text(encoding="utf-8").startswith("1\n00:00:00,")


def seconds(of: Element, name: str) -> Fraction:
    return Fraction(of.attrib[name].removesuffix("s"))


def spine(path: Path) -> tuple[Element, list[Element]]:
    root = fromstring(path.read_bytes(), forbid_dtd=False)
    return root, root.findall("library/event/project/sequence/spine/*")


def test_fcpxml_keeps_clips_dissolves_and_fades(handed: tuple[Reel, Path], tmp_path: Path) -> None:
    reel, path = moved(handed, ExportFormat.FCPXML, tmp_path)
    root, children = spine(path)
    clips = [child for child in children if child.tag == "asset-clip"]
    at = Fraction(0)
    for ours, theirs in zip(reel.clips, clips, strict=True):
        assert seconds(theirs, "offset") == at == Fraction(ours.start, FPS)
        assert seconds(theirs, "duration") == Fraction(ours.frames, FPS)
        assert seconds(theirs, "start") == Fraction(ours.handle, FPS)
        at += seconds(theirs, "duration")
        (media,) = root.findall(f"resources/asset[@id='{theirs.attrib['ref']}']/media-rep")
        assert (path.parent / unquote(media.attrib["src"])).is_file()
    (transition,) = [child for child in children if child.tag == "transition"]
    assert seconds(transition, "duration") == Fraction(9, FPS)
    assert seconds(transition, "offset") == Fraction(48 - 4, FPS)
    fades = [[fade.tag for fade in clip.iter() if fade.tag.startswith("fade")] for clip in clips]
    assert fades == [["fadeIn"], [], ["fadeOut"], ["fadeIn", "fadeOut"]]


def test_edl_keeps_clips_dissolves_and_the_films_length() -> None:
    reel = make_reel(cut(item("a", 48), item("b", 36, **dissolve(9)), item("c", 30), item("d", 40, **dissolve(8))))
    text = FORMATS[ExportFormat.EDL].write(reel, Path()).decode()
    track = otio.adapters.read_from_string(text, "cmx_3600", rate=FPS).video_tracks()[0]
    assert track.duration().value == reel.cut.frames
    dissolves = [t for t in track if isinstance(t, otio.schema.Transition)]
    assert [round(t.in_offset.value + t.out_offset.value) for t in dissolves] == [9, 8]
    assert all(f"CLIP NAME: {clip.file}" in text for clip in reel.clips)


def test_edl_fades_by_dissolves_from_and_to_black(handed: tuple[Reel, Path], tmp_path: Path) -> None:
    _, path = moved(handed, ExportFormat.EDL, tmp_path)
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line[:3].isdigit()]
    assert rows[0][1:4] == ["BL", "V", "C"]
    assert rows[1][3:5] == ["D", "012"]
    assert [row[1] for row in rows] == ["BL", "AX", "AX", "AX", "AX", "AX", "BL", "BL", "AX", "AX", "BL"]
    record = [row[-2:] for row in rows if row[-2] != row[-1]]
    assert record[0][0] == "00:00:00:00"
    assert record[-1][1] == "00:00:06:10"
    assert all(before[1] == after[0] for before, after in zip(record, record[1:], strict=False))


def test_the_shot_list_is_a_table_that_runs_no_formula(handed: tuple[Reel, Path], tmp_path: Path) -> None:
    reel, path = moved(handed, ExportFormat.CSV, tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert [int(row["frames"]) for row in rows] == [clip.frames for clip in reel.clips]
    assert rows[-1]["out"] == "00:00:06:10"
    assert rows[-1]["subtitles"] == "'=1+1"


@pytest.mark.parametrize("to", [ExportFormat.SRT, ExportFormat.VTT])
def test_subtitles_are_files_of_their_own(handed: tuple[Reel, Path], tmp_path: Path, to: ExportFormat) -> None:
    _, path = moved(handed, to, tmp_path)
    assert "all’s well" in path.read_text(encoding="utf-8")


def test_every_format_says_what_it_loses(handed: tuple[Reel, Path]) -> None:
    reel, _ = handed
    assert set(FORMATS) == set(ExportFormat) - {ExportFormat.FRAMES, ExportFormat.PDF}
    assert FORMATS[ExportFormat.OTIO].lost(reel) == [
        '4 fades: written as custom transitions ("Dip to black"), which some programs pass over'
    ]
    assert FORMATS[ExportFormat.FCP7XML].lost(reel)[0] == "4 fades from and to black"
    assert FORMATS[ExportFormat.FCPXML].lost(make_reel(cut(item("a", 24)))) == []


def test_the_films_frames_are_pictures(tmp_path: Path) -> None:
    media = stills(tmp_path)
    folder = tmp_path / "frames"
    folder.mkdir()
    reel = make_reel(cut(item("a", 5, **fade_in(2)), item("d", 4)))
    done: list[int] = []
    write_frames(reel, FAST, media, folder, done.append)
    pictures = [np.asarray(cv2.imread(str(path))) for path in sorted(folder.iterdir())]
    assert done == list(range(1, 10))
    assert [round(float(picture.mean())) < 3 for picture in pictures] == [True] + [False] * 8
    assert pictures[8].mean() > pictures[4].mean() + 100


_ITEMS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 90), st.sampled_from([TransitionKind.CUT, *TransitionKind]),
              st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=12)  # fmt: skip


def lettered() -> Cut:
    caption = Overlay(kind=OverlayKind.CAPTION, start=4, end=40, text="OSLO,\n1931")
    card = item("c", 30).model_copy(update={"shot": "title", "media_kind": MediaKind.CARD})
    return with_cards(film().model_copy(update={"captions": (caption,)}), [card], [])


def test_captions_and_cards_go_along_as_markers_and_clips(tmp_path: Path) -> None:
    reel = make_reel(lettered())
    timeline = otio.adapters.read_from_file(str(export(reel, ExportFormat.OTIO, tmp_path, "film")))
    clips = list(timeline.video_tracks()[0].find_clips())
    assert clips[0].media_reference.target_url == "media/title.mp4"
    (marker,) = [one for one in clips[1].markers if one.name == "OSLO, 1931"]
    assert marker.metadata["ai_film_studio"]["kind"] == "caption"
    assert round(marker.marked_range.start_time.value) == FPS + 4
    assert "1 caption: as markers" in FORMATS[ExportFormat.OTIO].lost(reel)
    for to in (ExportFormat.FCP7XML, ExportFormat.FCPXML, ExportFormat.EDL):
        assert "1 caption" in FORMATS[to].lost(reel)


def test_the_films_frames_have_what_is_lettered_and_its_shots_have_not(tmp_path: Path) -> None:
    media = stills(tmp_path)
    caption = Overlay(kind=OverlayKind.CAPTION, start=1, end=9, text="OSLO 1931")
    reel = make_reel(cut(item("b", 10), item("c", 3)).model_copy(update={"captions": (caption,)}))
    write_frames(reel, FAST, media, tmp_path, lambda _: None)
    shown = [np.asarray(cv2.imread(str(tmp_path / f"frame_{n:06d}.png"), cv2.IMREAD_GRAYSCALE)) for n in range(1, 14)]
    assert [bool((frame[140:, :160] > 180).any()) for frame in shown][:10] == [n in range(2, 8) for n in range(10)]
    render_clip(reel.clips[0], reel.cut, FAST, media, tmp_path / "shot.mp4")
    assert max(int(frame.max()) for frame in lumas(tmp_path / "shot.mp4")) < 150


@given(shots=_ITEMS, fps=st.sampled_from([24, 25, 30, 60, *NTSC.values()]), title=st.text(max_size=80))
def test_any_film_is_written_and_read_back(
    shots: list[tuple[str, int, TransitionKind, int, int]], fps: Rate, title: str
) -> None:
    items = [
        item(name, frames, transition_in=kind, transition_in_frames=into,
             transition_out=TransitionKind.FADE, transition_out_frames=out)
        for name, frames, kind, into, out in shots
    ]  # fmt: skip
    reel = make_reel(cut(*items, fps=fps).model_copy(update={"title": title}))
    assert all(clip.handle >= clip.dissolve - clip.early for clip in reel.clips)
    assert len({clip.file for clip in reel.clips}) == len(items)
    for to in (ExportFormat.OTIO, ExportFormat.FCP7XML):
        text = FORMATS[to].write(reel, Path()).decode()
        back = otio.adapters.read_from_string(text, {"otio": "otio_json", "fcp7xml": "fcp_xml"}[to.value])
        assert [length for _, length in shown(back)] == [clip.frames for clip in reel.clips]
    edl = FORMATS[ExportFormat.EDL].write(reel, Path()).decode()
    assert len(edl.splitlines()) > 3
    fromstring(FORMATS[ExportFormat.FCPXML].write(reel, Path()), forbid_dtd=False)
