"""FFmpeg as a child process that is never left behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from film.edit.join import join_error
from infrastructure.processes import die_with_parent

_GRACE_S = 5.0


async def run_ffmpeg(argv: Sequence[str], out: Path) -> None:
    """Run FFmpeg in its own process group and wait for it.

    When the caller is cancelled, the group is ended. When this process dies, FFmpeg dies with it.

    Args:
        argv: The command, binary first.
        out: What it makes, for the words of an error.

    Raises:
        EncoderFailed: It ended with an error; the message is FFmpeg's own.
        StorageFull: It ran out of space.
    """
    process = await asyncio.create_subprocess_exec(
        *argv,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        await _end(process)
        raise
    if process.returncode:
        raise join_error(said.decode("utf-8", "replace"), out)


async def _end(process: asyncio.subprocess.Process) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), _GRACE_S)
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
