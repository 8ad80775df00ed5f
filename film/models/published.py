"""Models as others published them: what to fetch, and what it must be.

The manifests beside this file hold facts only: configurations, names and shapes of tensors, sizes and sha256 of files.
How each was come by stands in `docs/painting.md`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from schemas.errors import ModelRefused
from schemas.models import ModelManifest

_FOLDER = "published"


def published_names() -> tuple[str, ...]:
    """List the models whose manifests are known."""
    entries = (entry.name for entry in (files("film.models") / _FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in entries if name.endswith(".json")))


@cache
def published(name: str) -> ModelManifest:
    """Return the manifest of a published model.

    Raises:
        ModelRefused: None of that name is known.
    """
    if name not in published_names():
        raise ModelRefused(f"No published model is called {name!r}; known are {', '.join(published_names())}.")
    return ModelManifest.model_validate_json((files("film.models") / _FOLDER / f"{name}.json").read_bytes())
