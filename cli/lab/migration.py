"""Brings the lab's database up to date, in a process of its own and only when there is something to do."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from cli.lab import process
from cli.lab.config import LabConfig

_PROGRAM = """
import os, pathlib, sys
from infrastructure.db.migrate import upgrade
upgrade(os.environ["STUDIO_DATABASE_URL"])
pathlib.Path(sys.argv[1]).write_text(sys.argv[2])
"""


def start(config: LabConfig) -> subprocess.Popen[bytes] | None:
    """Starts the migrations; they end with 0 when the database is at the newest revision.

    Returns:
        The child, or None if these very migrations were the last that ran on this lab's database: to load them takes
        longer than all servers together need to start.
    """
    fingerprint, marker = _fingerprint(), config.root / "migrated"
    if marker.exists() and marker.read_text(encoding="utf-8") == fingerprint:
        return None
    return process.spawn(
        [sys.executable, "-c", _PROGRAM, str(marker), fingerprint],
        env={**os.environ, **config.environment()},
        cwd=config.root,
        log=config.root / "logs" / "migrate.log",
    )


def _fingerprint() -> str:
    spec = importlib.util.find_spec("infrastructure")
    digest = hashlib.sha256()
    for folder in sorted(spec.submodule_search_locations or []) if spec else []:
        for path in sorted((Path(folder) / "db").rglob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
