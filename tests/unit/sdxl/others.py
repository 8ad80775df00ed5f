"""What a project may add to the tiny model: LoRAs, a safety checker. All of random weights."""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import save_file

from film.diffusion.loading import quiet


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
