"""What it costs to change a finished film: `python -m benchmarks.revise [--json] [--quick] [--runs 5]`.

A film of 40 shots of 6 s, 1280×720 at 24 fps, is made by `studio film` in a lab of real servers, then revised by
`studio revise`: with another seed for one shot, with no change at all, and with one shot moved. What is measured is
wall time from the order to the moment in which the film can be downloaded, as the database has it: the outbox, the
workflow, drawing, encoding, joining, and verification of what changed are in it. Each round has a seed of its own, so
that no film finds what another left; medians of the rounds' ratios.

- `one_of_40_over_full`: one shot drawn anew, over the whole film.
- `no_change_over_full`: a revision that changes nothing, over the whole film.
- `shots_redrawn`, `reorder_redrawn`: pictures drawn for the one shot, and for the other order: the most of all rounds.

It takes about ten minutes on two idle cores; `--quick` tries the code with small pictures, once.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.laboratory import Laboratory, laboratory

SCENES, SHOTS_A_SCENE, SECONDS = 8, 5, 6
RUNS = 5
CHANGED, MOVED, BEFORE = "s004-003", "s006-005", "s006-001"

_DEEDS = (
    "carries a lantern across the floor",
    "reads a letter at the table",
    "opens the window and looks out",
    "sits down and waits",
    "walks to the door and listens",
)
_ROOMS = ("KITCHEN", "HALL", "LIBRARY", "ATTIC", "OFFICE", "STATION", "HOSPITAL ROOM", "WORKSHOP")


def script() -> str:
    """Write a script of 40 shots of 6 s, no two of which say the same."""
    scenes = []
    for number in range(SCENES):
        shots = [
            f"MARA {_DEEDS[(number + shot) % len(_DEEDS)]}, for the {number * SHOTS_A_SCENE + shot + 1}. time. "
            f"[[{SECONDS}s]]"
            for shot in range(SHOTS_A_SCENE)
        ]
        scenes.append("\n\n".join((f"INT. {_ROOMS[number]} - DAY", *shots)))
    return "\n\n".join(scenes) + "\n"


def studio(lab: Laboratory, *arguments: object) -> dict[str, Any]:
    """Run the command, and return what it reports."""
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *map(str, arguments), "--json"],
        env={**os.environ, "STUDIO_HOME": str(lab.home / "lab")},
        stdout=subprocess.PIPE,
        check=True,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def one_round(lab: Laboratory, path: Path, run: int, size: str) -> dict[str, Any]:
    """Make a film and revise it three times.

    Returns:
        Seconds of the film and of each revision, and what each drew and encoded.
    """
    job = lab.film(path, "--project", f"revise-{run}", "--seed", str(run), "--size", size)["job_id"]
    out = ("-o", lab.home / "film.mp4", "--yes")
    studio(lab, "revise", job, *out)
    studio(lab, "revise", job, "--shot", CHANGED, "--seed", 1000 + run, *out)
    studio(lab, "revise", job, "--order", f"{MOVED} before {BEFORE}", *out)
    full, unchanged, changed, moved = studio(lab, "versions", job)["versions"]
    return {
        "full_s": _seconds(full),
        "no_change_s": _seconds(unchanged),
        "one_s": _seconds(changed),
        "reorder_s": _seconds(moved),
        "shots": full["kept"]["pictures"],
        "shots_redrawn": _made(changed, "pictures"),
        "segments_encoded": _made(changed, "segments"),
        "segments": changed["kept"]["segments"],
        "no_change_made": _made(unchanged, "pictures") + _made(unchanged, "segments"),
        "reorder_redrawn": _made(moved, "pictures"),
        "reorder_encoded": _made(moved, "segments"),
        "duration_s": full["duration_s"],
    }


def _seconds(version: dict[str, Any]) -> float:
    began, ended = (datetime.fromisoformat(version[name]) for name in ("created_at", "completed_at"))
    return (ended - began).total_seconds()


def _made(version: dict[str, Any], things: str) -> int:
    return int(version["kept"][things]) - int(version["kept"][f"{things}_kept"])


def measure(runs: int, size: str) -> dict[str, Any]:
    """Measure in a fresh lab; a small film warms it up."""
    with laboratory() as lab:
        path = lab.home / "revise.fountain"
        path.write_text(script(), encoding="utf-8")
        lab.film(path, "--project", "warm", "--size", "160x90", "--fps", "4")
        rounds = [one_round(lab, path, run, size) for run in range(1, runs + 1)]

    def median(name: str) -> float:
        return round(statistics.median(float(each[name]) for each in rounds), 3)

    def over_full(name: str) -> float:
        return round(statistics.median(float(each[name] / each["full_s"]) for each in rounds), 4)

    return {
        "one_of_40_over_full": over_full("one_s"),
        "no_change_over_full": over_full("no_change_s"),
        "reorder_over_full": over_full("reorder_s"),
        "shots_redrawn": max(each["shots_redrawn"] for each in rounds),
        "reorder_redrawn": max(each["reorder_redrawn"] for each in rounds),
        **{name: median(name) for name in ("full_s", "one_s", "no_change_s", "reorder_s", "duration_s")},
        **{name: max(each[name] for each in rounds) for name in ("segments_encoded", "reorder_encoded")},
        "no_change_made": max(each["no_change_made"] for each in rounds),
        "segments": rounds[0]["segments"],
        "shots": rounds[0]["shots"],
        "size": size,
        "runs": runs,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, which is what is printed anyway")
    parser.add_argument("--quick", action="store_true", help="small pictures, once: to try the code")
    parser.add_argument("--runs", type=int, default=None)
    options = parser.parse_args()
    runs = options.runs or (1 if options.quick else RUNS)
    print(json.dumps({**measure(runs, "320x180" if options.quick else "1280x720"), "quick": options.quick}))


if __name__ == "__main__":
    main()
