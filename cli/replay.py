"""`studio replay`: recorded histories against today's workflow code."""

from __future__ import annotations

import asyncio
from pathlib import Path

from cli import output
from workers.leaving import leave
from workers.replaying import replay


def replay_histories(paths: list[Path]) -> int:
    """Replay histories and say how each went. Ends the process.

    Returns:
        0 if all replayed, else 1.
    """
    results = asyncio.run(replay(paths))
    for result in results:
        output.say(f"{'replays' if result.failure is None else 'FAILS  '} {result.name}")
        if result.failure is not None:
            output.say(f"        {result.failure}")
    leave(0 if all(result.failure is None for result in results) else 1)
