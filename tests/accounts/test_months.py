"""Months: each is renewed once, wherever the clock stands and whatever it shows."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.ledger import month_of, renew_allowances
from accounts.prices import prices
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Users
from infrastructure.ids import new_id
from schemas.credits import CreditAccount, EntryType
from schemas.enums import Tier
from tests.accounts.purse import replayed
from tests.accounts.users import balance, grant, history, new_user, purchase, refund, reserve, settle
from tests.effort import tries

lab = pytest.mark.lab

BERLIN, NEW_YORK, KIRITIMATI = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Kiritimati")


@pytest.mark.parametrize(
    ("now", "month", "following"),
    [
        (datetime(2026, 11, 30, 23, 59, 59, 999999, tzinfo=UTC), date(2026, 11, 1), date(2026, 12, 1)),
        (datetime(2026, 12, 1, tzinfo=UTC), date(2026, 12, 1), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), date(2026, 12, 1), date(2027, 1, 1)),
        (datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC), date(2028, 2, 1), date(2028, 3, 1)),
        (datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC), date(2027, 2, 1), date(2027, 3, 1)),
        (datetime(2028, 1, 31, tzinfo=UTC), date(2028, 1, 1), date(2028, 2, 1)),
        (datetime(2027, 1, 1, 0, 30, tzinfo=BERLIN), date(2026, 12, 1), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 19, tzinfo=NEW_YORK), date(2027, 1, 1), date(2027, 2, 1)),
        (datetime(2027, 4, 1, 1, 59, tzinfo=BERLIN), date(2027, 3, 1), date(2027, 4, 1)),  # summer time by then
        (datetime(2027, 11, 1, 0, 30, tzinfo=BERLIN), date(2027, 10, 1), date(2027, 11, 1)),  # and winter's again
        (datetime(2027, 1, 1, 13, 59, tzinfo=KIRITIMATI), date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_months_begin_at_midnight_utc(now: datetime, month: date, following: date) -> None:
    assert month_of(now) == (month, following)


@given(st.datetimes(datetime(1970, 1, 2), datetime(2999, 12, 1), timezones=st.timezones(), allow_imaginary=False))
def test_every_time_lies_in_its_month(now: datetime) -> None:
    month, following = month_of(now)
    assert month <= now.astimezone(UTC).date() < following
    assert (month.day, following.day) == (1, 1)
    assert following - month <= timedelta(days=31)
    assert month_of(datetime(following.year, following.month, 1, tzinfo=UTC) - timedelta(microseconds=1))[0] == month


def test_a_time_without_a_zone_belongs_to_no_month() -> None:
    with pytest.raises(ValueError, match="zone"):
        month_of(datetime(2026, 12, 1))


def _first(of: date) -> datetime:
    return datetime(of.year, of.month, of.day, tzinfo=UTC)


@lab
async def test_what_is_left_of_a_month_lapses_and_what_was_bought_does_not(db: Database) -> None:
    user = await new_user(db, 3)
    await grant(db, user, 5)
    await reserve(db, user, 1, job := new_id())
    due = (await balance(db, user)).resets_on
    assert due.day == 1
    await renew_allowances(db, _first(due) - timedelta(microseconds=1))
    assert (await balance(db, user)).monthly == 2
    await renew_allowances(db, _first(due))
    has = await balance(db, user)
    assert (has.credits, has.monthly, has.reserved) == (8, 3, 1)
    assert has.resets_on == month_of(_first(due))[1]
    entry = (await history(db, user))[0]
    assert (entry.type, entry.amount, entry.request_key) == (EntryType.ALLOWANCE, 1, f"{user}:{due:%Y-%m}")
    assert entry.description == f"Allowance for {due:%B %Y}"
    assert entry.postings == {CreditAccount.MONTHLY: 1, CreditAccount.LAPSED: 2, CreditAccount.ALLOWANCES: -3}
    await settle(db, job, 0)  # what a film gives back in the next month lapses with that
    assert (await balance(db, user)).monthly == 4


@lab
async def test_somebody_new_has_the_months_allowance_at_once_and_no_second_one(db: Database) -> None:
    """Whoever registers, with a password or by a provider, is created so."""
    async with db.begin() as session:
        new = await Users(session).create(f"{new_id()}@example.org")
        assert new is not None
        await Users(session).verified(new.user_id)
    allowance = prices().tiers[Tier.FREE].allowance
    now = datetime.now(UTC)
    for _ in range(2):
        await renew_allowances(db, now)
        has = await balance(db, new.user_id)
        assert (has.credits, has.monthly, has.resets_on) == (allowance, allowance, month_of(now)[1])
    assert [entry.type for entry in await history(db, new.user_id)] == [EntryType.OPENING]


@lab
async def test_an_untouched_allowance_is_renewed_all_the_same(db: Database) -> None:
    user = await new_user(db, 3)
    due = (await balance(db, user)).resets_on
    await renew_allowances(db, _first(due))
    entry = (await history(db, user))[0]
    assert (entry.amount, entry.balance_after) == (0, 3)
    assert entry.postings == {CreditAccount.LAPSED: 3, CreditAccount.ALLOWANCES: -3}


@lab
async def test_an_allowance_pays_what_is_owed(db: Database) -> None:
    users = [await new_user(db, 0, tier) for tier in (Tier.FREE, Tier.PRO)]
    for user in users:
        await purchase(db, user, 10, key := str(new_id()))
        await reserve(db, user, 10, job := new_id())
        await settle(db, job, 10)
        await refund(db, key, 10)
    await renew_allowances(db, _first((await balance(db, users[0])).resets_on))
    free, pro = [await balance(db, user) for user in users]
    assert (free.credits, free.owed) == (0, 7)
    assert (pro.credits, pro.monthly, pro.owed) == (50, 50, 0)


@lab
async def test_months_that_were_missed_are_not_made_up_for(db: Database) -> None:
    user = await new_user(db, 0)
    due = (await balance(db, user)).resets_on
    later = _first(due) + timedelta(days=200)
    await renew_allowances(db, later)
    assert (await balance(db, user)).credits == 3
    await renew_allowances(db, later - timedelta(days=100))  # a clock that was put back
    await renew_allowances(db, later)
    assert len(await history(db, user)) == 1
    assert (await balance(db, user)).resets_on == month_of(later)[1]


@lab
async def test_many_who_renew_at_once_renew_once(db: Database) -> None:
    users = [await new_user(db, 2, tier) for tier in Tier for _ in range(20)]
    due = _first((await balance(db, users[0])).resets_on)
    jobs = [reserve(db, user, 1) for user in users]
    done = await asyncio.gather(*(renew_allowances(db, due) for _ in range(10)), *jobs)
    assert sum(done[:10]) == len(users)
    for user in users:
        told = await history(db, user)
        assert Counter(entry.type for entry in told)[EntryType.ALLOWANCE] == 1
        assert replayed(told).agrees(await balance(db, user))


@lab
async def test_thousands_of_months_on_clocks_that_differ_by_an_hour(db: Database) -> None:
    """Machines whose clocks go wrong by up to an hour renew around every midnight, in any order, at once."""
    months, chance = tries(100, 12), Random(22)
    users = [await new_user(db, 1) for _ in range(100)]
    month = first = (await balance(db, users[0])).resets_on
    for _ in range(months):
        clocks = [_first(month) + timedelta(seconds=chance.uniform(-3600, 3600)) for _ in range(3)]
        await asyncio.gather(*(renew_allowances(db, now) for now in clocks))
        await renew_allowances(db, _first(month) + timedelta(hours=1))
        month = month_of(_first(month))[1]
    for user in users:
        keys = [entry.request_key for entry in await history(db, user) if entry.type is EntryType.ALLOWANCE]
        assert len(keys) == len(set(keys)) == months
        assert keys[-1] == f"{user}:{first:%Y-%m}"
