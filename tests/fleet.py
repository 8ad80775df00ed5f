"""GPU workers as processes that come and go by tickets, as KEDA lets pods come and go."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from infrastructure.processes import die_with_parent
from infrastructure.settings import Settings
from infrastructure.tickets import Tickets
from schemas.errors import DependencyDown
from tests import servers

POLL_S = 0.1
COOLDOWN_S = 1.5
"""Fewer must be wanted for so long before one goes."""
DRAIN_S = 30


async def counted(tickets: Tickets) -> tuple[int, int]:
    """How many tickets wait, and how many are in hand: a queue on a busy machine is asked until it answers."""
    while True:
        try:
            depth = await tickets.depth()
        except DependencyDown:
            continue
        return depth.waiting, depth.in_hand


@dataclass
class Fleet:
    """As many workers as there are tickets, in hand or not, up to some. Which one goes is chosen blindly."""

    tickets: Tickets
    environment: dict[str, str]
    log: Path
    most: int = 2
    peak: int = 0
    started: int = 0
    codes: list[int] = field(default_factory=list)
    """How those ended that have."""
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _leaving: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def running(self) -> int:
        """How many there are, without those that were told to stop."""
        return len(self._running)

    async def keep(self) -> None:
        """Let them come and go, until cancelled."""
        clock, enough = asyncio.get_running_loop().time, 0.0
        while True:
            wanted = await self._wanted()
            self._reap()
            while self.running < wanted:
                self._start()
            if self.running == wanted:
                enough = clock()
            elif clock() - enough > COOLDOWN_S and _heeds(self._running[0].pid):
                leaving = self._running.pop(0)
                leaving.send_signal(signal.SIGTERM)
                self._leaving.append(leaving)
                enough = clock()
            await asyncio.sleep(POLL_S)

    async def until_empty(self) -> None:
        """Wait until all have gone home."""
        while self._running or self._leaving:
            await asyncio.sleep(POLL_S)

    def kill(self) -> None:
        """End what is left."""
        for process in (*self._running, *self._leaving):
            process.kill()
            process.wait()

    async def _wanted(self) -> int:
        try:
            depth = await self.tickets.depth()
        except DependencyDown:
            return self.running  # KEDA's fallback: whoever works goes on working
        return min(self.most, depth.waiting + depth.in_hand)

    def _start(self) -> None:
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "workers.gpu"],
                env=self.environment,
                stdout=output,
                stderr=output,
                preexec_fn=die_with_parent,  # also when the tests are killed, nothing is left running
            )
        self._running.append(process)
        self.started += 1
        self.peak = max(self.peak, self.running)

    def _reap(self) -> None:
        for group in (self._running, self._leaving):
            for process in [one for one in group if one.poll() is not None]:
                group.remove(process)
                self.codes.append(process.returncode)


def _heeds(pid: int) -> bool:
    """Whether a process heeds SIGTERM yet: one that is still loading would end of it, and with another code."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():  # it has ended, or this is no Linux
        return True
    caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def environment_of(settings: Settings, temporal: str, model: Path) -> dict[str, str]:
    """Say to a GPU worker's process where it works, and with which model, on the CPU."""
    assert settings.aws_access_key_id is not None
    assert settings.aws_secret_access_key is not None
    return os.environ | {
        "STUDIO_ENV": settings.env,
        "STUDIO_DATABASE_URL": settings.database_url.get_secret_value(),
        "STUDIO_S3_ENDPOINT_URL": str(settings.s3_endpoint_url),
        "STUDIO_SQS_ENDPOINT_URL": str(settings.sqs_endpoint_url),
        "STUDIO_AWS_ACCESS_KEY_ID": settings.aws_access_key_id.get_secret_value(),
        "STUDIO_AWS_SECRET_ACCESS_KEY": settings.aws_secret_access_key.get_secret_value(),
        "STUDIO_TEMPORAL_ADDRESS": temporal,
        "STUDIO_WORK_DIR": str(settings.work_dir),
        "STUDIO_MODELS": str(model.parent),
        "STUDIO_SDXL_MODEL": model.name,
        "STUDIO_GPU_DEVICE": "cpu",
        "STUDIO_GPU_BATCH": "3",
        "STUDIO_RENDER_PROCESSES": "1",
        "STUDIO_DRAIN_S": str(DRAIN_S),
        "OMP_NUM_THREADS": "1",
    }


class Unsteady:
    """An SQS that can be stopped, and started again without what it held."""

    def __init__(self) -> None:
        [self._port] = servers.free_ports(1)
        self.url = f"http://127.0.0.1:{self._port}"
        self._open = servers.sqs(self._port)

    async def start(self) -> None:
        """Start it, empty."""
        self._open = servers.sqs(self._port)
        await asyncio.to_thread(self._open.__enter__)

    async def stop(self) -> None:
        """Kill it."""
        await asyncio.to_thread(self._open.__exit__, None, None, None)


@asynccontextmanager
async def keeping(fleet: Fleet) -> AsyncIterator[None]:
    """Let workers come and go while the block runs; none is left behind it."""
    task = asyncio.create_task(fleet.keep())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        fleet.kill()
