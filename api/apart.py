"""Runs what takes long, or reads what strangers send, in a process of its own: the event loop goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TypeVar

import anyio
from anyio import BrokenWorkerProcess, to_process

from schemas.errors import DependencyDown, ProcessDied

T = TypeVar("T")

PROCESSES = 2
"""How many are at it at once; others wait for their turn."""
PATIENCE_S = 60.0
"""How long one may take, its turn included."""


async def apart(
    function: Callable[..., T],
    *arguments: object,
    patience_s: float = PATIENCE_S,
    turns: anyio.CapacityLimiter | None = None,
) -> T:
    """Run a function in another process, which is killed when it takes too long.

    Args:
        function: Defined at the top level of a module, or a partial of one that is.
        arguments: Picklable, as what it returns is.
        patience_s: How long it may take, in seconds, its turn included.
        turns: Among whom it waits for its turn; None where it takes seconds, as all else does.

    Raises:
        DependencyDown: It took longer.
        ProcessDied: The process died under it.
        Exception: Whatever the function raised.
    """
    try:
        with anyio.fail_after(patience_s):
            return await to_process.run_sync(function, *arguments, cancellable=True, limiter=turns or _turns())
    except TimeoutError as error:
        raise DependencyDown(f"{_name_of(function)} took more than {patience_s:g} s, its turn included.") from error
    except BrokenWorkerProcess as error:
        raise ProcessDied(f"The process died that was at {_name_of(function)}.") from error


def _name_of(function: Callable[..., object]) -> str:
    return str(getattr(function.func if isinstance(function, partial) else function, "__name__", function))


@cache
def _turns() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(PROCESSES)
