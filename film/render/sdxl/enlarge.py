"""A model enlarges the picture fourfold, before it is brought to the film's size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from PIL import Image

from film.render.sdxl.aids import Aids
from film.render.sdxl.loading import load_pipeline
from film.render.sdxl.sizes import Pixels
from schemas.models import ModelFamily
from schemas.painting import Painting, PaintingDevice
from schemas.prompt import KeyframeSpec


class Enlargers:
    """The upscaling models that films ask for, each loaded once."""

    def __init__(self, device: PaintingDevice, aids: Aids) -> None:
        """Use a device, and find models through `aids`."""
        self._device, self._aids = device, aids
        self._loaded: dict[str, Any] = {}

    def enlarge(
        self, picture: Pixels, spec: KeyframeSpec, painting: Painting, seed: int, on_step: Callable[[], object]
    ) -> Pixels:
        """Enlarge a picture, if the painting wants that.

        Args:
            picture: What was painted.
            spec: The keyframe; the model reads its words.
            painting: How it is painted.
            seed: For the noise.
            on_step: Is called after each step; what it raises ends the work.

        Returns:
            The larger picture; the one given, without an upscaler.

        Raises:
            ModelRefused: The upscaler is not there, or not whole.
        """
        if painting.upscaler is None:
            return picture
        larger = self._pipeline(painting.upscaler.model)(
            prompt=[spec.positive],
            negative_prompt=[spec.negative],
            image=[Image.fromarray(picture)],
            num_inference_steps=painting.upscaler.steps,
            guidance_scale=max(painting.guidance, 1.0),
            generator=torch.Generator("cpu").manual_seed(seed),
            output_type="np",
            callback=lambda *_: on_step(),
        ).images[0]
        pixels: Pixels = (np.nan_to_num(larger) * 255).round().astype(np.uint8)
        return pixels

    def _pipeline(self, digest: str) -> Any:
        if digest not in self._loaded:
            folder, manifest = self._aids.models(digest)
            self._loaded[digest] = load_pipeline(folder, manifest, self._device, ModelFamily.UPSCALER)
        return self._loaded[digest]
