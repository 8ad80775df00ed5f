"""Every profile encodes, joins and verifies, and gives the same bytes twice."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import av
import cv2
import numpy as np
import pytest

from film.edit.checked import render_checked_segment
from film.edit.encode import render_segment
from film.edit.encoders import choose, why_not
from film.edit.join import join_segments
from film.edit.segments import plan_segments
from film.edit.subtitles import Shown, read_subtitles, write_subtitles
from film.edit.verify import check_film, check_segment
from film.sound.mastering import make_mix
from film.sound.verify import check_sound
from schemas.artifact import ArtifactRef
from schemas.composition import plan_spec, segment_key
from schemas.enums import ProfileName, SoundCodec, SoundKind
from schemas.errors import RenderRefused
from schemas.jobs import FilmInput, FilmOptions
from schemas.profiles import PROFILES, Profile, profile_of
from schemas.sound import Soundtrack
from schemas.stages import stage_versions
from schemas.timeline import CameraMove, Cue, EncoderSettings, Segment, VideoCodec
from tests.unit.edit.films import FPS, HEIGHT, LUMA, WHOLE, WIDTH, cut, dissolve, item, quiet, sha, stills
from tests.unit.sound.sounds import clip, given, tone

pytestmark = pytest.mark.slow

EVERYWHERE = [name for name, profile in PROFILES.items() if profile.instead is None]
"""Profiles whose encoders are in every installation."""

FRAMES = 107
"""Of the film: two segments, the first with a dissolve."""

FOUND = {
    ProfileName.H264: ("h264", "yuv420p", "avc1", WIDTH, HEIGHT, "aac"),
    ProfileName.HEVC: ("hevc", "yuv420p", "hvc1", WIDTH, HEIGHT, "aac"),
    ProfileName.AV1: ("av1", "yuv420p", "av01", WIDTH, HEIGHT, "aac"),
    ProfileName.PRORES: ("prores", "yuv422p10le", "apch", WIDTH, HEIGHT, "pcm_s24le"),
    ProfileName.PREVIEW: ("h264", "yuv420p", "avc1", WIDTH // 2, HEIGHT // 2, "aac"),
}


def segments(profile: Profile, **fields: object) -> list[Segment]:
    encoder = profile.encoder.model_copy(update={"watermark": "HELLO"})
    width, height = encoder.size_of(WIDTH, HEIGHT)
    runs = (item("a", 40), item("b", 32, **dissolve(9))), (item("c", 35, **fields),)
    return [Segment(width=width, height=height, fps=FPS, items=items, encoder=encoder) for items in runs]


def means(path: Path) -> list[float]:
    """Mean luma of each frame, in 8 bits whatever it is encoded in."""
    with av.open(str(path)) as container:
        grey = (frame.reformat(format="gray").to_ndarray() for frame in container.decode(video=0))
        return [float(luma.mean()) * 219 / 255 + 16 for luma in grey]


@pytest.mark.parametrize("name", EVERYWHERE)
def test_a_profile_makes_what_its_row_says(tmp_path: Path, name: ProfileName) -> None:
    profile, files, parts = PROFILES[name], stills(tmp_path), []
    for number, segment in enumerate(segments(profile)):
        parts.append(tmp_path / f"{number}.{profile.encoder.container}")
        render_checked_segment(segment, files, parts[-1], quiet)
    music = tone(tmp_path / "music.wav", 6)
    track = Soundtrack(clips=(clip(SoundKind.MUSIC, given(music), 0, FRAMES),))
    sound, subtitles = tmp_path / f"sound.{profile.sound.extension}", tmp_path / "subtitles.mp4"
    levels = make_mix(track, {given(music).sha256: music}, FRAMES, FPS, profile.sound, sound)
    write_subtitles([Cue(start=6, end=30, text="Hello")], FPS, subtitles)
    film = tmp_path / f"film.{profile.encoder.container}"
    join_segments(parts, subtitles, film, "t", rate=FPS, sound=sound, container=profile.encoder.container)

    width, height = profile.encoder.size_of(WIDTH, HEIGHT)
    for full in (True, False):
        report = check_film(
            film, frames=FRAMES, fps=FPS, width=width, height=height, full=full, encoder=profile.encoder
        )
    assert report.subtitles
    assert read_subtitles(film) == [Shown(6 / FPS, 30 / FPS, "Hello")]
    figures = check_sound(film, track, levels, profile.sound, frames=FRAMES, fps=FPS)
    assert figures is not None
    assert figures.lufs == pytest.approx(-16, abs=0.5)
    with av.open(str(film)) as container:
        context = container.streams.video[0].codec_context
        audio = container.streams.audio[0].codec_context.codec.canonical_name
        found = context.codec.canonical_name, context.pix_fmt, context.codec_tag, context.width, context.height, audio
    assert found == FOUND[name]
    lumas = means(film)
    assert len(lumas) == FRAMES
    for frame, letter in ((10, "a"), (60, "b"), (100, "c")):
        assert lumas[frame] == pytest.approx(LUMA[letter], abs=4)


@pytest.mark.parametrize("name", EVERYWHERE)
def test_a_profile_gives_the_same_bytes_twice(tmp_path: Path, name: ProfileName) -> None:
    files = stills(tmp_path)
    (segment, _) = segments(PROFILES[name])
    for out in ("1", "2"):
        render_segment(segment, files, tmp_path / out, quiet)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


@pytest.mark.parametrize("name", EVERYWHERE)
def test_what_froze_is_found_in_every_profile(tmp_path: Path, name: ProfileName) -> None:
    files, profile = stills(tmp_path), PROFILES[name]
    blocks = np.random.default_rng(1).integers(40, 220, (9, 16)).repeat(20, axis=0).repeat(20, axis=1)
    cv2.imwrite(str(files[sha("c")]), blocks.astype(np.uint8))
    (_, still) = segments(profile, move=CameraMove(start=WHOLE, end=WHOLE, frames=35))
    (_, moving) = segments(profile)
    out = tmp_path / f"out.{profile.encoder.container}"
    render_segment(still, files, out, quiet)
    check_segment(out, still, files)
    with pytest.raises(RenderRefused, match="frozen"):
        check_segment(out, moving, files)


def test_a_film_of_another_profile_is_refused(tmp_path: Path) -> None:
    (segment, _) = segments(PROFILES[ProfileName.HEVC])
    out = tmp_path / "out.mp4"
    render_segment(segment, stills(tmp_path), out, quiet)
    with pytest.raises(RenderRefused, match="is hevc yuv420p hvc1, not h264 yuv420p avc1"):
        check_segment(out, segment.model_copy(update={"encoder": EncoderSettings()}))


def test_names_of_what_was_made_before_profiles_stay() -> None:
    script = ArtifactRef(key="s", sha256="0" * 64, bytes=1, media_type="text/plain")
    film = FilmInput(
        job_id=UUID(int=1),
        project_id=UUID(int=2),
        user_id=UUID(int=3),
        title="t",
        script=script,
        file_name="s.txt",
        options=FilmOptions(),
        versions=stage_versions(),
    )
    plain = EncoderSettings()
    assert plain.model_dump() == {"preset": "veryfast", "crf": 18, "watermark": None}
    assert PROFILES[ProfileName.H264].encoder == plain
    assert film.options.model_dump(mode="json").get("profile") is None
    keys = {segment_key(film, segments(profile)[0]) for profile in PROFILES.values()}
    plans = {plan_spec(film, "0" * 64, profile.encoder) for profile in PROFILES.values()}
    assert len(keys) == len(plans) == len(PROFILES)


def test_a_profile_is_known_by_how_it_encodes() -> None:
    for profile in PROFILES.values():
        marked = profile.encoder.model_copy(update={"watermark": "HELLO"})
        assert profile_of(marked) is profile


def test_half_the_size_divides_the_film_alike() -> None:
    film = cut(*(item(letter, 150) for letter in "abcd"))
    full, half = (plan_segments(film, PROFILES[name].encoder) for name in (ProfileName.H264, ProfileName.PREVIEW))
    assert [each.frames for each in full] == [each.frames for each in half]
    assert {(each.width, each.height) for each in half} == {(160, 90)}


def test_an_encoder_is_tried_before_it_is_chosen() -> None:
    assert why_not(EncoderSettings()) is None
    nobody = VideoCodec(encoder="h264_nobody", codec="h264", pixels="yuv420p", tag="avc1", container="mp4")
    assert why_not(EncoderSettings(video=nobody))
    choice = choose(ProfileName.NVENC)
    works = why_not(PROFILES[ProfileName.NVENC].encoder) is None
    assert (choice.profile, bool(choice.note)) == ((ProfileName.NVENC, False) if works else (ProfileName.H264, True))
    assert choose(ProfileName.AV1).note == ""


def test_files_are_called_what_they_are() -> None:
    assert {name: profile.file_name for name, profile in PROFILES.items() if profile.file_name != "final.mp4"} == {
        ProfileName.PRORES: "final.mov"
    }
    assert PROFILES[ProfileName.PRORES].sound is SoundCodec.PCM
