"""Puts a LoRA on a pipeline, if it was made for this model."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from film.diffusion.loading import quiet
from film.models.folder import file_digest
from film.models.tensors import read_tensors
from schemas.errors import ModelRefused
from schemas.painting import LoraUse

_DOWN = (
    ".lora_A.weight",
    ".lora.down.weight",
    ".lora_down.weight",
    ".lora_linear_layer.down.weight",
    "_lora.down.weight",
)
_UP = (".lora_B.weight", ".lora.up.weight", ".lora_up.weight", ".lora_linear_layer.up.weight", "_lora.up.weight")
_PARTS = ("unet", "text_encoder", "text_encoder_2")


def put_on(pipeline: Any, use: LoraUse, path: Path) -> None:
    """Put a LoRA on a pipeline.

    Args:
        pipeline: A pipeline without a LoRA.
        use: Which one, and how strongly.
        path: Its file.

    Raises:
        ModelRefused: It is not that file, no safetensors, no LoRA, or made for another model.
    """
    read_tensors(path)
    if file_digest(path) != use.sha256:
        raise ModelRefused(f"{path} was changed: its sha256 is not {use.sha256[:12]}…; fetch it again.")
    with quiet():
        try:
            state, alphas = pipeline.lora_state_dict(str(path), unet_config=pipeline.unet.config)
        except (ValueError, KeyError, RuntimeError, NotImplementedError) as error:
            raise ModelRefused(f"{path} holds no LoRA that diffusers can read; give another.") from error
        _check(pipeline, state, path)
        try:
            pipeline.load_lora_into_unet(
                state, network_alphas=alphas, unet=pipeline.unet, adapter_name="film", _pipeline=pipeline
            )
            for part in ("text_encoder", "text_encoder_2"):
                if any(name.startswith(f"{part}.") for name in state):
                    pipeline.load_lora_into_text_encoder(
                        state,
                        network_alphas=alphas,
                        text_encoder=getattr(pipeline, part),
                        prefix=part,
                        adapter_name="film",
                        _pipeline=pipeline,
                    )
        except (ValueError, KeyError, RuntimeError) as error:
            raise ModelRefused(f"{path} does not fit this model; give a LoRA that was made for it.") from error
        pipeline.set_adapters(["film"], [use.scale])


def take_off(pipeline: Any) -> None:
    """Take the LoRA off again: the weights are then exactly the model's own."""
    with quiet():
        pipeline.unload_lora_weights()


def _check(pipeline: Any, state: dict[str, Any], path: Path) -> None:
    """Refuse a LoRA whose layers this model does not have, or has in other sizes."""
    layers = 0
    for name, tensor in state.items():
        suffix = next((end for end in (*_DOWN, *_UP) if name.endswith(end)), None)
        part, _, layer = name.partition(".")
        if suffix is None or part not in _PARTS:
            continue
        layers += 1
        layer = layer.removesuffix(suffix)
        module = _find(getattr(pipeline, part), layer)
        weight = getattr(module, "weight", None)
        if weight is None:
            raise ModelRefused(f"{path} is a LoRA for another model: this one's {part} has no {layer}; give another.")
        axis = 1 if suffix in _DOWN else 0
        if tensor.shape[axis] != weight.shape[axis]:
            raise ModelRefused(
                f"{path} is a LoRA for another model: {part}.{layer} is {weight.shape[axis]} wide here, "
                f"{tensor.shape[axis]} there; give another."
            )
    if not layers:
        raise ModelRefused(f"{path} holds no LoRA; give another.")


def _find(model: Any, layer: str) -> Any:
    # diffusers turns kohya's names into its own first ones, and those into today's only when it loads them.
    layer = re.sub(r"self_attn\.to_(q|k|v|out)$", r"self_attn.\1_proj", layer.replace(".processor.", "."))
    layer = f"{layer}.0" if layer.endswith(".to_out") else layer
    for name in (layer, layer.removeprefix("text_model.")):
        try:
            return model.get_submodule(name)
        except AttributeError:
            continue
    return None
