from __future__ import annotations

import random
import wave
from pathlib import Path

import pytest

from film.direction import direct
from film.direction.edits import apply_edits
from film.script import read
from film.sound.layout import lay_out, unplaced
from film.sound.lines import lines_in_order
from film.sound.ordering import SoundRequest, plan_sound
from schemas.edits import Edits
from schemas.enums import SoundKind
from schemas.errors import InvalidSound
from schemas.script import Breakdown
from schemas.sound import SoundClip
from tests.studio import SCRIPT
from tests.unit.sound.sounds import ffmpeg, noise, tone


@pytest.fixture(scope="module")
def film() -> Breakdown:
    return direct(read(SCRIPT, "pier.fountain"), fps=24)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sounds")
    tone(folder / "music.mp3", 5)
    noise(folder / "voice.wav", 1)
    return folder


def voices(folder: Path, into: Path, *names: str) -> Path:
    into.mkdir()
    for name in names:
        (into / name).write_bytes((folder / "voice.wav").read_bytes())
    return into


def laid(request: SoundRequest, film: Breakdown) -> tuple[SoundClip, ...]:
    plan = plan_sound(request, film)
    assert plan is not None
    track = lay_out(plan.order, film, "artifacts/{}".format)
    assert track is not None
    return track.clips


def test_lines_are_counted_in_the_order_of_the_film(film: Breakdown) -> None:
    lines = lines_in_order(film)
    assert [(line.number, line.text) for line in lines] == [(1, "He said he would be here."), (2, "I never left.")]
    assert all(0 <= line.start < line.end <= film.frames for line in lines)


def test_a_line_keeps_its_number_where_others_are_cut_or_come_later(film: Breakdown) -> None:
    kitchen = film.model_copy(update={"shots": tuple(shot for shot in film.shots if shot.scene == 1)})
    assert [(line.number, line.text) for line in lines_in_order(kitchen)] == [(2, "I never left.")]
    turned = film.model_copy(update={"shots": (*kitchen.shots, *(shot for shot in film.shots if shot.scene == 0))})
    assert [line.number for line in lines_in_order(turned)] == [2, 1]


@pytest.mark.parametrize("name", ["2.wav", "02 Tom.wav", "{shot}.wav", "{shot}-1_take 3.wav"])
def test_a_voice_begins_with_its_line(film: Breakdown, folder: Path, tmp_path: Path, name: str) -> None:
    line = lines_in_order(film)[1]
    (clip,) = laid(SoundRequest(voices=voices(folder, tmp_path / "v", name.format(shot=line.shot))), film)
    assert (clip.kind, clip.start, clip.frames) == (SoundKind.VOICE, line.start, 24)


def test_a_shot_without_a_line_takes_a_voice_at_its_beginning(film: Breakdown, folder: Path, tmp_path: Path) -> None:
    silent = next(shot for shot in film.shots if not shot.dialogue)
    begin = sum(shot.frames for shot in film.shots[: film.shots.index(silent)])
    (clip,) = laid(SoundRequest(voices=voices(folder, tmp_path / "v", f"{silent.id}.wav")), film)
    assert clip.start == begin


def test_music_repeats_over_itself_to_the_last_frame(film: Breakdown, folder: Path) -> None:
    clips = laid(SoundRequest(music=folder / "music.mp3"), film)
    assert len(clips) > 2
    assert clips[0].start == 0
    assert clips[-1].end == film.frames
    for before, after in zip(clips, clips[1:], strict=False):
        assert before.end - after.start == before.fade_out == after.fade_in > 0
    assert clips[-1].fade_out > 24


def test_music_that_does_not_repeat_ends_by_itself(film: Breakdown, folder: Path) -> None:
    (clip,) = laid(SoundRequest(music=folder / "music.mp3", loop=False), film)
    assert 120 <= clip.frames <= 122
    assert clip.fade_out == 72


@pytest.mark.slow
def test_two_hours_of_music_are_cut_to_the_film(film: Breakdown, tmp_path: Path) -> None:
    music = tmp_path / "music.wav"
    with wave.open(str(music), "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(bytes(range(64, 192)) * (7200 * 8000 // 128))
    (clip,) = laid(SoundRequest(music=music), film)
    assert (clip.start, clip.frames, clip.fade_out) == (0, film.frames, 72)


def test_a_voice_longer_than_the_rest_of_the_film_fades_at_its_end(film: Breakdown, tmp_path: Path) -> None:
    (tmp_path / "v").mkdir()
    noise(tmp_path / "v" / "2.wav", 60)
    (clip,) = laid(SoundRequest(voices=tmp_path / "v"), film)
    assert clip.end == film.frames
    assert clip.fade_out == 6


def test_what_the_film_has_no_place_for_is_named(film: Breakdown, folder: Path, tmp_path: Path) -> None:
    plan = plan_sound(SoundRequest(voices=voices(folder, tmp_path / "v", "1.wav", "2.wav")), film)
    assert plan is not None
    assert unplaced(plan.order, film) == ()
    kitchen = film.model_copy(update={"shots": tuple(shot for shot in film.shots if shot.scene == 1)})
    assert unplaced(plan.order, kitchen) == ("1.wav",)


def refused(request: SoundRequest, film: Breakdown) -> str:
    with pytest.raises(InvalidSound) as caught:
        plan_sound(request, film)
    return str(caught.value)


def test_what_is_no_sound_is_refused_in_a_sentence(film: Breakdown, folder: Path, tmp_path: Path) -> None:
    text, empty, mute, silent, chance = (tmp_path / name for name in ("a.mp3", "e.mp3", "v.mp4", "s.wav", "c.mp3"))
    chance.write_bytes(random.Random(1).randbytes(100_000))
    text.write_text("This is a letter, not a song. " * 200)
    empty.touch()
    ffmpeg("-f", "lavfi", "-i", "testsrc=size=64x64:duration=1", mute)
    ffmpeg("-f", "lavfi", "-i", "anullsrc=duration=3", silent)
    for path, match in (
        (text, "is no sound file"),
        (empty, "is no sound file"),
        (mute, "holds no sound"),
        (chance, "no sound"),
        (silent, "is silent"),
        (tmp_path, "no such file"),
        (tmp_path / "gone.mp3", "no such file"),
    ):
        said = refused(SoundRequest(music=path), film)
        assert match in said
        assert str(path) in said


def test_damage_in_the_middle_is_refused_and_a_tag_at_the_end_is_not(film: Breakdown, tmp_path: Path) -> None:
    whole = tone(tmp_path / "whole.mp3", 20).read_bytes()
    half = len(whole) // 2
    damaged, tagged = tmp_path / "damaged.mp3", tmp_path / "tagged.mp3"
    damaged.write_bytes(whole[:half] + b"\xff\xfb\x90\x00" * 400 + whole[half:])
    tagged.write_bytes(whole + b"TAG" + b"a title".ljust(125) + b"\x00\xffgarbage" * 40)
    assert "damaged in the middle" in refused(SoundRequest(music=damaged), film)
    assert laid(SoundRequest(music=tagged), film)


def test_a_playlist_leads_nowhere(film: Breakdown, folder: Path, tmp_path: Path) -> None:
    for name, text in (
        ("list.m3u8", f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{folder / 'music.mp3'}\n#EXT-X-ENDLIST\n"),
        ("list.ffconcat", f"ffconcat version 1.0\nfile {folder / 'music.mp3'}\n"),
        ("list.mp3", f"ffconcat version 1.0\nfile {folder / 'music.mp3'}\n"),
    ):
        (tmp_path / name).write_text(text)
        assert "is no sound file" in refused(SoundRequest(music=tmp_path / name), film)


@pytest.mark.parametrize(
    ("names", "match"),
    [
        (("9.wav",), "line 9; the film has 2"),
        (("0.wav",), "line 0"),
        (("s009-001.wav",), "shot s009-001"),
        (("Mara.wav",), "named after no line"),
        (("1.wav", "01 again.wav"), "of one line"),
        ((), "is empty"),
    ],
)
def test_a_voice_that_belongs_nowhere_is_refused(
    film: Breakdown, folder: Path, tmp_path: Path, names: tuple[str, ...], match: str
) -> None:
    assert match in refused(SoundRequest(voices=voices(folder, tmp_path / "v", *names)), film)


def test_hidden_files_are_nobody(film: Breakdown, folder: Path, tmp_path: Path) -> None:
    given = voices(folder, tmp_path / "v", "1.wav")
    (given / ".DS_Store").write_bytes(b"x")
    assert len(laid(SoundRequest(voices=given), film)) == 1


def test_a_voice_follows_its_line_and_its_shot_through_edits(film: Breakdown, folder: Path, tmp_path: Path) -> None:
    first, second = lines_in_order(film)
    keys = {shot.id: shot.key for shot in film.shots}
    edited = apply_edits(film, Edits(removed=(keys[first.shot],))).breakdown
    plan = plan_sound(SoundRequest(voices=voices(folder, tmp_path / "v", "1.wav", "2.wav")), film)
    assert plan is not None
    track = lay_out(plan.order, edited, "artifacts/{}".format, film)
    assert track is not None
    (line,) = lines_in_order(edited)
    assert (line.number, line.text) == (2, second.text)
    assert [clip.start for clip in track.clips] == [line.start]
    assert unplaced(plan.order, edited, film) == ("1.wav",)
