"""What a process of ours asks of the system for itself."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_M_ARENA_MAX = -8  # glibc's malloc.h

ARENAS = 2
"""From how many places the threads of a process take memory."""

# Loaded once, here: between fork and exec nothing may be loaded.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Ask to be sent a signal when the parent dies; without this, children outlive a parent that was killed.

    To be called in the child. Linux alone knows this; elsewhere nothing happens.

    Args:
        number: The signal.
    """
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def share_memory() -> None:
    """Let all threads of this process take memory from the same few places.

    By default, glibc gives each of some first threads a place of its own, and what one thread frees there, no other
    one finds: documents that are read by one thread after another take memory several times. To be called before
    threads are started. Whoever sets MALLOC_ARENA_MAX has chosen; other C libraries than glibc are left as they are.
    """
    mallopt = getattr(_LIBC, "mallopt", None)
    if mallopt is not None and "MALLOC_ARENA_MAX" not in os.environ:
        mallopt(_M_ARENA_MAX, ARENAS)
