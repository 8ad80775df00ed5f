"""Brings the lab's database up to date: `python -m cli.lab.migration ROOT FINGERPRINT`, only when there is a need."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

from cli.lab import config as lab_config
from cli.lab import postgres, probe, process
from cli.lab.config import LabConfig
from schemas.errors import LabError

_PATIENCE = 120.0  # seconds until PostgreSQL must answer


def start(config: LabConfig) -> subprocess.Popen[bytes] | None:
    """Starts the migrations; they end with 0 when the database is at the newest revision.

    They may start before the database does: to load them takes as long as its first start.

    Returns:
        The child, or None if these very migrations were the last that ran on this lab's database.
    """
    fingerprint = _fingerprint()
    if _noted(config) == f"{fingerprint} {_identity(config)}":
        return None
    return process.spawn(
        [sys.executable, "-m", "cli.lab.migration", str(config.root), fingerprint],
        env={**os.environ, **config.environment()},
        cwd=config.root,
        log=config.root / "logs" / "migrate.log",
    )


def main(root: Path, fingerprint: str) -> None:
    """Waits for the database, upgrades it and notes by what.

    Raises:
        LabError: It never answers.
        DependencyDown: It went away in the middle.
    """
    from infrastructure.db.migrate import upgrade

    config = lab_config.load(root)
    if config is None:
        raise LabError(f"there is no lab in {root}")
    deadline = time.monotonic() + _PATIENCE
    while not probe.postgres_answers(config.ports["postgres"], "studio", "studio"):
        if time.monotonic() > deadline:
            raise LabError(f"PostgreSQL does not answer on port {config.ports['postgres']}")
        time.sleep(0.02)
    upgrade(config.database_url)
    _marker(config).write_text(f"{fingerprint} {_identity(config)}", encoding="utf-8")


def _marker(config: LabConfig) -> Path:
    return config.root / "migrated"


def _noted(config: LabConfig) -> str | None:
    return _marker(config).read_text(encoding="utf-8") if _marker(config).exists() else None


def _identity(config: LabConfig) -> int:
    """Tells one data directory from the next, if somebody removed it and not the note."""
    data = postgres.home(config).data
    return data.stat().st_ino if data.exists() else 0


def _fingerprint() -> str:
    """Of all code that has a say in the tables."""
    spec = importlib.util.find_spec("infrastructure")
    digest = hashlib.sha256()
    for folder in sorted(spec.submodule_search_locations or []) if spec else []:
        for path in sorted((Path(folder) / "db").rglob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
