"""What comes by other ways than Python packages: the base image, the pages' packages, models that paint."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from deploy.sbom.parts import ROOT, InventoryError, Kind, Part

MODELS = Path(__file__).with_name("models.toml")
CUDA = Path(__file__).with_name("cuda.toml")
PUBLISHED = ROOT / "film" / "models" / "published"


def base(dockerfile: Path) -> tuple[Part, str]:
    """Read what images begin from.

    Args:
        dockerfile: Of the images.

    Returns:
        The base image, and the version of its Python.

    Raises:
        InventoryError: The first stage does not begin from an official image of Python.
    """
    found = re.search(r"^FROM python:((\d+\.\d+\.\d+)-\S+) AS base$", dockerfile.read_text(encoding="utf-8"), re.M)
    if found is None:
        raise InventoryError(f"{dockerfile} does not say from which image of Python it begins.")
    part = Part(
        name="python",
        version=found[1],
        licence="PSF-2.0",
        purl=f"pkg:docker/python@{found[1]}",
        kind=Kind.CONTAINER,
        facts={"holds": "Debian's packages, each with its licence in /usr/share/doc/NAME/copyright of the image"},
    )
    return part, found[2]


def pages(lock: Path) -> list[Part]:
    """Read what the pages are made of: packages that reach a browser, and those that build them into it.

    Left out are tools for developing and testing, and binaries of one platform that help to build; none of these is
    delivered.

    Args:
        lock: The lock file of npm.
    """
    found = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    delivered = {
        (path.rpartition("node_modules/")[2], entry["version"]): entry
        for path, entry in found.items()
        if path and not entry.get("dev") and not entry.get("optional") and not entry.get("devOptional")
    }
    names = {name for name, _ in delivered}
    return [
        Part(
            name=name,
            version=version,
            licence=entry.get("license", ""),
            purl=f"pkg:npm/{name.replace('@', '%40')}@{version}",
            needs=tuple(sorted(names.intersection(entry.get("dependencies", {})))),
        )
        for (name, version), entry in sorted(delivered.items())
    ]


def cuda(path: Path = CUDA) -> tuple[str, list[Part]]:
    """List what torch brings on a machine with a GPU, which what is installed here may be without.

    Returns:
        The version of torch that it was read of, and the parts.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = [
        Part(name, version, table["licences"].get(name, table["licence"]), f"pkg:pypi/{name}@{version}")
        for name, version in sorted(table["packages"].items())
    ]
    return table["torch"], parts


def models() -> list[Part]:
    """List the models that this software fetches or names, with their publishers' licences. No image has one.

    Raises:
        InventoryError: The manifest of a published model is there, and nothing is said of its licence.
    """
    table = tomllib.loads(MODELS.read_text(encoding="utf-8"))
    manifests = {
        manifest["source"]: manifest
        for manifest in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(PUBLISHED.glob("*.json")))
    }
    for source in manifests.keys() - table.keys():
        raise InventoryError(f"{source} can be pulled by name, and deploy/sbom/models.toml does not say its licence.")
    return [_model(source, entry, manifests.get(source, {})) for source, entry in sorted(table.items())]


def _model(source: str, entry: dict[str, str], manifest: dict[str, str]) -> Part:
    revision = manifest.get("revision", "")
    return Part(
        name=source,
        version=revision[:12] or "as installed",
        licence=entry["licence"],
        purl=f"pkg:huggingface/{source}" + (f"@{revision}" if revision else ""),
        kind=Kind.MODEL,
        facts={"for": entry["for"], "asks": entry["asks"]},
    )
