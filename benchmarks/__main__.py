"""Runs the benchmarks, one after another, and writes what they found: `python -m benchmarks [NAME …]`.

    python -m benchmarks                  all; then docs/benchmarks.json, docs/benchmarks.md and the plot are written
    python -m benchmarks scale compose    these alone; the others' figures stay as they were
    python -m benchmarks --show           none: page and plot are written from docs/benchmarks.json again

Each runs in a process of its own, so that none warms another up. One that fails is said to have failed, on the page and
by the exit code, and the next one runs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from benchmarks.report.machine import machine
from benchmarks.report.plot import plot
from benchmarks.report.reaches import BENCHMARKS, Benchmark, benchmark
from benchmarks.report.table import PLOT, Run, page

DOCS = Path(__file__).parents[1] / "docs"
FIGURES = "benchmarks.json"


def run(one: Benchmark) -> Run:
    """Run a benchmark in a process of its own."""
    began = time.monotonic()
    command = [sys.executable, "-m", f"benchmarks.{one.name}", *one.arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE)
    seconds = round(time.monotonic() - began, 1)
    if done.returncode:
        return Run({}, machine(), seconds, error=f"it ended with exit code {done.returncode}")
    try:
        return Run(json.loads(done.stdout), machine(), seconds)
    except ValueError:
        return Run({}, machine(), seconds, error="what it printed is no JSON")


def known(docs: Path = DOCS) -> dict[str, Run]:
    """Read what was measured before."""
    path = docs / FIGURES
    return {name: Run(**figures) for name, figures in json.loads(path.read_text()).items()} if path.exists() else {}


def write(runs: Mapping[str, Run], docs: Path = DOCS) -> None:
    """Write figures, page and plot."""
    figures = {name: asdict(one) for name, one in sorted(runs.items())}
    (docs / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (docs / "benchmarks.md").write_text(page(runs), encoding="utf-8")
    (docs / PLOT).write_text(plot(runs), encoding="utf-8")


def main() -> int:
    """Run, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [one.name for one in BENCHMARKS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}; all by default")
    parser.add_argument("--show", action="store_true", help="run none, write page and plot")
    options = parser.parse_args()
    if unknown := set(options.names) - set(names):
        parser.error(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names)}.")
    runs, failed = known(), False
    for name in [] if options.show else options.names or names:
        print(f"{name} …", file=sys.stderr, flush=True)
        runs[name] = run(benchmark(name))
        failed = failed or bool(runs[name].error)
        print(json.dumps({name: runs[name].result}), flush=True)
        write(runs)
    write(runs)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
