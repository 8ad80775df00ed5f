"""One real lab for these tests: servers only, since our own processes have tests of their own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.lab import Lab

SUPERVISOR = """
import sys
from cli.lab import services, supervisor

def servers(config):
    return [service for service in services.table(config) if service.name not in ("relay", "worker", "api", "mail")]

sys.exit(supervisor.main(sys.argv[1:], servers))
"""


def make_lab(folder: Path) -> Lab:
    """A lab with its folder in `folder`."""
    program = folder / "servers.py"
    program.write_text(SUPERVISOR)
    return Lab(folder / "lab", supervisor=(sys.executable, str(program)))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may search; pytest's own are closed, and PostgreSQL may have to become another user."""
    with tempfile.TemporaryDirectory(prefix="studio-lab-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def lab(open_folder: Path) -> Iterator[Lab]:
    """A lab that is not started yet."""
    lab = make_lab(open_folder)
    yield lab
    lab.down()
