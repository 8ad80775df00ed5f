"""Runs every benchmark, one after another: `python -m benchmarks`. Each prints one JSON object."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys

import benchmarks


def names() -> list[str]:
    """List the benchmarks: every module of this package but this one."""
    return sorted(
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")
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
