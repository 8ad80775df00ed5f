"""Prometheus's own tool, which says whether it would take what we write for it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Literal

import pytest

needs_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is not installed: apt-get install prometheus"
)


def complaints(what: Literal["check", "test"], file: Path) -> str:
    """What it says against a file of rules, or of tests of rules; nothing where it takes all of it."""
    done = subprocess.run(
        ["promtool", what, "rules", file.name], cwd=file.parent, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""
