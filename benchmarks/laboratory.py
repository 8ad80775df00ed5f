"""A lab for benchmarks: real processes in a folder of their own, films made in it, and what they left behind.

No benchmark of its own. Films are ordered as a user orders them, by `studio film`; memory is that of the worker's
processes, as the system counts it, and histories are asked of Temporal.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
from temporalio.client import Client

from cli.client import connected
from cli.lab import Lab, LabState
from infrastructure.db.repositories import Renders

OURS = "worker"
"""The service whose processes draw, encode and run workflows."""


@dataclass(frozen=True)
class History:
    """How long a workflow's history is."""

    workflow_id: str
    events: int
    megabytes: float
    seconds: float
    """From its start to its end."""


@dataclass(frozen=True)
class Laboratory:
    """A running lab."""

    home: Path
    state: LabState

    def film(self, script: Path, *options: str) -> dict[str, Any]:
        """Make a film by the command, and return what it reports.

        Args:
            script: The script.
            options: Further ones of `studio film`.
        """
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", "film", script, "-o", self.home / "film.mp4", "--json", *options],
            env={**os.environ, "STUDIO_HOME": str(self.home / "lab")},
            stdout=subprocess.PIPE,
            check=True,
        )
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    async def client(self) -> Client:
        """Connect to its Temporal."""
        return await Client.connect(f"127.0.0.1:{self.state.config.ports['temporal']}")

    async def histories(self, workflow_id: str) -> list[History]:
        """Measure the histories of a film and of all its children, the film's first."""
        client = await self.client()
        query = f"WorkflowId STARTS_WITH '{workflow_id}'"
        ids = sorted({execution.id async for execution in client.list_workflows(query)})
        return [await _history(client, one) for one in ids]

    async def made(self, job_id: str) -> Counter[str]:
        """Count the acts of making for a job, by stage."""
        async with connected(self.state) as client, client.db.begin() as session:
            return Counter(render.stage for render in await Renders(session).of_job(UUID(job_id)))

    def cpu_s(self) -> float:
        """Sum the CPU seconds of all its processes until now, with those of children of theirs that have ended."""
        services = Lab(self.home / "lab").status().services
        trees = [psutil.Process(service.pid) for service in services if service.pid]
        times = [_cpu_s(one) for tree in trees for one in [tree, *tree.children(recursive=True)]]
        return sum(times)

    def peaks_mb(self) -> list[float]:
        """Return the peak memory of each of the worker's processes until now, in MB, the largest first."""
        [service] = [one for one in Lab(self.home / "lab").status().services if one.name == OURS]
        worker = psutil.Process(service.pid)
        return sorted((_peak_mb(process.pid) for process in [worker, *worker.children(recursive=True)]), reverse=True)


@contextmanager
def laboratory(**settings: str) -> Iterator[Laboratory]:
    """Run a lab in a new folder, and end it.

    Args:
        settings: More of its environment: STUDIO_… variables.
    """
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # PostgreSQL may have to become another user
        before = {name: os.environ.get(name) for name in settings}
        os.environ.update(settings)
        lab = Lab(home / "lab")
        try:
            yield Laboratory(home, lab.up())
        finally:
            lab.down()
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


async def _history(client: Client, workflow_id: str) -> History:
    described = await client.get_workflow_handle(workflow_id).describe()
    info = described.raw_description.workflow_execution_info
    ended = described.close_time or described.start_time
    seconds = (ended - described.start_time).total_seconds()
    return History(workflow_id, info.history_length, info.history_size_bytes / 1e6, seconds)


def _cpu_s(process: psutil.Process) -> float:
    try:
        return sum(process.cpu_times()[:4])  # its own, and of its children that have ended
    except psutil.NoSuchProcess:  # it ended while it was asked: whoever it was a child of tells of it
        return 0.0


def _peak_mb(pid: int) -> float:
    """Read what Linux calls a process's high-water mark."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
