from __future__ import annotations

import subprocess
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from film.edit.encode import render_segment
from film.edit.join import join_command, join_error, join_segments
from film.edit.subtitles import Shown, read_subtitles, write_subtitles
from film.edit.verify import check_film
from schemas.errors import EncoderFailed, RenderRefused, StorageFull
from schemas.timeline import Cue
from tests.unit.edit.films import FPS, HEIGHT, LUMA, WIDTH, fade_in, item, means, quiet, segment, sha, stills


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("it's parts")
    files = stills(folder)
    paths = []
    for name, frames in (("a", 25), ("b", 31), ("c", 1), ("d", 27)):
        path = folder / f"{name}.mp4"
        render_segment(segment(item(name, frames)), files, path, quiet)
        paths.append(path)
    return paths


def checked(path: Path, frames: int = 84, *, full: bool = True) -> int:
    return check_film(path, frames=frames, fps=FPS, width=WIDTH, height=HEIGHT, full=full).decoded


def test_segments_become_one_film_frame_by_frame(parts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    join_segments(parts, None, out, "A title: with 'quotes' = and more", rate=FPS)
    assert checked(out) == 84
    assert checked(out, full=False) == 10
    expected = [LUMA["a"]] * 25 + [LUMA["b"]] * 31 + [LUMA["c"]] + [LUMA["d"]] * 27
    assert means(out) == pytest.approx(expected, abs=3)
    with av.open(str(out)) as container:
        assert container.metadata["title"] == "A title: with 'quotes' = and more"


def test_subtitles_are_a_soft_track(parts: list[Path], tmp_path: Path) -> None:
    track = tmp_path / "subtitles.mp4"
    cues = [Cue(start=6, end=30, text="Hello,\n“world”"), Cue(start=48, end=84, text="<i>a</i> < b {\\an8} > \\N c")]
    write_subtitles(cues, FPS, track)
    out = tmp_path / "film.mp4"
    join_segments(parts, track, out, "t", rate=FPS)
    report = check_film(out, frames=84, fps=FPS, width=WIDTH, height=HEIGHT)
    assert report.subtitles
    assert report.duration_s == 3.5
    assert read_subtitles(out) == [Shown(cue.start / FPS, cue.end / FPS, cue.text) for cue in cues]


def test_time_stamps_stay_regular_over_many_segments(parts: list[Path], tmp_path: Path) -> None:
    many = parts * 60
    out = tmp_path / "film.mp4"
    join_segments(many, None, out, "t", rate=FPS)
    assert checked(out, 84 * 60, full=False) == 10


def test_time_stamps_stay_regular_where_headers_lose_a_part_of_a_millisecond(tmp_path: Path) -> None:
    noise, part, out = tmp_path / "noise.png", tmp_path / "part.mp4", tmp_path / "film.mp4"
    cv2.imwrite(str(noise), np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8))
    render_segment(segment(item("a", 26), preset="veryfast", width=64, height=64), {sha("a"): noise}, part, quiet)
    with av.open(str(part)) as container:
        # A segment that ends with a B-frame has an edit list, which counts milliseconds.
        assert (container.duration or 0) / 1e6 < 26 / FPS - 3e-4
    join_segments([part] * 100, None, out, "t", rate=FPS)
    assert check_film(out, frames=100 * 26, fps=FPS, width=64, height=64).frames == 100 * 26


def test_the_same_segments_give_the_same_film(parts: list[Path], tmp_path: Path) -> None:
    for name in ("1.mp4", "2.mp4"):
        join_segments(parts, None, tmp_path / name, "t", rate=FPS)
    assert (tmp_path / "1.mp4").read_bytes() == (tmp_path / "2.mp4").read_bytes()


def test_a_missing_segment_is_said_in_ffmpegs_words_and_leaves_nothing(parts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    with pytest.raises(EncoderFailed, match=r"gone\.mp4"):
        join_segments([*parts, tmp_path / "gone.mp4"], None, out, "t", rate=FPS)
    assert not out.exists()


def test_a_full_disk_has_its_own_name() -> None:
    stderr = "[out#0/mp4 @ 0x5] Error writing trailer: No space left on device\n"
    assert isinstance(join_error(stderr, Path("film.mp4")), StorageFull)
    assert str(join_error("a\n  b \n\n", Path("film.mp4"))).endswith(": a")


def test_other_films_are_refused(parts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    join_segments(parts, None, out, "t", rate=FPS)
    with pytest.raises(RenderRefused, match="84 frames instead of 85"):
        checked(out, 85)
    with pytest.raises(RenderRefused, match="comes after"):
        check_film(parts[0], frames=25, fps=FPS, width=WIDTH, height=HEIGHT)
    with pytest.raises(RenderRefused, match="not exactly 1/25"):
        check_film(out, frames=84, fps=25, width=WIDTH, height=HEIGHT)
    out.write_bytes(out.read_bytes()[:-9000])
    with pytest.raises(RenderRefused):
        checked(out)
    with pytest.raises(RenderRefused, match="cannot be opened"):
        checked(tmp_path / "absent.mp4")


def test_a_black_stretch_is_found(tmp_path: Path) -> None:
    part, out = tmp_path / "part.mp4", tmp_path / "film.mp4"
    render_segment(segment(item("a", 600, **fade_in(590))), stills(tmp_path), part, quiet)
    join_segments([part], None, out, "t", rate=FPS)
    with pytest.raises(RenderRefused, match="black from frame 0"):
        checked(out, 600)


def test_the_command_can_be_run_by_others(parts: list[Path], tmp_path: Path) -> None:
    listing, out = tmp_path / "list.txt", tmp_path / "film.mp4"
    listing.write_text(f"file '{parts[0].resolve()}'\n".replace("it's", "it'\\''s"))
    command = join_command(listing, None, out, "t", rate=FPS)
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert "progress=end" in done.stdout
    assert checked(out, 25) == 25
