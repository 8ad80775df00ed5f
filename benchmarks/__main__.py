"""Runs every benchmark, one after another: `python -m benchmarks`. Each prints one JSON object."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys

import benchmarks

ASKS_SOMEBODY = {"pairing"}
"""Modules that measure what people see, and cannot be run by themselves."""


def names() -> list[str]:
    """List the benchmarks: every module of this package but this one, and those that ask somebody."""
    return sorted(
        module.name
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if not module.name.startswith("_") and module.name not in ASKS_SOMEBODY
    )


def main() -> None:
    """Run each in a process of its own, so that none warms another up."""
    results = {}
    for name in names():
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], stdout=subprocess.PIPE, check=True)
        results[name] = json.loads(done.stdout)
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
