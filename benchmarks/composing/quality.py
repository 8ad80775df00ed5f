"""How close an encoded film is to the frames it was made from, by FFmpeg's own filters."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from benchmarks.composing.others import ffmpeg, raw
from schemas.timeline import Cut

EVERY = 5
"""VMAF looks at one frame in so many."""

_TAGS = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,settb=AVTB,setpts=N"
_PAIRS = f"[0:v]{_TAGS}[film];[1:v]{_TAGS}[frames];[film][frames]"
"""Both are said to have the same colours and frame after frame: raw frames bear no tags, and FFmpeg would convert a
film that does before it compares, which costs thirty points of VMAF."""


def vmaf(cut: Cut, film: Path, frames: Path, folder: Path) -> float:
    """Measure VMAF, model vmaf_v0.6.1, the mean of one frame in `EVERY`.

    Args:
        cut: Its size and rate.
        film: The encoded film.
        frames: Its frames, as planes of I420.
        folder: Where FFmpeg writes what it found.
    """
    log = folder / "vmaf.json"
    _compare(cut, film, frames, f"{_PAIRS}libvmaf=n_subsample={EVERY}:n_threads=2:log_fmt=json:log_path={log}")
    found: float = json.loads(log.read_text())["pooled_metrics"]["vmaf"]["mean"]
    return found


def ssim(cut: Cut, film: Path, frames: Path) -> float:
    """Measure the structural similarity of all planes, the mean over all frames."""
    said = _compare(cut, film, frames, f"{_PAIRS}ssim", loglevel="info")
    found = re.search(r"SSIM .*All:([0-9.]+)", said)
    if found is None:
        raise RuntimeError(f"FFmpeg said nothing of SSIM: {said[-300:]}")
    return float(found[1])


def _compare(cut: Cut, film: Path, frames: Path, graph: str, loglevel: str = "error") -> str:
    command = ffmpeg("-i", film, *raw(cut, frames), "-lavfi", graph, "-f", "null", "-")
    command[command.index("-loglevel") + 1] = loglevel
    return subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True).stderr
