"""A model's folder: described, and held against its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from film.models.published import check_published
from film.models.tensors import looks_unsafe, read_tensors
from schemas.errors import ModelRefused
from schemas.models import ModelComponent, ModelFamily, ModelFile, ModelManifest

MANIFEST = "studio-model.json"
"""The manifest's name, in the model's own folder."""

SUFFIXES = (".safetensors", ".json", ".txt")
"""What a model may be made of. Nothing else is opened."""

MAX_JSON = 64 << 20
"""Bytes of the largest manifest or configuration that is read."""

_STEP = 1 << 20
"""How much is hashed between two words of progress, in bytes."""

Progress = Callable[[str, int, int], None]
"""Is told a file, how much of it was read, and its size, in bytes."""


def silent(path: str, done: int, size: int) -> None:
    """Tell nobody."""


def read_manifest(folder: Path) -> ModelManifest:
    """Read a folder's manifest.

    Raises:
        ModelRefused: There is none, or it is no manifest.
    """
    path = folder / MANIFEST
    try:
        if path.stat().st_size > MAX_JSON:
            raise ModelRefused(f"{path} is too large for a manifest; fetch the model again.")
        return ModelManifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ModelRefused(
            f"There is no model in {folder} ({MANIFEST}: {error.strerror}); see: studio models list."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise ModelRefused(f"{path} is no manifest ({place}: {first['msg']}); fetch the model again.") from error


def write_manifest(folder: Path, manifest: ModelManifest) -> None:
    """Write a manifest beside what it describes."""
    plain = manifest.model_dump(mode="json")
    (folder / MANIFEST).write_text(json.dumps(plain, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


def model_files(folder: Path) -> Iterator[Path]:
    """Go through a model's files, its manifest and hidden ones excepted, in the order of their names.

    Raises:
        ModelRefused: A file is of a kind that models are not made of, or a pickle under another name.
    """
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if inner.as_posix() == MANIFEST or path.is_dir():
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ModelRefused(f"{path} leads out of the model's folder; copy the file there instead of linking it.")
        with path.open("rb") as file:
            unsafe = looks_unsafe(file.read(16))
        if unsafe:
            raise ModelRefused(f"{path} looks like {unsafe}, which may run code; remove it, and use .safetensors.")
        if path.suffix not in SUFFIXES:
            raise ModelRefused(f"{path} is no part of a model (only {', '.join(SUFFIXES)} are); remove it.")
        yield path


def describe(
    folder: Path, *, family: ModelFamily, name: str, source: str = "", revision: str = "", variant: str = ""
) -> ModelManifest:
    """Write down what lies in a folder: a manifest that it then can be held against.

    Args:
        folder: A pipeline's folder, with `model_index.json`.
        family: What kind of model it is.
        name: What it is called here.
        source: The hub's id it was fetched from.
        revision: The commit it was fetched at.
        variant: What stands before `.safetensors` in the names of its weights.

    Raises:
        ModelRefused: A file is missing, unreadable, or may run code.
    """
    index = _json(folder / "model_index.json")
    files = tuple(
        ModelFile(path=path.relative_to(folder).as_posix(), bytes=path.stat().st_size, sha256=file_digest(path))
        for path in model_files(folder)
    )
    components = {
        part: ModelComponent(library=entry[0], kind=entry[1], **_inside(folder / part))
        for part, entry in sorted(index.items())
        if isinstance(entry, list) and len(entry) == 2 and all(isinstance(word, str) for word in entry)
    }
    return ModelManifest(
        family=family,
        name=name,
        source=source,
        revision=revision,
        variant=variant,
        pipeline=str(index.get("_class_name", "")),
        components=components,
        files=files,
    )


def _inside(folder: Path) -> dict[str, Any]:
    configs = [folder / name for name in ("config.json", "scheduler_config.json", "preprocessor_config.json")]
    config = next((_json(path) for path in configs if path.is_file()), {})
    tensors: dict[str, tuple[int, ...]] = {}
    for path in sorted(folder.glob("*.safetensors")):
        tensors |= {name: head.shape for name, head in read_tensors(path).items()}
    return {"config": config, "tensors": tensors}


def _json(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_JSON:
            raise ModelRefused(f"{path} is too large for a configuration; fetch the model again.")
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise ModelRefused(f"{path} cannot be read: {error.strerror}; fetch the model again.") from error
    except (ValueError, RecursionError) as error:
        raise ModelRefused(f"{path} is no JSON; fetch the model again.") from error
    if not isinstance(value, dict):
        raise ModelRefused(f"{path} holds no JSON object; fetch the model again.")
    return value


def verify_model(
    folder: Path,
    manifest: ModelManifest | None = None,
    *,
    deep: bool = True,
    known: Container[str] = (),
    progress: Progress = silent,
) -> ModelManifest:
    """Hold a folder against its manifest, before anything in it is used.

    A model that passes for a published one is held against what was published, too, whatever its own manifest says.

    Args:
        folder: The model's folder.
        manifest: What should lie there; by default what the folder's own manifest says.
        deep: Whether to read every byte and compare hashes. Sizes, heads of weights and kinds of files always are.
        known: Paths of files that need not be read, since that was done before.
        progress: Is told how far the reading is.

    Returns:
        The manifest.

    Raises:
        ModelRefused: A file is missing, cut short, changed or not listed, may run code, or is no safetensors file.
    """
    manifest = manifest or read_manifest(folder)
    check_published(manifest, folder.name)
    for file in manifest.files:
        path = folder / file.path
        if not path.is_file():
            raise ModelRefused(f"{path} is missing; fetch the model again: studio models pull {manifest.name}.")
    listed = {file.path: file for file in manifest.files}
    for path in model_files(folder):
        if path.relative_to(folder).as_posix() not in listed:
            raise ModelRefused(f"{path} is not in the manifest of {manifest.name}; remove it.")
    for file in manifest.files:
        unread = deep and file.path not in known
        _verify_file(folder / file.path, file, manifest, deep=unread, progress=progress)
    return manifest


def _verify_file(path: Path, file: ModelFile, manifest: ModelManifest, *, deep: bool, progress: Progress) -> None:
    size = path.stat().st_size
    if size != file.bytes:
        how = "cut short" if size < file.bytes else "longer than it should be"
        raise ModelRefused(
            f"{path} is {how} ({size} bytes of {file.bytes}); fetch it again: studio models pull {manifest.name}."
        )
    if path.suffix == ".safetensors":
        expected = manifest.components.get(file.path.split("/")[0])
        found = read_tensors(path)
        if expected is not None and expected.tensors and file.path.count("/") == 1:
            _verify_tensors(path, found.keys(), expected)
    if deep and file_digest(path, lambda done: progress(file.path, done, size)) != file.sha256:
        raise ModelRefused(
            f"{path} was changed: its sha256 is not what the manifest of {manifest.name} says; fetch it again."
        )


def _verify_tensors(path: Path, found: Any, expected: ModelComponent) -> None:
    unknown = sorted(set(found) - set(expected.tensors))
    if unknown:
        raise ModelRefused(
            f"{path} holds {unknown[0]!r}, which is no tensor of {expected.kind}; fetch the model again."
        )


def file_digest(path: Path, progress: Callable[[int], None] | None = None) -> str:
    """Return the sha256 of a file, telling how many bytes were read."""
    hasher, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_STEP):
            hasher.update(block)
            done += len(block)
            if progress is not None:
                progress(done)
    return hasher.hexdigest()


def list_models(models: Path) -> dict[str, ModelManifest | ModelRefused]:
    """List the models of a folder of models, and why one cannot be read.

    Args:
        models: The folder of models; it need not exist.
    """
    found: dict[str, ModelManifest | ModelRefused] = {}
    for folder in sorted(models.iterdir()) if models.is_dir() else ():
        if folder.is_dir() and not folder.name.startswith(".") and folder.name != "loras":
            try:
                found[folder.name] = read_manifest(folder)
            except ModelRefused as error:
                found[folder.name] = error
    return found


def find_model(models: Path, name: str) -> tuple[Path, ModelManifest]:
    """Find a model by the name of its folder, by its manifest's digest, or by a path.

    Args:
        models: The folder of models.
        name: The folder's name there, the digest, or the path of a model's folder.

    Returns:
        The folder, and its manifest; the files are not looked at yet.

    Raises:
        ModelRefused: There is no such model.
    """
    for folder in (models / name, Path(name)):
        if (folder / MANIFEST).is_file():
            return folder, read_manifest(folder)
    for known, manifest in list_models(models).items():
        if isinstance(manifest, ModelManifest) and manifest.digest == name:
            return models / known, manifest
    raise ModelRefused(f"There is no model {name!r} in {models}; see: studio models list.")
