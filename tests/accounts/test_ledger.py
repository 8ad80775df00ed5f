import asyncio
from contextlib import suppress
from itertools import product
from uuid import UUID

import pytest

from accounts import ledger
from accounts.identity import local_user
from infrastructure.db.engine import Database
from infrastructure.ids import new_id
from infrastructure.metrics import REGISTRY
from schemas.credits import CreditAccount, EntryType
from schemas.errors import AccountFrozen, InputError, InsufficientCredits, InvalidRequest
from tests.accounts.purse import replayed
from tests.accounts.users import balance, grant, history, leave, new_user, purchase, refund, reserve, settle

pytestmark = pytest.mark.lab


async def test_everybody_begins_with_an_entry_for_what_they_have(db: Database, user: UUID) -> None:
    [opening] = await history(db, user)
    assert (opening.type, opening.amount, opening.balance_after, opening.seq) == (EntryType.OPENING, 3, 3, 1)
    assert opening.postings == {CreditAccount.MONTHLY: 3, CreditAccount.ALLOWANCES: -3}
    assert await history(db, await new_user(db, 0)) == []
    local = await local_user(db)
    assert (await balance(db, local.user_id)).credits == 3


async def test_a_film_is_paid_for_when_it_is_delivered(db: Database, user: UUID) -> None:
    job = new_id()
    await grant(db, user, 7)
    assert await reserve(db, user, 8, job)
    held = await balance(db, user)
    assert (held.credits, held.monthly, held.reserved) == (2, 0, 8)
    settled = await settle(db, job, 6)
    assert settled is not None
    assert (settled.captured, settled.released, settled.settled_now) == (6, 2, True)
    paid = await balance(db, user)
    assert (paid.credits, paid.monthly, paid.reserved) == (4, 0, 0)
    capture, reservation, *_ = await history(db, user)
    assert (capture.type, capture.amount, capture.balance_after) == (EntryType.CAPTURE, 2, 4)
    assert (reservation.type, reservation.amount, reservation.balance_after) == (EntryType.RESERVE, -8, 2)
    assert reservation.postings == {
        CreditAccount.MONTHLY: -3,
        CreditAccount.LASTING: -5,
        CreditAccount.RESERVED: 8,
    }
    assert {(entry.job_id, entry.rev) for entry in (capture, reservation)} == {(job, 0)}


async def test_a_film_that_costs_nothing_leaves_no_trace(db: Database, user: UUID) -> None:
    job = new_id()
    assert not await reserve(db, user, 0, job)
    assert await settle(db, job, 0) is None
    assert len(await history(db, user)) == 1


async def test_every_revision_is_paid_for_by_itself(db: Database, user: UUID) -> None:
    job = new_id()
    assert await reserve(db, user, 1, job, rev=0)
    assert await reserve(db, user, 2, job, rev=1)
    assert not await reserve(db, user, 2, job, rev=1)
    await settle(db, job, 1, rev=1)
    await settle(db, job, 0, rev=0)
    assert (await balance(db, user)).credits == 2


async def test_who_has_too_little_hears_what_is_missing(db: Database, user: UUID) -> None:
    with pytest.raises(InsufficientCredits, match=r"costs 5 credits and the account has 3: buy 2 more") as caught:
        await reserve(db, user, 5)
    assert (caught.value.balance, caught.value.price, caught.value.code) == (3, 5, "InsufficientCredits")
    async with db.begin() as session:
        for price in (0, 3):  # asked beforehand, the same, and nothing is set aside
            await ledger.must_have(session, user_id=user, price=price)
        with pytest.raises(InsufficientCredits, match="buy 2 more"):
            await ledger.must_have(session, user_id=user, price=5)
    assert (await balance(db, user)).credits == 3
    assert len(await history(db, user)) == 1


@pytest.mark.parametrize(
    ("monthly", "lasting", "captured"),
    [case for case in product(range(3), range(3), range(6)) if case[0] + case[1] >= max(1, case[2] - 1)],
)
async def test_settling_takes_what_was_delivered_and_gives_back_the_rest(
    db: Database, monthly: int, lasting: int, captured: int
) -> None:
    """All reserved, any part delivered, with and without a debt that arose meanwhile; then settled again, otherwise."""
    for debt in (0, 1, 3):
        user, job, key = await new_user(db, monthly), new_id(), str(new_id())
        price = monthly + lasting
        if lasting + debt:
            await purchase(db, user, lasting + debt, key)
        if debt:  # spent before, by a film that was delivered
            await reserve(db, user, debt, spent := new_id())
            await settle(db, spent, debt)
        assert await reserve(db, user, price, job)
        if debt:
            assert await refund(db, key, debt) == debt
            assert (await balance(db, user)).owed == debt
        first = await settle(db, job, captured)
        left = price - min(price, captured)
        assert first is not None
        assert (first.captured, first.released, first.settled_now) == (price - left, left, True)
        after = await balance(db, user)
        assert (after.credits, after.owed, after.reserved) == (max(0, left - debt), max(0, debt - left), 0)
        for again in (0, captured + 1):
            second = await settle(db, job, again)
            assert second == first.model_copy(update={"settled_now": False})
        assert await balance(db, user) == after
        assert replayed(await history(db, user)).agrees(after)


async def test_what_was_never_reserved_cannot_be_settled(db: Database, user: UUID) -> None:
    assert await settle(db, new_id(), 3) is None
    with pytest.raises(ValueError, match="-1"):
        await settle(db, new_id(), -1)


@pytest.mark.parametrize("price", [-1, 1_000_001, 2**40])
async def test_what_cannot_be_a_price_is_refused(db: Database, user: UUID, price: int) -> None:
    with pytest.raises(InvalidRequest, match="credits cannot be moved"):
        await reserve(db, user, price)
    with pytest.raises(InvalidRequest, match="credits cannot be moved"):
        await grant(db, user, price)


async def test_a_purchase_is_handed_over_once(db: Database, user: UUID) -> None:
    key = str(new_id())
    assert sorted(await asyncio.gather(*(purchase(db, user, 20, key) for _ in range(10)))) == [False] * 9 + [True]
    assert (await balance(db, user)).credits == 23
    with pytest.raises(InvalidRequest, match="another number of credits"):
        await purchase(db, user, 21, key)
    with pytest.raises(InvalidRequest, match="another account"):
        await purchase(db, await new_user(db), 20, key)
    assert await grant(db, user, 20, key)  # a key is a key among its kind


async def test_what_was_spent_before_it_was_paid_back_is_owed(db: Database, user: UUID) -> None:
    key, job = str(new_id()), new_id()
    await purchase(db, user, 10, key)
    await reserve(db, user, 9, job)
    assert await refund(db, key, 4) == 4
    assert await refund(db, key, 4) == 0  # heard twice
    assert await refund(db, key, 10) == 6
    assert await refund(db, key, 7) == 0  # heard late
    owing = await balance(db, user)
    assert (owing.credits, owing.reserved, owing.owed) == (0, 9, 6)
    with pytest.raises(AccountFrozen, match="owes 6 credits") as caught:
        await reserve(db, user, 1)
    assert caught.value.owed == 6
    await settle(db, job, 5)  # four come back, and pay
    assert (await balance(db, user)).owed == 2
    await grant(db, user, 5)
    free = await balance(db, user)
    assert (free.credits, free.owed) == (3, 0)
    assert await reserve(db, user, 3)


async def test_no_more_is_paid_back_than_was_bought(db: Database, user: UUID) -> None:
    key = str(new_id())
    with pytest.raises(InvalidRequest, match="no purchase"):
        await refund(db, key, 1)
    await purchase(db, user, 10, key)
    with pytest.raises(InvalidRequest, match="had 10 credits"):
        await refund(db, key, 11)


async def test_a_ledger_is_read_in_pages_while_it_grows(db: Database, user: UUID) -> None:
    for _ in range(9):
        await grant(db, user, 1)
    async with db.begin() as session:
        first = await ledger.history(session, user, limit=4)
    await grant(db, user, 1)
    async with db.begin() as session:
        second = await ledger.history(session, user, before=first[-1].seq, limit=4)
        last = await ledger.history(session, user, before=second[-1].seq, limit=4)
    assert [entry.seq for entry in [*first, *second, *last]] == list(range(10, 0, -1))
    assert [entry.seq for entry in await history(db, user, page=3)] == list(range(11, 0, -1))


async def test_the_ledger_outlives_its_user(db: Database, user: UUID) -> None:
    key, job = str(new_id()), new_id()
    await purchase(db, user, 10, key)
    await reserve(db, user, 5, job)
    await leave(db, user)
    entries = await history(db, user)
    assert (entries[0].type, entries[0].amount, entries[0].balance_after) == (EntryType.CLOSING, -8, 0)
    assert entries[0].postings == {
        CreditAccount.LASTING: -8,
        CreditAccount.RESERVED: -5,
        CreditAccount.LAPSED: 13,
    }
    assert [entry.seq for entry in entries] == [4, 3, 2, 1]
    assert await settle(db, job, 5) is None
    assert await refund(db, key, 10) == 0
    for vain in (grant(db, user, 1), purchase(db, user, 1, "k"), reserve(db, user, 1), balance(db, user)):
        with pytest.raises(InputError, match="no user"):
            await vain
    assert len(await history(db, user)) == 4


async def test_an_account_in_debt_can_be_deleted(db: Database) -> None:
    user, key = await new_user(db, 0), str(new_id())
    await purchase(db, user, 4, key)
    await reserve(db, user, 4, job := new_id())
    await settle(db, job, 4)
    await refund(db, key, 4)
    await leave(db, user)
    closing = (await history(db, user))[0]
    assert closing.postings == {CreditAccount.DEBT: 4, CreditAccount.LAPSED: -4}


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb", "a\0b"])
async def test_a_key_is_a_short_printable_text(db: Database, user: UUID, key: str) -> None:
    with pytest.raises(InvalidRequest, match="printable"):
        async with db.begin() as session:
            await ledger.grant(session, user_id=user, credits=1, reason="", key=key)


def counted(kind: EntryType) -> float:
    return REGISTRY.get_sample_value("studio_credits_total", {"kind": kind.value}) or 0.0


async def test_what_moves_for_films_is_counted_once_and_only_when_it_is_committed(db: Database, user: UUID) -> None:
    job, kinds = new_id(), (EntryType.RESERVE, EntryType.CAPTURE, EntryType.RELEASE)
    before = [counted(kind) for kind in kinds]
    with suppress(KeyError):
        async with db.begin() as session:
            assert await ledger.reserve(session, user_id=user, job_id=job, rev=0, price=2)
            raise KeyError
    for _ in range(2):
        await reserve(db, user, 3, job)
        await settle(db, job, 2)
    assert [counted(kind) - was for kind, was in zip(kinds, before, strict=True)] == [3, 2, 1]
