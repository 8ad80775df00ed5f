"""What the dead letters are, counted without taking one: nobody else is kept from any of them meanwhile."""

from __future__ import annotations

from collections import Counter

from infrastructure.queueing import Queues

MOST = 100
"""So many are looked at: more of them are one mishap, or are looked at by people."""
_AT_ONCE = 10
_IN_VAIN = 3
"""SQS hands out some of what waits: so many looks without anything new, and all was seen, or nearly."""


async def count_dead_letters(queues: Queues, most: int = MOST) -> Counter[str]:
    """Count dead letters by what they are (`queueing.KINDS`).

    Args:
        queues: The installation's, open.
        most: How many are looked at, about.

    Raises:
        DependencyDown: The service does not answer, or refuses.
    """
    seen: dict[str, str] = {}
    in_vain = 0
    while len(seen) < most and in_vain < _IN_VAIN:
        before = len(seen)
        found = await queues.receive_dead_letters(_AT_ONCE, hide_s=0)
        if not found:
            break
        seen |= {one.message_id: one.kind for one in found}
        in_vain = 0 if len(seen) > before else in_vain + 1
    return Counter(seen.values())
