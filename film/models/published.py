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


def check_published(manifest: ModelManifest, called: str = "") -> None:
    """Hold a model that passes for a published one against what was published.

    It passes for one by its name, or by the hub's id and the commit that it says it is from. Beside the published parts
    there may be others, an IP-Adapter for one; in them there may be nothing else.

    Args:
        manifest: What lies here.
        called: The name of its folder.

    Raises:
        ModelRefused: It is another.
    """
    for name in published_names():
        known = published(name)
        named = name in (manifest.name, called)
        if named or (manifest.source, manifest.revision) == (known.source, known.revision):
            wrong = _difference(manifest, known, whole=named)
            if wrong:
                raise ModelRefused(
                    f"{called or manifest.name} is not {name} as {known.source} published it at {known.revision[:7]}: "
                    f"{wrong}; fetch it anew (studio models pull {name}), or give it another name."
                )


def _difference(manifest: ModelManifest, known: ModelManifest, *, whole: bool) -> str:
    """Say what of a model is not as it was published; empty where nothing is.

    Args:
        manifest: What lies here.
        known: What was published.
        whole: Whether it must be all of it: of one commit there are other variants.
    """
    here = {file.path: file for file in manifest.files}
    for file in known.files:
        found = here.pop(file.path, None)
        if found is None and whole:
            return f"{file.path} is missing"
        if found is not None and found != file:
            return f"{file.path} is another file"
    if not whole:
        return ""
    if (manifest.family, manifest.pipeline, manifest.variant) != (known.family, known.pipeline, known.variant):
        return "it is of another kind"
    inside = next((path for path in sorted(here) if "/" not in path or path.split("/")[0] in known.components), None)
    return f"{inside} is no part of it" if inside else ""
