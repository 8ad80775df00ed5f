"""Runs FFmpeg so that it can neither hang, flood, nor leave anything behind."""

from __future__ import annotations

import os
import resource
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from film.edit.said import Progress, Said
from schemas.errors import EncoderFailed

STILL_S = 20.0
"""How long FFmpeg may get nowhere, in seconds. With `GRACE_S`, a hang is over within 30."""

GRACE_S = 5.0
"""How long it may take to end when asked to, in seconds; then it is killed."""

MEMORY = 4 << 30
"""Most address space it may take, in bytes: joining a film of hours takes far less."""

_LOOK_S = 0.1
_READ = 1 << 16
_LAST_READS = 64
"""Reads after the end: a pipe holds far less, and who left the group could fill it for ever."""


class Ended(NamedTuple):
    """How FFmpeg ended."""

    code: int
    """Its exit status; below zero, the number of the signal that ended it."""
    said: str
    """Beginning and end of its standard error."""


class Stopped(Exception):
    """It was ended because the caller asked for it."""


class Guard(NamedTuple):
    """What is asked of a run besides the command."""

    still_s: float = STILL_S
    """How long it may get nowhere, in seconds, above 0."""
    grace_s: float = GRACE_S
    """How long it may take to end when asked to, in seconds."""
    most_bytes: int | None = None
    """Most that a file it writes may grow to, in bytes; None leaves that open."""
    stop: threading.Event | None = None
    """When this is set, it is ended."""
    progress: Callable[[int], None] | None = None
    """Told the number of frames done, whenever it has changed; called in the thread that waits."""
    in_child: Callable[[], None] | None = None
    """Called in the child before FFmpeg takes its place."""


def run_guarded(argv: Sequence[str], out: Path, guard: Guard) -> Ended:
    """Run FFmpeg in its own process group, watch it, and wait for it.

    It gets somewhere as long as the progress that it reports changes, or the file that it writes does: while the index
    is moved to the front nothing is reported. Of what it prints, a bounded part is kept. When this returns or raises,
    every process of the group was ended, also those that outlived FFmpeg itself.

    Args:
        argv: The command, binary first; it must report with `-progress pipe:1`.
        out: What it makes.
        guard: What is allowed.

    Returns:
        How it ended.

    Raises:
        EncoderFailed: It cannot be started, or stood still.
        Stopped: The caller stopped it.
    """
    try:
        process = subprocess.Popen(
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=lambda: _limit(guard),
        )
    except OSError as error:
        raise EncoderFailed(f"FFmpeg cannot be started for {out.name}: {error.strerror or error}.") from error
    watch = _Watch(process, out, guard)
    try:
        code = watch.until_end()
    finally:
        _end_group(process, guard.grace_s)
        watch.close()
    return Ended(code, watch.errors.text())


class _Watch:
    """Reads what a process prints, and sees whether it gets somewhere."""

    def __init__(self, process: subprocess.Popen[bytes], out: Path, guard: Guard) -> None:
        self.errors = Said()
        self._process, self._out, self._guard = process, out, guard
        self._progress = Progress()
        self._life: object = None
        self._since = time.monotonic()
        self._selector = selectors.DefaultSelector()
        for pipe, take in ((process.stdout, self._progress.take), (process.stderr, self.errors.take)):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, take)

    def until_end(self) -> int:
        """Wait until the process ends, with an eye on it. Return its exit status."""
        while (code := self._process.poll()) is None:
            if self._guard.stop is not None and self._guard.stop.is_set():
                raise Stopped
            self._read(_LOOK_S)
            self._see_life()
        # Who is left in the group still holds the pipes: what they say counts no longer.
        _kill(self._process.pid, signal.SIGKILL)
        for _ in range(_LAST_READS):
            if not self._read(0.0):
                break
        self._tell()
        return code

    def close(self) -> None:
        """Close the pipes."""
        self._selector.close()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _read(self, wait_s: float) -> bool:
        """Read what is there, a piece of each pipe. Return whether there was anything."""
        if not self._selector.get_map():
            # It closed both pipes: nothing but its end is left to wait for.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(wait_s)
            return False
        ready = self._selector.select(wait_s)
        for key, _ in ready:
            if data := os.read(key.fd, _READ):
                key.data(data)
            else:
                self._selector.unregister(key.fileobj)
        return bool(ready)

    def _see_life(self) -> None:
        """Refuse a process that has got nowhere for too long."""
        now, life = time.monotonic(), (self._progress.state, _look_of(self._out))
        if life != self._life:
            self._life, self._since = life, now
            self._tell()
        elif now - self._since > self._guard.still_s:
            raise EncoderFailed(
                f"FFmpeg stood still on {self._out.name} after frame {self._progress.frame}: neither its progress nor "
                f"the file changed for {self._guard.still_s:g} s, and it was ended. What was finished before is kept; "
                "run the film again."
            )

    def _tell(self) -> None:
        if self._guard.progress is not None:
            self._guard.progress(self._progress.frame)


def _look_of(path: Path) -> tuple[int, int] | None:
    """Size and time of the last change of a file; None where there is none yet."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _limit(guard: Guard) -> None:
    """Bound what the child may take. Runs between fork and exec: nothing may be loaded here."""
    if guard.in_child is not None:
        guard.in_child()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_AS, MEMORY)
    if guard.most_bytes is not None:
        _lower(resource.RLIMIT_FSIZE, guard.most_bytes)


def _lower(kind: int, limit: int) -> None:
    """Lower a limit; one that is lower already stays."""
    soft, hard = resource.getrlimit(kind)
    tight = min(limit, *(old for old in (soft, hard) if old != resource.RLIM_INFINITY), limit)
    resource.setrlimit(kind, (tight, tight))


def _end_group(process: subprocess.Popen[bytes], grace_s: float) -> None:
    """End all that is left of a process group: ask its leader first where it still runs; then kill, and reap."""
    if process.poll() is None:
        _kill(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(grace_s)
    _kill(process.pid, signal.SIGKILL)
    try:
        process.wait(grace_s)
    except subprocess.TimeoutExpired:
        return  # the system holds it, on a dead disk, until that answers: its end is sure, but not waited for
    # Where this process adopts orphans, as the first one of a container does, they are its own to reap.
    with suppress(ChildProcessError):
        while os.waitpid(-process.pid, 0)[0]:
            pass


def _kill(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)
