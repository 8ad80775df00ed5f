"""Writes the schemas that `stub.py` serves: `python -m tests.deploy.terraform.schemas FOLDER`.

FOLDER holds Terraform's real provider of AWS, in the layout that `terraform init -plugin-dir` takes. Run it again when
deploy/terraform uses a further kind of resource, or pins another version.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.deploy.terraform import running
from tests.deploy.terraform.running import SOURCE
from tests.deploy.terraform.stub import SCHEMAS

_KEPT = ("type", "required", "optional", "computed", "sensitive", "deprecated", "write_only")


def used() -> set[str]:
    """The kinds of resources that deploy/terraform uses."""
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.tf")]
    return {kind for text in texts for kind in re.findall(r'(?m)^resource "(aws_\w+)"', text)}


def version() -> str:
    """Of the provider that is pinned."""
    text = (SOURCE / "versions.tf").read_text(encoding="utf-8")
    [found] = re.findall(r'version = "(\d+\.\d+\.\d+)"', text)
    return str(found)


def block(told: dict[str, Any]) -> dict[str, Any]:
    """A block without what is for people to read."""
    return {
        "attributes": {
            name: {key: one[key] for key in _KEPT if key in one} for name, one in told.get("attributes", {}).items()
        },
        "block_types": {
            name: {key: one[key] for key in ("nesting_mode", "min_items", "max_items") if key in one}
            | {"block": block(one["block"])}
            for name, one in told.get("block_types", {}).items()
        },
    }


def main(plugins: str) -> None:
    """Ask the real provider, and write down what it says of the resources that are used."""
    os.environ[running.PLUGINS] = plugins
    wanted = f'required_providers {{\n aws = {{ source = "hashicorp/aws", version = "{version()}" }}\n }}'
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "main.tf").write_text(f"terraform {{\n {wanted}\n}}\n", encoding="utf-8")
        running.initialise(place)
        told = json.loads(running.terraform(place, "providers", "schema", "-json"))
    [provider] = told["provider_schemas"].values()
    kept = {
        "version": version(),
        "provider": {"version": 0, "block": block(provider["provider"]["block"])},
        "resources": {
            kind: {"version": one["version"], "block": block(one["block"])}
            for kind, one in sorted(provider["resource_schemas"].items())
            if kind in used()
        },
    }
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"))
    SCHEMAS.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
