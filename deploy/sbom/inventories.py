"""The inventories: of each image, of the pages, and of the models that an installation may bring."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from deploy.sbom.binaries import ffmpegs
from deploy.sbom.others import base, cuda, models, pages
from deploy.sbom.parts import ROOT, InventoryError, Kind, Part
from deploy.sbom.policy import Policy
from deploy.sbom.python import packages, pins

IMAGES = ("api", "cpu", "gpu")
DOCKER = ROOT / "deploy" / "docker"


@dataclass(frozen=True)
class Inventory:
    """Everything of others in something that is delivered.

    Attributes:
        name: What it is of.
        kind: What that is.
        parts: In order.
    """

    name: str
    kind: Kind
    parts: tuple[Part, ...]


def inventories(policy: Policy) -> list[Inventory]:
    """Make them all.

    Args:
        policy: Knows the licences of packages that do not say theirs.

    Raises:
        InventoryError: What is installed here is not what images have.
    """
    first, python = base(DOCKER / "Dockerfile")
    here = ".".join(map(str, sys.version_info[:2]))
    if not python.startswith(f"{here}."):
        raise InventoryError(
            f"The images have Python {python}, and this is {here}: requirements differ; run it with theirs."
        )
    pinned = pins(ROOT / "constraints.txt")
    plain = packages(_required(None), python, pinned, policy)
    painting = packages([*_required(None), *_required("gpu")], python, pinned, policy)
    torch, brought = cuda()
    if torch != pinned["torch"]:
        raise InventoryError(
            f"deploy/sbom/cuda.toml tells of torch {torch}, and images have {pinned['torch']}: write down what that "
            "brings, as its first lines say."
        )
    painting |= {part.name: part for part in brought}
    names = {part.name for part in brought}
    painting["torch"] = replace(painting["torch"], needs=tuple(sorted({*painting["torch"].needs, *names})))
    builds = ffmpegs()
    of_images = {"api": plain, "cpu": plain, "gpu": painting}
    return [
        *(Inventory(name, Kind.CONTAINER, (first, *of_images[name].values(), *builds)) for name in IMAGES),
        Inventory("pages", Kind.APPLICATION, tuple(pages(ROOT / "frontend" / "package-lock.json"))),
        Inventory("models", Kind.APPLICATION, tuple(models())),
    ]


def _required(extra: str | None) -> list[str]:
    """What an image installs, by the program that tells its build."""
    program = runpy.run_path(str(DOCKER / "requirements.py"))
    names = cast(Callable[[Path, str | None], list[str]], program["names"])
    return names(ROOT / "pyproject.toml", extra)
