"""How long a film takes to make, in relation to its own length: `python -m benchmarks.film`.

Each run is what a user does: `studio film` in a folder that never saw a lab, servers started, database created and
nothing in the store; and a second film in the lab that is then running.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).parents[1] / "examples" / "the_last_ferry.fountain"
RUNS = 3


def measure() -> dict[str, Any]:
    """Make the example film in fresh labs.

    Returns:
        Ratios of wall time to the film's duration, medians of `RUNS` runs, and what they were made of.
    """
    first, second = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory(prefix="studio-bench-") as folder:
            Path(folder).chmod(0o755)  # PostgreSQL may have to become another user
            first.append(_film(Path(folder), "--project", "first"))
            second.append(_film(Path(folder), "--project", "second", "--stop"))
    return {
        "wall_over_duration": _median_ratio(first),
        "wall_over_duration_in_a_running_lab": _median_ratio(second),
        "duration_s": first[0]["duration_s"],
        "shots": first[0]["shots"],
        "stages_s": first[RUNS // 2]["stages"],
        "runs": RUNS,
        "encoder": "libx264 veryfast, CRF 18, 1280x720, 24 fps",
        "cores": os.cpu_count(),
        "machine": platform.machine(),
    }


def _film(home: Path, *options: str) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "cli.main", "film", SCRIPT, "-o", home / "film.mp4", "--json", *options],
        env={**os.environ, "STUDIO_HOME": str(home / "lab")},
        stdout=subprocess.PIPE,
        check=True,
    )
    report: dict[str, Any] = json.loads(made.stdout)
    return report


def _median_ratio(reports: list[dict[str, Any]]) -> float:
    ratios: list[float] = [report["wall_s"] / report["duration_s"] for report in reports]
    return round(statistics.median(ratios), 3)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
