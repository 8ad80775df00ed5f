"""What a running lab says about itself: `lab.json`, written by the supervisor alone."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cli.lab import config as lab_config
from cli.lab import process
from cli.lab.config import LabConfig
from schemas.errors import LabError


@dataclass
class ServiceRecord:
    """A service as the supervisor sees it.

    Attributes:
        pid: Its process and group, or None between two starts.
        started: `process.started_at` of it.
        state: waiting, starting, running, restarting or ended.
        restarts: How often it was started again since the lab started.
        since: Seconds since 1970 of its last start.
        url: Where a user reaches it.
    """

    pid: int | None = None
    started: str | None = None
    state: str = "starting"
    restarts: int = 0
    since: float = 0.0
    url: str | None = None


@dataclass
class Snapshot:
    """The content of `lab.json`.

    Attributes:
        pid: The supervisor's process.
        started: `process.started_at` of it.
        ready: Whether every server has answered and the database is up to date.
        error: Why it gave up, in one sentence.
        services: By name, in the order of their start.
        gpu: The variables that GPU workers heed, as they were at the start; empty in a file of an older version.
    """

    pid: int
    started: str
    ready: bool = False
    error: str | None = None
    services: dict[str, ServiceRecord] = field(default_factory=dict)
    gpu: dict[str, str] = field(default_factory=dict)

    @property
    def alive(self) -> bool:
        """Whether the supervisor that wrote it runs."""
        return process.is_same(self.pid, self.started)


def read(root: Path) -> Snapshot | None:
    """Reads `lab.json`; None if no lab was started, or it was ended in order.

    Raises:
        LabError: The file is another user's.
    """
    try:
        content = json.loads((root / "lab.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        raise LabError(f"{root} cannot be read; set STUDIO_HOME to a folder of your own: {error}") from error
    services = {name: ServiceRecord(**record) for name, record in content.pop("services").items()}
    return Snapshot(**content, services=services)


def write(root: Path, snapshot: Snapshot) -> None:
    """Writes `lab.json` whole or not at all."""
    lab_config.write_private(root / "lab.json", json.dumps(asdict(snapshot), indent=2) + "\n")


def write_first(root: Path, snapshot: Snapshot) -> None:
    """Writes `lab.json` unless it is there already: the supervisor may have been quicker, and knows more."""
    beside = root / f".lab.json.first.{os.getpid()}"
    lab_config.write_private(beside, json.dumps(asdict(snapshot), indent=2) + "\n")
    try:
        os.link(beside, root / "lab.json")
    except FileExistsError:
        pass
    finally:
        beside.unlink()


@dataclass(frozen=True)
class LabState:
    """A started lab, as its users see it.

    Attributes:
        config: Ports and passwords.
        supervisor_pid: The process that keeps it alive.
        ready: Whether every server has answered.
    """

    config: LabConfig
    supervisor_pid: int
    ready: bool

    @property
    def temporal_ui_url(self) -> str:
        """Address of Temporal's Web UI."""
        return self.config.url("temporal_ui")

    def environment(self) -> dict[str, str]:
        """The STUDIO_… variables by which our processes find this lab."""
        return self.config.environment()


@dataclass(frozen=True)
class GpuStart:
    """What a GPU worker was started with.

    Attributes:
        variables: Those that it heeds.
        since: Seconds since 1970 of its last start.
    """

    variables: dict[str, str]
    since: float


@dataclass(frozen=True)
class ServiceStatus:
    """One line of `studio status`.

    Attributes:
        name: The service.
        pid: Its process, or None.
        state: waiting, starting, running, restarting, dead, or `not answering` if it lives but does not work.
        restarts: How often it was started again since the lab started.
        url: Where a user reaches it, or None.
        healthy: Whether it was asked just now and answered.
        uptime_s: Seconds since its last start.
    """

    name: str
    pid: int | None
    state: str
    restarts: int
    url: str | None
    healthy: bool
    uptime_s: float


@dataclass(frozen=True)
class LabStatus:
    """What `studio status` shows.

    Attributes:
        root: The lab's folder.
        running: Whether a supervisor lives.
        ready: Whether every server has answered since the start.
        services: In the order of their start.
        notes: What is worth knowing, in sentences.
    """

    root: Path
    running: bool
    ready: bool
    services: tuple[ServiceStatus, ...]
    notes: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        """Whether everything answers."""
        return self.running and all(service.healthy for service in self.services)
