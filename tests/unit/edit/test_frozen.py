"""Shots that froze, and shots that stand still because they should."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import pytest

from film.edit.checked import render_checked_segment
from film.edit.encode import render_segment
from film.edit.verify import check_segment
from film.layers import LENS, Layer, LayeredPicture, LayerName, write_layers
from film.motion.easing import framing_at
from schemas.enums import MediaKind
from schemas.errors import RenderRefused
from schemas.timeline import CameraMove, Framing, Segment
from tests.unit.edit.films import CLOSE, WHOLE, dissolve, fade_in, item, quiet, segment, sha, stills

PUSH = CameraMove(start=WHOLE, end=CLOSE, frames=96)
PAN = CameraMove(start=Framing(x=0.45, y=0.5, scale=0.9), end=Framing(x=0.55, y=0.5, scale=0.9), frames=96)
HOLD = CameraMove(start=WHOLE, end=WHOLE, frames=96)


def drawn(folder: Path, picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> dict[str, Path]:
    cv2.imwrite(str(folder / "a.png"), picture)
    return {sha("a"): folder / "a.png"}


def shapes(folder: Path) -> dict[str, Path]:
    """A picture of a few soft shapes, as a storyboard has them."""
    picture = np.full((180, 320, 3), 90, np.uint8)
    for x, y, size, grey in ((60, 60, 30, 200), (170, 100, 40, 30), (260, 70, 25, 150)):
        cv2.circle(picture, (x, y), size, (grey, grey, grey), -1, cv2.LINE_AA)
    return drawn(folder, picture)


def frozen(spec: Segment, media: Mapping[str, Path], folder: Path, start: int) -> Path:
    """Make a segment whose first shot stops moving at a frame, as if its camera had died there."""
    first, *rest = spec.items
    framed = framing_at(first.move, start)
    stopped = CameraMove(start=framed, end=framed, frames=first.frames)
    lead = first.model_copy(update={"frames": start})
    stuck = first.model_copy(update={"move": stopped, "frames": first.frames - start})
    path = folder / "frozen.mp4"
    render_segment(spec.model_copy(update={"items": (lead, stuck, *rest)}), media, path, quiet)
    return path


@pytest.mark.parametrize("move", [PUSH, PAN])
@pytest.mark.parametrize("start", [1, 40])
@pytest.mark.parametrize("watermark", [None, "AI Film Studio"])
def test_a_moving_shot_that_froze_is_refused(
    tmp_path: Path, move: CameraMove, start: int, watermark: str | None
) -> None:
    spec = segment(item("a", 96, move=move), item("b", 10), watermark=watermark)
    path = frozen(spec, {**stills(tmp_path), **shapes(tmp_path)}, tmp_path, start)
    with pytest.raises(RenderRefused, match=r"frozen\.mp4 is frozen from frame \d+ to \d+ where the camera moves"):
        check_segment(path, spec)


def test_a_short_freeze_within_a_move_is_found_where_it_is(tmp_path: Path) -> None:
    spec = segment(item("a", 96, move=PAN))
    with pytest.raises(RenderRefused) as refused:
        check_segment(frozen(spec, shapes(tmp_path), tmp_path, 40), spec)
    first, last = (int(word) for word in str(refused.value).split() if word.isdigit())
    assert 40 <= first < 60
    assert first < last < 80


@pytest.mark.parametrize("move", [PUSH, PAN, HOLD])
@pytest.mark.parametrize("preset", ["ultrafast", "medium"])
def test_a_shot_that_does_as_it_should_passes(tmp_path: Path, move: CameraMove, preset: str) -> None:
    spec = segment(item("a", 96, move=move), preset=preset)
    render_segment(spec, shapes(tmp_path), tmp_path / "out.mp4", quiet)
    check_segment(tmp_path / "out.mp4", spec)


def test_holds_before_and_after_a_move_pass(tmp_path: Path) -> None:
    """A trimmed shot may be longer than its move: it rests there, and that is intended."""
    move = PUSH.model_copy(update={"frames": 20})
    spec = segment(item("a", 120, move=move), item("b", 24, **dissolve(12)), item("c", 24, **fade_in(12)))
    render_segment(spec, {**stills(tmp_path), **shapes(tmp_path)}, tmp_path / "out.mp4", quiet)
    check_segment(tmp_path / "out.mp4", spec)


@pytest.mark.parametrize("move", [PUSH, PAN])
def test_a_flat_picture_shows_no_move_and_passes(tmp_path: Path, move: CameraMove) -> None:
    spec = segment(item("a", 96, move=move))
    render_segment(spec, drawn(tmp_path, np.full((180, 320, 3), 120, np.uint8)), tmp_path / "out.mp4", quiet)
    check_segment(tmp_path / "out.mp4", spec)


def test_a_dot_in_the_middle_of_a_push_in_passes(tmp_path: Path) -> None:
    picture = np.full((180, 320, 3), 40, np.uint8)
    cv2.circle(picture, (160, 86), 6, (230, 230, 230), -1, cv2.LINE_AA)
    spec = segment(item("a", 96, move=PUSH))
    render_segment(spec, drawn(tmp_path, picture), tmp_path / "out.mp4", quiet)
    check_segment(tmp_path / "out.mp4", spec)


def layers(folder: Path, *, depth: float, lens: bool = False) -> dict[str, Path]:
    """The shapes, on a layer so far, before something grey."""
    path = shapes(folder)[sha("a")]
    picture = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    opaque = cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA)
    layer = Layer(LayerName.LENS if lens else LayerName.BACKGROUND, opaque, (0, 0), LENS if lens else depth)
    behind = Layer(LayerName.BACKGROUND, np.full_like(opaque, 255), (0, 0), depth)
    file = folder / "a.ora"
    file.write_bytes(write_layers(LayeredPicture(320, 180, (behind, layer) if lens else (layer,))))
    return {sha("a"): file}


@pytest.mark.parametrize("move", [PUSH, PAN])
def test_layers_that_froze_are_refused(tmp_path: Path, move: CameraMove) -> None:
    spec, media = segment(item("a", 96, move=move, media_kind=MediaKind.LAYERS)), layers(tmp_path, depth=1.5)
    with pytest.raises(RenderRefused, match="is frozen from frame"):
        check_segment(frozen(spec, media, tmp_path, 40), spec, media)


@pytest.mark.parametrize("move", [PUSH, PAN])
@pytest.mark.parametrize("lens", [True, False])
def test_layers_too_far_to_be_seen_moving_pass(tmp_path: Path, move: CameraMove, lens: bool) -> None:
    spec, media = segment(item("a", 96, move=move, media_kind=MediaKind.LAYERS)), layers(tmp_path, depth=999, lens=lens)
    render_checked_segment(spec, media, tmp_path / "out.mp4", quiet)
    check_segment(tmp_path / "out.mp4", spec)
