"""What a project may add to the tiny model: LoRAs, a refiner, an upscaler, a safety checker. All of random weights."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, DDIMScheduler, DDPMScheduler, UNet2DConditionModel
from safetensors.torch import save_file

from film.diffusion.loading import quiet
from film.models import describe, write_manifest
from film.render.sdxl.tiny import UNET, VAE
from schemas.models import ModelFamily, ModelManifest


def write_lora(path: Path, model: Path, *, width: int | None = None, prefix: str = "unet.") -> str:
    """Write a LoRA for all of the UNet's cross-attention; return its sha256.

    Args:
        path: Where to.
        model: The tiny model's folder.
        width: Another width of what the layers read, as if it were made for another model.
        prefix: What the names begin with.
    """
    unet = UNet2DConditionModel.from_pretrained(model / "unet")
    torch.manual_seed(1)
    tensors = {}
    for name, module in unet.named_modules():
        if name.endswith(("attn2.to_k", "attn2.to_v")):
            tensors[f"{prefix}{name}.lora_A.weight"] = torch.randn(2, width or module.in_features)
            tensors[f"{prefix}{name}.lora_B.weight"] = torch.randn(module.out_features, 2)
    save_file(tensors, path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_refiner(folder: Path, base: Path) -> ModelManifest:
    """Write a refiner that goes with the tiny model: one text encoder, and a score of beauty in place of a size."""
    folder.mkdir(parents=True)
    for part in ("tokenizer_2", "text_encoder_2", "vae", "scheduler"):
        shutil.copytree(base / part, folder / part)
    torch.manual_seed(2)
    settings = {**UNET, "cross_attention_dim": 32, "projection_class_embeddings_input_dim": 5 * 8 + 32}
    with quiet():
        UNet2DConditionModel(**settings).save_pretrained(folder / "unet")
    index = _index(
        "StableDiffusionXLImg2ImgPipeline", base, ("tokenizer_2", "text_encoder_2", "vae", "scheduler", "unet")
    )
    index |= {"requires_aesthetics_score": True, "tokenizer": [None, None], "text_encoder": [None, None]}
    return _described(folder, index, ModelFamily.SDXL_REFINER, "tiny-refiner")


def write_upscaler(folder: Path, base: Path) -> ModelManifest:
    """Write a fourfold upscaler: a UNet that sees the small picture, and a VAE with its factor of 4."""
    folder.mkdir(parents=True)
    for part in ("tokenizer", "text_encoder"):
        shutil.copytree(base / part, folder / part)
    torch.manual_seed(3)
    unet = {key: value for key, value in UNET.items() if not key.startswith(("addition", "projection"))}
    with quiet():
        UNet2DConditionModel(
            **{**unet, "in_channels": 7, "num_class_embeds": 1000, "cross_attention_dim": 32}
        ).save_pretrained(folder / "unet")
        vae = {key: value[:3] if isinstance(value, tuple) else value for key, value in VAE.items()}
        AutoencoderKL(**{**vae, "force_upcast": False}).save_pretrained(folder / "vae")
        DDIMScheduler().save_pretrained(folder / "scheduler")
        DDPMScheduler().save_pretrained(folder / "low_res_scheduler")
    index = _index("StableDiffusionUpscalePipeline", base, ("tokenizer", "text_encoder", "vae", "unet"))
    index |= {
        "scheduler": ["diffusers", "DDIMScheduler"],
        "low_res_scheduler": ["diffusers", "DDPMScheduler"],
        "watermarker": [None, None],
        "max_noise_level": 350,
    }
    return _described(folder, index, ModelFamily.UPSCALER, "tiny-upscaler")


def _index(kind: str, base: Path, parts: tuple[str, ...]) -> dict[str, Any]:
    known = json.loads((base / "model_index.json").read_text())
    return {"_class_name": kind} | {part: known[part] for part in parts}


def _described(folder: Path, index: dict[str, Any], family: ModelFamily, name: str) -> ModelManifest:
    (folder / "model_index.json").write_text(json.dumps(index))
    manifest = describe(folder, family=family, name=name)
    write_manifest(folder, manifest)
    return manifest


def write_safety_checker(folder: Path, *, refuses: bool) -> None:
    """Write a safety checker that refuses every picture, or none."""
    from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
    from transformers import CLIPConfig, CLIPImageProcessorPil

    vision = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 1}
    vision |= {"image_size": 32, "patch_size": 16}
    torch.manual_seed(4)
    checker = StableDiffusionSafetyChecker(CLIPConfig(vision_config=vision, projection_dim=8))
    with torch.no_grad():
        # A picture is refused whose cosine to a concept exceeds its threshold.
        for name in ("concept_embeds_weights", "special_care_embeds_weights"):
            getattr(checker, name).fill_(-2.0 if refuses else 2.0)
    with quiet():
        checker.save_pretrained(folder / "safety_checker", safe_serialization=True)
        CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size=32).save_pretrained(folder / "feature_extractor")
