"""Workers that die with the same shots in hand, until those are given up: `python -m tests.e2e.losses JOB SHOTS`.

The lab of STUDIO_HOME loses its worker to `kill -9` each time it has so many shots of a film in hand. That no picture
is finished before, a lock in the database sees to: where it is kept is not written down until the lock is gone.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from uuid import UUID

import asyncpg

from cli.lab import Lab
from infrastructure.processes import die_with_parent
from schemas.stages import WORKERS_LOST

_IN_HAND = """
    SELECT r.worker, count(*) AS shots FROM renders r LEFT JOIN render_outcomes o USING (render_id)
    WHERE r.job_id = $1 AND r.stage = 'keyframes' AND o.render_id IS NULL GROUP BY r.worker
"""


async def lose_workers(lab: Lab, job: UUID, shots: int) -> None:
    """Kill the worker that holds shots of a film, as often as it takes until they are given up.

    Says `ready` on standard output when the film may begin to be drawn.

    Args:
        lab: The lab, running.
        job: The film; nothing of it is drawn yet.
        shots: How many shots a worker has in hand when it is killed.
    """
    dsn = lab.up().environment()["STUDIO_DATABASE_URL"]
    holding, looking = await asyncpg.connect(dsn), await asyncpg.connect(dsn)
    try:
        async with holding.transaction():
            await holding.execute("LOCK TABLE artifacts IN SHARE ROW EXCLUSIVE MODE")
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            killed: set[str] = set()
            while len(killed) < WORKERS_LOST:
                for row in await looking.fetch(_IN_HAND, job):
                    if row["worker"] not in killed and row["shots"] >= shots:
                        os.kill(int(row["worker"].rpartition(":")[2]), signal.SIGKILL)
                        killed.add(row["worker"])
                await asyncio.sleep(0.02)
    finally:
        await asyncio.gather(holding.close(), looking.close())


if __name__ == "__main__":
    die_with_parent()  # the lock is gone with whoever wanted it
    asyncio.run(lose_workers(Lab(), UUID(sys.argv[1]), int(sys.argv[2])))
