"""What a process of ours asks of the system for itself."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

from infrastructure.processes import ARENAS

THREADS = """
import ctypes, sys, threading
from infrastructure.processes import share_memory
if "share" in sys.argv:
    share_memory()
libc, together = ctypes.CDLL(None), threading.Barrier(9)
libc.malloc.restype = ctypes.c_void_p
def take():
    libc.malloc(100_000)
    together.wait()
    together.wait()
threads = [threading.Thread(target=take) for _ in range(8)]
for thread in threads:
    thread.start()
together.wait()
libc.malloc_stats()
together.wait()
"""
"""Eight threads that take memory at once; then the C library says how many places it was taken from."""


def arenas(*arguments: str, **environment: str) -> int:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    command = [sys.executable, "-c", THREADS, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**env, **environment})
    return done.stderr.count("Arena ")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives threads places of their own")
def test_threads_take_memory_from_few_places() -> None:
    assert arenas() > ARENAS
    assert arenas("share") <= ARENAS
    assert arenas("share", MALLOC_ARENA_MAX="6") > ARENAS
