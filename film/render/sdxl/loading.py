"""Loads a pipeline from a model's folder, checked, and made fit for its device."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import diffusers
import torch

from film.diffusion.loading import load, quiet
from schemas.errors import ModelRefused
from schemas.models import ModelFamily, ModelManifest
from schemas.painting import PaintingDevice, Scheduler

TILED = 2_000_000
"""Pictures of more pixels than this are decoded in tiles, which costs their seams a little."""

_SCHEDULERS: dict[Scheduler, tuple[str, dict[str, Any]]] = {
    Scheduler.EULER: ("EulerDiscreteScheduler", {}),
    Scheduler.EULER_TRAILING: ("EulerDiscreteScheduler", {"timestep_spacing": "trailing"}),
    Scheduler.EULER_ANCESTRAL: ("EulerAncestralDiscreteScheduler", {}),
    Scheduler.DPM: ("DPMSolverMultistepScheduler", {"use_karras_sigmas": True}),
    Scheduler.DDIM: ("DDIMScheduler", {}),
    Scheduler.UNIPC: ("UniPCMultistepScheduler", {}),
    Scheduler.LCM: ("LCMScheduler", {}),
}


def load_pipeline(
    folder: Path, manifest: ModelManifest, device: PaintingDevice, family: ModelFamily = ModelFamily.SDXL
) -> Any:
    """Verify a model and load it.

    Args:
        folder: The model's folder.
        manifest: What must lie there; every byte is held against it first.
        device: Where it shall run, and in which precision.
        family: What it must be.

    Returns:
        The diffusers pipeline, on its device.

    Raises:
        ModelRefused: The folder is not what the manifest says, or is another kind of model.
        DeviceMissing: There is no such device.
    """
    kind: Any = getattr(diffusers, manifest.pipeline, None)
    if kind is None or not issubclass(kind, diffusers.DiffusionPipeline):
        raise ModelRefused(
            f"{manifest.name} asks for the pipeline {manifest.pipeline!r}, which diffusers does not have."
        )
    settings = {"add_watermarker": False} if "XL" in manifest.pipeline else {}
    pipeline, where, dtype = load(folder, manifest, device, family, kind, **settings)
    # An upscaler's pipeline decodes by itself, and widens its VAE for that; the others' latents are decoded by us.
    make_fit(pipeline, where, dtype, device, wide_vae=family is not ModelFamily.UPSCALER)
    return pipeline


def make_fit(
    pipeline: Any, where: torch.device, dtype: torch.dtype, device: PaintingDevice, *, wide_vae: bool = True
) -> None:
    """Make a pipeline safe and fast on its device.

    Args:
        pipeline: The pipeline, on its device.
        where: The device.
        dtype: What its weights are.
        device: What was asked for.
        wide_vae: Whether a VAE that overflows in float16 is put into float32 for good.
    """
    vae = pipeline.vae
    if wide_vae and dtype is torch.float16 and vae.config.force_upcast:
        # SDXL's published VAE overflows in float16 and paints black; madebyollin/sdxl-vae-fp16-fix says false here.
        vae.to(dtype=torch.float32)
    if where.type != "cpu":
        # Decoding picture by picture is as fast on a GPU, and takes a fraction of the memory.
        vae.enable_slicing()
    if where.type == "cuda":
        pipeline.unet.to(memory_format=torch.channels_last)
        vae.to(memory_format=torch.channels_last)
    if device.compile:
        pipeline.unet.compile_repeated_blocks(fullgraph=True)


def use_scheduler(pipeline: Any, scheduler: Scheduler, published: Any) -> None:
    """Give a pipeline the scheduler of a painting.

    Args:
        pipeline: The pipeline.
        scheduler: Which.
        published: The configuration of the scheduler that came with the model.
    """
    name, changes = _SCHEDULERS[scheduler]
    with quiet():
        pipeline.scheduler = getattr(diffusers, name).from_config(published, **changes)
