"""Whether what an order adds to a painter can be used, looked at before there is a job. Knows no torch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from film.models import check_adapter, check_lora, find_helper, find_lora, find_model
from film.render.reference import read_reference
from schemas.errors import InvalidRequest
from schemas.models import ModelFamily
from schemas.painting import Painting


def check_aids(models: Path, painting: Painting, pictures: Mapping[str, bytes] | None) -> None:
    """Hold LoRA, refiner, upscaler and reference pictures against the model and this machine's files.

    Of weights only the heads are read. A painting without aids is not looked at: whoever has its model paints it.

    Args:
        models: The folder of models, with `loras` in it.
        painting: How the film is painted.
        pictures: The reference pictures that it names, by their sha256; None where they are not looked at yet.

    Raises:
        InvalidRequest: A number cannot be used.
        ModelRefused: The model or an aid is not there, is not whole, or does not go with the model.
    """
    if not (painting.lora or painting.refiner or painting.upscaler or painting.references):
        return
    _, manifest = find_model(models, painting.model)
    if painting.references:
        check_adapter(manifest)
    if painting.lora is not None:
        check_lora(find_lora(models, painting.lora.sha256), manifest)
    if painting.refiner is not None:
        find_helper(models, painting.refiner.model, ModelFamily.SDXL_REFINER)
    if painting.upscaler is not None:
        find_helper(models, painting.upscaler.model, ModelFamily.UPSCALER)
    check_shares(painting)
    if pictures is not None:
        for reference in painting.references:
            read_reference(pictures[reference.sha256], reference.character)


def check_shares(painting: Painting) -> None:
    """See that the model that paints has a step of its own before its refiner takes over.

    Raises:
        InvalidRequest: It has none.
    """
    if painting.refiner is not None and painting.refiner.start * painting.steps < 1:
        raise InvalidRequest(
            f"--refiner takes over at {painting.refiner.start:g} of {painting.steps} steps, which leaves the model "
            "none; order more --steps, or let it take over later."
        )
