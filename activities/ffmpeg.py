"""FFmpeg as a child process that is never left behind."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from film.edit.guard import Guard, run_guarded
from film.edit.join import check_ended
from infrastructure.processes import die_with_parent


async def run_ffmpeg(argv: Sequence[str], out: Path, guard: Guard | None = None) -> None:
    """Run FFmpeg in its own process group, watch it, and wait for it.

    When the caller is cancelled, the group is ended. When this process dies, FFmpeg dies with it.

    Args:
        argv: The command, binary first; it must report with `-progress pipe:1`.
        out: What it makes.
        guard: How it is watched; None watches as ever. `stop` and `in_child` are set here.

    Raises:
        EncoderFailed: It ended with an error, in FFmpeg's own words, or stood still.
        StorageFull: It ran out of space.
    """
    stop = threading.Event()
    watched = (guard or Guard())._replace(stop=stop, in_child=die_with_parent)
    # Linux sends the death signal when the thread that started the child ends: this one waits for it.
    running = asyncio.create_task(asyncio.to_thread(run_guarded, argv, out, watched))
    try:
        ended = await asyncio.shield(running)
    except asyncio.CancelledError:
        stop.set()
        with suppress(Exception):
            await running
        raise
    check_ended(ended, out)
