"""Python packages: what an image's requirements bring, as far as pip would follow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.sbom.parts import InventoryError, Part
from deploy.sbom.policy import Policy

IMAGE: dict[str, str] = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "sys_platform": "linux",
}
"""What markers ask of a machine that runs our images, whichever this is; Python's version is the image's own."""

_INFO = re.compile(r"\.dist-info/sboms/.+\.json$")


def pins(path: Path) -> dict[str, str]:
    """Read the versions of constraints.txt, by normalised name."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines if line)}


def packages(wanted: Iterable[str], python: str, pinned: Mapping[str, str], policy: Policy) -> dict[str, Part]:
    """Follow requirements to all that they bring.

    Args:
        wanted: Requirements, as pyproject.toml has them.
        python: The version that the image runs them with.
        pinned: Versions by name.
        policy: Knows licences.

    Returns:
        Parts by normalised name.

    Raises:
        InventoryError: A package is not installed here, is not pinned, or is here in another version.
    """
    environment = IMAGE | {
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "implementation_version": python,
    }
    waiting = [Requirement(one) for one in wanted]
    followed: dict[str, set[str]] = {}
    needs: dict[str, set[str]] = {}
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        new = set(requirement.extras) - followed.get(name, set())
        if name in followed and not new:
            continue
        followed.setdefault(name, set()).update(requirement.extras)
        brought = [
            one
            for one in map(Requirement, _installed(name).requires or [])
            if one.marker is None
            or any(one.marker.evaluate(environment | {"extra": extra}) for extra in ("", *followed[name]))
        ]
        needs.setdefault(name, set()).update(canonicalize_name(one.name) for one in brought)
        waiting += brought
    return {name: _part(name, pinned, sorted(needs[name]), policy) for name in sorted(followed)}


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError as error:
        raise InventoryError(f"{name} is not installed here, and an image has it: install all extras first.") from error


def _part(name: str, pinned: Mapping[str, str], needs: list[str], policy: Policy) -> Part:
    found = _installed(name)
    version = found.version.partition("+")[0]  # a build for CPUs is the same release
    if name not in pinned:
        raise InventoryError(f"{name} is in an image, and constraints.txt does not say in which version: pin it.")
    if version != pinned[name]:
        raise InventoryError(f"{name} is here in version {version}, and constraints.txt has {pinned[name]}.")
    inside = [str(file) for file in found.files or [] if _INFO.search(str(file))]
    return Part(
        name=name,
        version=version,
        licence=policy.licence_of(name, found.metadata),
        purl=f"pkg:pypi/{name}@{version}",
        needs=tuple(needs),
        facts={"inventory": ", ".join(inside)} if inside else {},
    )
