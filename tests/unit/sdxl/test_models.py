"""A model's folder is held against its manifest before anything in it is used. No torch here."""

from __future__ import annotations

import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.models import describe, find_lora, find_model, list_models, read_manifest, verify_model, write_manifest
from film.models.tensors import read_tensors
from schemas.errors import InputError, ModelRefused
from schemas.models import ModelFamily, ModelManifest
from tests.effort import tries


def safetensors(tensors: dict[str, tuple[int, ...]]) -> bytes:
    """Write float32 zeros by the format's description, not by our reader's code."""
    head, body = {}, b""
    for name, shape in tensors.items():
        size = 4
        for side in shape:
            size *= side
        head[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [len(body), len(body) + size]}
        body += bytes(size)
    text = json.dumps(head).encode()
    return len(text).to_bytes(8, "little") + text + body


@pytest.fixture
def model(tmp_path: Path) -> tuple[Path, ModelManifest]:
    folder = tmp_path / "small"
    (folder / "unet").mkdir(parents=True)
    (folder / "model_index.json").write_text(
        json.dumps({"_class_name": "StableDiffusionXLPipeline", "unet": ["diffusers", "UNet2DConditionModel"]})
    )
    (folder / "unet" / "config.json").write_text(json.dumps({"in_channels": 4}))
    (folder / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(safetensors({"w": (2, 3), "b": (3,)}))
    manifest = describe(folder, family=ModelFamily.SDXL, name="small")
    write_manifest(folder, manifest)
    return folder, manifest


def test_a_whole_model_passes_and_says_what_it_is(model: tuple[Path, ModelManifest]) -> None:
    folder, manifest = model
    assert verify_model(folder) == manifest == read_manifest(folder)
    assert manifest.components["unet"].tensors == {"w": (2, 3), "b": (3,)}
    assert manifest.parameters == 9
    assert find_model(folder.parent, "small") == (folder, manifest)
    assert find_model(folder.parent, manifest.digest) == (folder, manifest)
    assert find_model(folder.parent, str(folder)) == (folder, manifest)
    assert list_models(folder.parent) == {"small": manifest}


def test_the_digest_is_of_the_content_and_nothing_else(model: tuple[Path, ModelManifest]) -> None:
    folder, manifest = model
    assert describe(folder, family=ModelFamily.SDXL, name="other", source="a/b").digest == manifest.digest
    (folder / "unet" / "config.json").write_text(json.dumps({"in_channels": 5}))
    assert describe(folder, family=ModelFamily.SDXL, name="small").digest != manifest.digest


WEIGHTS = "unet/diffusion_pytorch_model.safetensors"


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.pkl", pickle.dumps([1]))


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


DAMAGE: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "missing": (WEIGHTS, lambda path: path.unlink(), "is missing"),
    "empty": (WEIGHTS, lambda path: path.write_bytes(b""), "cut short"),
    "cut": (WEIGHTS, lambda path: path.write_bytes(path.read_bytes()[:-1]), "cut short"),
    "longer": (WEIGHTS, lambda path: path.write_bytes(path.read_bytes() + b"x"), "longer than it should be"),
    "tampered": (WEIGHTS, _flip, "was changed"),
    "config tampered": ("unet/config.json", lambda path: path.write_text('{"in_channels": 9}'), "was changed"),
    "pickle as safetensors": (WEIGHTS, lambda path: path.write_bytes(pickle.dumps([1], 4)), "a pickle"),
    "torch.save as safetensors": (WEIGHTS, _zip, "a zip archive"),
    "pickle as json": ("unet/more.json", lambda path: path.write_bytes(pickle.dumps([1], 2)), "a pickle"),
    "pickle as text": ("notes.txt", lambda path: path.write_bytes(pickle.dumps([1], 5)), "a pickle"),
    "pickle beside": ("unet/diffusion_pytorch_model.bin", _zip, "a zip archive"),
    "code beside": ("pipeline.py", lambda path: path.write_text("import os"), "is no part of a model"),
    "old pickle": ("a.bin", lambda path: path.write_bytes(pickle.dumps([1], 0)), "is no part of a model"),
    "unlisted": ("unet/extra.safetensors", lambda path: path.write_bytes(safetensors({"x": (1,)})), "not in the mani"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_not_as_the_manifest_says_is_refused_in_one_sentence(
    model: tuple[Path, ModelManifest], damage: str
) -> None:
    folder, _ = model
    name, harm, words = DAMAGE[damage]
    harm(folder / name)
    with pytest.raises(ModelRefused, match=words) as refused:
        verify_model(folder)
    assert str(folder) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code == InputError.exit_code


def test_a_link_out_of_the_folder_is_refused(model: tuple[Path, ModelManifest], tmp_path: Path) -> None:
    folder, _ = model
    (tmp_path / "secret.txt").write_text("x")
    (folder / "notes.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ModelRefused, match="leads out of the model"):
        verify_model(folder)


def test_weights_with_tensors_of_another_model_are_refused_even_if_the_manifest_lists_the_file(
    model: tuple[Path, ModelManifest],
) -> None:
    folder, manifest = model
    (folder / WEIGHTS).write_bytes(safetensors({"other": (2, 3), "b": (3,)}))
    changed = describe(folder, family=ModelFamily.SDXL, name="small")
    with pytest.raises(ModelRefused, match="'other', which is no tensor of UNet2DConditionModel"):
        verify_model(folder, changed.model_copy(update={"components": manifest.components}))


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"family": "sdxl"}', '{"family":"sdxl","name":"x","pipeline":"P","files":[],"more":1}']
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "studio-model.json").write_text(text)
    with pytest.raises(ModelRefused, match="is no manifest"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("path", ["../x.json", "/etc/passwd", "a/../b.json", ".hidden", "a//b", ""])
def test_a_manifest_cannot_name_files_outside_its_folder(model: tuple[Path, ModelManifest], path: str) -> None:
    folder, manifest = model
    plain = manifest.model_dump(mode="json")
    plain["files"][0]["path"] = path
    (folder / "studio-model.json").write_text(json.dumps(plain))
    with pytest.raises(ModelRefused, match="is no manifest"):
        read_manifest(folder)


def test_a_folder_without_a_manifest_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="There is no model in"):
        read_manifest(tmp_path)
    with pytest.raises(ModelRefused, match="studio models list"):
        find_model(tmp_path, "nothing")
    assert list_models(tmp_path / "absent") == {}


HEADS = {
    "no json": (b"{nope}", b""),
    "an array": (b"[1]     ", b""),
    "gap": (b'{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', b"xy"),
    "overlap": (
        b'{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}',
        b"xyz",
    ),
    "beyond": (b'{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}', b"x"),
    "size": (b'{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,9]}}', b"x" * 9),
    "negative": (b'{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,-1]}}', b""),
    "type": (b'{"a":{"dtype":"OBJ","shape":[1],"data_offsets":[0,1]}}', b"x"),
    "text": (b'{"a":{"dtype":"U8","shape":"1","data_offsets":[0,1]}}', b"x"),
    "true": (b'{"a":{"dtype":"U8","shape":[true],"data_offsets":[0,1]}}', b"x"),
    "rest": (b'{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', b"xyz"),
}


@pytest.mark.parametrize("kind", HEADS)
def test_a_head_that_lies_is_refused(tmp_path: Path, kind: str) -> None:
    head, body = HEADS[kind]
    path = tmp_path / "w.safetensors"
    path.write_bytes(len(head).to_bytes(8, "little") + head + body)
    with pytest.raises(ModelRefused, match=r"w\.safetensors"):
        read_tensors(path)


@given(data=st.binary(max_size=200))
@settings(max_examples=tries(200, 20))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "w.safetensors"
    path.write_bytes(data)
    with pytest.raises(ModelRefused):
        read_tensors(path)


def test_a_head_of_128_bytes_is_not_taken_for_a_pickle(tmp_path: Path) -> None:
    head = b'{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}'.ljust(0x0480)
    path = tmp_path / "w.safetensors"
    path.write_bytes(len(head).to_bytes(8, "little") + head)
    assert list(read_tensors(path)) == ["a"]


def test_loras_are_found_by_name_and_by_content(tmp_path: Path) -> None:
    import hashlib

    (tmp_path / "loras").mkdir()
    data = safetensors({"unet.x.lora_A.weight": (1, 2)})
    (tmp_path / "loras" / "fast.safetensors").write_bytes(data)
    path = tmp_path / "loras" / "fast.safetensors"
    assert find_lora(tmp_path, "fast") == find_lora(tmp_path, hashlib.sha256(data).hexdigest()) == path
    assert list_models(tmp_path) == {}
    path.write_bytes(pickle.dumps([1], 4))
    with pytest.raises(ModelRefused, match="a pickle"):
        find_lora(tmp_path, "fast")
    with pytest.raises(ModelRefused, match="no LoRA 'slow'"):
        find_lora(tmp_path, "slow")
