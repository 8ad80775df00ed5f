"""Serves the API: one process, one event loop, as many of them as are started."""

from __future__ import annotations

import signal

import uvicorn
from starlette.types import ASGIApp

from api.app import create_app
from api.connections import Connection
from api.craft import Craft
from infrastructure.observability import configure_logging
from infrastructure.settings import Settings
from infrastructure.watching import watch

DRAIN_S = 10
"""How long requests in hand may take when the process is told to end."""


def serve(host: str, port: int, settings: Settings, craft: Craft) -> None:
    """Serve until told to end.

    Args:
        host: The address to listen at.
        port: The port.
        settings: The installation's.
        craft: What the API asks of the craft.
    """
    configure_logging("api")
    if settings.metrics_token is not None:
        watch()
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    uvicorn.Server(configuration(create_app(settings, craft), host, port)).run()


def configuration(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """How applications are served here.

    Args:
        app: The application.
        host: The address to listen at.
        port: The port.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=Connection,  # h11, which bounds what a request's head may be; httptools is faster, and reads on for ever
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # `STUDIO_PROXIES` says whom to believe
        timeout_graceful_shutdown=DRAIN_S,
        h11_max_incomplete_event_size=32 * 1024,
    )
