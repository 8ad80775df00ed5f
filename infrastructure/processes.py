"""What a process of ours asks of the system for itself."""

from __future__ import annotations

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h

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
