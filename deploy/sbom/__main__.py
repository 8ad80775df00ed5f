"""`python -m deploy.sbom`: inventories to out/sbom; with --table, docs/licences.md."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from deploy.sbom.document import document
from deploy.sbom.inventories import inventories
from deploy.sbom.parts import ROOT, InventoryError
from deploy.sbom.policy import read_policy
from deploy.sbom.table import table

PAGE = ROOT / "docs" / "licences.md"


def main(arguments: list[str]) -> int:
    """Write what is asked for, unless something may not be delivered.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser("python -m deploy.sbom", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "sbom", help="folder of the inventories")
    parser.add_argument("--table", action="store_true", help="write docs/licences.md instead")
    asked = parser.parse_args(arguments)
    policy = read_policy()
    try:
        found = inventories(policy)
        faults = list(policy.complaints(part for one in found for part in one.parts))
        if faults:
            raise InventoryError("\n".join(faults))
        if asked.table:
            PAGE.write_text(table(found, policy), encoding="utf-8")
            return 0
        version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        documents = {one.name: document(one, version) for one in found}
    except InventoryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (asked.out / f"{name}.cdx.json").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{asked.out / f'{name}.cdx.json'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
