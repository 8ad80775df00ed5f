"""A complete SDXL of random weights, small enough to paint on a CPU in tenths of a second.

Everything is there that the real one has (two text encoders and tokenizers, UNet, VAE with its factor of 8) and, beside
it, what a project may add: an IP-Adapter with its image encoder. It is loaded and used by the same code. What it paints
is noise that depends on the words: good for tests and for trying an installation, not for a film. The same seed gives
the same files.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, EulerDiscreteScheduler, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from film.diffusion.tiny import write_json, write_model
from schemas.models import ModelFamily, ModelManifest

TEXT, TEXT_2 = 32, 32
"""Widths of the text encoders; the UNet reads both side by side."""

PROJECTED = 32
"""Width of the second encoder's summary."""

IMAGE_EMBEDDED = 32
"""Width of the image encoder's answer."""

WORDS = (
    "the of and in with at on man woman night day light street house room sea wide close shot film portrait standing "
    "sitting red blue green black white old young dark bright colour grain lens soft hard rain window door"
).split()
"""What the tokenizer has tokens of its own for; everything else it spells in bytes."""


def write_tiny(folder: Path, *, seed: int = 0, name: str = "tiny") -> ModelManifest:
    """Write the model and its manifest.

    Args:
        folder: Where to; it is created, and must be empty.
        seed: Another one gives other weights.
        name: The name in its manifest.

    Returns:
        Its manifest.

    Raises:
        InvalidRequest: Something lies in the folder already.
    """
    return write_model(folder, seed=seed, name=name, family=ModelFamily.SDXL, index=INDEX, write_parts=_write_parts)


def _write_parts(folder: Path) -> dict[str, Any]:
    vocabulary = write_tokenizers(folder)
    write_scheduler(folder)
    models = build_models(vocabulary)
    _ip_adapter(folder / "ip_adapter")
    return models


def write_scheduler(folder: Path) -> None:
    """Write SDXL's scheduler as it was published."""
    EulerDiscreteScheduler(**_SCHEDULER).save_pretrained(folder / "scheduler")


_HEED = 3.0
"""Random weights hardly heed the words: what reads them is made this much stronger, so that words matter."""

_SCHEDULER: dict[str, Any] = {
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "num_train_timesteps": 1000,
    "prediction_type": "epsilon",
    "steps_offset": 1,
    "timestep_spacing": "leading",
}

INDEX: dict[str, Any] = {
    "_class_name": "StableDiffusionXLPipeline",
    "force_zeros_for_empty_prompt": True,
    "scheduler": ["diffusers", "EulerDiscreteScheduler"],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "text_encoder_2": ["transformers", "CLIPTextModelWithProjection"],
    "tokenizer": ["transformers", "CLIPTokenizer"],
    "tokenizer_2": ["transformers", "CLIPTokenizer"],
    "unet": ["diffusers", "UNet2DConditionModel"],
    "vae": ["diffusers", "AutoencoderKL"],
}

UNET: dict[str, Any] = {
    "sample_size": 16,
    "block_out_channels": (16, 32, 32),
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    "layers_per_block": 1,
    "transformer_layers_per_block": (1, 1, 1),
    "attention_head_dim": (2, 4, 4),
    "cross_attention_dim": TEXT + TEXT_2,
    "norm_num_groups": 8,
    "use_linear_projection": True,
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": 8,
    "projection_class_embeddings_input_dim": 6 * 8 + PROJECTED,
}

VAE: dict[str, Any] = {
    "block_out_channels": (8, 8, 16, 16),
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "latent_channels": 4,
    "layers_per_block": 1,
    "norm_num_groups": 4,
    "sample_size": 128,
    "scaling_factor": 0.13025,
    "force_upcast": True,
}


def build_models(vocabulary: int) -> dict[str, Any]:
    """Build the parts with random weights, in a fixed order.

    Args:
        vocabulary: How many tokens the tokenizers have.

    Returns:
        Text encoders, UNet and VAE, by their names in the pipeline.
    """
    text = {
        "vocab_size": vocabulary,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "max_position_embeddings": 77,
        "bos_token_id": 0,
        "eos_token_id": 2,  # as published: the encoder then looks for the highest token, which is the end
        "pad_token_id": 1,
    }
    first = CLIPTextModel(CLIPTextConfig(hidden_size=TEXT, projection_dim=TEXT, **text))
    second = CLIPTextModelWithProjection(
        CLIPTextConfig(hidden_size=TEXT_2, projection_dim=PROJECTED, hidden_act="gelu", **text)
    )
    unet = UNet2DConditionModel(**UNET)
    with torch.no_grad():
        for name, weights in unet.named_parameters():
            if ".attn2.to_" in name and name.endswith("weight"):
                weights.mul_(_HEED)
    return {"text_encoder": first, "text_encoder_2": second, "unet": unet, "vae": AutoencoderKL(**VAE)}


def _ip_adapter(folder: Path) -> None:
    """Write an IP-Adapter for the UNet, in the layout in which such are published, with the encoder that it reads."""
    encoder = CLIPVisionModelWithProjection(
        CLIPVisionConfig(
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            image_size=32,
            patch_size=8,
            projection_dim=IMAGE_EMBEDDED,
        )
    )
    encoder.eval().save_pretrained(folder / "image_encoder", safe_serialization=True)
    across = TEXT + TEXT_2
    tensors = {
        "image_proj.proj.weight": torch.randn(4 * across, IMAGE_EMBEDDED) * 0.2,
        "image_proj.proj.bias": torch.zeros(4 * across),
        "image_proj.norm.weight": torch.ones(across),
        "image_proj.norm.bias": torch.zeros(across),
    }
    unet = UNet2DConditionModel(**UNET)
    for number, (name, _) in enumerate(unet.attn_processors.items()):
        if "attn2" in name:
            inner = unet.get_submodule(name.removesuffix(".processor")).to_k.out_features
            for side in ("k", "v"):
                tensors[f"ip_adapter.{number}.to_{side}_ip.weight"] = torch.randn(inner, across) * 0.2
    save_file(tensors, folder / "ip-adapter.safetensors", metadata={"format": "pt"})


def write_tokenizers(folder: Path, parts: Collection[str] = ("tokenizer", "tokenizer_2")) -> int:
    """Write tokenizers: byte-pair encoding as CLIP's, with few merges; return the vocabulary's size.

    Args:
        folder: The model's.
        parts: Which of the two.
    """
    letters = list(_byte_letters().values())
    vocabulary = letters + [f"{letter}</w>" for letter in letters]
    merges: list[str] = []
    for word in WORDS:
        pieces = [*word[:-1], f"{word[-1]}</w>"]
        while len(pieces) > 1:
            pair, pieces = pieces[:2], [pieces[0] + pieces[1], *pieces[2:]]
            if " ".join(pair) not in merges:
                merges.append(" ".join(pair))
                vocabulary.append(pieces[0])
    vocabulary += ["<|startoftext|>", "<|endoftext|>"]
    ids = {token: number for number, token in enumerate(dict.fromkeys(vocabulary))}
    for part, pad in (("tokenizer", "<|endoftext|>"), ("tokenizer_2", "!")):
        if part not in parts:
            continue
        place = folder / part
        place.mkdir()
        write_json(place / "vocab.json", ids)
        (place / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]) + "\n", encoding="utf-8")
        special = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}
        write_json(place / "special_tokens_map.json", special | {"pad_token": pad})
        settings = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "do_lower_case": True}
        write_json(place / "tokenizer_config.json", settings | special | {"pad_token": pad})
    return len(ids)


def _byte_letters() -> dict[int, str]:
    """Give each byte a letter that can be printed: itself where it is one, else one from U+0100 on."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {byte: chr(byte) for byte in plain}
    others = (byte for byte in range(256) if byte not in letters)
    return letters | {byte: chr(0x100 + number) for number, byte in enumerate(others)}
