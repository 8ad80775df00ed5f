"""What comes out of the model is looked at before it counts as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from film.render.sdxl.sizes import Pixels
from schemas.errors import RenderRefused


class Moderator(Protocol):
    """Looks at painted pictures."""

    def refuses(self, pictures: Sequence[Pixels]) -> list[bool]:
        """Say of each picture whether it must not be shown."""
        ...


class SafetyChecker:
    """The safety checker published with Stable Diffusion: how near CLIP sees a picture to unwanted concepts."""

    def __init__(self, folder: Path, device: torch.device) -> None:
        """Load it.

        Args:
            folder: A model's folder with `safety_checker` and `feature_extractor` in it.
            device: Where it runs.
        """
        from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
        from transformers import CLIPImageProcessorPil

        self._extract = CLIPImageProcessorPil.from_pretrained(folder / "feature_extractor", local_files_only=True)
        checker: Any = StableDiffusionSafetyChecker.from_pretrained(
            folder / "safety_checker", use_safetensors=True, local_files_only=True
        )
        self._checker = checker.to(device).eval()
        self._device = device

    def refuses(self, pictures: Sequence[Pixels]) -> list[bool]:
        """Say of each picture whether it must not be shown."""
        seen = self._extract(list(pictures), return_tensors="pt").pixel_values.to(self._device)
        copies = [np.array(picture) for picture in pictures]  # it blackens what it refuses
        with torch.no_grad():
            _, refused = self._checker(clip_input=seen, images=copies)
        return [bool(one) for one in refused]


def not_numbers() -> RenderRefused:
    """Say that a picture came out as something that is no number: what half precision does when it overflows."""
    return RenderRefused("The model's numbers overflowed (NaN); paint it again, or with --precision float32.")


def immoderate() -> RenderRefused:
    """Say that moderation refused a picture."""
    return RenderRefused("The safety checker refuses the picture; change the shot's words or its seed.")
