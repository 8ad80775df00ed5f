"""Batches of keyframes, painted by the tiny model through the same code as the real one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from schemas.errors import GpuOutOfMemory, InvalidRequest, PaintingCancelled, RenderRefused
from schemas.models import ModelManifest
from schemas.painting import PaintingDevice, Precision, Scheduler
from schemas.prompt import KeyframeSpec
from tests.unit.sdxl.conftest import CPU, paint, pixels

pytestmark = pytest.mark.slow


def bare(folder: Path, specs: Sequence[KeyframeSpec]) -> list[Any]:
    """Paint with diffusers alone, as its manual says."""
    import torch
    from diffusers import StableDiffusionXLPipeline

    pipeline = StableDiffusionXLPipeline.from_pretrained(folder, use_safetensors=True, local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    painting = specs[0].painting
    assert painting is not None
    images: list[Any] = pipeline(
        prompt=[spec.positive for spec in specs],
        prompt_2=[spec.positive_2 for spec in specs],
        negative_prompt=[spec.negative for spec in specs],
        negative_prompt_2=[spec.negative_2 for spec in specs],
        width=specs[0].width,
        height=specs[0].height,
        num_inference_steps=painting.steps,
        guidance_scale=painting.guidance,
        generator=[torch.Generator("cpu").manual_seed(spec.seed) for spec in specs],
    ).images
    return images


def test_the_pictures_are_those_of_the_bare_pipeline_bit_for_bit(
    painter: Any, tiny: tuple[Path, ModelManifest], specs: list[KeyframeSpec]
) -> None:
    for batch in (specs, specs[2:3]):
        ours = [pixels(png) for png in paint(painter, batch)]
        theirs = [np.asarray(image).astype(np.int16) for image in bare(tiny[0], batch)]
        assert all(np.array_equal(one, other) for one, other in zip(ours, theirs, strict=True))


def test_a_picture_does_not_depend_on_its_batch(painter: Any, specs: list[KeyframeSpec]) -> None:
    together = paint(painter, specs)
    alone = [paint(painter, [spec])[0] for spec in specs]
    turned = paint(painter, specs[::-1])[::-1]
    for one, other, third in zip(together, alone, turned, strict=True):
        assert np.abs(pixels(one) - pixels(other)).max() <= 1
        assert np.abs(pixels(one) - pixels(third)).max() <= 1


def test_the_same_batch_is_the_same_to_the_bit_whatever_was_painted_before(
    painter: Any, specs: list[KeyframeSpec]
) -> None:
    first = paint(painter, specs[:2])
    paint(painter, [specs[3], specs[0]])
    assert paint(painter, specs[:2]) == first


def test_words_seed_and_settings_make_the_picture(painter: Any, specs: list[KeyframeSpec]) -> None:
    spec, painting = specs[0], specs[0].painting
    assert painting is not None
    other = {
        "positive": spec.model_copy(update={"positive": "the sea"}),
        "positive_2": spec.model_copy(update={"positive_2": "oil on canvas"}),
        "negative": spec.model_copy(update={"negative": ""}),
        "negative_2": spec.model_copy(update={"negative_2": "red"}),
        "seed": spec.model_copy(update={"seed": 99}),
        "steps": spec.model_copy(update={"painting": painting.model_copy(update={"steps": 5})}),
        "guidance": spec.model_copy(update={"painting": painting.model_copy(update={"guidance": 2.0})}),
        "unguided": spec.model_copy(update={"painting": painting.model_copy(update={"guidance": 1.0})}),
    }
    pictures = [pixels(png) for png in paint(painter, [spec, *other.values()])]
    for name, picture in zip(other, pictures[1:], strict=True):
        assert np.abs(picture - pictures[0]).mean() > 0.1, name


def test_every_scheduler_paints_and_paints_otherwise(painter: Any, specs: list[KeyframeSpec]) -> None:
    painting = specs[0].painting
    assert painting is not None
    several = [
        specs[0].model_copy(update={"painting": painting.model_copy(update={"scheduler": kind})}) for kind in Scheduler
    ]
    pictures = [pixels(png).tobytes() for png in paint(painter, several)]
    assert len(set(pictures)) == len(Scheduler)


@pytest.mark.parametrize("size", [(160, 90), (90, 160), (256, 256), (64, 64)])
def test_pictures_have_the_films_size(painter: Any, specs: list[KeyframeSpec], size: tuple[int, int]) -> None:
    (png,) = paint(painter, [specs[0].model_copy(update={"width": size[0], "height": size[1]})])
    assert pixels(png).shape == (size[1], size[0], 3)


def test_steps_are_told_and_a_cancel_takes_effect_at_the_next(painter: Any, specs: list[KeyframeSpec]) -> None:
    told: list[tuple[int, int]] = []
    paint(painter, specs, on_step=lambda done, total: told.append((done, total)))
    assert told == [(step, 4) for step in range(1, 5)]
    told.clear()
    with pytest.raises(PaintingCancelled, match="after 2 of 4 steps"):
        paint(painter, specs, on_step=lambda done, total: told.append((done, total)), cancelled=lambda: len(told) == 2)
    assert len(told) == 2
    assert paint(painter, specs[:1])  # and the painter is as good as before


@contextmanager
def reading(painter: Any) -> Iterator[list[str]]:
    """Note each time that a text encoder reads something."""
    parts, read = ("text_encoder", "text_encoder_2"), list[str]()
    hooks = [
        getattr(painter.pipeline, part).register_forward_pre_hook(lambda _model, _given, part=part: read.append(part))
        for part in parts
    ]
    try:
        yield read
    finally:
        for hook in hooks:
            hook.remove()


def test_words_that_were_read_before_are_not_read_again(painter: Any, specs: list[KeyframeSpec]) -> None:
    fresh = [spec.model_copy(update={"positive": f"{spec.positive}, once"}) for spec in specs]
    fresh = [spec.model_copy(update={"negative": "nothing of the kind"}) for spec in fresh]
    with reading(painter) as read:
        first = paint(painter, fresh)
        assert read.count("text_encoder") == read.count("text_encoder_2") == len(fresh) + 1, "one negative for all"
        read.clear()
        assert paint(painter, fresh) == first
        assert read == []
        paint(painter, [fresh[1].model_copy(update={"seed": 77, "positive": "another word"}), fresh[0]])
        assert sorted(read) == ["text_encoder", "text_encoder_2"]


def test_a_card_decodes_picture_by_picture_which_changes_none(
    painter: Any, tiny: tuple[Path, ModelManifest], specs: list[KeyframeSpec]
) -> None:
    """The card's settings on the CPU: what they save there is not known here."""
    import torch

    from film.render.sdxl.aids import Aids
    from film.render.sdxl.loading import load_pipeline, make_fit
    from film.render.sdxl.painter import Painter

    pipeline = load_pipeline(*tiny, CPU)
    assert not pipeline.vae.use_slicing
    make_fit(pipeline, torch.device("cuda"), torch.float32, CPU)
    assert pipeline.vae.use_slicing
    sliced = paint(Painter(pipeline, *tiny, CPU, Aids()), specs[:2])
    for one, other in zip(sliced, paint(painter, specs[:2]), strict=True):
        assert np.abs(pixels(one) - pixels(other)).max() <= 1


def test_bfloat16_paints_nearly_the_same_on_the_cpu(
    painter: Any, tiny: tuple[Path, ModelManifest], specs: list[KeyframeSpec]
) -> None:
    import torch

    from film.render.sdxl.painter import load_painter

    half = load_painter(*tiny, PaintingDevice(device="cpu", precision=Precision.BFLOAT16))
    for part in ("unet", "vae", "text_encoder", "text_encoder_2"):
        assert getattr(half.pipeline, part).dtype is torch.bfloat16, (
            "bfloat16 has float32's range: the VAE needs no more"
        )
    first = paint(half, specs[:2])
    for one, other in zip(first, paint(painter, specs[:2]), strict=True):
        assert 0 < np.abs(pixels(one) - pixels(other)).mean() < 12
    assert paint(half, specs[:2]) == first


@contextmanager
def small_memory(painter: Any, most: int) -> Iterator[list[int]]:
    """Let the UNet fail as a full GPU does, for more than `most` pictures at once (each is guided: two rows)."""
    import torch

    forward, seen = painter.pipeline.unet.forward, []

    def full(sample: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(len(sample) // 2)
        if len(sample) // 2 > most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return forward(sample, *args, **kwargs)

    painter.pipeline.unet.forward = full
    try:
        yield seen
    finally:
        painter.pipeline.unet.forward = forward
        painter._most.clear()


def test_a_full_memory_halves_the_batch_and_the_pictures_are_the_same(painter: Any, specs: list[KeyframeSpec]) -> None:
    undisturbed = [pixels(png) for png in paint(painter, specs)]
    told: list[tuple[int, int]] = []
    with small_memory(painter, 1) as seen:
        results = paint(painter, specs, on_step=lambda done, total: told.append((done, total)))
        assert list(dict.fromkeys(seen)) == [4, 2, 1]
        seen.clear()
        paint(painter, specs)
        assert max(seen) == 1, "what did not fit is not tried again at this size"
    for png, picture in zip(results, undisturbed, strict=True):
        assert np.abs(pixels(png) - picture).max() <= 1
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] <= told[-1][1]


def test_what_does_not_fit_alone_fails_alone(painter: Any, specs: list[KeyframeSpec]) -> None:
    with small_memory(painter, 0):
        results = paint(painter, specs[:2])
    assert all(isinstance(one, GpuOutOfMemory) and "128×128" in str(one) for one in results)
    assert isinstance(paint(painter, specs[:1])[0], bytes)


def test_another_failure_is_not_taken_for_a_full_memory(painter: Any, specs: list[KeyframeSpec]) -> None:
    forward = painter.pipeline.unet.forward

    def broken(*_args: Any, **_kwargs: Any) -> Any:
        raise RuntimeError("shape mismatch")

    painter.pipeline.unet.forward = broken
    try:
        with pytest.raises(RuntimeError, match="shape mismatch"):
            paint(painter, specs[:1])
    finally:
        painter.pipeline.unet.forward = forward


@contextmanager
def spoiled_vae(painter: Any, value: float, times: int) -> Iterator[None]:
    """Let the VAE give one level everywhere for the first picture of its first calls."""
    decode, calls = painter.pipeline.vae.decode, []

    def spoiled(*args: Any, **kwargs: Any) -> Any:
        (image,) = decode(*args, **kwargs)
        calls.append(1)
        if len(calls) <= times:
            image[0] = value
        return (image,)

    painter.pipeline.vae.decode = spoiled
    try:
        yield
    finally:
        painter.pipeline.vae.decode = decode


@pytest.mark.parametrize("value", [float("nan"), -1.0, 0.3], ids=["not a number", "black", "flat"])
def test_a_spoiled_picture_is_painted_again_with_another_seed(
    painter: Any, specs: list[KeyframeSpec], value: float
) -> None:
    undisturbed = paint(painter, specs[:2])
    with spoiled_vae(painter, value, 1):
        results = paint(painter, specs[:2])
    assert results[1] == undisturbed[1]
    assert isinstance(results[0], bytes)
    assert results[0] != undisturbed[0]


@pytest.mark.parametrize(("value", "why"), [(float("nan"), "NaN"), (-1.0, "black")])
def test_a_picture_that_is_spoiled_with_every_seed_is_refused(
    painter: Any, specs: list[KeyframeSpec], value: float, why: str
) -> None:
    with spoiled_vae(painter, value, 99):
        refused, whole = paint(painter, specs[:2])
    assert isinstance(refused, RenderRefused)
    assert why in str(refused)
    assert isinstance(whole, bytes)


class Censor:
    """Refuses the first pictures it sees."""

    def __init__(self, times: int) -> None:
        self.left = times

    def refuses(self, pictures: Sequence[Any]) -> list[bool]:
        assert all(picture.dtype == np.uint8 and picture.shape == (128, 128, 3) for picture in pictures)
        self.left -= len(pictures)
        return [self.left + len(pictures) > index for index in range(len(pictures))]


def test_what_moderation_refuses_is_tried_with_other_seeds_and_then_refused(
    painter: Any, specs: list[KeyframeSpec]
) -> None:
    undisturbed = paint(painter, specs[:1])
    try:
        painter._moderator = Censor(2)
        (third,) = paint(painter, specs[:1])
        assert isinstance(third, bytes)
        assert third != undisturbed[0]
        painter._moderator = Censor(99)
        (refused,) = paint(painter, specs[:1])
        assert isinstance(refused, RenderRefused)
        assert "safety checker" in str(refused)
    finally:
        painter._moderator = None


def test_a_keyframe_for_another_model_or_for_none_is_refused_and_the_others_are_painted(
    painter: Any, specs: list[KeyframeSpec]
) -> None:
    painting = specs[0].painting
    assert painting is not None
    results = paint(
        painter,
        [
            specs[0].model_copy(update={"painting": None}),
            specs[0].model_copy(update={"painting": painting.model_copy(update={"model": "0" * 64})}),
            specs[0],
        ],
    )
    assert isinstance(results[0], InvalidRequest)
    assert isinstance(results[1], InvalidRequest)
    assert isinstance(results[2], bytes)
    assert paint(painter, []) == []


def test_weights_are_loaded_once_a_process(painter: Any, tiny: tuple[Path, ModelManifest]) -> None:
    from film.render.sdxl.aids import Aids
    from film.render.sdxl.painter import load_painter

    assert load_painter(*tiny, CPU) is painter
    helped = Aids(references=lambda _: b"")
    assert load_painter(*tiny, CPU, helped) is load_painter(*tiny, CPU, helped) is not painter


def test_attention_is_torchs_own(painter: Any) -> None:
    kinds = {type(one).__name__ for one in painter.pipeline.unet.attn_processors.values()}
    assert kinds <= {"AttnProcessor2_0", "IPAdapterAttnProcessor2_0"}
