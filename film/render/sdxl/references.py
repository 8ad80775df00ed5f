"""Reference pictures: IP-Adapter lets the UNet look at them beside the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from film.diffusion.loading import quiet
from film.models import ADAPTER
from film.render.reference import read_reference
from schemas.errors import ModelRefused
from schemas.painting import Reference


class References:
    """Embeds reference pictures, once each, and tells the UNet how much to heed them."""

    def __init__(self, pipeline: Any, folder: Path, fetch: Callable[[str], bytes]) -> None:
        """Prepare; the adapter is loaded when the first picture asks for it.

        Args:
            pipeline: The pipeline.
            folder: The model's folder.
            fetch: Fetches a picture by its sha256.
        """
        self._pipeline, self._folder, self._fetch = pipeline, folder, fetch
        self._embedded: dict[str, torch.Tensor] = {}
        self._loaded = False

    def arguments(self, references: Sequence[Reference], *, guided: bool) -> dict[str, Any]:
        """Return what a call of the pipeline must be given.

        Args:
            references: What all pictures of the batch refer to.
            guided: Whether there is guidance away from the negative.

        Raises:
            ModelRefused: There is no adapter, or a picture cannot be used.
        """
        if not references and not self._loaded:
            return {}
        self._load()
        if not references:
            # With an adapter in place the UNet wants pictures; at a scale of 0 it does not look at them.
            self._pipeline.set_ip_adapter_scale(0.0)
            width = self._pipeline.image_encoder.config.projection_dim
            nothing = torch.zeros(2 if guided else 1, 1, width, dtype=self._pipeline.unet.dtype)
            return {"ip_adapter_image_embeds": [nothing.to(self._pipeline.device)]}
        self._pipeline.set_ip_adapter_scale(sum(one.weight for one in references) / len(references))
        seen = torch.cat([self._embed(reference) for reference in references], dim=1)
        return {"ip_adapter_image_embeds": [seen if guided else seen[1:]]}

    def _embed(self, reference: Reference) -> torch.Tensor:
        """Embed a picture: row 0 for no picture at all, row 1 for this one."""
        if reference.sha256 not in self._embedded:
            picture = read_reference(self._fetch(reference.sha256), reference.character)
            with torch.no_grad():
                (both,) = self._pipeline.prepare_ip_adapter_image_embeds(
                    [picture], None, self._pipeline.device, 1, True
                )
            self._embedded[reference.sha256] = both if both.ndim >= 3 else both[:, None]
        return self._embedded[reference.sha256]

    def _load(self) -> None:
        if self._loaded:
            return
        weights = sorted((self._folder / ADAPTER).glob("*.safetensors"))
        if len(weights) != 1:
            raise ModelRefused(
                f"{self._folder / ADAPTER} must hold one IP-Adapter for reference pictures, and holds {len(weights)}; "
                "docs/painting.md says where to get it."
            )
        with quiet():
            try:
                self._pipeline.load_ip_adapter(str(self._folder), subfolder=ADAPTER, weight_name=weights[0].name)
            except (OSError, ValueError, KeyError, RuntimeError) as error:
                raise ModelRefused(f"{weights[0]} is no IP-Adapter for this model; give another.") from error
        self._loaded = True
