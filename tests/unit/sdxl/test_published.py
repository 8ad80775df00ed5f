"""The published manifest of SDXL, held against what the libraries build from its configurations, without weights."""

from __future__ import annotations

import hashlib
import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from film.models import check_published, published, published_names
from schemas.errors import ModelRefused
from schemas.models import ModelFile

SDXL = published("sdxl-base-1.0")


def class_of(part: str) -> Any:
    """The class that the manifest says a part is of, in the library that it says."""
    component = SDXL.components[part]
    return getattr(importlib.import_module(component.library), component.kind)


def build(part: str) -> Any:
    """Build a part by its published class from its published configuration."""
    config, kind = dict(SDXL.components[part].config), class_of(part)
    return kind.from_config(config) if hasattr(kind, "from_config") else kind(kind.config_class.from_dict(config))


@pytest.fixture(scope="module")
def models() -> dict[str, Any]:
    """The parts with weights, as the manifest has them built, on no device at all."""
    torch = pytest.importorskip("torch", reason="the extra gpu is not installed")
    with torch.device("meta"):
        return {part: build(part) for part, component in SDXL.components.items() if component.tensors}


@pytest.fixture(scope="module")
def built(models: dict[str, Any]) -> dict[str, dict[str, tuple[int, ...]]]:
    """The names and shapes of each part's tensors."""
    shapes = {
        part: {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
        for part, model in models.items()
    }
    # transformers 5 dropped a level of CLIPTextModel's names; it still reads the files that have it.
    shapes["text_encoder"] = {f"text_model.{name}": shape for name, shape in shapes["text_encoder"].items()}
    return shapes


@pytest.mark.slow
def test_the_published_pipeline_is_put_together_of_the_published_parts_and_nothing_else(
    models: dict[str, Any], tmp_path: Path
) -> None:
    import diffusers

    from film.render.sdxl.tiny import write_tokenizers

    write_tokenizers(tmp_path)  # the published vocabulary is not here; the class is what counts
    tokenizers = {part: class_of(part).from_pretrained(tmp_path / part) for part in ("tokenizer", "tokenizer_2")}
    pipeline = getattr(diffusers, SDXL.pipeline)(**models, **tokenizers, scheduler=build("scheduler"))
    assert {part: tuple(pipeline.config[part]) for part, made in pipeline.components.items() if made is not None} == {
        part: (component.library, component.kind) for part, component in SDXL.components.items()
    }
    assert json.loads(pipeline.to_json_string())["_class_name"] == SDXL.pipeline


def test_pipeline_and_classes_make_up_the_published_index_byte_for_byte() -> None:
    listed = next(file for file in SDXL.files if file.path == "model_index.json")
    parts = {part: [component.library, component.kind] for part, component in sorted(SDXL.components.items())}
    index = {"_class_name": SDXL.pipeline, "_diffusers_version": "0.19.0.dev0"}
    text = json.dumps({**index, "force_zeros_for_empty_prompt": True, "add_watermarker": None, **parts}, indent=2)
    data = f"{text}\n".encode()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (listed.bytes, listed.sha256)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder", "text_encoder_2"])
def test_the_libraries_build_exactly_the_published_tensors(
    built: dict[str, dict[str, tuple[int, ...]]], part: str
) -> None:
    assert built[part] == SDXL.components[part].tensors


def test_the_counts_are_the_published_ones() -> None:
    from math import prod

    counts = {
        part: sum(prod(shape) for shape in component.tensors.values()) for part, component in SDXL.components.items()
    }
    assert round(counts["unet"] / 1e9, 3) == 2.567
    assert round(counts["text_encoder"] / 1e6) == 123
    assert round(counts["text_encoder_2"] / 1e6) == 695
    assert round(counts["vae"] / 1e6, 1) == 83.7


@pytest.mark.parametrize(
    ("part", "full", "half"),
    [
        ("unet", 10_270_077_736, 5_135_149_760),
        ("vae", 334_643_268, 167_335_342),
        ("text_encoder", 492_265_168, 246_144_152),
        ("text_encoder_2", 2_778_702_264, 1_389_382_176),
    ],
)
def test_names_and_shapes_fill_the_published_files_to_the_byte(part: str, full: int, half: int) -> None:
    """A safetensors file is as long as its numbers and its head, which is as long as names and shapes make it."""
    sizes = {file.path: file.bytes for file in SDXL.files}
    kind = "model" if part.startswith("text") else "diffusion_pytorch_model"
    assert sizes[f"{part}/{kind}.fp16.safetensors"] == half
    for width, size in ((4, full), (2, half)):
        # The older VAE file was written before heads were padded to a multiple of 8 bytes.
        assert size in _file_sizes(SDXL.components[part].tensors, width)


def _file_sizes(tensors: dict[str, tuple[int, ...]], width: int) -> set[int]:
    from math import prod

    head: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    at = 0
    for name, shape in sorted(tensors.items()):
        end = at + prod(shape) * width
        head[name] = {"dtype": f"F{width * 8}", "shape": shape, "data_offsets": [at, end]}
        at = end
    length = len(json.dumps(head, separators=(",", ":")))
    return {8 + length + at, 8 + length + -length % 8 + at}


@pytest.mark.parametrize("part", ["scheduler", "text_encoder", "text_encoder_2", "unet", "vae"])
def test_configurations_are_the_published_files_byte_for_byte(part: str) -> None:
    name = "scheduler_config.json" if part == "scheduler" else "config.json"
    listed = next(file for file in SDXL.files if file.path == f"{part}/{name}")
    text = (json.dumps(SDXL.components[part].config, indent=2) + "\n").encode()
    assert (len(text), hashlib.sha256(text).hexdigest()) == (listed.bytes, listed.sha256)


def test_unknown_models_are_refused_with_the_known_names() -> None:
    assert "sdxl-base-1.0" in published_names()
    with pytest.raises(ModelRefused, match=r"known are .*sdxl-base-1\.0"):
        published("sdxl-base-9")


ADAPTER = ModelFile(path="ip_adapter/a.safetensors", bytes=1, sha256="0" * 64)
INSIDE = ADAPTER.model_copy(update={"path": "unet/more.json"})
BESIDE = ADAPTER.model_copy(update={"path": "more.json"})
CHANGED = SDXL.files[0].model_copy(update={"sha256": "0" * 64})
OTHERS: dict[str, tuple[dict[str, Any], str]] = {
    "changed": ({"files": (CHANGED, *SDXL.files[1:])}, r"model_index\.json is another file"),
    "changed, by origin": ({"name": "mine", "files": (CHANGED, *SDXL.files[1:])}, "is another file"),
    "missing": ({"files": SDXL.files[1:]}, r"model_index\.json is missing"),
    "more in a part": (
        {"files": (*SDXL.files, INSIDE)},
        "no part of it",
    ),
    "more beside": ({"files": (*SDXL.files, BESIDE)}, "is no part of it"),
    "kind": ({"pipeline": "StableDiffusionPipeline"}, "of another kind"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_another_model_does_not_pass_for_a_published_one(other: str) -> None:
    changes, words = OTHERS[other]
    with pytest.raises(ModelRefused, match=words) as refused:
        check_published(SDXL.model_copy(update=changes))
    assert "studio models pull sdxl-base-1.0" in str(refused.value)


def test_a_published_model_passes_with_an_adapter_beside_it_in_another_variant_and_under_any_name() -> None:
    check_published(SDXL, "sdxl-base-1.0")
    check_published(SDXL.model_copy(update={"files": (*SDXL.files, ADAPTER)}), "sdxl-base-1.0")
    check_published(SDXL.model_copy(update={"name": "full", "variant": "", "files": SDXL.files[:3]}), "full")
    check_published(SDXL.model_copy(update={"name": "mine", "source": "", "revision": "", "files": ()}), "mine")
