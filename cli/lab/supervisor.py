"""The process that keeps a lab alive: `python -m cli.lab.supervisor ROOT`.

One thread, one loop: collect who died, start what is due, ask those that start whether they answer, write down what
changed, sleep until a signal or the next due moment. It imports little, since a lab's start waits for it.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from cli.lab import config as lab_config
from cli.lab import migration, process, state
from cli.lab.config import LabConfig
from cli.lab.services import Service, table
from schemas.errors import LabError, StudioError

LOG_BYTES = 8 << 20
"""A service's log is cut when it is longer; what was in it is kept once, in `NAME.log.1`."""

_TICK, _SLOW_TICK, _IDLE = 0.02, 0.1, 1.0  # seconds between two looks: before all is ready, while one restarts, else
_BACKOFF, _LONGEST_BACKOFF, _STEADY = 0.1, 10.0, 30.0  # seconds: first wait, longest wait, what counts as recovered
_HOPELESS = 4  # a server that ended so often before it ever answered will not
_LOG_CHECK = 10.0  # seconds
_LATEST = 15.0  # seconds after which the late ones wait no longer for a worker that does not come up


class _Running:
    """A service and what has become of it."""

    def __init__(self, service: Service, log: Path) -> None:
        self.service = service
        self.log = log
        self.record = state.ServiceRecord(url=service.url)
        self.child: subprocess.Popen[bytes] | None = None
        self.due = 0.0  # monotonic seconds of the next start
        self.began = 0.0
        self.backoff = _BACKOFF
        self.answered = False  # at any time since the lab started
        self.deaths = 0

    def start(self) -> None:
        service = self.service
        if service.prepare:
            service.prepare()
        self.child = process.spawn(
            service.argv,
            env=service.env,
            cwd=service.cwd,
            log=self.log,
            death_signal=service.death_signal,
            niceness=service.niceness,
            owner=service.owner,
        )
        self.began = time.monotonic()
        self.record.pid = self.child.pid
        self.record.started = process.started_at(self.child.pid)
        self.record.state = "starting"
        self.record.since = time.time()

    def collect(self) -> bool:
        """Whether it died since the last look; its next start is planned then."""
        if self.child is None or self.child.poll() is None:
            return False
        # What it left in its group would hold its port, or work on without it.
        process.signal_group(self.child.pid, signal.SIGKILL)
        if time.monotonic() - self.began > _STEADY:
            self.backoff = _BACKOFF
        self.child = None
        self._plan()
        return True

    def _plan(self) -> None:
        self.due = time.monotonic() + self.backoff
        self.backoff = min(self.backoff * 2, _LONGEST_BACKOFF)
        self.deaths += 1
        self.record.pid = self.record.started = None
        self.record.state = "restarting"

    def restart_if_due(self, now: float) -> bool:
        if self.child is not None or now < self.due:
            return False
        if self.deaths:
            self.record.restarts += 1
        try:
            self.start()
        except (StudioError, OSError) as error:
            # What has run before can run again, once the disk has space or the program is back.
            _say(f"{self.service.name} cannot be started: {error}")
            self._plan()
        return True

    def ask(self) -> bool:
        """Whether it has begun to answer since the last look."""
        if self.record.state != "starting" or self.child is None:
            return False
        if self.service.answers is not None and not self.service.answers(self.child.pid):
            return False
        self.answered = True
        self.record.state = "running"
        return True


class Supervisor:
    """Starts services, restarts what dies, ends all."""

    def __init__(
        self, root: Path, services: Sequence[Service], migrate: Callable[[], subprocess.Popen[bytes] | None]
    ) -> None:
        """Prepares; starts nothing.

        Args:
            root: The lab's folder; exists.
            services: In the order in which they start; they end in the reverse.
            migrate: Called once, first of all; starts a child that waits for the database, and ends with 0 before the
                lab counts as ready; or returns None if there is nothing to do.
        """
        self._root = root
        self._all = [_Running(service, root / "logs" / f"{service.name}.log") for service in services]
        self._migrate = migrate
        self._migration: subprocess.Popen[bytes] | None = None
        self._snapshot = state.Snapshot(pid=os.getpid(), started=process.started_at(os.getpid()) or "")
        self._snapshot.gpu = lab_config.gpu_variables(root)
        self._snapshot.services = {running.service.name: running.record for running in self._all}
        self._ending = False
        self._unwritten = False
        self._ready_since = 0.0
        self._next_log_check = 0.0

    def run(self) -> None:
        """Keeps the services alive until SIGTERM or SIGINT, then ends them.

        Raises:
            LabError: A server cannot be started; everything was ended, and `lab.json` says why.
        """
        wake = _wake_on_signals(self._end_soon)
        try:
            self._start_all()
            while not self._ending:
                changed = self._step()
                if changed or self._unwritten:
                    self._write()
                _sleep(wake, self._pause())
        except (StudioError, OSError) as error:
            raise LabError(str(error)) from error
        finally:
            self._end_all()

    def _start_all(self) -> None:
        self._migration = self._migrate()  # the longest way of all, when there is something to do
        for running in self._all:
            if running.service.late:
                running.record.state = "waiting"
                continue
            if self._ending:
                return
            running.start()
            self._write()

    def _end_soon(self) -> None:
        self._ending = True

    def _step(self) -> bool:
        now, changed = time.monotonic(), False
        for running in self._all:
            changed |= running.collect()
            if running.service.server and not running.answered and running.deaths >= _HOPELESS:
                raise LabError(f"{running.service.name} does not start: {_last_lines(running.log)} (see {running.log})")
            if not running.service.late or self._is_late(now):
                changed |= running.restart_if_due(now)
            changed |= running.ask()
        if not self._snapshot.ready:
            changed |= self._finish_start()
        if now >= self._next_log_check:
            self._next_log_check = now + _LOG_CHECK
            for log in (*(running.log for running in self._all), self._root / "logs" / "supervisor.log"):
                cut_log(log)
        return changed

    def _is_late(self, now: float) -> bool:
        """Whether those that nobody waits for may start: they leave the processors to the others first."""
        if not self._snapshot.ready:
            return False
        return all(one.answered or one.service.late for one in self._all) or now > self._ready_since + _LATEST

    def _finish_start(self) -> bool:
        if not all(running.answered for running in self._all if running.service.server):
            return False
        if self._migration is not None:
            code = self._migration.poll()
            if code is None:
                return False
            self._migration = None
            if code != 0:
                log = self._root / "logs" / "migrate.log"
                raise LabError(f"the database cannot be brought up to date: {_last_lines(log)} (see {log})")
        self._snapshot.ready = True
        self._ready_since = time.monotonic()
        return True

    def _pause(self) -> float:
        if not self._snapshot.ready:
            return _TICK
        return _IDLE if all(running.record.state == "running" for running in self._all) else _SLOW_TICK

    def _write(self) -> None:
        try:
            state.write(self._root, self._snapshot)
            self._unwritten = False
        except LabError as error:
            # A full disk is no reason to end servers that work: the next look tries again.
            if not self._unwritten:
                _say(str(error))
            self._unwritten = True

    def _end_all(self) -> None:
        """Ends our own processes first, then the servers they talk to; all of a kind at once."""
        if self._migration is not None:
            process.signal_group(self._migration.pid, signal.SIGKILL)
            self._migration.wait()
        ours = [one for one in reversed(self._all) if not one.service.server]
        servers = [one for one in reversed(self._all) if one.service.server]
        for group in (ours, servers):
            _end_together(group)
        self._write()


def cut_log(log: Path, limit: int = LOG_BYTES) -> None:
    """Moves a log's content to `NAME.log.1` if it is longer than `limit` bytes; its writers append and go on."""
    try:
        if log.stat().st_size <= limit:
            return
        with log.open("r+b") as file:
            file.seek(-limit, os.SEEK_END)
            log.with_name(f"{log.name}.1").write_bytes(file.read())
            file.truncate(0)
    except OSError:
        return  # a full disk must not end the servers; the next look tries again


def _end_together(group: Iterable[_Running]) -> None:
    alive = [(one, one.child) for one in group if one.child is not None]
    for one, child in alive:
        # The leader alone: a worker's children end by its own orders.
        if child.poll() is None:
            child.send_signal(one.service.stop_signal)
    begun = time.monotonic()
    for one, child in alive:
        try:
            child.wait(max(0.0, begun + one.service.grace - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        process.signal_group(child.pid, signal.SIGKILL)  # what it forgot
        one.child, one.record.pid, one.record.started, one.record.state = None, None, None, "ended"


def _wake_on_signals(end_soon: Callable[[], None]) -> int:
    """Makes SIGCHLD, SIGTERM and SIGINT end a `_sleep` on the returned descriptor."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end_soon())
    return reader


def _sleep(wake: int, seconds: float) -> None:
    if select.select([wake], [], [], seconds)[0]:
        os.read(wake, 4096)


def _say(sentence: str) -> None:
    """For the supervisor's own log."""
    with suppress(OSError):
        sys.stderr.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {sentence}\n")
        sys.stderr.flush()


def _last_lines(log: Path, count: int = 3) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return "it said nothing"
    return " / ".join(line.strip() for line in lines[-count:]) or "it said nothing"


def hold_lock(root: Path) -> int:
    """Makes this process the one supervisor of `root` for as long as it lives.

    Returns:
        A descriptor that must stay open.

    Raises:
        LabError: Another one lives.
    """
    descriptor = os.open(root / "supervisor.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise LabError(f"another supervisor keeps the lab in {root}") from error
    return descriptor


def main(arguments: Sequence[str], make_table: Callable[[LabConfig], list[Service]] = table) -> int:
    """Runs the lab in a folder until it is told to end.

    Args:
        arguments: The folder, and nothing else.
        make_table: What to run.

    Returns:
        Exit code: 1 if it could not start.
    """
    root = Path(arguments[0]).absolute()
    try:
        config = lab_config.load(root) or lab_config.prepare(root)
        hold_lock(root)
        Supervisor(root, make_table(config), lambda: migration.start(config)).run()
    except StudioError as error:
        _say(str(error))
        _leave_reason(root, str(error))
        return 1
    (root / "lab.json").unlink(missing_ok=True)
    return 0


def _leave_reason(root: Path, error: str) -> None:
    """Says in `lab.json` why this start failed, now that nothing runs, unless the file is another supervisor's."""
    snapshot = state.read(root) or state.Snapshot(os.getpid(), process.started_at(os.getpid()) or "")
    if snapshot.pid == os.getpid():
        snapshot.error = error
        state.write(root, snapshot)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
