"""What a painter may need besides its model, and where it gets it: ports, so that this folder knows no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from film.render.sdxl.gate import Moderator
from schemas.errors import ModelRefused
from schemas.models import ModelManifest


def _no_model(digest: str) -> tuple[Path, ModelManifest]:
    raise ModelRefused(f"There is no model {digest[:12]}… here; see: studio models list.")


def _no_lora(digest: str) -> Path:
    raise ModelRefused(f"There is no LoRA {digest[:12]}… here; put it into the folder loras beside the models.")


def _no_reference(digest: str) -> bytes:
    raise ModelRefused(f"There is no reference picture {digest[:12]}… here.")


@dataclass(frozen=True)
class Aids:
    """Where LoRAs, other models and reference pictures come from. By default there are none."""

    models: Callable[[str], tuple[Path, ModelManifest]] = _no_model
    """Finds a model by its manifest's digest; `film.models.find_model` does."""
    loras: Callable[[str], Path] = _no_lora
    """Finds a LoRA's file by its sha256; `film.models.find_lora` does."""
    references: Callable[[str], bytes] = _no_reference
    """Fetches a reference picture by its sha256."""
    moderator: Moderator | None = None
    """Looks at each picture; None takes the model's own safety checker where it has one."""
