"""Models that help the one that paints: a refiner, an upscaler."""

from __future__ import annotations

from pathlib import Path

from film.models.folder import find_model, list_models, verify_model
from schemas.errors import ModelRefused
from schemas.models import ModelFamily, ModelManifest


def find_helper(models: Path, name: str, family: ModelFamily) -> ModelManifest:
    """Find a second model where whoever paints will find it, and look at its folder.

    Kinds and sizes of files and heads of weights are looked at; who loads it reads every byte first.

    Args:
        models: The folder of models.
        name: The name of its folder there, its digest, or a path to its folder there.
        family: What it must be.

    Returns:
        Its manifest.

    Raises:
        ModelRefused: There is none, it lies where painters do not look, is of another family, or is not whole.
    """
    _, named = find_model(models, name)
    for known, manifest in list_models(models).items():
        # Painters are told the digest alone.
        if isinstance(manifest, ModelManifest) and manifest.digest == named.digest:
            folder = models / known
            break
    else:
        raise ModelRefused(f"The model {name} lies outside of {models}, where no painter looks; copy its folder there.")
    if named.family is not family:
        raise ModelRefused(
            f"{named.name} is a model of the family {named.family}, not {family}; see: studio models list."
        )
    verify_model(folder, named, deep=False)
    return named


def names_of(models: Path, family: ModelFamily) -> list[str]:
    """List the models of a family by the names of their folders.

    Args:
        models: The folder of models; it need not exist.
        family: Which.
    """
    found = list_models(models).items()
    return [name for name, one in found if isinstance(one, ModelManifest) and one.family is family]
