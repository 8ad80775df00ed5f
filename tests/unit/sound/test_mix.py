from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from film.sound.mastering import make_mix
from schemas.enums import SoundCodec, SoundKind
from schemas.errors import ArtifactMissing, RenderRefused
from schemas.rate import Rate
from schemas.sound import Ducking, MixLevels, SoundClip, Soundtrack
from tests.unit.sound.sounds import FPS, RATE, clip, given, heard, level, level_of_tone, loudness, noise, tone

pytestmark = pytest.mark.slow

MUSIC, VOICE = SoundKind.MUSIC, SoundKind.VOICE


def mixed(
    out: Path,
    files: list[Path],
    *clips: SoundClip,
    seconds: int = 12,
    fps: Rate = FPS,
    codec: SoundCodec = SoundCodec.PCM,
    ducking: Ducking | None = None,
) -> MixLevels:
    by_digest = {given(path).sha256: path for path in files}
    track = Soundtrack(clips=clips, ducking=ducking or Ducking())
    return make_mix(track, by_digest, seconds * FPS, fps, codec, out)


@pytest.mark.parametrize("codec", SoundCodec)
@pytest.mark.parametrize("volume", [0.02, 0.9])
def test_a_mix_is_as_loud_as_asked_whatever_was_recorded(tmp_path: Path, codec: SoundCodec, volume: float) -> None:
    music = noise(tmp_path / "music.wav", 12, volume=volume)
    out = tmp_path / f"mix.{codec.extension}"
    levels = mixed(out, [music], clip(MUSIC, given(music), 0, 288), codec=codec)
    found, peak = loudness(out)
    assert found == pytest.approx(-16, abs=0.5)
    assert peak <= -1.0
    assert levels.lufs == pytest.approx(found, abs=0.3)


@pytest.mark.parametrize("codec", SoundCodec)
@pytest.mark.parametrize("fps", [24, 25, 30, Fraction(24000, 1001), Fraction(30000, 1001)])
def test_sound_is_as_long_as_the_film_to_the_sample(tmp_path: Path, codec: SoundCodec, fps: Rate) -> None:
    music = tone(tmp_path / "music.mp3", 5)
    out = tmp_path / f"mix.{codec.extension}"
    mixed(out, [music], clip(MUSIC, given(music), 0, 96), seconds=4, fps=fps, codec=codec)
    assert heard(out).shape[1] == round(Fraction(96) / fps * RATE)


def test_music_is_down_before_the_first_word_and_comes_back(tmp_path: Path) -> None:
    music, voice = tone(tmp_path / "music.wav", 12), noise(tmp_path / "voice.wav", 3, seed=4)
    out = tmp_path / "mix.mov"
    clips = clip(MUSIC, given(music), 0, 288), clip(VOICE, given(voice), 96, 72)
    mixed(out, [music, voice], *clips, ducking=Ducking(depth_db=15, attack_s=0.5, hold_s=0.2, release_s=0.5))
    samples = heard(out)
    before, beneath, behind = (level_of_tone(samples, 440, at, at + 0.4) for at in (2.5, 5, 9))
    assert before - beneath == pytest.approx(15, abs=1)
    assert behind == pytest.approx(before, abs=0.5)
    # The first word, at 4 s, finds it down; a compressor would only now begin.
    assert before - level_of_tone(samples, 440, 3.98, 4.02) > 12
    assert level_of_tone(samples, 440, 3.2, 3.4) == pytest.approx(before, abs=0.5)


def test_without_ducking_music_stays(tmp_path: Path) -> None:
    music, voice = tone(tmp_path / "music.wav", 12), noise(tmp_path / "voice.wav", 3, seed=4)
    out = tmp_path / "mix.mov"
    clips = clip(MUSIC, given(music), 0, 288), clip(VOICE, given(voice), 96, 72)
    mixed(out, [music, voice], *clips, ducking=Ducking(depth_db=0))
    samples = heard(out)
    assert level_of_tone(samples, 440, 5, 6) == pytest.approx(level_of_tone(samples, 440, 1, 2), abs=1)


def test_silence_before_a_voice_is_no_voice(tmp_path: Path) -> None:
    music = tone(tmp_path / "music.wav", 12)
    voice = noise(tmp_path / "voice.wav", 2, seed=4, after_s=3)
    out = tmp_path / "mix.mov"
    mixed(out, [music, voice], clip(MUSIC, given(music), 0, 288), clip(VOICE, given(voice), 48, 120))
    samples = heard(out)
    assert level_of_tone(samples, 440, 3, 3.5) == pytest.approx(level_of_tone(samples, 440, 1, 1.5), abs=0.5)
    assert level_of_tone(samples, 440, 5.5, 6) < level_of_tone(samples, 440, 1, 1.5) - 10


def test_music_fades_in_and_out(tmp_path: Path) -> None:
    music = tone(tmp_path / "music.flac", 12)
    out = tmp_path / "mix.mov"
    mixed(out, [music], clip(MUSIC, given(music), 0, 288, fade_in=24, fade_out=72))
    samples = heard(out)
    steps = [level(samples, at, at + 0.1) for at in (8, 9.5, 10.5, 11.5, 11.9)]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] - steps[-1] > 20
    assert level(samples, 0, 0.05) < level(samples, 2, 3) - 15


def test_a_gain_is_a_level_against_voices(tmp_path: Path) -> None:
    quiet, loud = noise(tmp_path / "quiet.wav", 12, volume=0.01), noise(tmp_path / "loud.wav", 4, volume=0.9, seed=2)
    out = tmp_path / "mix.mov"
    mixed(out, [quiet, loud], clip(MUSIC, given(quiet), 0, 144, gain_db=-6), clip(VOICE, given(loud), 168, 96))
    samples = heard(out)
    assert level(samples, 8, 10) - level(samples, 2, 4) == pytest.approx(6, abs=2)


def test_one_number_levels_the_film_where_no_peak_is_in_the_way(tmp_path: Path) -> None:
    music = noise(tmp_path / "music.wav", 12, volume=0.1)
    out = tmp_path / "mix.mov"
    levels = mixed(out, [music], clip(MUSIC, given(music), 0, 288))
    assert levels.limited_db == 0
    before, after = heard(music)[:, : 12 * RATE], heard(out)
    factor = float((before * after).sum() / (before * before).sum())
    assert np.abs(after - factor * before).max() < 1e-4


def test_a_bang_is_caught_and_a_film_of_bangs_says_that_it_stays_quiet(tmp_path: Path) -> None:
    music = noise(tmp_path / "music.wav", 12, volume=0.02)
    bang = noise(tmp_path / "bang.wav", 0.05, volume=1.0, seed=7)
    out = tmp_path / "mix.mov"
    bangs = [clip(VOICE, given(bang), at, 1) for at in (48, 200)]
    levels = mixed(out, [music, bang], clip(MUSIC, given(music), 0, 288, gain_db=-40), *bangs)
    assert loudness(out)[1] <= -1.0
    assert levels.limited_db > 0


def test_a_film_in_which_nothing_is_heard_is_silent(tmp_path: Path) -> None:
    late = noise(tmp_path / "late.wav", 4, after_s=20)
    out = tmp_path / "mix.m4a"
    levels = mixed(out, [late], clip(MUSIC, given(late), 0, 288), codec=SoundCodec.AAC)
    assert levels.lufs is None
    assert np.abs(heard(out)).max() < 1e-4


def test_the_same_sounds_give_the_same_bytes(tmp_path: Path) -> None:
    music, voice = tone(tmp_path / "music.ogg", 6), noise(tmp_path / "voice.wav", 2)
    clips = clip(MUSIC, given(music), 0, 144), clip(VOICE, given(voice), 24, 48)
    for codec in SoundCodec:
        one, two = tmp_path / f"1.{codec.extension}", tmp_path / f"2.{codec.extension}"
        for out in (one, two):
            mixed(out, [music, voice], *clips, seconds=6, codec=codec)
        assert one.read_bytes() == two.read_bytes()


def test_what_is_gone_or_broken_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    music = tone(tmp_path / "music.wav", 4)
    file, out = given(music), tmp_path / "mix.m4a"
    track = Soundtrack(clips=(clip(MUSIC, file, 0, 96),))
    with pytest.raises(ArtifactMissing, match=r"music\.wav"):
        make_mix(track, {}, 96, FPS, SoundCodec.AAC, out)
    music.write_bytes(b"no sound at all" * 99)
    with pytest.raises(RenderRefused, match=r"music\.wav is no sound file"):
        make_mix(track, {file.sha256: music}, 96, FPS, SoundCodec.AAC, out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["music.wav"]
