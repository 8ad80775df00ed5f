"""What every process of ours does around its work: settings, logs, signals, and a clean end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import NoReturn

import structlog

from infrastructure.observability import configure_logging
from infrastructure.processes import share_memory
from infrastructure.settings import Settings
from infrastructure.tracing import tracing
from infrastructure.watching import watch
from schemas.errors import StudioError
from workers.core import core
from workers.health import tell_health
from workers.leaving import leave


def run_process(
    name: str,
    serve: Callable[[Settings, asyncio.Event], Awaitable[None]],
    settings: Callable[[], Settings] = Settings,
    complain: Callable[[str], None] | None = None,
) -> NoReturn:
    """Run a process until SIGTERM or SIGINT, and end it.

    Args:
        name: For its logs.
        serve: Works until the event is set.
        settings: Reads the settings; by default from the environment alone.
        complain: Told in a sentence why it cannot work; by default that goes to the log.
    """
    share_memory()
    configure_logging(name)
    log = structlog.get_logger(name)
    try:
        read = settings()
        with tracing(read, name):
            asyncio.run(_until_signal(read, serve))
    except StudioError as error:
        # What is missing here is said in its own sentence; a traceback would bury it.
        (complain or log.error)(str(error))
        leave(error.exit_code)
    except Exception:
        log.exception("ended by an error")
        leave(1)
    log.info("ended")
    leave(0)


async def _serve(
    settings: Settings, stop: asyncio.Event, serve: Callable[[Settings, asyncio.Event], Awaitable[None]]
) -> None:
    measured = settings.health is not None
    if measured:
        watch()
    async with core(measured=measured), tell_health(settings.health):
        await serve(settings, stop)


async def _until_signal(settings: Settings, serve: Callable[[Settings, asyncio.Event], Awaitable[None]]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    work = asyncio.ensure_future(_serve(settings, stop, serve))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        await asyncio.wait({work}, timeout=settings.drain_s + _SPARE_S)
    stopping.cancel()
    if not work.done():
        # Whoever waits for a service that is away has nothing to drain.
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        return
    work.result()


_SPARE_S = 5.0
