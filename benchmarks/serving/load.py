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
        RuntimeError: wrk is not installed, an answer was no success, or there was none.
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
    pressed = Pressed(sum(_found(r"Requests/sec:\s+([\d.]+)", text) for text in told), max(map(_p99_ms, told)))
    if not (pressed.per_s and pressed.p99_ms):
        raise RuntimeError(f"hardly anything was answered within {seconds} s: the machine is busy with something else")
    return pressed


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
        """Know who, and where."""
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
    """Programs that watch a film: a connection each, on which nothing but one event is looked for.

    They share the machine with what they measure, and so they do as little as programs can.
    """

    def __init__(self, url: str, token: str) -> None:
        """Know which film, and by whom."""
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._head = (
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n\r\n"
        ).encode()
        self._transports: list[asyncio.BaseTransport] = []
        self._wanted = b""
        self._missing = 0
        self._all = asyncio.Event()

    async def begin(self, count: int) -> None:
        """Let so many connect, and read what there is until now."""
        for first in range(0, count, 50):
            many = min(50, count - first)
            told = self.expect(b"event: queued", many)
            await asyncio.gather(*(self._connect() for _ in range(many)))
            await told

    async def _connect(self) -> None:
        transport, _ = await asyncio.get_running_loop().create_connection(
            lambda: _Watcher(self), self._host, self._port
        )
        self._transports.append(transport)
        transport.write(self._head)

    async def _until_all(self) -> float:
        async with asyncio.timeout(60):
            await self._all.wait()
        return time.monotonic()

    def expect(self, event: bytes, count: int | None = None) -> asyncio.Task[float]:
        """Wait until so many, or all, have been told of an event.

        Returns:
            When the last one had, by the monotonic clock.
        """
        self._wanted, self._missing = event, count or len(self._transports)
        self._all.clear()
        return asyncio.create_task(self._until_all())

    def told(self, text: bytes) -> None:
        """Somebody was told something."""
        if self._wanted in text:
            self._missing -= 1
            if not self._missing:
                self._all.set()

    def end(self) -> None:
        """Hang up."""
        for transport in self._transports:
            transport.close()


class _Watcher(asyncio.Protocol):
    """One of them."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching

    def data_received(self, data: bytes) -> None:
        self._watching.told(data)
