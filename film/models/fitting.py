"""Whether a model goes with what a film asks of it: seen from names and shapes alone, before anything is loaded.

A LoRA names each layer that it changes in one of three ways: as diffusers does (`unet.down_blocks.1.…`), as kohya's
trainer does with diffusers' names (`lora_unet_down_blocks_1_…`), or as kohya's trainer does with the names that SDXL's
authors gave its UNet (`lora_unet_input_blocks_4_1_…`). Kohya's names have `_` for `.`, so layers are compared so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from film.models.tensors import TensorHead, read_tensors
from schemas.errors import ModelRefused
from schemas.models import ModelManifest

ADAPTER = "ip_adapter"
"""Where a model's folder holds the IP-Adapter, and its image encoder in `image_encoder`."""

TOKENIZER = "tokenizer/tokenizer.json"
"""What a video model's words are read with."""

_PARTS = {
    "unet.": "unet",
    "text_encoder.": "text_encoder",
    "text_encoder_2.": "text_encoder_2",
    "lora_unet_": "unet",
    "lora_te_": "text_encoder",
    "lora_te1_": "text_encoder",
    "lora_te2_": "text_encoder_2",
}
"""What a tensor's name begins with, and the part of the pipeline that it changes."""

_MATRIX = re.compile(
    r"(?P<layer>.+?)(?:[._]lora\.(?P<how>down|up)|\.lora_(?:linear_layer\.)?(?P<kohya>down|up|A|B))\.weight"
)
"""The two matrices of a layer: down (A) reads what the layer reads, up (B) writes what it writes."""

_INNER = ("resnets", "attentions", "upsamplers")
_INSIDE = {
    "in_layers_2": "conv1",
    "out_layers_3": "conv2",
    "emb_layers_1": "time_emb_proj",
    "skip_connection": "conv_shortcut",
}
"""Layers of a residual block: the authors' names, and diffusers'."""
_OUTSIDE = {
    "input_blocks_0_0": "conv_in",
    "out_2": "conv_out",
    "time_embed_0": "time_embedding_linear_1",
    "time_embed_2": "time_embedding_linear_2",
    "label_emb_0_0": "add_embedding_linear_1",
    "label_emb_0_2": "add_embedding_linear_2",
}
"""Layers outside of all blocks: the authors' names, and diffusers'."""


def check_lora(path: Path, manifest: ModelManifest) -> None:
    """Refuse a LoRA that was made for another model.

    Args:
        path: Its file; only the head is read.
        manifest: The model's, with the names and shapes of its tensors.

    Raises:
        ModelRefused: It is no safetensors file, holds no LoRA, or changes a layer that the model does not have or
            has in another width.
    """
    known = {part: _layers(manifest, part) for part in set(_PARTS.values())}
    depth = _depth(manifest)
    changed = list(_changed(read_tensors(path)))
    if not changed:
        raise ModelRefused(f"{path} holds no LoRA; give another.")
    for name, layer, axis, head in changed:
        start = next((start for start in _PARTS if name.startswith(start)), None)
        if start is None:
            raise ModelRefused(f"{path} is a LoRA for another model: it changes {layer[:80]}; give another.")
        part = _PARTS[start]
        found = known[part].get(_plain(layer.removeprefix(start), depth))
        if found is None:
            raise ModelRefused(
                f"{path} is a LoRA for another model: {manifest.name}'s {part} has no "
                f"{layer.removeprefix(start)[:80]}; give another."
            )
        wide = head.shape[axis] if len(head.shape) > axis else 0
        if wide != found[axis]:
            raise ModelRefused(
                f"{path} is a LoRA for another model: {layer[:80]} is {found[axis]} wide in {manifest.name}, "
                f"{wide} there; give another."
            )


def check_adapter(manifest: ModelManifest) -> None:
    """Refuse a model that cannot heed reference pictures.

    Args:
        manifest: The model's.

    Raises:
        ModelRefused: It has no IP-Adapter, or none with its image encoder.
    """
    if not has_adapter(manifest):
        raise ModelRefused(
            f"{manifest.name} has no IP-Adapter with its image encoder, so it cannot heed --reference; "
            "docs/painting.md says where to get them."
        )


def has_adapter(manifest: ModelManifest) -> bool:
    """Say whether a model can heed reference pictures: whether it has one IP-Adapter and its image encoder.

    Args:
        manifest: The model's.
    """
    paths = [file.path for file in manifest.files]
    inner = [path.removeprefix(f"{ADAPTER}/") for path in paths if path.startswith(f"{ADAPTER}/")]
    adapters = [path for path in inner if path.endswith(".safetensors") and "/" not in path]
    weights = [path for path in inner if path.startswith("image_encoder/") and path.endswith(".safetensors")]
    return len(adapters) == 1 and "image_encoder/config.json" in inner and bool(weights)


def check_tokenizer(manifest: ModelManifest) -> None:
    """Refuse a video model that would read no word.

    T5's tokenizer is published as `spiece.model`, which is none of the files that a model may be made of here; without
    `tokenizer.json` the library would give a tokenizer that knows no words, and say nothing.

    Args:
        manifest: The model's.

    Raises:
        ModelRefused: It has no such file.
    """
    if all(file.path != TOKENIZER for file in manifest.files):
        raise ModelRefused(
            f"{manifest.name} has no {TOKENIZER}, so it would read no word; docs/painting.md says how to make it."
        )


def _changed(tensors: Mapping[str, TensorHead]) -> Iterator[tuple[str, str, int, TensorHead]]:
    """Go through a LoRA's matrices: name, layer, the axis that the layer's own weights share, and the head."""
    for name, head in tensors.items():
        match = _MATRIX.fullmatch(name)
        if match is not None:
            down = (match["how"] or match["kohya"]) in ("down", "A")
            yield name, match["layer"], 1 if down else 0, head


def _layers(manifest: ModelManifest, part: str) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a part's layers of two axes or more, by their names with `_` for `.`."""
    component = manifest.components.get(part)
    tensors = component.tensors if component else {}
    return {
        # Files of CLIP's text encoder have this level of names, or lack it; LoRAs too.
        name.removesuffix(".weight").removeprefix("text_model.").replace(".", "_"): shape
        for name, shape in tensors.items()
        if name.endswith(".weight") and len(shape) > 1
    }


def _depth(manifest: ModelManifest) -> int:
    """Return how many residual blocks a block of the UNet has."""
    unet = manifest.components.get("unet")
    depth = unet.config.get("layers_per_block") if unet else None
    return depth if isinstance(depth, int) and depth > 0 else 2


def _plain(layer: str, depth: int) -> str:
    """Write a layer's name as `_layers` does."""
    name = layer.replace(".", "_").replace("_processor_", "_").removeprefix("text_model_")
    # diffusers' first names: CLIP's layers of attention were called as the UNet's, and a list's number was left out.
    name = re.sub(r"self_attn_to_(q|k|v|out)$", r"self_attn_\1_proj", name)
    return _renamed(name + "_0" if name.endswith("_to_out") else name, depth)


def _renamed(name: str, depth: int) -> str:
    """Turn the authors' name of a layer of the UNet into diffusers'; any other stays as it is."""
    if name in _OUTSIDE:
        return _OUTSIDE[name]
    middle = re.fullmatch(r"middle_block_(\d+)_(.+)", name)
    if middle is not None:
        number, rest = int(middle[1]), middle[2]
        return f"mid_block_{_INNER[number % 2]}_{number // 2}_{_INSIDE.get(rest, rest)}"
    outer = re.fullmatch(r"(input|output)_blocks_(\d+)_(\d+)_(.+)", name)
    if outer is None:
        return name
    side = "down_blocks" if outer[1] == "input" else "up_blocks"
    # The first of the input blocks is a layer of its own.
    number, kind, rest = int(outer[2]) - (side == "down_blocks"), int(outer[3]), outer[4]
    block, place = divmod(number, depth + 1)
    if rest == "op":
        return f"{side}_{block}_downsamplers_0_conv"
    if rest == "conv":
        return f"{side}_{block}_upsamplers_0_conv"
    return f"{side}_{block}_{_INNER[min(kind, 2)]}_{place}_{_INSIDE.get(rest, rest)}"
