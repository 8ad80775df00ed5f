"""Requests are counted in handfuls: never more than are allowed over all processes, and hardly any fewer."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from accounts.limits import Limit
from accounts.quota import HANDFULS, Quota
from infrastructure.db.engine import Database
from infrastructure.ids import new_id
from schemas.errors import TooManyRequests

pytestmark = pytest.mark.lab

LIMIT = Limit("tests", 400, timedelta(hours=1))


async def spend(quota: Quota, who: str, times: int, limit: Limit = LIMIT) -> int:
    """Ask so often; return how often it was granted."""
    granted = 0
    for _ in range(times):
        try:
            await quota.take(limit, who)
        except TooManyRequests:
            continue
        granted += 1
    return granted


async def asked(db: Database, who: str) -> int:
    """How many have been taken from the count."""
    async with db.begin() as session:
        found = await session.scalar(text("SELECT count FROM tallies WHERE who = :who"), {"who": f"tests:{who}"})
    return int(found or 0)


async def test_one_process_grants_exactly_what_is_allowed(db: Database) -> None:
    who = str(new_id())
    assert await spend(Quota(db), who, LIMIT.most + 50) == LIMIT.most


async def test_processes_together_grant_no_more(db: Database) -> None:
    who = str(new_id())
    processes = [Quota(db) for _ in range(4)]
    granted = sum(await asyncio.gather(*(spend(one, who, LIMIT.most) for one in processes)))
    assert granted == LIMIT.most


async def test_many_at_once_in_one_process_grant_no_more(db: Database) -> None:
    who, quota = str(new_id()), Quota(db)
    assert sum(await asyncio.gather(*(spend(quota, who, 20) for _ in range(40)))) == LIMIT.most


async def test_what_an_idle_process_holds_is_at_most_a_handful(db: Database) -> None:
    who, idle, busy = str(new_id()), Quota(db), Quota(db)
    await spend(idle, who, 1)
    assert await spend(busy, who, LIMIT.most) == LIMIT.most - LIMIT.most // HANDFULS


async def test_who_is_refused_asks_the_database_no_more(db: Database) -> None:
    who, quota = str(new_id()), Quota(db)
    await spend(quota, who, LIMIT.most + 1)
    before = await asked(db, who)
    assert await spend(quota, who, 1000) == 0
    assert await asked(db, who) == before


async def test_it_tells_how_many_are_left_and_until_when(db: Database) -> None:
    who, quota = str(new_id()), Quota(db)
    standings = [await quota.take(LIMIT, who) for _ in range(LIMIT.most)]
    assert [one.left for one in standings] == list(range(LIMIT.most - 1, -1, -1))
    assert all(0 < one.seconds <= 3600 for one in standings)
    with pytest.raises(TooManyRequests, match="400 requests within 3600 s") as refused:
        await quota.take(LIMIT, who)
    assert 0 < (refused.value.retry_after_s or 0) <= 3600


async def test_when_the_stretch_has_ended_it_begins_anew(db: Database) -> None:
    who, quota = str(new_id()), Quota(db)
    short = Limit("tests", 20, timedelta(milliseconds=1))
    assert await spend(quota, who, 200, short) > 20


async def test_others_are_not_held_to_it(db: Database) -> None:
    one, other, quota = str(new_id()), str(new_id()), Quota(db)
    await spend(quota, one, LIMIT.most)
    assert await spend(quota, other, 10) == 10
