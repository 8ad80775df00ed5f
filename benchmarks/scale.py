"""How composition grows with the number of shots: `python -m benchmarks.scale`.

One process renders, encodes and joins films of 10 and of `MANY` shots, small and short, so that what grows with the
number of shots shows. Prints one JSON object: peak memory of the long film over the short one's, megabytes for each
shot that was added, and milliseconds a frame of the long film over the short one's; medians of `RUNS` runs.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.compose import film
from film.edit.encode import render_segment
from film.edit.join import join_segments
from film.edit.segments import plan_segments
from schemas.timeline import EncoderSettings

FEW, MANY = 10, 600
RUNS = 3
WIDTH, HEIGHT = 320, 180
SHOT_FRAMES = 12


def compose(shots: int) -> dict[str, float]:
    """Compose a film in this process.

    Args:
        shots: Its number of shots.

    Returns:
        This process's peak memory, in MB, and milliseconds a frame.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cut, stills = film(WIDTH, HEIGHT, shots, folder, SHOT_FRAMES)
        began = time.perf_counter()
        parts = []
        for index, segment in enumerate(plan_segments(cut, EncoderSettings())):
            parts.append(folder / f"{index}.mp4")
            render_segment(segment, stills, parts[-1], lambda _: None)
        join_segments(parts, None, folder / "film.mp4", "scale", rate=cut.fps)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"peak_mb": peak, "ms_per_frame": seconds / cut.frames * 1000}


def measure() -> dict[str, float | int]:
    """Compose short and long films in turn, each in a process of its own."""
    few, many = [], []
    for _ in range(RUNS):
        few.append(_elsewhere(FEW))
        many.append(_elsewhere(MANY))
    peaks = [statistics.median(run["peak_mb"] for run in runs) for runs in (few, many)]
    speeds = [statistics.median(run["ms_per_frame"] for run in runs) for runs in (few, many)]
    return {
        "peak_rss_many_over_few": round(peaks[1] / peaks[0], 3),
        "mb_per_added_shot": round((peaks[1] - peaks[0]) / (MANY - FEW), 4),
        "ms_per_frame_many_over_few": round(speeds[1] / speeds[0], 3),
        "few": FEW,
        "many": MANY,
        "runs": RUNS,
    }


def _elsewhere(shots: int) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "benchmarks.scale", str(shots)], stdout=subprocess.PIPE, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


if __name__ == "__main__":
    print(json.dumps(compose(int(sys.argv[1])) if len(sys.argv) > 1 else measure()))
