from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from film.edit import watermark
from film.edit.cut import fit_transitions
from film.edit.encode import render_segment
from film.edit.verify import check_segment
from film.motion.i420 import empty_planes
from schemas.enums import FadeColour
from schemas.errors import ArtifactMissing, RenderRefused, StorageFull
from schemas.timeline import CameraMove, Segment
from tests.unit.edit.films import (
    LUMA,
    WHOLE,
    dissolve,
    fade_in,
    fade_out,
    item,
    lumas,
    means,
    quiet,
    segment,
    still,
    stills,
    wipe,
)


def made(spec: Segment, folder: Path, name: str = "out.mp4") -> Path:
    path = folder / name
    render_segment(spec, stills(folder), path, quiet)
    return path


def test_shots_follow_each_other_with_their_lengths(tmp_path: Path) -> None:
    spec = segment(item("b", 7), item("d", 1), item("a", 12))
    path = made(spec, tmp_path)
    check_segment(path, spec)
    expected = [LUMA["b"]] * 7 + [LUMA["d"]] + [LUMA["a"]] * 12
    assert means(path) == pytest.approx(expected, abs=3)


def test_the_middle_of_a_dissolve_is_a_blend_and_its_neighbours_are_not(tmp_path: Path) -> None:
    path = made(segment(item("a", 10), item("d", 10, **dissolve(5))), tmp_path)
    brightness = means(path)
    middle = (LUMA["a"] + LUMA["d"]) / 2
    assert brightness[7] == pytest.approx(LUMA["a"], abs=3)
    assert brightness[8:13] == pytest.approx(np.linspace(LUMA["a"], LUMA["d"], 7)[1:-1], abs=3)
    assert brightness[10] == pytest.approx(middle, abs=3)
    assert brightness[13] == pytest.approx(LUMA["d"], abs=3)
    assert len(brightness) == 20


def test_fades_begin_and_end_in_black(tmp_path: Path) -> None:
    spec = segment(item("c", 12, **fade_in(4), **fade_out(4)))
    path = made(spec, tmp_path)
    check_segment(path, spec)
    brightness = means(path)
    assert brightness[0] == pytest.approx(16, abs=1)
    assert brightness[-1] == pytest.approx(16, abs=1)
    assert brightness[2] == pytest.approx((LUMA["c"] + 16) / 2, abs=3)
    assert brightness[5] == pytest.approx(LUMA["c"], abs=3)


@pytest.mark.parametrize("frames", [1, 2, 5, 12])
def test_a_wipe_uncovers_the_next_shot_from_the_left(tmp_path: Path, frames: int) -> None:
    spec = segment(item("a", 10), item("d", 10, **wipe(frames)))
    path = made(spec, tmp_path)
    check_segment(path, spec)
    shown = lumas(path)
    first = 10 - frames // 2
    for number, frame in enumerate(shown):
        columns = frame.mean(axis=0)
        bright = int((columns > (LUMA["a"] + LUMA["d"]) / 2).sum())
        passed = min(max((number - first + 1) / (frames + 1), 0.0), 1.0)
        assert bright == pytest.approx(320 * passed, abs=6)
        assert (columns[: max(0, bright - 8)] > LUMA["d"] - 12).all()
        assert (columns[bright + 8 :] < LUMA["a"] + 12).all()


def test_a_white_fade_begins_and_ends_in_white(tmp_path: Path) -> None:
    spec = segment(item("c", 12, **fade_in(4, FadeColour.WHITE), **fade_out(4, FadeColour.WHITE)))
    path = made(spec, tmp_path)
    check_segment(path, spec)
    brightness = means(path)
    assert [brightness[0], brightness[-1]] == pytest.approx([235, 235], abs=1)
    assert brightness[2] == pytest.approx((LUMA["c"] + 235) / 2, abs=3)
    assert brightness[5] == pytest.approx(LUMA["c"], abs=3)


def test_a_black_fade_where_white_was_asked_for_is_refused(tmp_path: Path) -> None:
    path = made(segment(item("c", 12, **fade_in(4))), tmp_path)
    with pytest.raises(RenderRefused, match="Frame 0 .* black"):
        check_segment(path, segment(item("c", 12, **fade_in(4, FadeColour.WHITE))))


def test_a_still_shot_of_one_level_is_painted_for_each_colour(tmp_path: Path) -> None:
    move = CameraMove(start=WHOLE, end=WHOLE, frames=2)
    both = {**fade_in(1, FadeColour.WHITE), **fade_out(1)}
    brightness = means(made(segment(item("a", 2, move=move, **both)), tmp_path))
    assert brightness == pytest.approx([235, 16], abs=2)


def test_what_is_wrong_with_a_later_shot_is_said_of_it_when_its_turn_comes(tmp_path: Path) -> None:
    files = stills(tmp_path)
    files[item("c", 1).media_sha256].write_bytes(b"no picture")
    done: list[int] = []
    with pytest.raises(ArtifactMissing, match="s001-003"):
        render_segment(
            segment(item("a", 12), item("b", 12), item("c", 12), item("d", 12)), files, tmp_path / "x.mp4", done.append
        )
    assert done == [12, 24]
    assert not any(thread.name.startswith("next-shot") for thread in threading.enumerate())


@pytest.mark.parametrize("joint", [dissolve(4), wipe(4)])
def test_a_shot_of_which_nothing_is_alone_is_opened_in_time(tmp_path: Path, joint: dict[str, object]) -> None:
    spec = segment(item("a", 8), item("d", 4, **joint), item("b", 1, **joint), item("c", 8, **joint))
    fitted = spec.model_copy(update={"items": fit_transitions(spec.items)})
    path = made(fitted, tmp_path)
    check_segment(path, fitted)
    assert means(path)[-1] == pytest.approx(LUMA["c"], abs=3)


def test_the_stream_says_that_it_is_bt709_in_limited_range(tmp_path: Path) -> None:
    path = made(segment(item("a", 3)), tmp_path)
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        tags = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
        assert tags == (1, 1, 1, 1)
        assert context.pix_fmt == "yuv420p"


def test_time_stamps_are_whole_frames(tmp_path: Path) -> None:
    path = made(segment(item("a", 30)), tmp_path)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        shown = sorted(packet.pts for packet in container.demux(stream) if packet.pts is not None)
        assert shown == [number * 512 for number in range(30)]
        assert stream.time_base is not None
        assert stream.time_base * 512 * 24 == 1


def test_a_watermark_is_in_the_lower_right_corner_and_only_when_asked_for(tmp_path: Path) -> None:
    plain = lumas(made(segment(item("c", 3)), tmp_path, "plain.mp4"))[1].astype(int)
    marked = lumas(made(segment(item("c", 3), watermark="AI Film Studio"), tmp_path, "marked.mp4"))[1].astype(int)
    changed = np.abs(marked - plain) > 20
    assert changed[150:, 200:].sum() > 60
    assert not changed[:140].any()
    assert not changed[:, :160].any()


@pytest.mark.parametrize("name", ["a", "d"])
def test_a_watermark_can_be_read_on_dark_and_on_light(tmp_path: Path, name: str) -> None:
    marked = lumas(made(segment(item(name, 2), watermark="AI Film Studio"), tmp_path))[0].astype(int)
    corner = marked[150:, 200:]
    assert int(corner.max()) - int(corner.min()) > 60


def test_the_same_segment_gives_the_same_bytes(tmp_path: Path) -> None:
    spec = segment(item("a", 20), item("b", 20, **dissolve(6)), watermark="x")
    first, second = (made(spec, tmp_path, name) for name in ("1.mp4", "2.mp4"))
    assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(second.read_bytes()).digest()


ENCODES = """
import sys
from pathlib import Path
from film.edit.encode import render_segment
from tests.unit.edit.films import dissolve, item, quiet, segment, still
folder = Path(sys.argv[1])
files = dict(still(folder, name, width=330, height=182) for name in "ab")
spec = segment(item("a", 30), item("b", 30, **dissolve(6)), preset="veryfast", width=330, height=182)
render_segment(spec, files, Path(sys.argv[2]), quiet)
"""


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_what_memory_held_before(tmp_path: Path) -> None:
    made = set()
    for filling in ("1", "77", "255"):
        out = tmp_path / f"{filling}.mp4"
        command = [sys.executable, "-c", ENCODES, str(tmp_path), str(out)]
        subprocess.run(command, check=True, env={**os.environ, "MALLOC_PERTURB_": filling})
        made.add(out.read_bytes())
    assert len(made) == 1


def test_a_static_shot_does_not_move(tmp_path: Path) -> None:
    move = CameraMove(start=WHOLE, end=WHOLE, frames=12)
    frames = lumas(made(segment(item("a", 12, move=move)), tmp_path))
    assert max(float(np.abs(frame.astype(int) - frames[0]).mean()) for frame in frames) < 0.5


@pytest.mark.parametrize("size", [(64, 64), (66, 118), (322, 178)])
def test_any_even_size_is_made(tmp_path: Path, size: tuple[int, int]) -> None:
    width, height = size
    spec = segment(item("a", 4), item("b", 4, **dissolve(2)), width=width, height=height, watermark="AI Film Studio")
    files = dict(still(tmp_path, name, width=width, height=height) for name in "ab")
    render_segment(spec, files, tmp_path / "out.mp4", quiet)
    check_segment(tmp_path / "out.mp4", spec)


def test_pictures_of_other_proportions_fill_the_frame(tmp_path: Path) -> None:
    files = dict([still(tmp_path, "d", width=256, height=256)])
    render_segment(segment(item("d", 3)), files, tmp_path / "out.mp4", quiet)
    assert int(lumas(tmp_path / "out.mp4")[0].min()) > 150


def test_progress_rises_to_the_number_of_frames(tmp_path: Path) -> None:
    seen: list[int] = []
    render_segment(segment(item("a", 30)), stills(tmp_path), tmp_path / "out.mp4", seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 30
    assert len(seen) > 2


def test_a_missing_keyframe_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtifactMissing, match=r"artifacts/a\.png"):
        render_segment(segment(item("a", 3)), {}, tmp_path / "out.mp4", quiet)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def no_file_over(limit: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes: the test's own log must not be written meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    files = stills(tmp_path)
    spec = segment(*(item("abcd"[number % 4], 24) for number in range(8)))
    with no_file_over(20_000), pytest.raises(StorageFull, match="No space"):
        render_segment(spec, files, tmp_path / "out.mp4", quiet)
    assert not [path for path in tmp_path.iterdir() if ".mp4" in path.name]


def test_an_interrupted_encode_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_segment(segment(item("a", 30)), stills(tmp_path), tmp_path / "out.mp4", stop)
    assert not [path for path in tmp_path.iterdir() if ".mp4" in path.name]


def test_a_segment_that_is_not_what_was_asked_for_is_refused(tmp_path: Path) -> None:
    spec = segment(item("a", 8))
    path = made(spec, tmp_path)
    with pytest.raises(RenderRefused, match="8 frames instead of 9"):
        check_segment(path, segment(item("a", 9)))
    with pytest.raises(RenderRefused, match="320×180 instead of 64×64"):
        check_segment(path, segment(item("a", 8), width=64, height=64))
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"")
    with pytest.raises(RenderRefused, match="broken"):
        check_segment(broken, spec)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(RenderRefused):
        check_segment(path, spec)


def test_black_where_nothing_fades_is_refused(tmp_path: Path) -> None:
    path = made(segment(item("a", 8, **fade_in(6))), tmp_path)
    with pytest.raises(RenderRefused, match="Frame 0 .* black"):
        check_segment(path, segment(item("a", 8)))


def test_a_films_mark_is_drawn_once_for_all_its_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = watermark._draw

    def counted(words: str, em: float, width: int, height: int) -> NDArray[np.uint8]:
        drawn.append(words)
        return draw(words, em, width, height)

    monkeypatch.setattr(watermark, "_draw", counted)
    frames = []
    for _ in range(3):
        planes = empty_planes(256, 144)
        for plane in planes:
            plane[:] = 90
        watermark.Watermark("ONCE ALONE", 256, 144).apply(planes)
        frames.append(b"".join(plane.tobytes() for plane in planes))
    assert drawn == ["ONCE ALONE"]
    assert frames[0] == frames[1] == frames[2] != b"Z" * len(frames[0])
