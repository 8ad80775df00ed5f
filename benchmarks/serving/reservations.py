"""How many films a second can be set aside for, beside what database and driver do without ours."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from accounts import ledger
from infrastructure.db.engine import Database
from infrastructure.db.repositories.credit_statements import RESERVE
from infrastructure.db.tables import UserRow
from infrastructure.ids import new_id

TASKS: Final = 32
USERS: Final = 500

_MOVE = text("UPDATE bench_users SET credits = credits - 1 WHERE user_id = :user_id")
_NOTE = text("INSERT INTO bench_entries (entry_id, user_id, amount) VALUES (:entry_id, :user_id, -1)")


async def reservations(db: Database, dsn: str, seconds: int, runs: int) -> dict[str, Any]:
    """Measure, in turns.

    Args:
        db: The database; a pool of `TASKS` connections: more tasks than those would open and close connections instead.
        dsn: Where it is, for as many connections of the driver's.
        seconds: How long each turn lasts.
        runs: How many turns.
    """
    users = [new_id() for _ in range(USERS)]
    async with db.begin() as session:
        rows = [{"user_id": one, "email": f"{one}@example.org", "credits": 1_000_000} for one in users]
        await session.execute(insert(UserRow).values(rows))
        await session.execute(text("CREATE TABLE bench_users AS SELECT user_id, credits FROM users"))
        await session.execute(text("ALTER TABLE bench_users ADD PRIMARY KEY (user_id)"))
        await session.execute(text("CREATE TABLE bench_entries (entry_id uuid PRIMARY KEY, user_id uuid, amount int)"))

    async def ours(user: UUID) -> None:
        async with db.begin() as session:
            await ledger.reserve(session, user_id=user, job_id=new_id(), rev=0, price=1)

    async def bare(user: UUID) -> None:
        async with db.begin() as session:
            await session.execute(_MOVE, {"user_id": user})
            await session.execute(_NOTE, {"entry_id": new_id(), "user_id": user})

    pool = await asyncpg.create_pool(dsn, min_size=TASKS, max_size=TASKS)

    async def driver(user: UUID) -> None:
        new = {"user_id": user, "job_id": new_id(), "transaction_id": new_id()}
        values = {"rev": 0, "credits": 1, "description": "Set aside for a film: 1 credit", **new}
        async with pool.acquire() as connection, connection.transaction():
            await connection.fetchrow(RESERVE.sql, *(values[name] for name in RESERVE.names))

    told: dict[str, list[float]] = {"ours": [], "bare": [], "driver": []}
    for _ in range(runs):
        told["ours"].append(await _rate(ours, users, seconds))
        told["bare"].append(await _rate(bare, users, seconds))
        told["driver"].append(await _rate(driver, users, seconds))
    await pool.close()
    return {
        "reservations_per_s": round(statistics.median(told["ours"])),
        "reservations_over_bare": _over(told["ours"], told["bare"]),
        "reservations_over_driver": _over(told["ours"], told["driver"]),
        "bare_per_s": round(statistics.median(told["bare"])),
        "driver_per_s": round(statistics.median(told["driver"])),
    }


def _over(ours: list[float], others: list[float]) -> float:
    """The median of the turns' ratios."""
    return round(statistics.median(one / other for one, other in zip(ours, others, strict=True)), 3)


async def _rate(act: Callable[[UUID], Awaitable[None]], users: list[UUID], seconds: int) -> float:
    """Let all tasks act for so long; return how often they did, a second."""
    numbers, began = count(), time.monotonic()

    async def task() -> int:
        done = 0
        while time.monotonic() - began < seconds:
            await act(users[next(numbers) % USERS])
            done += 1
        return done

    done = await asyncio.gather(*(task() for _ in range(TASKS)))
    return sum(done) / (time.monotonic() - began)
