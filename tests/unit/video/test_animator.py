from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from film.motion.clips import check_clip
from schemas.errors import ArtifactMissing, GpuOutOfMemory, ModelRefused, PaintingCancelled, RenderRefused
from schemas.models import ModelFamily, ModelManifest
from schemas.painting import PaintingDevice

pytestmark = pytest.mark.slow

CPU = PaintingDevice(device="cpu")
WIDTH, HEIGHT = 160, 90


def keyframe(seed: int) -> bytes:
    noise = np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    soft = np.asarray(cv2.GaussianBlur(noise, (0, 0), 8), np.float32)
    picture = ((soft - soft.min()) * (255 / np.ptp(soft))).astype(np.uint8)
    return bytes(cv2.imencode(".png", picture)[1])


def animate(
    painter: Any,
    *,
    last: bytes | None = None,
    frames: int = 20,
    seed: int = 3,
    prompt: str = "a man walks in the rain",
    negative: str = "dark",
    on_step: Callable[[int, int], None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bytes:
    clip: bytes = painter.animate(
        keyframe(1),
        last,
        prompt=prompt,
        negative=negative,
        frames=frames,
        fps=12,
        seed=seed,
        on_step=on_step,
        cancelled=cancelled,
    )
    return clip


@pytest.mark.parametrize("frames", [2, 9, 20])
def test_a_shot_gets_exactly_its_frames(video_painter: Any, frames: int) -> None:
    clip = animate(video_painter, frames=frames, last=keyframe(2))
    check_clip(clip, frames=frames, width=WIDTH, height=HEIGHT, fps=12)


def test_the_same_order_gives_the_same_clip_and_each_part_of_it_matters(video_painter: Any) -> None:
    clips = [
        animate(video_painter),
        animate(video_painter, seed=4),
        animate(video_painter, last=keyframe(2)),
        animate(video_painter, prompt="the sea at night"),
        animate(video_painter, negative="red"),
    ]
    assert len(set(clips)) == 5
    assert animate(video_painter) == clips[0]


def test_steps_are_told_and_a_cancel_takes_effect_at_the_next(video_painter: Any) -> None:
    told: list[tuple[int, int]] = []
    animate(video_painter, on_step=lambda *step: told.append(step))
    assert told == [(1, 3), (2, 3), (3, 3)]
    told.clear()
    with pytest.raises(PaintingCancelled, match="2 of 3"):
        animate(video_painter, on_step=lambda *step: told.append(step), cancelled=lambda: len(told) == 2)
    assert told == [(1, 3), (2, 3)]
    with pytest.raises(PaintingCancelled, match="before its first step"):
        animate(video_painter, cancelled=lambda: True)


def test_a_shot_longer_than_the_model_can_make_is_made_in_pieces_that_go_on_from_each_other(
    video_painter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("film.motion.video.lengths.LONGEST", 9)
    calls: list[tuple[dict[str, Any], Any]] = []
    model = video_painter.pipeline

    class Watched:
        device = model.device

        def __call__(self, **asked: Any) -> Any:
            made = model(**asked)
            calls.append((asked, made[0][0]))
            return made

    monkeypatch.setattr(video_painter, "pipeline", Watched())
    told: list[tuple[int, int]] = []
    clip = animate(video_painter, frames=20, last=keyframe(2), on_step=lambda *step: told.append(step))
    check_clip(clip, frames=20, width=WIDTH, height=HEIGHT, fps=12)
    assert told == [(done, 9) for done in range(1, 10)]
    assert [asked["num_frames"] for asked, _ in calls] == [9, 9, 9]
    assert [[one.frame_index for one in asked["conditions"]] for asked, _ in calls] == [[0], [0], [0, 8]]
    for (_, made), (asked, _) in itertools.pairwise(calls):
        begins = np.asarray(asked["conditions"][0].image, np.float32)
        assert np.abs(begins - made[-1] * 255).max() <= 0.5
    seeds = {asked["generator"].initial_seed() for asked, _ in calls}
    assert len(seeds) == 3
    told.clear()
    with pytest.raises(PaintingCancelled, match="4 of 9"):
        animate(video_painter, frames=20, on_step=lambda *step: told.append(step), cancelled=lambda: len(told) == 4)


def answers(video_painter: Any, monkeypatch: pytest.MonkeyPatch, make: Callable[..., Any]) -> None:
    monkeypatch.setattr(video_painter, "pipeline", make)


def test_what_is_no_number_black_or_frozen_is_refused(video_painter: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for value, match in ((np.nan, "no number"), (0.0, "is black"), (0.5, "Nothing moves")):
        made = np.full((1, 25, 64, 128, 3), value, np.float32)
        answers(video_painter, monkeypatch, lambda made=made, **_: (made,))
        with pytest.raises(RenderRefused, match=match):
            animate(video_painter)


def test_a_full_memory_is_named(video_painter: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        device = video_painter.pipeline.device

        def __call__(self, **_: Any) -> Any:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")

    monkeypatch.setattr(video_painter, "pipeline", Full())
    with pytest.raises(GpuOutOfMemory, match="25 frames of 160×96 pixels"):
        animate(video_painter)


def test_a_keyframe_that_is_none_is_named(video_painter: Any) -> None:
    with pytest.raises(ArtifactMissing, match="keyframe"):
        animate(video_painter, last=b"no picture")


def test_the_tiny_model_is_the_same_each_time(tiny_ltx: tuple[Path, ModelManifest], tmp_path: Path) -> None:
    from film.motion.video.tiny import write_tiny_ltx

    assert write_tiny_ltx(tmp_path / "again").digest == tiny_ltx[1].digest


def test_a_model_of_another_family_or_with_other_bytes_is_refused(
    tiny_ltx: tuple[Path, ModelManifest], tmp_path: Path
) -> None:
    from film.motion.video.animator import load_video_painter
    from film.motion.video.tiny import write_tiny_ltx

    folder = tmp_path / "model"
    manifest = write_tiny_ltx(folder, seed=1)
    with pytest.raises(ModelRefused, match="family sdxl, not ltx"):
        load_video_painter(folder, manifest.model_copy(update={"family": ModelFamily.SDXL}), CPU)
    config = folder / "transformer" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"num_layers": 3}))
    with pytest.raises(ModelRefused, match="longer than it should be|cut short|was changed"):
        load_video_painter(folder, manifest, CPU)


def test_a_model_without_its_tokenizers_words_is_refused(tmp_path: Path) -> None:
    from film.models import describe
    from film.motion.video.animator import load_video_painter
    from film.motion.video.tiny import write_tiny_ltx

    folder = tmp_path / "model"
    write_tiny_ltx(folder, seed=2)
    (folder / "tokenizer" / "tokenizer.json").unlink()
    manifest = describe(folder, family=ModelFamily.LTX, name="wordless")
    with pytest.raises(ModelRefused, match="wordless has no tokenizer"):
        load_video_painter(folder, manifest, CPU)
