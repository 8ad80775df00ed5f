"""`studio status --watch`: what an installation is doing, looked at again and again until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import NoReturn

from api.services import Temporal
from api.usecases.look_around import Around, look_around
from cli.lab import Lab, LabStatus
from cli.lab import config as lab_config
from cli.overview_views import View, view
from cli.users import DATABASE
from infrastructure.db.engine import Database
from infrastructure.gpus import GpuUse, look_at_gpus
from infrastructure.queueing import Queues
from infrastructure.settings import Settings
from schemas.errors import LabError
from workers.leaving import leave

Services = Callable[[], Awaitable[LabStatus | None]]
"""Asks for the services of a lab; None where there is no lab."""

EVERY_S = 2.0
"""How often is looked, in seconds, unless it is said."""


@dataclass(frozen=True)
class Look:
    """One look at an installation, and at this machine.

    Attributes:
        around: Films, queues, workers.
        lab: The services of the lab; None where the installation is none.
        gpus: Of this machine; empty where it has none.
    """

    around: Around
    lab: LabStatus | None
    gpus: tuple[GpuUse, ...]


def watch_installation(every_s: float, *, as_json: bool) -> NoReturn:
    """Look at the installation that the environment names, or else at the lab, and end the process when told to.

    Args:
        every_s: How often.
        as_json: One JSON object a look, on a line of its own.

    Raises:
        LabError: No installation is named, and no lab runs.
    """
    look = _by_settings() if os.environ.get(DATABASE) else _in_lab(Lab())
    asyncio.run(_watch(look, view(as_json=as_json), every_s))
    leave(0)


def _by_settings() -> Services:
    async def none() -> None:
        return None

    return none


def _in_lab(lab: Lab) -> Services:
    """Lead this process to a lab that runs, and ask for its services."""
    kept = lab_config.load(lab.root)
    if kept is None or not lab.status().running:
        raise LabError(f"The lab is not running; start it with studio up, or name an installation in {DATABASE}")
    os.environ.update(kept.environment())

    async def services() -> LabStatus:
        return await asyncio.to_thread(lab.status)  # it asks each, and waits for the answer

    return services


@asynccontextmanager
async def _looking(services: Services) -> AsyncIterator[Callable[[], Awaitable[Look]]]:
    settings = Settings()
    db, temporal = Database(settings.database_url, pool_size=2), Temporal(settings)
    try:
        async with Queues(settings) as queues:

            async def look() -> Look:
                around, lab = await asyncio.gather(look_around(db, queues, temporal.client), services())
                return Look(around, lab, look_at_gpus())

            yield look
    finally:
        await db.close()


async def _watch(services: Services, shown: AbstractContextManager[View], every_s: float) -> None:
    """Look and show until told to end, or until nobody reads any more."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    async with _looking(services) as look:
        with shown as screen:
            while True:
                looking = asyncio.ensure_future(look())
                await asyncio.wait({looking, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if stop.is_set():
                    looking.cancel()
                    await asyncio.gather(looking, return_exceptions=True)
                    return
                try:
                    screen.show(looking.result())
                except BrokenPipeError:
                    _let_go()
                    return
                await asyncio.wait({stopping}, timeout=every_s)


def _let_go() -> None:
    """Let what is left to be written go nowhere: whoever read has left."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
