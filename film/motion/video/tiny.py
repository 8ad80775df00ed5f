"""A complete LTX of random weights, small enough to make a clip on a CPU in a second.

Everything is there that the real one has: T5 encoder and tokenizer, transformer, causal video autoencoder with its
factors of 32 and 8, scheduler. It is loaded and used by the same code. What it makes is noise that begins and ends near
its keyframes: good for tests and for trying an installation, not for a film. The same seed gives the same files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKLLTXVideo, FlowMatchEulerDiscreteScheduler, LTXVideoTransformer3DModel
from transformers import T5Config, T5EncoderModel, T5Tokenizer

from film.diffusion.tiny import write_model
from schemas.models import ModelFamily, ModelManifest

TEXT = 32
"""Width of the text encoder."""

LATENTS = 16
"""Channels of the latents; 128 in the real one."""

WORDS = (
    "the of and in with at on man woman night day light street house room sea wide close shot film camera moves walks "
    "sitting red blue green black white old young dark bright slow fast pan push rain window door"
).split()
"""What the tokenizer has tokens of its own for; everything else it spells in letters."""

_GAIN = 6.0
"""Random decoders answer in grey: their last layer is made this much stronger, so that something is seen to move."""

_TRANSFORMER: dict[str, Any] = {
    "in_channels": LATENTS,
    "out_channels": LATENTS,
    "num_attention_heads": 2,
    "attention_head_dim": 16,
    "cross_attention_dim": 32,
    "num_layers": 2,
    "caption_channels": TEXT,
}

_VAE: dict[str, Any] = {
    "latent_channels": LATENTS,
    "block_out_channels": (8, 8, 16, 16),
    "decoder_block_out_channels": (8, 8, 16, 16),
    "layers_per_block": (1, 1, 1, 1, 1),
    "decoder_layers_per_block": (1, 1, 1, 1, 1),
    "timestep_conditioning": False,
}

_SCHEDULER: dict[str, Any] = {
    "shift": 1.0,
    "base_shift": 0.95,
    "max_shift": 2.05,
    "base_image_seq_len": 1024,
    "max_image_seq_len": 4096,
    "shift_terminal": 0.1,
    "use_dynamic_shifting": False,
}

_INDEX = {
    "_class_name": "LTXConditionPipeline",
    "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
    "text_encoder": ["transformers", "T5EncoderModel"],
    "tokenizer": ["transformers", "T5Tokenizer"],
    "transformer": ["diffusers", "LTXVideoTransformer3DModel"],
    "vae": ["diffusers", "AutoencoderKLLTXVideo"],
}


def write_tiny_ltx(folder: Path, *, seed: int = 0, name: str = "tiny-ltx") -> ModelManifest:
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
    return write_model(folder, seed=seed, name=name, family=ModelFamily.LTX, index=_INDEX, write_parts=_write_parts)


def _write_parts(folder: Path) -> dict[str, Any]:
    tokenizer = _tokenizer()
    tokenizer.save_pretrained(folder / "tokenizer")
    FlowMatchEulerDiscreteScheduler(**_SCHEDULER).save_pretrained(folder / "scheduler")
    return _models(len(tokenizer))


def _models(vocabulary: int) -> dict[str, Any]:
    """Build the parts with random weights, in a fixed order."""
    text = T5EncoderModel(
        T5Config(vocab_size=vocabulary, d_model=TEXT, d_kv=16, d_ff=64, num_layers=2, num_heads=2, is_gated_act=True)
    )
    transformer = LTXVideoTransformer3DModel(**_TRANSFORMER)
    vae = AutoencoderKLLTXVideo(**_VAE)
    with torch.no_grad():
        vae.decoder.conv_out.conv.weight.mul_(_GAIN)
    return {"text_encoder": text, "transformer": transformer, "vae": vae}


def _tokenizer() -> Any:
    """Build a unigram tokenizer as T5's: words, else letters."""
    special = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    words = [(f"▁{word}", -3.0) for word in WORDS]
    letters = [("▁", -4.0), *((chr(code), -8.0) for code in range(0x21, 0x7F))]
    return T5Tokenizer(vocab=[*special, *words, *letters], extra_ids=0, model_max_length=128)
