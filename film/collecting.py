"""Keeps Python's garbage collector from walking over a breakdown again and again while it is being made."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside = 0
_was_enabled = False


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the collection of cycles, in all threads.

    For work of seconds at most that makes many objects, which stay, and no cycles: the collector finds nothing in
    them and yet goes through all of them each time their number has grown by a quarter, a fifth of the time that a long
    screenplay takes. May be nested, and entered by several threads at once.

    What was made counts as old afterwards. The collector would otherwise walk over all of it at the first chance, once
    for each of its generations: as much time again as the pause had saved.
    """
    global _inside, _was_enabled
    with _lock:
        if not _inside:
            _was_enabled = gc.isenabled()
            gc.disable()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside and _was_enabled:
                _grow_old()
                gc.enable()


def _grow_old() -> None:
    """Move all objects to the oldest generation, without looking at them."""
    if not gc.get_freeze_count():  # else somebody keeps objects out of collections, and they would come back
        gc.freeze()
        gc.unfreeze()
