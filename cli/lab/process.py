"""Processes: who is alive, starting one that dies with its parent, ending a whole group."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from infrastructure.processes import die_with_parent


def started_at(pid: int) -> str | None:
    """When a process started, as an opaque text that tells it from a later one with the same number.

    Args:
        pid: A process number.

    Returns:
        Linux: which boot, and clock ticks since; elsewhere: seconds since 1970. None if there is no such process, or
        only its zombie.
    """
    if sys.platform == "linux":
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        fields = stat[stat.rindex(")") + 2 :].split()  # the name in brackets may hold blanks
        return None if fields[0] in "ZX" else f"{_boot()}:{fields[19]}"
    import psutil

    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else str(process.create_time())
    except psutil.Error:
        return None


@cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def is_same(pid: int, started: str) -> bool:
    """Whether the process that was seen then is alive now."""
    return started_at(pid) == started


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    log: Path,
    death_signal: signal.Signals = signal.SIGKILL,
    niceness: int = 0,
    owner: tuple[int, int] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a child as the leader of its own session, which gets a signal when this process dies.

    Args:
        argv: The command line; the first is a path.
        env: The whole environment.
        cwd: Where it runs.
        log: The file that its output is appended to.
        death_signal: What the child gets when this process dies, by kill -9 too (Linux only).
        niceness: Added to the child's niceness.
        owner: User and group to become, with no other groups; None to stay.

    Raises:
        OSError: The program cannot be executed.
    """
    # Appending, so that the file can be cut while the child holds it open.
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            list(argv),
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            start_new_session=True,
            preexec_fn=_before_exec(death_signal, niceness),
            user=None if owner is None else owner[0],
            group=None if owner is None else owner[1],
            extra_groups=None if owner is None else [],
        )
    finally:
        os.close(descriptor)


def _before_exec(death_signal: signal.Signals, niceness: int) -> Callable[[], None]:
    # Runs after the user was changed, which would have cleared the signal.
    parent = os.getpid()

    def prepare() -> None:
        die_with_parent(death_signal)
        if os.getppid() != parent:  # died before the call
            os._exit(1)
        if niceness:
            os.nice(niceness)

    return prepare


def signal_group(pid: int, number: signal.Signals) -> None:
    """Signals the group that a process leads; nothing happens if it is gone."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        # macOS answers with the latter for a group of zombies.
        return


def end(pid: int, started: str, *, number: signal.Signals = signal.SIGTERM, grace: float = 5.0) -> bool:
    """Ends a process that is not a child of this one, with its group, and waits until it is gone.

    Args:
        pid: Its number, which is its group's too.
        started: What `started_at` said of it; any other process with this number is left alone.
        number: The first signal.
        grace: Seconds until SIGKILL.

    Returns:
        Whether it was alive.
    """
    if not is_same(pid, started):
        return False
    signal_group(pid, number)
    deadline = time.monotonic() + grace
    while is_same(pid, started) and time.monotonic() < deadline:
        time.sleep(0.02)
    while is_same(pid, started):
        signal_group(pid, signal.SIGKILL)
        time.sleep(0.02)
    return True
