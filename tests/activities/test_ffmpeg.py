"""FFmpeg as a child process."""

from __future__ import annotations

import asyncio
from pathlib import Path

import imageio_ffmpeg
import psutil
import pytest

from activities.ffmpeg import run_ffmpeg
from film.edit.guard import Guard
from schemas.errors import EncoderFailed

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
QUIET = ("-nostdin", "-hide_banner", "-loglevel", "error", "-y")


async def test_it_makes_a_file(tmp_path: Path) -> None:
    out = tmp_path / "black.mp4"
    await run_ffmpeg([FFMPEG, *QUIET, "-f", "lavfi", "-i", "color=black:s=64x64:d=0.1", str(out)], out)
    assert out.stat().st_size


async def test_its_own_words_say_why_it_failed(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    with pytest.raises(EncoderFailed, match="No such file"):
        await run_ffmpeg([FFMPEG, *QUIET, "-i", str(tmp_path / "none.mp4"), str(out)], out)


async def test_a_cancel_ends_it(tmp_path: Path) -> None:
    out = tmp_path / "endless.mp4"
    endless = [FFMPEG, *QUIET, "-re", "-f", "lavfi", "-i", "color=black:s=64x64", str(out)]
    running = asyncio.create_task(run_ffmpeg(endless, out))
    while not (children := _running(out)):
        await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not any(child.is_running() for child in children)


async def test_a_cancel_ends_also_one_that_will_not_listen(tmp_path: Path) -> None:
    program, ready = tmp_path / "ffmpeg", tmp_path / "ready"
    program.write_text(f"#!/bin/bash\ntrap '' TERM\necho > '{ready}'\nwhile :; do sleep 1000; done\n")
    program.chmod(0o755)
    running = asyncio.create_task(run_ffmpeg([str(program)], ready, Guard(grace_s=0.2)))
    while not ready.exists():
        await asyncio.sleep(0.01)
    ours = [child for child in psutil.Process().children() if str(program) in child.cmdline()]
    children = [process for child in ours for process in (child, *child.children())]
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert children
    assert not psutil.wait_procs(children, timeout=120)[1]


async def test_one_that_stands_still_is_ended(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    with pytest.raises(EncoderFailed, match="stood still on film.mp4"):
        await run_ffmpeg(["/bin/sleep", "1000"], out, Guard(still_s=0.2, grace_s=0.2))
    assert not [child for child in psutil.Process().children() if "1000" in child.cmdline()]


def _running(out: Path) -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if str(out) in child.cmdline()]
