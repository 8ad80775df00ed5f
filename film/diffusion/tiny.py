"""Writes a model of random weights, small enough for a CPU, with all that a real one's folder has."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from film.diffusion.loading import quiet
from film.models import describe, write_manifest
from schemas.errors import InvalidRequest
from schemas.models import ModelFamily, ModelManifest


def write_model(
    folder: Path,
    *,
    seed: int,
    name: str,
    family: ModelFamily,
    index: dict[str, Any],
    write_parts: Callable[[Path], dict[str, Any]],
) -> ModelManifest:
    """Write a model and its manifest.

    Args:
        folder: Where to; it is created, and must be empty.
        seed: Of the weights: the same one gives the same files.
        name: The name in its manifest.
        family: What kind of model it is.
        index: What `model_index.json` says: the pipeline's class and its parts.
        write_parts: Writes what has no weights into the folder, and returns the others: what can `save_pretrained`,
            by the name of its part.

    Returns:
        Its manifest.

    Raises:
        InvalidRequest: Something lies in the folder already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise InvalidRequest(f"{folder} is not empty; name a folder that is not there yet.")
    folder.mkdir(parents=True, exist_ok=True)
    with torch.random.fork_rng(devices=[]), quiet():
        torch.manual_seed(seed)
        for part, model in write_parts(folder).items():
            model.eval().save_pretrained(folder / part, safe_serialization=True)
    write_json(folder / "model_index.json", index)
    manifest = describe(folder, family=family, name=name)
    write_manifest(folder, manifest)
    return manifest


def write_json(path: Path, value: Any) -> None:
    """Write a configuration, as people may read it."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
