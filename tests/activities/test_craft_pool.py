"""The pool of processes beneath the worker."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from activities.craft_pool import CraftPool
from schemas.errors import ProcessDied
from tests.activities import tasks


@pytest.fixture(scope="module")
async def pool() -> AsyncIterator[CraftPool]:
    """One for all tests: whoever ends its process leaves the next one a new one."""
    pool = CraftPool(1)
    yield pool
    pool.close()


async def test_work_is_done_elsewhere_in_the_same_warm_process(pool: CraftPool) -> None:
    first, second = await pool.run(tasks.process_id), await pool.run(tasks.process_id)
    assert first == second != os.getpid()


async def test_an_error_comes_back_as_it_is(pool: CraftPool) -> None:
    with pytest.raises(ValueError, match="no ink"):
        await pool.run(tasks.fail, "no ink")


@pytest.mark.slow
async def test_a_process_that_dies_costs_its_task_alone(pool: CraftPool) -> None:
    with pytest.raises(ProcessDied):
        await pool.run(tasks.die)
    assert await pool.run(tasks.process_id)


async def test_progress_arrives_while_the_work_goes_on(pool: CraftPool, tmp_path: Path) -> None:
    gate, heard = tmp_path / "gate", []

    def report(done: int) -> None:
        heard.append(done)
        gate.touch()

    assert await pool.run_reporting(tasks.count, 7, gate, report=report, every=0.01) == 7
    assert heard == [7]


@pytest.mark.slow
async def test_a_cancelled_task_ends_its_process(pool: CraftPool, tmp_path: Path) -> None:
    running = asyncio.create_task(pool.run(tasks.hang, tmp_path / "pid"))
    pid = await _read(tmp_path / "pid")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await _gone(pid)
    assert await pool.run(tasks.process_id) != pid


@pytest.mark.slow
async def test_children_die_with_a_killed_parent(tmp_path: Path) -> None:
    program = (
        "import asyncio, pathlib, sys\n"
        "from activities.craft_pool import CraftPool\n"
        "from tests.activities import tasks\n"
        "asyncio.run(CraftPool(1).run(tasks.hang, pathlib.Path(sys.argv[1])))\n"
    )
    (tmp_path / "parent.py").write_text(f"if __name__ == '__main__':\n{_indented(program)}", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, tmp_path / "parent.py", tmp_path / "pid"], env={**os.environ, "PYTHONPATH": os.getcwd()}
    ) as parent:
        pid = await _read(tmp_path / "pid")
        parent.send_signal(signal.SIGKILL)
    await _gone(pid)


def _indented(program: str) -> str:
    return "".join(f"    {line}\n" for line in program.splitlines())


async def _read(path: Path) -> int:
    while not path.exists():
        await asyncio.sleep(0.01)
    return int(path.read_text(encoding="utf-8"))


async def _gone(pid: int) -> None:
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        await asyncio.sleep(0.01)
