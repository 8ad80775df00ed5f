from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import opentimelineio as otio
import pytest

from film.edit.checked import render_checked_segment
from film.edit.media import open_media
from film.edit.poster import poster
from film.edit.timeline import read_timeline, write_timeline
from film.layers import Layer, LayeredPicture, LayerName, write_layers
from film.motion.clips import encode_clip
from film.motion.i420 import Planes, from_bgr
from schemas.enums import MediaKind, MotionKind
from schemas.errors import ArtifactMissing, InvalidTimeline
from schemas.jobs import FilmOptions
from schemas.rate import Rate
from schemas.timeline import CameraMove, CutItem, FocusPull, Framing
from tests.unit.edit.films import (
    FPS,
    HEIGHT,
    LUMA,
    WHOLE,
    WIDTH,
    cut,
    dissolve,
    item,
    lumas,
    means,
    quiet,
    segment,
    sha,
    still,
)


def clip_item(name: str, frames: int, length: int, **fields: object) -> CutItem:
    move = CameraMove(start=WHOLE, end=WHOLE, frames=length)
    return item(name, frames, move=move, media_kind=MediaKind.CLIP, media_key=f"artifacts/{name}.mp4", **fields)


def rising(frames: int) -> Iterator[Planes]:
    """Each frame brighter than the one before: by 8 levels of luma, from 40."""
    for number in range(frames):
        level = round((40 + 8 * number - 16) * 255 / 219)
        yield from_bgr(np.full((HEIGHT, WIDTH, 3), level, np.uint8))


def clip(folder: Path, name: str, frames: int) -> tuple[str, Path]:
    path = folder / f"{name}.mp4"
    path.write_bytes(encode_clip(rising(frames), width=WIDTH, height=HEIGHT, fps=FPS))
    return sha(name), path


def test_a_clips_frames_are_the_shots(tmp_path: Path) -> None:
    spec = segment(item("a", 4), clip_item("c", 12, 12), item("d", 4))
    media = dict([still(tmp_path, "a"), clip(tmp_path, "c", 12), still(tmp_path, "d")])
    render_checked_segment(spec, media, tmp_path / "out.mp4", quiet)
    expected = [LUMA["a"]] * 4 + [40 + 8 * number for number in range(12)] + [LUMA["d"]] * 4
    assert means(tmp_path / "out.mp4") == pytest.approx(expected, abs=2.5)


def test_a_trimmed_clip_begins_where_it_was_trimmed_and_holds_its_ends(tmp_path: Path) -> None:
    spec = segment(clip_item("c", 6, 12, start=6), item("d", 6, **dissolve(4)))
    media = dict([clip(tmp_path, "c", 12), still(tmp_path, "d")])
    render_checked_segment(spec, media, tmp_path / "out.mp4", quiet)
    seen = means(tmp_path / "out.mp4")
    assert seen[:4] == pytest.approx([40 + 8 * number for number in range(6, 10)], abs=2.5)
    last = 40 + 8 * 11
    assert seen[6] == pytest.approx(last + (LUMA["d"] - last) * 3 / 5, abs=4)


def circle(width: int, height: int, centre: tuple[int, int], radius: int) -> Planes:
    """A white circle on dark red."""
    picture = np.full((height, width, 3), (20, 20, 90), np.uint8)
    cv2.circle(picture, centre, radius, (255, 255, 255), -1, cv2.LINE_AA)
    return from_bgr(picture)


@pytest.mark.parametrize("size", [(640, 360), (160, 90), (180, 320), (240, 180), (766, 320), (90, 90)])
def test_a_clip_of_another_size_fills_the_frame_with_its_middle(tmp_path: Path, size: tuple[int, int]) -> None:
    (width, height), path = size, tmp_path / "c.mp4"
    width, height = width & ~1, height & ~1
    factor = min(width / WIDTH, height / HEIGHT)
    frame = circle(width, height, (width // 2, height // 2), round(40 * factor))
    path.write_bytes(encode_clip([frame] * 3, width=width, height=height, fps=FPS))
    spec = segment(clip_item("c", 3, 3))
    render_checked_segment(spec, {sha("c"): path}, tmp_path / "out.mp4", quiet)
    light = lumas(tmp_path / "out.mp4")[2] > 128
    rows, columns = np.nonzero(light)
    assert (columns.mean(), rows.mean()) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=1.5 / min(factor, 1))
    assert np.sqrt(light.sum() / np.pi) == pytest.approx(40, abs=1 / min(factor, 1))
    # Still a circle: as wide as it is high.
    assert np.ptp(columns) == pytest.approx(np.ptp(rows), abs=3 / min(factor, 1))
    with av.open(str(tmp_path / "out.mp4")) as container:
        corner = next(container.decode(video=0)).to_ndarray(format="bgr24")[5, 5]
    assert corner.astype(int).tolist() == pytest.approx([20, 20, 90], abs=8)


@pytest.mark.parametrize("rate", [12, 25, Fraction(30000, 1001)])
def test_a_clip_of_another_rate_is_shown_frame_by_frame(tmp_path: Path, rate: Rate) -> None:
    path = tmp_path / "c.mp4"
    path.write_bytes(encode_clip(rising(12), width=WIDTH, height=HEIGHT, fps=rate))
    media = {sha("c"): path, **dict([still(tmp_path, "d")])}
    spec = segment(clip_item("c", 8, 12, start=4), item("d", 4))
    render_checked_segment(spec, media, tmp_path / "out.mp4", quiet)
    expected = [40 + 8 * number for number in range(4, 12)] + [LUMA["d"]] * 4
    assert means(tmp_path / "out.mp4") == pytest.approx(expected, abs=2.5)


def test_the_kind_of_media_survives_the_timeline() -> None:
    layered = item("b", 20, media_kind=MediaKind.LAYERS, media_key="artifacts/b.ora")
    film = cut(item("a", 30), clip_item("c", 24, 24), layered)
    text = write_timeline(film)
    assert read_timeline(text) == film
    timeline = otio.adapters.read_from_string(text, "otio_json")
    ranges = [found.media_reference.available_range for found in timeline.find_clips()]
    assert ranges[1].start_time.value == 0
    assert ranges[1].duration.value == 24
    assert ranges[0].start_time.value == ranges[2].start_time.value == -240


def test_a_timeline_with_another_kind_of_media_is_refused() -> None:
    text = write_timeline(cut(clip_item("c", 24, 24)))
    with pytest.raises(InvalidTimeline, match="media_kind"):
        read_timeline(text.replace('"media":"clip"', '"media":"hologram"'))


def test_specs_of_stills_and_camera_films_are_named_as_before() -> None:
    spec = segment(item("a", 4), clip_item("c", 12, 12)).spec()
    assert ["media_kind" in found for found in spec["items"]] == [False, True]
    assert "motion" not in FilmOptions().model_dump()
    asked = FilmOptions(motion=MotionKind.VIDEO)
    assert FilmOptions.model_validate_json(asked.model_dump_json()) == asked


@pytest.mark.parametrize("kind", MediaKind)
def test_media_that_cannot_be_read_is_named(tmp_path: Path, kind: MediaKind) -> None:
    path = tmp_path / f"a.{kind.extension}"
    path.write_bytes(b"something else")
    spec = segment(item("a", 3, media_kind=kind))
    for media in ({}, {sha("a"): path}):
        with pytest.raises(ArtifactMissing, match=r"shot s001-001, artifacts/a\.png"):
            render_checked_segment(spec, media, tmp_path / "out.mp4", quiet)
    assert list(tmp_path.iterdir()) == [path]


def layers(folder: Path, name: str) -> tuple[str, Path]:
    """A dark wall with a light post before it."""
    wall = np.full((HEIGHT, WIDTH, 4), (60, 60, 60, 255), np.uint8)
    post = np.full((HEIGHT, 40, 4), (220, 220, 220, 255), np.uint8)
    parts = (Layer(LayerName.BACKGROUND, wall, (0, 0), 8.0), Layer(LayerName.FIGURES, post, (140, 0), 1.0))
    path = folder / f"{name}.ora"
    path.write_bytes(write_layers(LayeredPicture(WIDTH, HEIGHT, parts)))
    return sha(name), path


def test_a_moving_shot_shows_its_layers(tmp_path: Path) -> None:
    pan = CameraMove(start=Framing(x=0.45, y=0.5, scale=0.9), end=Framing(x=0.55, y=0.5, scale=0.9), frames=12)
    moving = item("b", 12, move=pan, media_kind=MediaKind.LAYERS)
    resting = item("b", 3, move=CameraMove(start=WHOLE, end=WHOLE, frames=3), media_kind=MediaKind.LAYERS)
    render_checked_segment(segment(moving, resting), dict([layers(tmp_path, "b")]), tmp_path / "out.mp4", quiet)
    middles = [float(np.nonzero(luma.mean(axis=0) > 130)[0].mean()) for luma in lumas(tmp_path / "out.mp4")]
    assert middles[0] - middles[11] == pytest.approx(0.1 * WIDTH / 0.9, abs=1)
    assert middles[12:] == pytest.approx([159.5] * 3, abs=0.5)


def test_a_standing_shot_shows_its_layers_where_the_focus_moves(tmp_path: Path) -> None:
    pull = FocusPull(start=1.0, end=8.0, first=2, frames=8)
    move = CameraMove(start=WHOLE, end=WHOLE, frames=12, focus=pull)
    racked = item("b", 12, move=move, media_kind=MediaKind.LAYERS)
    render_checked_segment(segment(racked), dict([layers(tmp_path, "b")]), tmp_path / "out.mp4", quiet)
    steepest = [float(np.abs(np.diff(luma[60].astype(float))).max()) for luma in lumas(tmp_path / "out.mp4")]
    assert steepest[0] > 3 * steepest[-1]
    assert steepest[:3] == pytest.approx([steepest[0]] * 3, rel=0.1)


def test_a_flat_picture_is_refused_where_the_focus_moves(tmp_path: Path) -> None:
    move = CameraMove(start=WHOLE, end=WHOLE, frames=3, focus=FocusPull(start=1.0, end=2.0, frames=3))
    flat = item("a", 3, move=move)
    with pytest.raises(ArtifactMissing, match="one flat picture, in which no focus can move"):
        open_media(flat, still(tmp_path, "a")[1], WIDTH, HEIGHT)


def test_a_poster_is_made_from_every_kind_of_media(tmp_path: Path) -> None:
    files = {
        MediaKind.STILL: still(tmp_path, "a")[1],
        MediaKind.LAYERS: layers(tmp_path, "b")[1],
        MediaKind.CLIP: clip(tmp_path, "c", 5)[1],
    }
    for kind, path in files.items():
        made = cv2.imdecode(np.frombuffer(poster(path.read_bytes(), 160, kind), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert made is not None
        assert made.shape == (90, 160)
        with pytest.raises(ArtifactMissing):
            poster(b"something else", 160, kind)
