"""A tiny refiner and a tiny upscaler, of random weights, to go with the tiny model.

As with the published pair, the refiner shares its second text encoder and its VAE with the model whose pictures it
ends: of the same seed, they are the tiny model's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from diffusers import AutoencoderKL, DDIMScheduler, DDPMScheduler, UNet2DConditionModel

from film.diffusion.tiny import write_model
from film.render.sdxl.tiny import INDEX, TEXT, TEXT_2, UNET, VAE, build_models, write_scheduler, write_tokenizers
from schemas.models import ModelFamily, ModelManifest

_REFINER_PARTS = ("scheduler", "text_encoder_2", "tokenizer_2", "unet", "vae")
_REFINER_INDEX = {
    "_class_name": "StableDiffusionXLImg2ImgPipeline",
    "force_zeros_for_empty_prompt": False,
    "requires_aesthetics_score": True,
    "text_encoder": [None, None],
    "tokenizer": [None, None],
} | {part: INDEX[part] for part in _REFINER_PARTS}

_UPSCALER_INDEX = {
    "_class_name": "StableDiffusionUpscalePipeline",
    "max_noise_level": 350,
    "low_res_scheduler": ["diffusers", "DDPMScheduler"],
    "scheduler": ["diffusers", "DDIMScheduler"],
    "watermarker": [None, None],
} | {part: INDEX[part] for part in ("text_encoder", "tokenizer", "unet", "vae")}


def write_tiny_refiner(folder: Path, *, seed: int = 0, name: str = "tiny-refiner") -> ModelManifest:
    """Write a refiner: one text encoder, and a score of beauty in place of a size.

    Args:
        folder: Where to; it is created, and must be empty.
        seed: Of the weights: the tiny model's own makes the pair share encoder and VAE.
        name: The name in its manifest.

    Returns:
        Its manifest.

    Raises:
        InvalidRequest: Something lies in the folder already.
    """
    family, write = ModelFamily.SDXL_REFINER, _write_refiner
    return write_model(folder, seed=seed, name=name, family=family, index=_REFINER_INDEX, write_parts=write)


def write_tiny_upscaler(folder: Path, *, seed: int = 0, name: str = "tiny-upscaler") -> ModelManifest:
    """Write a fourfold upscaler: a UNet that sees the small picture, and a VAE with its factor of 4.

    Args:
        folder: Where to; it is created, and must be empty.
        seed: Of the weights.
        name: The name in its manifest.

    Returns:
        Its manifest.

    Raises:
        InvalidRequest: Something lies in the folder already.
    """
    family, write = ModelFamily.UPSCALER, _write_upscaler
    return write_model(folder, seed=seed, name=name, family=family, index=_UPSCALER_INDEX, write_parts=write)


def _write_refiner(folder: Path) -> dict[str, Any]:
    models = build_models(write_tokenizers(folder, ("tokenizer_2",)))
    write_scheduler(folder)
    # Five numbers of size and beauty, where the first model is told six of sizes.
    told = 5 * UNET["addition_time_embed_dim"] + models["text_encoder_2"].config.projection_dim
    unet = {**UNET, "cross_attention_dim": TEXT_2, "projection_class_embeddings_input_dim": told}
    shared = {part: models[part] for part in ("text_encoder_2", "vae")}
    return shared | {"unet": UNet2DConditionModel(**unet)}


def _write_upscaler(folder: Path) -> dict[str, Any]:
    models = build_models(write_tokenizers(folder, ("tokenizer",)))
    DDIMScheduler().save_pretrained(folder / "scheduler")
    DDPMScheduler().save_pretrained(folder / "low_res_scheduler")
    unet = {key: value for key, value in UNET.items() if not key.startswith(("addition", "projection"))}
    # Four channels of latents and three of the small picture; the level of its noise is told as a class.
    unet |= {"in_channels": 7, "num_class_embeds": 1000, "cross_attention_dim": TEXT}
    vae = {key: value[:3] if isinstance(value, tuple) else value for key, value in VAE.items()}
    return {
        "text_encoder": models["text_encoder"],
        "unet": UNet2DConditionModel(**unet),
        "vae": AutoencoderKL(**{**vae, "force_upcast": False}),
    }
