"""Loads a pipeline from a model's folder, checked, onto its device."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from diffusers.utils import logging as diffusers_logging
from transformers.utils import logging as transformers_logging

from film.diffusion.device import find_device
from film.models import verify_model
from schemas.errors import ModelRefused
from schemas.models import ModelFamily, ModelManifest
from schemas.painting import PaintingDevice


def load(
    folder: Path, manifest: ModelManifest, device: PaintingDevice, family: ModelFamily, kind: Any, **settings: object
) -> tuple[Any, torch.device, torch.dtype]:
    """Verify a model and load it.

    Args:
        folder: The model's folder.
        manifest: What must lie there; every byte is held against it first.
        device: Where it shall run, and in which precision.
        family: What it must be.
        kind: The class of diffusers that puts its parts together.
        settings: What else that class is given.

    Returns:
        The pipeline, on its device; that device as torch knows it, and the type of the weights.

    Raises:
        ModelRefused: The folder is not what the manifest says, or is another kind of model.
        DeviceMissing: There is no such device.
    """
    if manifest.family is not family:
        raise ModelRefused(f"{manifest.name} is a model of the family {manifest.family.value}, not {family.value}.")
    where, dtype = find_device(device)
    verify_model(folder, manifest)
    with quiet():
        try:
            pipeline = kind.from_pretrained(
                folder,
                torch_dtype=dtype,
                variant=manifest.variant or None,
                use_safetensors=True,
                local_files_only=True,
                **settings,
            )
        except (OSError, ValueError, RuntimeError, TypeError, KeyError) as error:
            raise ModelRefused(f"{folder} cannot be loaded as {kind.__name__}: {_first_line(error)}") from error
    pipeline.set_progress_bar_config(disable=True)
    pipeline.to(where)
    return pipeline, where, dtype


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries' progress bars and advice off standard error while they load."""
    before = diffusers_logging.get_verbosity(), transformers_logging.get_verbosity()
    bars = transformers_logging.is_progress_bar_enabled()
    diffusers_logging.set_verbosity(logging.CRITICAL)
    transformers_logging.set_verbosity(logging.CRITICAL)
    diffusers_logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", category=FutureWarning, module=r"(diffusers|transformers|huggingface_hub)\b"
            )
            yield
    finally:
        diffusers_logging.set_verbosity(before[0])
        transformers_logging.set_verbosity(before[1])
        if bars:
            transformers_logging.enable_progress_bar()


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
