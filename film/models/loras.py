"""LoRAs on this machine: files in the folder `loras` beside the models."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from film.models.folder import file_digest
from film.models.tensors import read_tensors
from schemas.errors import ModelRefused

LORAS = "loras"
"""The folder's name, in the folder of models."""


def list_loras(models: Path) -> dict[str, str]:
    """List the LoRAs.

    Args:
        models: The folder of models.

    Returns:
        Each file's sha256, by its name without `.safetensors`.
    """
    return {path.stem: _digest(path) for path in sorted((models / LORAS).glob("*.safetensors"))}


def lora_names(models: Path) -> list[str]:
    """List the LoRAs by name alone, without reading any.

    Args:
        models: The folder of models.
    """
    return sorted(path.stem for path in (models / LORAS).glob("*.safetensors"))


def find_lora(models: Path, name: str) -> Path:
    """Find a LoRA by the name of its file, or by its sha256.

    Raises:
        ModelRefused: There is none, or it is no whole safetensors file.
    """
    for known, digest in list_loras(models).items():
        if name in (known, digest):
            path = models / LORAS / f"{known}.safetensors"
            read_tensors(path)
            return path
    raise ModelRefused(f"There is no LoRA {name!r} in {models / LORAS}; put its .safetensors file there.")


def _digest(path: Path) -> str:
    info = path.stat()
    return _digest_of(path, info.st_size, info.st_mtime_ns)


@lru_cache(maxsize=256)
def _digest_of(path: Path, _size: int, _changed: int) -> str:
    """Hash a file once for as long as it does not change."""
    return file_digest(path)
