"""What is in the images, as CycloneDX, and under which licences; `make sbom` writes both.

    python deploy/docker/sbom.py [--out build/sbom]     api.cdx.json, cpu.cdx.json, gpu.cdx.json; docs/licences.md

An image holds what `requirements.py` names and what that needs, in the versions of `constraints.txt`, which is what is
installed here. What packages carry inside, and what is no package, is named beside them: the base image, FFmpeg's
build, the weights of models that are published for this software.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
IMAGES: dict[str, tuple[str | None, ...]] = {"api": (None,), "cpu": (None,), "gpu": (None, "gpu")}
"""The groups of requirements that each image installs."""
UNKNOWN = "not said"
MODELS = {"sdxl-base-1.0": "CreativeML-Open-RAIL++-M"}
"""Licences of the weights whose manifests lie in film/models/published; they are fetched, and are in no image."""


@dataclass(frozen=True)
class Part:
    """Something that an image holds."""

    name: str
    version: str
    licence: str
    kind: ComponentType = ComponentType.LIBRARY
    note: str = ""
    sha256: str = ""


def packages(image: str) -> list[Part]:
    """Find the packages of an image: what is asked for, and what that asks for.

    Raises:
        importlib.metadata.PackageNotFoundError: One is not installed here.
    """
    asked: set[tuple[str, str]] = set()
    found: dict[str, Part] = {}
    wanted = [Requirement(one) for group in IMAGES[image] for one in _requirements(group)]
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        about = metadata.distribution(name)
        found[name] = Part(name, about.version, licence_of(about))
        for extra in {"", *requirement.extras}:
            if (name, extra) not in asked:
                asked.add((name, extra))
                wanted += _asked(about, extra)
    return sorted(found.values(), key=lambda part: part.name)


def _requirements(group: str | None) -> list[str]:
    spec = spec_from_file_location("requirements", Path(__file__).with_name("requirements.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    names: list[str] = module.names(ROOT / "pyproject.toml", group)
    return names


def _asked(about: metadata.Distribution, extra: str) -> Iterator[Requirement]:
    environment = {key: str(value) for key, value in default_environment().items()} | {"extra": extra}
    for line in about.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield requirement


def licence_of(about: metadata.Distribution) -> str:
    """Find a package's licence: its expression, its classifiers, or the first line of what it calls its licence."""
    said = about.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License :: ")
    ]
    named = [name for name in classifiers if name != "OSI Approved"]
    if named:
        return " OR ".join(sorted(named))
    first = str(said.get("License") or "").strip().splitlines()
    return first[0][:80] if first and first[0] else UNKNOWN


def ffmpeg() -> Part:
    """Ask FFmpeg's build how it was made; what it may be given away under follows from that."""
    import imageio_ffmpeg

    said = subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-version"], capture_output=True, text=True, check=True)
    version = re.search(r"ffmpeg version (\S+)", said.stdout)
    assert version is not None
    options = set(re.findall(r"--enable-(?:gpl|version3|nonfree)", said.stdout))
    if "--enable-nonfree" in options:
        licence = "not to be given away (--enable-nonfree)"
    else:
        licence = f"{'GPL' if '--enable-gpl' in options else 'LGPL'}-{_ffmpeg_version(options)}-or-later"
    libraries = ", ".join(re.findall(r"--enable-(lib(?:x264|x265|ass|vmaf|svtav1|mp3lame|opus|vpx))\b", said.stdout))
    note = f"inside imageio-ffmpeg; built with {libraries}"
    return Part("ffmpeg", version[1], licence, ComponentType.APPLICATION, note)


def _ffmpeg_version(options: set[str]) -> str:
    if "--enable-version3" in options:
        return "3.0"
    return "2.0" if "--enable-gpl" in options else "2.1"


def base() -> Part:
    """The image that all begin from."""
    found = re.search(r"^FROM (\S+):(\S+) AS base$", (ROOT / "deploy/docker/Dockerfile").read_text(), re.MULTILINE)
    assert found is not None
    note = "Debian's packages and Python; see the image's own list"
    return Part(found[1], found[2], "PSF-2.0 and Debian's", ComponentType.CONTAINER, note)


def models() -> list[Part]:
    """Weights that are published for this software: fetched by `studio models pull`, in no image."""
    parts = []
    for path in sorted((ROOT / "film" / "models" / "published").glob("*.json")):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        for file in manifest["files"]:
            if str(file["path"]).endswith(".safetensors"):
                note = f"{manifest['name']}, {int(file['bytes']) / 1e9:.1f} GB, fetched and not in the image"
                kind, licence = ComponentType.MACHINE_LEARNING_MODEL, MODELS[manifest["name"]]
                parts.append(Part(file["path"], manifest["name"], licence, kind, note, file["sha256"]))
    return parts


def parts(image: str) -> list[Part]:
    """All that an image holds, and for the GPU's the weights that it reads."""
    return [base(), ffmpeg(), *packages(image), *(models() if image == "gpu" else [])]


def bom(image: str) -> Bom:
    """Write down an image as a bill of materials."""
    licences = LicenseFactory()
    version = metadata.version("ai-film-studio")
    root = Component(name=f"ai-film-studio/{image}", version=version, type=ComponentType.CONTAINER, bom_ref="image")
    made = Bom()
    made.metadata.component = root
    for part in parts(image):
        is_package = part.kind is ComponentType.LIBRARY
        component = Component(
            name=part.name,
            version=part.version,
            type=part.kind,
            bom_ref=f"{part.name}@{part.version}",
            purl=PackageURL("pypi", None, part.name, part.version) if is_package else None,
            licenses=[licences.make_from_string(part.licence)],
            description=part.note or None,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=part.sha256)] if part.sha256 else None,
        )
        made.components.add(component)
    made.dependencies.add(Dependency(root.bom_ref, [Dependency(one.bom_ref) for one in made.components]))
    return made


def inventory() -> str:
    """Write docs/licences.md."""
    images: dict[Part, list[str]] = {}
    for image in IMAGES:
        for part in parts(image):
            images.setdefault(part, []).append(image)
    rows = [
        f"| {part.name} | {part.version} | {part.licence} | {', '.join(where)} | {part.note} |"
        for part, where in images.items()
    ]
    head = (
        "# Licences\n\n`make sbom` writes this page, and a bill of materials of each image as CycloneDX into "
        "`build/sbom`: of what is installed where it runs, in the versions of `constraints.txt`. Licences are what "
        "packages say of themselves; nobody read them all.\n\n"
        "| what | version | licence | images | |\n|---|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def main() -> int:
    """Write all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "sbom", help="folder of the bills")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "licences.md", help="the page of licences")
    options = parser.parse_args()
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    for image in IMAGES:
        (out / f"{image}.cdx.json").write_text(JsonV1Dot6(bom(image)).output_as_string(indent=1), encoding="utf-8")
    options.page.write_text(inventory(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
