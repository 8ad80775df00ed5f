"""Moves credits at random, by many tasks at once, against a model: `python -m tests.money [HOW_MANY]`.

The tests do some thousands of operations in the same way. Here each run does others, on a PostgreSQL of its own.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from random import SystemRandom

from infrastructure.db.migrate import upgrade
from tests import servers
from tests.accounts.bustle import Bustle
from tests.accounts.users import patient

ENOUGH = 100_000
TASKS = 64
ROUND = 2_000
"""Operations on the same accounts, before all of it is looked at."""


async def move(dsn: str, operations: int) -> None:
    """Do so many operations, and print one line about them.

    Args:
        dsn: A database with all tables.
        operations: How many.
    """
    db = patient(dsn)
    done: Counter[str] = Counter()
    effects: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    entries = 0
    began = time.monotonic()
    for _ in range(0, operations, ROUND):
        seed = SystemRandom().randrange(2**32)
        bustle = Bustle(db, seed)
        try:
            await bustle.run(min(ROUND, operations - done.total()), TASKS)
            entries += await bustle.check()
        except BaseException:
            print(f"seed {seed}")
            raise
        done += bustle.did
        effects += bustle.had_effect
        refused += bustle.refused
        print(f"{done.total():,} …", file=sys.stderr)
    await db.close()
    told = ", ".join(f"{number:,} {what}" for what, number in effects.most_common())
    no = ", ".join(f"{number:,} {code}" for code, number in refused.most_common())
    print(
        f"{done.total():,} operations by {TASKS} tasks in {time.monotonic() - began:.0f} s, {entries:,} entries, none "
        f"that differs from the model. With effect: {told}. Refused: {no}. Without effect: the rest."
    )


def main(operations: int) -> None:
    """Start PostgreSQL and move credits."""
    with servers.postgres() as dsn:
        upgrade(dsn)
        asyncio.run(move(dsn, operations))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENOUGH)
