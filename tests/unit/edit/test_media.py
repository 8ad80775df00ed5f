from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import opentimelineio as otio
import pytest

from film.edit.checked import render_checked_segment
from film.edit.timeline import read_timeline, write_timeline
from film.motion.clips import encode_clip
from film.motion.i420 import Planes, from_bgr
from schemas.enums import MediaKind, MotionKind
from schemas.errors import ArtifactMissing, InvalidTimeline
from schemas.jobs import FilmOptions
from schemas.timeline import CameraMove, CutItem
from tests.unit.edit.films import (
    FPS,
    HEIGHT,
    LUMA,
    WHOLE,
    WIDTH,
    cut,
    dissolve,
    item,
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
        read_timeline(text.replace('"media": "clip"', '"media": "hologram"'))


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
