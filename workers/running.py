"""How Temporal's workers run inside a process of ours, whatever they work at."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from temporalio.worker import Worker

from workers.health import READINESS

HEARTBEAT_THROTTLE = timedelta(seconds=2)
"""A cancel arrives with the answer to a heartbeat. With the default throttle it took 22.8 s, with this 0.7 s."""


async def run_until(workers: Sequence[Worker], stop: asyncio.Event) -> None:
    """Run workers until told to stop, then drain them: nothing new is taken, what is in hand ends or is given back.

    Args:
        workers: All of this process.
        stop: Set by whoever wants them to end.
    """
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    stopping = asyncio.create_task(stop.wait())
    READINESS.working = True
    await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
    READINESS.working = False
    await asyncio.gather(*(worker.shutdown() for worker in workers))
    stopping.cancel()
    await asyncio.gather(*tasks)
