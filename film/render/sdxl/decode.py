"""From latents to pixels."""

from __future__ import annotations

from typing import Any

import cv2
import torch

from film.render.sdxl.loading import TILED
from film.render.sdxl.sizes import Pixels


def decode(vae: Any, latents: torch.Tensor) -> tuple[list[Pixels], list[bool]]:
    """Decode a batch.

    Args:
        vae: An AutoencoderKL.
        latents: batch × 4 × height/8 × width/8, as the scheduler leaves them.

    Returns:
        The pictures, and for each whether all of its numbers were numbers.
    """
    high, wide = latents.shape[-2] * 8, latents.shape[-1] * 8
    (vae.enable_tiling if high * wide > TILED else vae.disable_tiling)()
    with torch.no_grad():
        given = latents.to(next(iter(vae.post_quant_conv.parameters())).dtype)
        mean, spread = (getattr(vae.config, name, None) for name in ("latents_mean", "latents_std"))
        if mean is not None and spread is not None:
            shape = (1, -1, 1, 1)
            given = given * torch.tensor(spread).view(shape).to(given) / vae.config.scaling_factor
            given = given + torch.tensor(mean).view(shape).to(given)
        else:
            given = given / vae.config.scaling_factor
        image = vae.decode(given, return_dict=False)[0]
        finite = torch.isfinite(image).flatten(1).all(dim=1)
        # The order of these operations is the pipeline's, so that the same picture has the same bits.
        levels = ((image * 0.5 + 0.5).clamp(0, 1).permute(0, 2, 3, 1).float() * 255).round()
        pixels = torch.nan_to_num(levels).to(torch.uint8).cpu().numpy()
    return list(pixels), [bool(one) for one in finite.cpu()]


def to_png(picture: Pixels) -> bytes:
    """Write a picture as PNG."""
    _, png = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 3])
    return png.tobytes()
