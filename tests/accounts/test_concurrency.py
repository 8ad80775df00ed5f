"""Many at once, on one account: whatever they do, it must be as if they had done it one after another."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from random import Random
from typing import TypeVar
from uuid import UUID

import pytest

from infrastructure.db.engine import Database
from infrastructure.ids import new_id
from schemas.credits import EntryType
from schemas.errors import InsufficientCredits, InvalidRequest
from tests.accounts.bustle import Bustle
from tests.accounts.purse import replayed
from tests.accounts.users import balance, history, leave, new_user, purchase, refund, reserve, settle
from tests.effort import tries

pytestmark = pytest.mark.lab

T = TypeVar("T")
TASKS = 64


async def _together(calls: Iterable[Callable[[], Awaitable[T]]]) -> list[T | str]:
    """Run calls, as many at once as there are tasks; of those that fail, the error's name."""
    waiting = list(calls)
    done: list[T | str] = []

    async def work() -> None:
        while waiting:
            call = waiting.pop()
            try:
                done.append(await call())
            except InsufficientCredits as error:
                done.append(error.code)

    await asyncio.gather(*(work() for _ in range(TASKS)))
    return done


async def test_500_reservations_on_a_balance_of_100_grant_exactly_100(db: Database) -> None:
    user = await new_user(db, 100)
    done = await _together(partial(reserve, db, user, 1) for _ in range(500))
    assert Counter(done) == {True: 100, "InsufficientCredits": 400}
    left = await balance(db, user)
    assert (left.credits, left.reserved) == (0, 100)
    assert replayed(await history(db, user)).agrees(left)


async def test_50_keys_with_credit_for_10_make_10(db: Database) -> None:
    user = await new_user(db, 30)
    done = await _together(partial(reserve, db, user, 3) for _ in range(50))
    assert Counter(done) == {True: 10, "InsufficientCredits": 40}


async def test_50_clicks_with_one_key_make_1(db: Database, user: UUID) -> None:
    """Even where nothing else keeps them apart, as the job's own row does in use."""
    job = new_id()
    done = await _together(partial(reserve, db, user, 1, job) for _ in range(50))
    assert Counter(done) == {True: 1, False: 49}
    assert (await balance(db, user)).credits == 2
    assert len(await history(db, user)) == 2


async def test_two_accounts_do_not_pay_for_one_film(db: Database) -> None:
    users, job = [await new_user(db) for _ in range(2)], new_id()
    done = await _together(partial(reserve, db, user, 2, job) for user in users * 10)
    assert Counter(done) == {True: 1, False: 19}
    assert sorted([(await balance(db, user)).credits for user in users]) == [1, 3]


@pytest.mark.parametrize("repetition", range(tries(5, 1)))
async def test_a_film_that_is_delivered_and_cancelled_ends_once(db: Database, repetition: int) -> None:
    user, job = await new_user(db, 9), new_id()
    await reserve(db, user, 9, job)
    done = await _together(partial(settle, db, job, captured) for captured in [*range(10)] * 3)
    endings = {(one.captured, one.released) for one in done if one and not isinstance(one, str)}
    assert len(endings) == 1
    assert sum(one.settled_now for one in done if one and not isinstance(one, str)) == 1
    [(captured, released)] = endings
    assert captured + released == 9
    assert (await balance(db, user)).credits == released


async def test_a_purchase_that_is_paid_back_in_any_order_is_taken_back_once(db: Database) -> None:
    user, key = await new_user(db, 0), str(new_id())
    await purchase(db, user, 20, key)
    totals = [*range(1, 21)] * 5
    Random(6).shuffle(totals)
    done = await _together(partial(refund, db, key, total) for total in totals)
    assert sum(back for back in done if isinstance(back, int)) == 20
    assert (await balance(db, user)).credits == 0


async def test_an_account_can_be_deleted_while_it_is_used(db: Database) -> None:
    user = await new_user(db, 50)
    jobs = [new_id() for _ in range(20)]

    async def use(job: UUID) -> str:
        try:
            await reserve(db, user, 2, job)
            await settle(db, job, 1)
        except InvalidRequest as error:
            return str(error)
        return "used"

    async def go() -> str:
        await leave(db, user)
        return "gone"

    uses: list[Callable[[], Awaitable[str]]] = [partial(use, job) for job in jobs]
    done = await _together([*uses[:10], go, *uses[10:]])
    assert all(one in ("used", "gone") or "no user" in str(one) for one in done)
    entries = await history(db, user)
    assert entries[0].type is EntryType.CLOSING
    assert replayed(entries).tokens == []


async def test_64_tasks_do_anything_to_a_few_accounts(db: Database) -> None:
    bustle = Bustle(db, seed=20261129, users=8)
    await bustle.run(tries(4000, 1000), TASKS)
    await bustle.check()
    assert bustle.refused.keys() >= {"InsufficientCredits", "AccountFrozen"}
