from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from film.motion.clips import ClipCamera, check_clip, encode_clip
from film.motion.i420 import Planes, empty_planes, from_bgr
from schemas.errors import RenderRefused

WIDTH, HEIGHT, FPS = 176, 98, 12


def picture(number: int) -> Planes:
    """A dial whose hand says the frame's number, and a grain."""
    grain = np.random.default_rng(number).integers(0, 30, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    end = (88 + int(40 * np.cos(number / 4)), 49 + int(40 * np.sin(number / 4)))
    return from_bgr(np.asarray(cv2.line(grain + 60, (88, 49), end, (40, 220, 250), 5), np.uint8))


def flat(level: int) -> Planes:
    return from_bgr(np.full((HEIGHT, WIDTH, 3), level, np.uint8))


def dial(frames: int) -> Iterator[Planes]:
    return (picture(number) for number in range(frames))


def written(folder: Path, frames: Iterator[Planes]) -> Path:
    path = folder / "clip.mp4"
    path.write_bytes(encode_clip(frames, width=WIDTH, height=HEIGHT, fps=FPS))
    return path


def check(path: Path, frames: int, *, still: bool = False) -> None:
    check_clip(path, frames=frames, width=WIDTH, height=HEIGHT, fps=FPS, still=still)


def psnr(one: Planes, other: Planes) -> float:
    error = np.concatenate([(a.astype(float) - b).ravel() for a, b in zip(one, other, strict=True)])
    return float(10 * np.log10(255**2 / np.mean(error**2)))


def test_each_frame_is_found_wherever_one_looks(tmp_path: Path) -> None:
    path = written(tmp_path, dial(40))
    check(path, 40)
    camera, seen = ClipCamera(path, 40), empty_planes(WIDTH, HEIGHT)
    for asked, expected in [(0, 0), (1, 1), (2, 2), (31, 31), (30, 30), (5, 5), (6, 6), (-4, 0), (39, 39), (77, 39)]:
        camera.render(asked, seen)
        fits = [psnr(seen, picture(number)) for number in range(40)]
        assert int(np.argmax(fits)) == expected == camera.shown(asked)
        assert fits[expected] > 44


def test_equal_frames_are_equal_clips() -> None:
    clips = {encode_clip(dial(12), width=WIDTH, height=HEIGHT, fps=FPS) for _ in range(2)}
    assert len(clips) == 1


def test_a_clip_of_another_length_size_or_rate_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, dial(15))
    with pytest.raises(RenderRefused, match="has 15 frames instead of 16"):
        check(path, 16)
    with pytest.raises(RenderRefused, match="176×98 instead of 160×98"):
        check_clip(path, frames=15, width=160, height=98, fps=FPS)
    with pytest.raises(RenderRefused, match="12 frames a second instead of 24"):
        check_clip(path, frames=15, width=WIDTH, height=HEIGHT, fps=24)
    with pytest.raises(RenderRefused, match="no frame 15"):
        ClipCamera(path, 16).render(15, empty_planes(WIDTH, HEIGHT))


def test_a_frozen_clip_is_refused_unless_it_may_be_still(tmp_path: Path) -> None:
    short = written(tmp_path, (flat(90) for _ in range(5)))
    with pytest.raises(RenderRefused, match="Nothing moves"):
        check(short, 5)
    check(short, 5, still=True)
    path = written(tmp_path, (picture(min(number, 9)) for number in range(40)))
    with pytest.raises(RenderRefused, match="frozen from frame 9 on"):
        check(path, 40)


def test_grain_alone_is_no_motion_and_a_blink_is(tmp_path: Path) -> None:
    def blinking(blink: bool) -> Iterator[Planes]:
        for number in range(10):
            grain = np.random.default_rng(number).integers(90, 98, (HEIGHT, WIDTH, 3)).astype(np.uint8)
            if blink and number == 6:
                grain[40:46, 80:92] = 20
            yield from_bgr(grain)

    check(written(tmp_path, blinking(True)), 10)
    with pytest.raises(RenderRefused, match="Nothing moves"):
        check(written(tmp_path, blinking(False)), 10)


def test_a_black_frame_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, (flat(0) if number == 7 else picture(number) for number in range(12)))
    with pytest.raises(RenderRefused, match="Frame 7 .* is black"):
        check(path, 12)


@pytest.mark.parametrize("content", [b"", b"no clip", b"\x00\x00\x00\x18ftypisom" + bytes(400)])
def test_what_is_no_clip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    for reading in (lambda: check(path, 3), lambda: ClipCamera(path, 3)):
        with pytest.raises(RenderRefused, match=r"clip\.mp4"):
            reading()


def test_a_clip_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, dial(30))
    path.write_bytes(path.read_bytes()[:-4000])
    with pytest.raises(RenderRefused):
        check(path, 30)
