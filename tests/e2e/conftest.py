"""One whole lab for the session: supervisor, servers, relay and worker, as a user starts them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cli.lab import Lab, LabState
from tests.collector import Collector, collector
from tests.stripe_server import stripe_server
from tests.studio import SCRIPT

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = ("--size", "320x180", "--fps", "12")
DEADLINE_S = 700


@dataclass
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """What it printed, with `--json`."""
        assert self.code == 0, self.err
        report: dict[str, Any] = json.loads(self.out)
        return report


@dataclass
class Command:
    """The `studio` command, with a lab of its own."""

    home: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: object, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Start it, in a process group of its own."""
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "STUDIO_HOME": str(self.home), **(env or {})},
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def run(self, *arguments: object, env: Mapping[str, str] | None = None) -> Ended:
        """Run it to its end."""
        return self.wait(self.start(*arguments, env=env))

    def wait(self, process: subprocess.Popen[str]) -> Ended:
        """Wait for a started one."""
        try:
            out, err = process.communicate(timeout=DEADLINE_S)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return Ended(process.returncode, out, err)

    def end(self) -> None:
        """End what is still running, as after a test that failed."""
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def film(self, script: Path, out: Path, *options: object) -> Ended:
        """Make a small film and report it as JSON."""
        return self.run("film", script, "-o", out, *SMALL, "--json", *options)


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A lab's folder. Any user may search it: PostgreSQL may have to become another user."""
    with tempfile.TemporaryDirectory(prefix="studio-e2e-") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "lab"


@pytest.fixture(scope="session")
def traces() -> Iterator[Collector]:
    """Where the lab's processes send what they trace."""
    with collector() as opened:
        yield opened


@pytest.fixture(scope="session")
def lab(home: Path, traces: Collector) -> Iterator[Lab]:
    """The lab, running, with a till, with moderators and with traces; nothing of it is left afterwards."""
    lab = Lab(home)
    told = {
        "STUDIO_MODERATION_REVIEW": "severe",
        "STUDIO_TRACES": traces.url,
        "OTEL_BSP_SCHEDULE_DELAY": "200",  # milliseconds
    }
    with stripe_server() as stripe:
        with pytest.MonkeyPatch.context() as environment:  # of the servers alone: tests that follow have none of it
            for name, value in {**stripe.settings(), **told}.items():
                environment.setenv(name, value)
            lab.up()
        yield lab
        lab.down()


@pytest.fixture
def state(lab: Lab) -> LabState:
    """The running lab's addresses."""
    return lab.up()


@pytest.fixture
def studio(lab: Lab) -> Iterator[Command]:
    """The command, on the running lab."""
    command = Command(lab.root)
    yield command
    command.end()


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script of two scenes."""
    path = tmp_path / "pier.fountain"
    path.write_text(SCRIPT, encoding="utf-8")
    return path
