"""The lab as its users hold it: start, wait, ask, end."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cli.lab import config as lab_config
from cli.lab import process, state
from cli.lab.config import LabConfig
from cli.lab.probe import port_is_free
from cli.lab.state import GpuStart, LabState, LabStatus, ServiceStatus, Snapshot
from schemas.errors import LabError

Progress = Callable[[str], None]

START_TIMEOUT = 120.0
"""Seconds that a start may take; on a busy machine it takes a few."""

_END_TIMEOUT = 45.0  # seconds the supervisor has: longer than the longest grace of its services together
_LEFTOVER_TIMEOUT = 5.0  # seconds a service has that a killed supervisor left
_PORTS_TIMEOUT = 2.0  # seconds after which a port that is still taken is held by somebody else


class Lab:
    """Real servers on one machine: Temporal, PostgreSQL, S3, SQS, and our relay and worker beside them."""

    def __init__(self, root: Path | None = None, supervisor: Sequence[str] | None = None) -> None:
        """Names a lab; starts nothing.

        Args:
            root: Its folder; None is `default_root()`.
            supervisor: Command line of the supervisor, to which the folder is added; None is the lab's own.
        """
        self.root = (root or lab_config.default_root()).absolute()
        self._supervisor = tuple(supervisor or (sys.executable, "-m", "cli.lab.supervisor"))

    def up(self, progress: Progress | None = None, ready: bool = True) -> LabState:
        """Starts the lab unless it runs; many may ask at once, and all get the same one.

        Args:
            progress: Told in words what has happened.
            ready: Whether to wait until every server answers; otherwise `wait_ready` does that later.

        Returns:
            The running lab. Its addresses are final, even if nobody answers there yet.

        Raises:
            InvalidRequest: A STUDIO_PORT_… variable does not hold a port.
            LabError: A port asked for is in use, or a server does not start. Nothing is left running.
        """
        running, ours = self._running(), False
        if running is None:
            with self._lock():
                running = self._running()
                ours = running is None
                running = running or self._start(progress or _silent)
        if running.ready or not ready:
            return running
        try:
            return self.wait_ready(progress=progress)
        except LabError:
            if ours:
                self.down()
            raise

    def wait_ready(self, timeout: float = START_TIMEOUT, progress: Progress | None = None) -> LabState:
        """Waits until every server of a started lab answers and the database is up to date.

        Args:
            timeout: Seconds.
            progress: Told which services have begun to answer.

        Raises:
            LabError: A server does not start, the time is over, or no lab was started.
        """
        told: set[str] = set()
        deadline = time.monotonic() + timeout
        while True:
            snapshot = state.read(self.root)
            if snapshot is not None and snapshot.error and not snapshot.alive:
                raise LabError(f"the lab cannot start: {snapshot.error}")
            if snapshot is None or not snapshot.alive:
                raise LabError(f"the lab does not run; {self.root / 'logs' / 'supervisor.log'} may say why")
            for name, record in snapshot.services.items():
                if progress and record.state == "running" and name not in told:
                    told.add(name)
                    progress(f"{name} is running")
            if snapshot.ready:
                return self._state(snapshot)
            if time.monotonic() > deadline:
                waiting = [name for name, record in snapshot.services.items() if record.state != "running"]
                raise LabError(f"after {timeout:.0f} s the lab still waits for {', '.join(waiting) or 'the database'}")
            time.sleep(0.02)

    def wait_for(self, name: str, timeout: float) -> None:
        """Waits until one of our own processes works, which `wait_ready` does not do.

        Args:
            name: The service.
            timeout: Seconds.

        Raises:
            LabError: The lab has no such service, it ends instead, or the time is over.
        """
        deadline = time.monotonic() + timeout
        while True:
            snapshot = state.read(self.root)
            record = snapshot.services.get(name) if snapshot is not None else None
            if record is None:
                raise LabError(f"the lab that runs has no {name}; end it with `studio down`, and start it again")
            if record.state == "running":
                return
            if record.state == "restarting" or record.restarts:
                log = self.root / "logs" / f"{name}.log"
                raise LabError(f"{name} does not work: {last_words(log)} (see {log})")
            if time.monotonic() > deadline:
                raise LabError(f"after {timeout:.0f} s {name} is not ready yet")
            time.sleep(0.05)

    def gpu_start(self, name: str) -> GpuStart | None:
        """Says what a GPU worker was started with; None if there is none of that name, or an older version started it.

        Args:
            name: The service.
        """
        snapshot = state.read(self.root)
        record = snapshot.services.get(name) if snapshot is not None else None
        if snapshot is None or record is None or not snapshot.gpu:
            return None
        return GpuStart(snapshot.gpu, record.since)

    def down(self) -> list[str]:
        """Ends what this lab started, and nothing else; its data stays.

        Returns:
            Names of the services that were ended, and `supervisor`; empty if nothing ran.
        """
        if not self.root.is_dir():
            return []
        with self._lock():
            return self._end(state.read(self.root))

    def status(self) -> LabStatus:
        """Asks every service whether it works."""
        snapshot, config = state.read(self.root), lab_config.load(self.root)
        if snapshot is None or config is None or not snapshot.services:
            return LabStatus(self.root, False, False, (), ())
        from cli.lab import services

        checks = {service.name: service.answers for service in services.table(config)}
        now = time.time()
        lines = []
        for name, record in snapshot.services.items():
            alive = bool(record.pid and record.started and process.is_same(record.pid, record.started))
            answers = checks.get(name)
            healthy = alive and (answers is None or answers(record.pid or 0))
            lines.append(
                ServiceStatus(
                    name=name,
                    pid=record.pid if alive else None,
                    state=_state_in_words(record.state, alive, healthy),
                    restarts=record.restarts,
                    url=record.url,
                    healthy=healthy,
                    uptime_s=now - record.since if alive else 0.0,
                )
            )
        return LabStatus(self.root, snapshot.alive, snapshot.ready, tuple(lines), self._notes(config))

    def _running(self) -> LabState | None:
        snapshot = state.read(self.root)
        if snapshot is None or snapshot.error or not snapshot.alive:
            return None
        return self._state(snapshot)

    def _state(self, snapshot: Snapshot) -> LabState:
        config = lab_config.load(self.root)
        if config is None:
            raise LabError(f"{self.root / 'config.json'} is gone; run `studio down` and `studio up`")
        return LabState(config=config, supervisor_pid=snapshot.pid, ready=snapshot.ready)

    def _start(self, progress: Progress) -> LabState:
        left = state.read(self.root)  # by a killed supervisor
        self._end(left)
        if left is not None:
            self._until_ports_are_free()
        config = lab_config.prepare(self.root)
        progress(f"starting the lab in {self.root}")
        log = os.open(self.root / "logs" / "supervisor.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            child = subprocess.Popen(
                [*self._supervisor, str(self.root)],
                cwd=self.root,
                # It runs elsewhere: a folder that was named from here must stay the same one.
                env={**os.environ, "STUDIO_MODELS": str(lab_config.models_folder(self.root))},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        except OSError as error:
            raise LabError(f"the supervisor cannot be started: {error}") from error
        finally:
            os.close(log)
        # It outlives us; while we live, somebody must take note of its end.
        threading.Thread(target=child.wait, name="lab-supervisor", daemon=True).start()
        snapshot = Snapshot(pid=child.pid, started=process.started_at(child.pid) or "ended")
        state.write_first(self.root, snapshot)
        return LabState(config=config, supervisor_pid=child.pid, ready=False)

    def _end(self, snapshot: Snapshot | None) -> list[str]:
        if snapshot is None:
            return []
        recorded = {"supervisor": (snapshot.pid, snapshot.started)}
        for name, record in snapshot.services.items():
            if record.pid is not None and record.started is not None:
                recorded[name] = (record.pid, record.started)
        alive = {name: who for name, who in recorded.items() if process.is_same(*who)}
        for pid, started in alive.values():  # the supervisor first: it ends the others in order
            process.end(pid, started, grace=_END_TIMEOUT if pid == snapshot.pid else _LEFTOVER_TIMEOUT)
        self._remove_sockets()
        (self.root / "lab.json").unlink(missing_ok=True)
        return list(alive)

    def _until_ports_are_free(self) -> None:
        """Waits a moment for ports of servers that were killed: a process's sockets close after its end is seen."""
        config = lab_config.load(self.root)
        deadline = time.monotonic() + _PORTS_TIMEOUT
        while config and time.monotonic() < deadline and not all(map(port_is_free, config.ports.values())):
            time.sleep(0.02)

    def _remove_sockets(self) -> None:
        """SeaweedFS leaves its Unix sockets in /tmp, named by port."""
        config = lab_config.load(self.root)
        for name, port in config.ports.items() if config else ():
            if name.startswith(("weed_", "s3")):
                for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
                    path.unlink(missing_ok=True)

    def _notes(self, config: LabConfig) -> tuple[str, ...]:
        from cli.lab import postgres

        moved = postgres.home(config).moved
        return (moved,) if moved else ()

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One of many at once starts or ends the lab."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            message = f"the lab's folder {self.root} cannot be written; set STUDIO_HOME to one that can: {error}"
            raise LabError(message) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def last_words(log: Path) -> str:
    """The last thing a process of ours said in its log, in its own words."""
    try:
        line = log.read_text(encoding="utf-8", errors="replace").strip().rsplit("\n", 1)[-1]
    except OSError:
        return "it said nothing"
    try:
        return str(json.loads(line)["event"])
    except (ValueError, KeyError, TypeError):
        return line or "it said nothing"


def _silent(_: str) -> None:
    return


def _state_in_words(recorded: str, alive: bool, healthy: bool) -> str:
    if not alive:
        return recorded if recorded in ("waiting", "restarting") else "dead"
    if recorded == "running" and not healthy:
        return "not answering"
    return recorded
