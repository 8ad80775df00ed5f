"""Processes that serve: the API, and a bare hello beside it, by the same server with the same settings."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, Final

import httpx
import psutil

START_S: Final = 300.0
"""How long a process may take until it answers."""
API: Final = ("-m", "cli.main", "api", "--port")
HELLO: Final = ("-m", "benchmarks.serving.hello")


@dataclass(frozen=True)
class Served:
    """A process that serves."""

    url: str
    process: subprocess.Popen[bytes]
    log: IO[bytes]

    def cpu_s(self) -> float:
        """How long it has computed until now."""
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)

    def bytes(self) -> int:
        """How much memory it holds."""
        return int(psutil.Process(self.process.pid).memory_info().rss)


@contextmanager
def serving(environment: Mapping[str, str], apis: int, hellos: int) -> Iterator[tuple[list[Served], list[Served]]]:
    """Run so many processes of `studio api`, and of a FastAPI application that says hello and does nothing else.

    Yields:
        Both, once all of them answer.
    """
    with ExitStack() as stack:
        ours = [stack.enter_context(_process(API, environment)) for _ in range(apis)]
        bare = [stack.enter_context(_process(HELLO, {})) for _ in range(hellos)]
        _until_they_answer([(one, "/healthz") for one in ours] + [(one, "/hello") for one in bare])
        yield ours, bare


@contextmanager
def _process(command: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, *command, str(port)], env={**os.environ, **environment}, stdout=log, stderr=log
        )
        try:
            yield Served(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.terminate()
            process.wait(30)


def _until_they_answer(all_of_them: Sequence[tuple[Served, str]]) -> None:
    deadline = time.monotonic() + START_S
    for served, path in all_of_them:
        while True:
            try:
                httpx.get(served.url + path, timeout=2)
                break
            except httpx.TransportError:
                if served.process.poll() is not None or time.monotonic() > deadline:
                    served.log.seek(0)
                    said = served.log.read()[-2000:].decode(errors="replace")
                    raise RuntimeError(f"{served.url} does not answer: {said}") from None
                time.sleep(0.05)
