"""Processes that serve: the API, and a bare hello beside it, by the same server with the same settings."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final

import httpx

START_S: Final = 180.0
"""How long a process may take until it answers."""


@dataclass(frozen=True)
class Served:
    """A process that serves."""

    url: str
    pid: int


@contextmanager
def apis(environment: Mapping[str, str], count: int) -> Iterator[list[Served]]:
    """Run so many processes of `studio api`."""
    with _processes(("-m", "cli.main", "api", "--port"), environment, "/healthz", count) as served:
        yield served


@contextmanager
def hellos(count: int) -> Iterator[list[Served]]:
    """Run so many processes of a FastAPI application that says hello, and does nothing else."""
    with _processes(("-m", "benchmarks.serving.hello"), {}, "/hello", count) as served:
        yield served


@contextmanager
def _processes(
    command: tuple[str, ...], environment: Mapping[str, str], path: str, count: int
) -> Iterator[list[Served]]:
    with ExitStack() as stack:
        yield [stack.enter_context(_process(command, environment, path)) for _ in range(count)]


@contextmanager
def _process(command: tuple[str, ...], environment: Mapping[str, str], path: str) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, *command, str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _until_it_answers(url + path, process)
        yield Served(url, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            httpx.get(url, timeout=2)
            return
        except httpx.TransportError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{url} does not answer") from None
            time.sleep(0.05)
