"""Load: wrk from processes of its own, people who sign in, programs that watch films."""

from __future__ import annotations

import asyncio
import re
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import httpx

CONNECTIONS: Final = 32
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


class Pressed(NamedTuple):
    """What wrk counted."""

    per_s: float
    """Requests a second, of all processes."""
    p99_ms: float
    """The slowest of these processes'."""


def press(urls: Sequence[str], seconds: int, token: str | None = None) -> Pressed:
    """Ask as often as answers come, over `CONNECTIONS` connections in all.

    Args:
        urls: What is asked: a URL for each process that serves; each has a wrk of its own, and all run at once.
        seconds: For how long.
        token: Sent as `Authorization: Bearer …`.

    Raises:
        RuntimeError: wrk is not installed, or an answer was no success.
    """
    headers = ["-H", f"Authorization: Bearer {token}"] if token else []
    connections = str(CONNECTIONS // len(urls))
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *headers]
    try:
        running = [subprocess.Popen([*command, url], stdout=subprocess.PIPE, text=True) for url in urls]
    except FileNotFoundError as error:
        raise RuntimeError("wrk is not installed: apt-get install wrk") from error
    told = [one.communicate()[0] for one in running]
    bad = [text for text in told if "Non-2xx" in text or "Requests/sec" not in text]
    if bad:
        raise RuntimeError(f"not all was answered: {bad[0]}")
    return Pressed(sum(_found(r"Requests/sec:\s+([\d.]+)", text) for text in told), max(map(_p99_ms, told)))


def _found(pattern: str, text: str) -> float:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"wrk did not say {pattern}: {text}")
    return float(match.group(1))


def _p99_ms(text: str) -> float:
    match = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    if match is None:
        raise RuntimeError(f"wrk named no latency: {text}")
    return float(match.group(1)) * _UNITS[match.group(2)]


class SigningIn:
    """People who sign in, as many at once as a machine has cores, one after another."""

    def __init__(self, url: str, email: str, password: str, at_once: int) -> None:
        """Know who."""
        self._url = f"{url}/api/v1/auth/login"
        self._body = {"email": email, "password": password, "transport": "token"}
        self._at_once = at_once
        self.count = 0

    @asynccontextmanager
    async def meanwhile(self) -> AsyncIterator[None]:
        """Let them sign in until the block ends."""
        tasks = [asyncio.create_task(self._one()) for _ in range(self._at_once)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self) -> None:
        async with httpx.AsyncClient(timeout=60) as client:
            while True:
                answer = await client.post(self._url, json=self._body)
                answer.raise_for_status()
                self.count += 1


class Watching:
    """Programs that watch a film: a connection each."""

    def __init__(self, url: str, token: str) -> None:
        """Know which film, and by whom."""
        self._parts = urlsplit(url)
        self._token = token
        self._readers: list[asyncio.StreamReader] = []
        self._writers: list[asyncio.StreamWriter] = []

    async def begin(self, count: int) -> None:
        """Let so many connect, and read what there is until now."""
        for first in range(0, count, 50):
            await asyncio.gather(*(self._connect() for _ in range(min(50, count - first))))

    async def _connect(self) -> None:
        reader, writer = await asyncio.open_connection(self._parts.hostname, self._parts.port)
        head = (
            f"GET {self._parts.path} HTTP/1.1\r\nHost: {self._parts.netloc}\r\n"
            f"Authorization: Bearer {self._token}\r\n\r\n"
        )
        writer.write(head.encode())
        await reader.readuntil(b"event: queued")
        self._readers.append(reader)
        self._writers.append(writer)

    async def told(self, event: bytes) -> float:
        """Wait until all have been told of an event; return when the last one had, by the monotonic clock."""
        await asyncio.gather(*(reader.readuntil(event) for reader in self._readers))
        return time.monotonic()

    def end(self) -> None:
        """Hang up."""
        for writer in self._writers:
            writer.close()
