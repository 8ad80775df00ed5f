"""On what a benchmark ran."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

import imageio_ffmpeg
import psutil


def machine() -> dict[str, str | int | float]:
    """Describe this machine: nothing that says whose it is."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "python": platform.python_version(),
        "ffmpeg": imageio_ffmpeg.get_ffmpeg_version(),
    }


def _cpu() -> str:
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()
