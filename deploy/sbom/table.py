"""docs/licences.md: what is delivered, and under which licence, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from deploy.sbom.inventories import IMAGES, Inventory
from deploy.sbom.parts import Kind, Part
from deploy.sbom.policy import Policy

_HEAD = """\
# Licences of what is delivered

AI Film Studio is under [Apache-2.0](../LICENSE). This page is about the work of others in it: what its three images
hold, what the pages bring into a browser, and models that an installation may fetch.
`python -m deploy.sbom --table` writes it from what is installed by the pinned requirements, and a test holds it
against them; `make sbom` writes the same as CycloneDX 1.6, a file an image, to `out/sbom`. Nobody's legal advice.

A part whose licence is unknown, or asks for more than that its text be kept, is refused by
`tests/deploy/test_sbom.py` until somebody has argued for it in `deploy/sbom/policy.toml`.
"""

_MISSING = """\
## What is not on this page

Debian's packages of the base image, whose licences lie in it (`/usr/share/doc/*/copyright`): whoever builds images
scans them. Libraries inside wheels beside FFmpeg: where a package brings an inventory of its own, CycloneDX names it
(`ai-film-studio:inventory`). The servers of the local lab, Temporal, PostgreSQL, SeaweedFS and moto, and what tests
and builds need: none is delivered. Models that an installation brings itself, LoRAs among them.
"""


def table(inventories: Sequence[Inventory], policy: Policy) -> str:
    """Write the page.

    Args:
        inventories: All of them.
        policy: Knows the arguments.
    """
    return "\n".join(_lines({one.name: one for one in inventories}, policy)) + "\n"


def _lines(found: dict[str, Inventory], policy: Policy) -> Iterator[str]:
    yield _HEAD
    yield "## What was argued for\n"
    yield from _row("part", "version", "licence", "why it may be there", head=True)
    parts = {part.name: part for one in found.values() for part in one.parts}
    for key, argued in policy.argued.items():
        fitting = [part for part in parts.values() if fnmatchcase(part.name, key) and part.licence == argued.licence]
        versions = fitting[0].version if len(fitting) == 1 else f"{len(fitting)} packages"
        yield from _row(key, versions, argued.licence, argued.why)
    yield "\n## Builds of FFmpeg\n"
    yield from _row("where", "version", "licence", "built with", head=True)
    for part in found["cpu"].parts:
        if "configuration" in part.facts:
            where = part.name.removeprefix("ffmpeg in ")
            yield from _row(where, part.version, part.licence, _enabled(part.facts["configuration"]))
    yield "\n## In the images\n"
    yield from _row("package", "version", "licence", "images", head=True)
    for part in _in_images(found):
        images = [name for name in IMAGES if part in found[name].parts]
        yield from _row(part.name, part.version, part.licence, ", ".join(images))
    yield "\n## In the pages\n"
    yield from _row("package", "version", "licence", head=True)
    for part in found["pages"].parts:
        yield from _row(part.name, part.version, part.licence)
    yield "\n## Models, in no image\n"
    yield from _row("model", "for", "licence", "what it asks", head=True)
    for part in found["models"].parts:
        yield from _row(part.name, part.facts["for"], part.licence, part.facts["asks"])
    yield ""
    yield _MISSING.rstrip()


def _in_images(found: dict[str, Inventory]) -> list[Part]:
    seen = {(part.name, part.version): part for name in IMAGES for part in found[name].parts}
    return [
        part
        for part in sorted(seen.values(), key=lambda part: (part.kind is not Kind.CONTAINER, part.name))
        if "configuration" not in part.facts
    ]


def _enabled(configuration: str) -> str:
    """The flags that licences hang on, and the libraries that are inside."""
    flags = [flag.removeprefix("--enable-") for flag in configuration.split() if flag.startswith("--enable-")]
    deciding = [f"**{flag}**" for flag in ("gpl", "version3", "nonfree") if flag in flags]
    return ", ".join([*deciding, *sorted(flag for flag in flags if flag.startswith("lib"))])


def _row(*cells: str, head: bool = False) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"
    if head:
        yield f"|{'---|' * len(cells)}"
