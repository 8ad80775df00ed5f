"""Deleting all that lies below a prefix of the store."""

from __future__ import annotations

import asyncio

from infrastructure.storage import ObjectStore

AT_ONCE = 16


async def remove_below(store: ObjectStore, prefix: str) -> int:
    """Delete all objects whose keys begin with a prefix. Doing it again, or after half of it, does no harm.

    Args:
        store: The store.
        prefix: It ends with a slash, so that it is nobody else's beginning.

    Returns:
        How many were deleted.

    Raises:
        ValueError: The prefix does not end with a slash.
        DependencyDown: The store does not answer, or refuses.
    """
    if not prefix.endswith("/"):
        raise ValueError(f"{prefix!r} does not end with a slash")
    keys = [key async for key in store.list_keys(prefix)]
    for start in range(0, len(keys), AT_ONCE):
        await asyncio.gather(*(store.delete(key) for key in keys[start : start + AT_ONCE]))
    return len(keys)
