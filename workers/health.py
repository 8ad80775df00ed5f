"""How a process of ours says that it lives and works to whoever keeps processes, and how it goes: `STUDIO_HEALTH`.

`/healthz` answers while the event loop turns: who gets no answer starts the process anew. `/readyz` answers 200 from
the moment on that it asks for work until it is told to stop, else 503: an upgrade goes on when it does. `/metrics` is
for Prometheus; it asks no token of it, since a network policy lets nobody else in.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from infrastructure import metrics
from schemas.errors import LabError


class Readiness:
    """Whether this process works."""

    def __init__(self) -> None:
        """Begin without: nothing is asked for yet."""
        self.working = False


READINESS = Readiness()
"""Of this process: it has one, as it has one event loop."""


def _said(status: int, word: str) -> web.Response:
    return web.Response(status=status, text=f"{word}\n")


async def _healthz(_request: web.Request) -> web.Response:
    return _said(200, "ok")


async def _readyz(_request: web.Request) -> web.Response:
    return _said(200, "working") if READINESS.working else _said(503, "not working")


async def _metrics(_request: web.Request) -> web.Response:
    # As Prometheus's own type says it, which aiohttp would not take in one piece with its character set.
    return web.Response(body=metrics.written(), headers={"Content-Type": metrics.CONTENT_TYPE})


@asynccontextmanager
async def tell_health(address: str | None) -> AsyncIterator[None]:
    """Say it beside other work.

    Args:
        address: `host:port` to listen at; None says nothing to anybody.

    Raises:
        LabError: The address cannot be listened at.
    """
    if address is None:
        yield
        return
    app = web.Application()
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz)
    app.router.add_get("/metrics", _metrics)
    runner = web.AppRunner(app, access_log=None)
    host, _, port = address.rpartition(":")
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, int(port)).start()
        except OSError as error:
            raise LabError(f"STUDIO_HEALTH: {address} cannot be listened at ({error.strerror}).") from error
        yield
    finally:
        await runner.cleanup()
