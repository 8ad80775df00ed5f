"""A second model ends the picture, from where the first leaves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

from film.render.sdxl.aids import Aids
from film.render.sdxl.loading import load_pipeline
from schemas.models import ModelFamily
from schemas.painting import Painting, PaintingDevice
from schemas.prompt import KeyframeSpec


class Refiners:
    """The refiners that films ask for, each loaded once."""

    def __init__(self, device: PaintingDevice, aids: Aids) -> None:
        """Use a device, and find models through `aids`."""
        self._device, self._aids = device, aids
        self._loaded: dict[str, Any] = {}

    def vae(self, painting: Painting) -> Any | None:
        """Return the VAE that belongs to a painting's refiner; None without one."""
        return self._pipeline(painting.refiner.model).vae if painting.refiner else None

    def refine(
        self,
        latents: torch.Tensor,
        specs: Sequence[KeyframeSpec],
        painting: Painting,
        on_step: Callable[..., Any],
        common: dict[str, Any],
    ) -> torch.Tensor:
        """Paint the last steps, if the painting wants that.

        Args:
            latents: What the first model left, batch × 4 × height/8 × width/8.
            specs: The batch.
            painting: How it is painted.
            on_step: Is called after each step, as pipelines do.
            common: Arguments both models are given: steps, generators, kind of output.

        Returns:
            The latents of the finished pictures; those given, without a refiner.

        Raises:
            ModelRefused: The refiner is not there, or not whole.
        """
        if painting.refiner is None:
            return latents
        refined: torch.Tensor = self._pipeline(painting.refiner.model)(
            # The refiner reads with the second encoder alone, which is given what says where, when and how.
            prompt=[" ".join(filter(None, (spec.positive, spec.positive_2))) for spec in specs],
            negative_prompt=[" ".join(filter(None, (spec.negative, spec.negative_2))) for spec in specs],
            image=latents,
            denoising_start=painting.refiner.start,
            guidance_scale=painting.guidance,
            callback_on_step_end=on_step,
            return_dict=False,
            **common,
        )[0]
        return refined

    def _pipeline(self, digest: str) -> Any:
        if digest not in self._loaded:
            folder, manifest = self._aids.models(digest)
            self._loaded[digest] = load_pipeline(folder, manifest, self._device, ModelFamily.SDXL_REFINER)
        return self._loaded[digest]
