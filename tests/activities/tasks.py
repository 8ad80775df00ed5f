"""What the pool is asked to do in its tests. Top-level functions, since children import them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def process_id() -> int:
    """Say who works."""
    return os.getpid()


def fail(message: str) -> None:
    """Fail with an error of one's own."""
    raise ValueError(message)


def die() -> None:
    """Die as from a fault in native code."""
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(pid_file: Path) -> None:
    """Say who hangs, and hang."""
    pid_file.with_suffix(".part").write_text(str(os.getpid()))
    pid_file.with_suffix(".part").rename(pid_file)
    while True:
        time.sleep(60)


def count(until: int, gate: Path, progress: Callable[[int], None]) -> int:
    """Report progress, wait to be let through, and return."""
    progress(until)
    while not gate.exists():
        time.sleep(0.005)
    return until
