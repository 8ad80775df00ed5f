"""The sound of a film handed over: read back, it has the same stretches of the same files, and finds them."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote

import opentimelineio as otio
import pytest
from defusedxml.ElementTree import fromstring

from film.edit.otio_sound import read_tracks
from film.edit.timeline import read_timeline, write_timeline
from film.export import FORMATS, export, make_reel
from film.export.reel import MEDIA
from schemas.enums import ExportFormat, SoundKind
from schemas.sound import SoundClip, Soundtrack
from schemas.timeline import Cut
from tests.unit.edit.films import FPS, of_all_joins, sha


def sound(kind: SoundKind, name: str, start: int, frames: int, **fields: object) -> SoundClip:
    return SoundClip.model_validate(
        {
            "kind": kind,
            "name": name,
            "media_key": f"artifacts/{name}",
            "media_sha256": sha(name),
            "media_frames": 100,
            "start": start,
            "frames": frames,
            **fields,
        }
    )


CLIPS = (
    sound(SoundKind.MUSIC, "the theme.mp3", 0, 100, fade_in=12, fade_out=30),
    sound(SoundKind.VOICE, "1 Mara.wav", 50, 40, gain_db=-3.0),
    sound(SoundKind.MUSIC, "the theme.mp3", 70, 84, fade_in=30, fade_out=40),
    sound(SoundKind.VOICE, "2.wav", 80, 30),
)
"""154 frames: music that fades over from itself, and two voices, the second before the first has ended."""


def film() -> Cut:
    return of_all_joins().model_copy(update={"soundtrack": Soundtrack(clips=CLIPS)})


@pytest.fixture
def handed(tmp_path: Path) -> tuple[Cut, Path]:
    """A folder with the film's media; what is in the files does not matter here."""
    folder = tmp_path / "reel"
    (folder / MEDIA).mkdir(parents=True)
    reel = make_reel(film())
    for url in [*(clip.url for clip in reel.clips), *reel.sounds.values()]:
        (folder / url).write_bytes(b"x")
    return reel.cut, folder


def exported(handed: tuple[Cut, Path], to: ExportFormat, tmp_path: Path) -> Path:
    cut, folder = handed
    document = export(make_reel(cut), to, folder, "film")
    there = tmp_path / "else where"
    shutil.copytree(folder, there)
    return there / document.name


def heard(timeline: otio.schema.Timeline) -> list[tuple[str, int, int, int]]:
    """Name, first frame of the film, first of the file and length of each sound, fades left out."""
    found = []
    for track in timeline.audio_tracks():
        for clip in track.find_clips():
            place = track.trimmed_range_of_child(clip)
            times = (place.start_time, clip.source_range.start_time, clip.source_range.duration)
            found.append((clip.name, *(round(time.rescaled_to(FPS).value) for time in times)))
    return sorted(found)


MIDDLE = 85
"""Where the music's two stretches meet: the middle of their cross-fade."""

STRETCHES = sorted(
    [
        ("the theme.mp3", 0, 0, MIDDLE),
        ("the theme.mp3", MIDDLE, MIDDLE - 70, 154 - MIDDLE),
        ("1 Mara.wav", 50, 0, 40),
        ("2.wav", 80, 0, 30),
    ]
)


def test_otio_carries_sounds_and_their_fades(handed: tuple[Cut, Path], tmp_path: Path) -> None:
    path = exported(handed, ExportFormat.OTIO, tmp_path)
    timeline = otio.adapters.read_from_file(str(path))
    assert heard(timeline) == STRETCHES
    assert len(timeline.audio_tracks()) == 3
    for clip in timeline.find_clips():
        assert (path.parent / clip.media_reference.target_url).is_file()

    def frames(time: otio.opentime.RationalTime, _: str) -> int:
        return int(time.value)

    again = read_tracks(timeline.audio_tracks(), None, 154, FPS, frames)
    assert again is not None
    plain = {"media_key": ""}
    assert [c.model_copy(update=plain) for c in again.clips] == [c.model_copy(update=plain) for c in CLIPS]


def test_otioz_holds_the_sounds(handed: tuple[Cut, Path], tmp_path: Path) -> None:
    path = exported(handed, ExportFormat.OTIOZ, tmp_path)
    (tmp_path / "unpacked").mkdir()
    timeline = otio.adapters.read_from_file(str(path), "otioz", extract_to_directory=str(tmp_path / "unpacked"))
    assert heard(timeline) == STRETCHES
    names = {each.name for each in (tmp_path / "unpacked" / MEDIA).iterdir()}
    assert {Path(url).name for url in make_reel(handed[0]).sounds.values()} <= names


def test_final_cut_7_carries_sounds(handed: tuple[Cut, Path], tmp_path: Path) -> None:
    path = exported(handed, ExportFormat.FCP7XML, tmp_path)
    timeline = otio.adapters.read_from_file(str(path), "fcp_xml")
    assert heard(timeline) == STRETCHES


def test_fcpxml_connects_sounds_to_the_pictures_above_them(handed: tuple[Cut, Path], tmp_path: Path) -> None:
    path = exported(handed, ExportFormat.FCPXML, tmp_path)
    root = fromstring(path.read_bytes())
    spine = root.find("library/event/project/sequence/spine")
    assert spine is not None

    def frames(text: str) -> int:
        number, _, rate = text.removesuffix("s").partition("/")
        return round(float(number) * FPS / float(rate or 1))

    found = []
    for picture in spine.findall("asset-clip"):
        for clip in picture.findall("asset-clip"):
            at = frames(picture.attrib["offset"]) + frames(clip.attrib["offset"]) - frames(picture.attrib["start"])
            fades = {each.tag: frames(each.attrib["duration"]) for each in clip.findall("adjust-volume/param/*")}
            (media,) = root.findall(f"resources/asset[@id='{clip.attrib['ref']}']/media-rep")
            assert (path.parent / unquote(media.attrib["src"])).is_file()
            assert int(clip.attrib["lane"]) < 0
            found.append((clip.attrib["name"], at, frames(clip.attrib["duration"]), fades))
    assert sorted(found, key=lambda each: each[1]) == [
        (
            clip.name,
            clip.start,
            clip.frames,
            {name: n for name, n in (("fadeIn", clip.fade_in), ("fadeOut", clip.fade_out)) if n},
        )
        for clip in CLIPS
    ]


@pytest.mark.parametrize(("to", "count"), [(ExportFormat.EDL, "4 sounds"), (ExportFormat.FCP7XML, "gain of 1 sound")])
def test_what_is_lost_of_the_sound_is_said(to: ExportFormat, count: str) -> None:
    assert any(count in line for line in FORMATS[to].lost(make_reel(film())))


def test_every_format_of_pictures_says_that_levels_are_the_editors() -> None:
    for to in (ExportFormat.OTIO, ExportFormat.OTIOZ, ExportFormat.FCP7XML, ExportFormat.FCPXML):
        assert any("levelled" in line for line in FORMATS[to].lost(make_reel(film())))
        assert not any("sound" in line for line in FORMATS[to].lost(make_reel(of_all_joins())))


def test_the_timeline_gives_its_sound_back() -> None:
    assert read_timeline(write_timeline(film())) == film()
