"""`studio models`: which models this machine has, whether they are whole, and where they come from."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table

from cli import output
from cli.lab.config import models_folder
from film.models import (
    MANIFEST,
    describe,
    find_model,
    list_loras,
    list_models,
    note_read,
    published,
    published_names,
    read_manifest,
    verify_model,
    verify_once,
    write_manifest,
)
from film.models.folder import SUFFIXES
from schemas.errors import InvalidRequest, ModelRefused
from schemas.models import ModelFamily, ModelManifest, ModelName

if TYPE_CHECKING:
    from infrastructure.hub import HubFile

_TINY = {
    ModelFamily.SDXL: ("film.render.sdxl.tiny", "write_tiny"),
    ModelFamily.SDXL_REFINER: ("film.render.sdxl.tiny_aids", "write_tiny_refiner"),
    ModelFamily.UPSCALER: ("film.render.sdxl.tiny_aids", "write_tiny_upscaler"),
    ModelFamily.LTX: ("film.motion.video.tiny", "write_tiny_ltx"),
}
"""Who writes a family's tiny model: a module, imported only when it is needed since it knows torch; its function."""


def show_models(*, as_json: bool) -> None:
    """List the models and LoRAs of this machine, and those that can be pulled by name."""
    folder = models_folder()
    here, loras = list_models(folder), list_loras(folder)
    if as_json:
        output.say_json(
            {
                "folder": str(folder),
                "models": {
                    name: _plain(found) if isinstance(found, ModelManifest) else {"error": str(found)}
                    for name, found in here.items()
                },
                "loras": loras,
                "published": {name: _plain(published(name)) for name in published_names()},
            }
        )
        return
    table = Table("name", "family", "GB", "parameters", "digest", "from", show_edge=False)
    for name, found in here.items():
        if isinstance(found, ModelManifest):
            table.add_row(name, *_row(found))
        else:
            table.add_row(name, "", "", "", "", str(found))
    for name, digest in loras.items():
        table.add_row(name, "LoRA", "", "", digest[:12], "")
    for name in published_names():
        if name not in here:
            table.add_row(name, *_row(published(name))[:-1], f"not here; studio models pull {name}")
    Console().print(table)


def _row(manifest: ModelManifest) -> tuple[str, ...]:
    origin = f"{manifest.source}@{manifest.revision[:7]}" if manifest.source else "made here"
    size, count = f"{manifest.bytes / 1e9:.2f}", f"{manifest.parameters / 1e6:,.1f} M"
    return manifest.family.value, size, count, manifest.digest[:12], origin


def _plain(manifest: ModelManifest) -> dict[str, object]:
    return {
        "family": manifest.family.value,
        "bytes": manifest.bytes,
        "parameters": manifest.parameters,
        "digest": manifest.digest,
        "source": manifest.source,
        "revision": manifest.revision,
    }


def verify(name: str | None) -> None:
    """Hold models against their manifests, byte by byte.

    Args:
        name: Which one; None for all of this machine.

    Raises:
        ModelRefused: One is not as its manifest says, or there is none.
    """
    folder = models_folder()
    names = [name] if name is not None else list(list_models(folder))
    if not names:
        raise ModelRefused(f"There are no models in {folder}; see: studio models pull, studio models tiny.")
    for one in names:
        place, manifest = find_model(folder, one)
        output.tell(f"{one}: reading {manifest.bytes / 1e9:.2f} GB")
        verify_once(place, manifest, anew=True)
        output.say(f"{one}: whole, {len(manifest.files)} files, {manifest.bytes} bytes, {manifest.digest}")


def describe_model(name: str, family: ModelFamily | None) -> None:
    """Write the manifest of what lies in a model's folder: it was copied there, or something was added to it.

    Args:
        name: Of its folder.
        family: What kind it is; None for what its manifest says, or SDXL where it has none.

    Raises:
        InvalidRequest: There is no such folder.
        ModelRefused: It holds no model, or something that its manifest lists is not as it says.
    """
    folder = models_folder() / name
    if not folder.is_dir():
        raise InvalidRequest(f"There is no folder {folder}; copy the model there, and describe it then.")
    before = read_manifest(folder) if (folder / MANIFEST).exists() else None
    described = describe(
        folder,
        family=family or (before.family if before else ModelFamily.SDXL),
        name=before.name if before else _as_name(name),
        source=before.source if before else "",
        revision=before.revision if before else "",
        variant=before.variant if before else _variant(folder),
    )
    added = _added(folder, described, before)
    verify_model(folder, described, deep=False)
    write_manifest(folder, described)
    note_read(folder, described)
    for path in added:
        output.tell(f"new: {path}")
    output.say(f"{folder}: {described.bytes} bytes, {described.digest}")


def _as_name(name: str) -> str:
    try:
        return TypeAdapter(ModelName).validate_python(name.lower())
    except ValidationError as error:
        raise InvalidRequest(f"A model cannot be called {name}: take small letters, digits, '.', '_', '-'.") from error


def _variant(folder: Path) -> str:
    """Find what stands before `.safetensors` in the names of all weights of the pipeline's parts, such as fp16."""
    found = {path.name.removesuffix(".safetensors").partition(".")[2] for path in folder.glob("*/*.safetensors")}
    return found.pop() if len(found) == 1 else ""


def _added(folder: Path, described: ModelManifest, before: ModelManifest | None) -> list[str]:
    """List the files that are new; those that were there must be as they were."""
    here = {file.path: file for file in described.files}
    for file in before.files if before else ():
        if here.get(file.path) != file:
            how = "was changed" if file.path in here else "is missing"
            raise ModelRefused(
                f"{folder / file.path} {how} since {described.name} was described; fetch it again, or remove "
                f"{folder / MANIFEST} to describe what lies there as another model."
            )
        del here[file.path]
    return sorted(here)


def write_tiny_model(folder: Path, family: ModelFamily) -> None:
    """Write a tiny model into a folder.

    Args:
        folder: Where to.
        family: SDXL, which paints; its refiner, an upscaler; or LTX, which makes clips.

    Raises:
        InvalidRequest: The folder is not empty, or the extra “gpu” is not installed.
    """
    module, writer = _TINY[family]
    try:
        write = getattr(importlib.import_module(module), writer)
    except ImportError as error:
        raise InvalidRequest("The tiny model needs the extra “gpu”: pip install -e '.[gpu]'.") from error
    manifest: ModelManifest = write(folder)
    output.say(f"{folder}: {manifest.bytes} bytes, {manifest.parameters} parameters, {manifest.digest}")


def pull(source: str, revision: str | None, family: ModelFamily, variant: str, name: str | None) -> None:
    """Fetch a model and check it.

    Args:
        source: The name of a published model, or a hub's id.
        revision: The commit, for a hub's id.
        family: What kind it is, for a hub's id.
        variant: Which of its weights, for a hub's id.
        name: What it is called here; by default as there.

    Raises:
        InvalidRequest: A hub's id without a commit, there is a model of that name, or a published one is called so.
        DependencyDown: The hub does not answer.
        ModelRefused: What was fetched is not what was published, or may run code.
    """
    from infrastructure.hub import HubFile, fetch_files, list_files

    known = published(source) if "/" not in source else None
    called = name or source.rpartition("/")[2].lower()
    folder = models_folder() / called
    if folder.exists():
        raise InvalidRequest(f"{folder} is there already; remove it, or give another --name.")
    if called in published_names() and source != called:
        raise InvalidRequest(f"{called} is the name of a published model; give {source} another --name.")
    if known is None and revision is None:
        raise InvalidRequest(f"Give the commit of {source} with --revision: 40 hexadecimal digits.")
    where, commit = (known.source, known.revision) if known else (source, str(revision))
    part = folder.with_name(f".{called}.part")  # appears under its name only when it is whole
    part.mkdir(parents=True, exist_ok=True)
    if known is not None:
        wanted = {file.path: HubFile(file.bytes, sha256=file.sha256) for file in known.files}
    else:
        wanted = _wanted(list_files(where, commit), variant)
    numbers = {path: number for number, path in enumerate(wanted, 1)}
    fetch_files(
        where, commit, wanted, part, on_file=lambda path: output.tell(f"{numbers[path]} of {len(wanted)}: {path}")
    )
    shutil.rmtree(part / ".cache", ignore_errors=True)
    manifest = known or describe(part, family=family, name=called, source=where, revision=commit, variant=variant)
    verify_model(part, manifest, deep=False)  # each byte was looked at as it came
    write_manifest(part, manifest)
    part.rename(folder)
    note_read(folder, manifest)
    output.say(f"{folder}: {manifest.bytes} bytes, {manifest.digest}")


def _wanted(files: Mapping[str, HubFile], variant: str) -> dict[str, HubFile]:
    """Choose the files of a pipeline: configurations, tokenizers, and the weights of one variant."""
    if "model_index.json" not in files:
        raise ModelRefused("That is no diffusers pipeline: it has no model_index.json; name one that has.")
    ending = f".{variant}.safetensors" if variant else ".safetensors"
    wanted = []
    for path in sorted(files):
        inner = path.count("/") == 1 and not path.startswith(".")
        if path == "model_index.json" or (inner and path.endswith(SUFFIXES) and not path.endswith(".safetensors")):
            wanted.append(path)
        elif inner and path.endswith(ending) and (variant or path.count(".") == 1):
            wanted.append(path)
    if not any(path.endswith(".safetensors") for path in wanted):
        raise ModelRefused(f"It has no weights named …{ending}; only safetensors are fetched. See --variant.")
    loose = next((path for path in wanted if not files[path].pinned), None)
    if loose is not None:
        raise ModelRefused(f"The hub says no digest of {loose}, against which it could be held; fetch it elsewhere.")
    return {path: files[path] for path in wanted}
