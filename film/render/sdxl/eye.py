"""Sees likeness by the image encoder that the model's IP-Adapter brings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from film.diffusion.loading import quiet
from film.models import ADAPTER
from film.render.consistency import Embedding
from schemas.errors import ModelRefused, RenderRefused
from schemas.models import ModelManifest

_AT_ONCE = 8


def has_image_encoder(folder: Path) -> bool:
    """Say whether a model's folder brings what an `ImageEncoderEye` needs."""
    return (folder / ADAPTER / "image_encoder" / "config.json").is_file()


class ImageEncoderEye:
    """CLIP's view of a picture: see `film.render.consistency.Eye`.

    CLIP's vectors lie in a narrow cone: scores are high, and it is their differences that count.
    """

    def __init__(self, folder: Path, manifest: ModelManifest, device: str = "cpu") -> None:
        """Load the encoder.

        Args:
            folder: The model's folder, verified.
            manifest: Its manifest.
            device: Where it runs.

        Raises:
            ModelRefused: The model has no image encoder.
        """
        place = folder / ADAPTER / "image_encoder"
        if not has_image_encoder(folder):
            raise ModelRefused(
                f"{manifest.name} has no image encoder in {place}; docs/painting.md says where to get it."
            )
        from transformers import CLIPImageProcessorPil, CLIPVisionModelWithProjection

        with quiet():
            encoder: Any = CLIPVisionModelWithProjection.from_pretrained(
                place, use_safetensors=True, local_files_only=True
            )
        side = encoder.config.image_size
        self._extract: Any = CLIPImageProcessorPil(size={"shortest_edge": side}, crop_size=side)
        self._encoder = encoder.to(device).eval()
        self._device = device
        self.name = f"clip-{manifest.digest[:16]}"

    def look(self, pngs: Sequence[bytes]) -> list[Embedding]:
        """Return a vector a picture."""
        found: list[Embedding] = []
        for first in range(0, len(pngs), _AT_ONCE):
            pictures = [_decoded(png) for png in pngs[first : first + _AT_ONCE]]
            seen = self._extract(pictures, return_tensors="pt").pixel_values.to(self._device)
            with torch.no_grad():
                vectors = self._encoder(seen).image_embeds.float().cpu().numpy()
            found += list(vectors)
        return found


def _decoded(png: bytes) -> Any:
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR) if png else None
    if image is None:
        raise RenderRefused(f"A picture of {len(png)} bytes does not decode; make it again.")
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
