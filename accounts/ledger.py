"""The ledger in words of the trade: set aside, settle, give, sell, pay back.

Each works within the caller's transaction, since it belongs to something else that happens then: a job is created, an
event of Stripe's is handled. Each may be called twice and has its effect once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.prices import Package, PriceList, prices
from infrastructure.db.engine import Database, once_committed
from infrastructure.db.repositories.credits import Credits
from infrastructure.db.repositories.money import Money, OpenReservation
from schemas.credits import MAX_CREDITS, Balance, EntryType, LedgerEntry, Settlement
from schemas.errors import InvalidRequest

RESET_AT_ONCE: Final = 500
"""Users whose allowance is renewed in one transaction."""
SETTLED_WITHIN_S: Final = 60.0
"""A film's credits are settled within so many seconds of its end, or something has gone wrong."""
HISTORY_PAGE: Final = 101
"""Entries of a page at most: one more than is shown tells whether another page follows."""
MAX_KEY: Final = 200
"""Characters of a key."""


async def balance(session: AsyncSession, user_id: UUID) -> Balance:
    """Say what a user has.

    Raises:
        InvalidRequest: There is no such user.
    """
    found = await Credits(session).balance(user_id)
    if found is None:
        raise InvalidRequest(f"There is no user {user_id}: credits need an account.")
    return found


async def history(
    session: AsyncSession, user_id: UUID, *, before: int | None = None, limit: int = HISTORY_PAGE
) -> list[LedgerEntry]:
    """Read a user's ledger, the newest entry first.

    Args:
        session: The transaction.
        user_id: The user.
        before: `seq` of the last entry that is known, which is the cursor of the next page; None for the first.
        limit: How many at most, up to `HISTORY_PAGE`.

    Returns:
        Entries; fewer than asked for where these are the oldest. Those that are written meanwhile are newer, so that
        no page repeats or misses one.
    """
    return await Credits(session).history(user_id, before, max(1, min(limit, HISTORY_PAGE)))


async def reserve(session: AsyncSession, *, user_id: UUID, job_id: UUID, rev: int, price: int) -> bool:
    """Set a film's price aside, in the transaction that creates its job or its revision.

    Args:
        session: The transaction.
        user_id: Who pays.
        job_id: The film.
        rev: Its revision.
        price: What it may cost at most; nothing is written where that is nothing.

    Returns:
        Whether credits were set aside now.

    Raises:
        InsufficientCredits: The user has fewer.
        AccountFrozen: The user owes credits.
        InvalidRequest: There is no such user, or the price is none.
    """
    if price == 0:
        return False
    _within(price)
    reserved = await Credits(session).reserve(user_id, job_id, rev, price, f"Set aside for a film: {_credits(price)}")
    if reserved:
        once_committed(session, lambda: _count({EntryType.RESERVE: price}))
    return reserved


async def must_have(session: AsyncSession, *, user_id: UUID, price: int) -> None:
    """See that a user could have a price set aside as things stand. Nothing is.

    Args:
        session: A transaction.
        user_id: Who would pay.
        price: What a film may cost at most; nobody needs anything for nothing.

    Raises:
        InsufficientCredits: The user has fewer.
        AccountFrozen: The user owes credits.
        InvalidRequest: There is no such user, or the price is none.
    """
    if price:
        _within(price)
        await Credits(session).must_have(user_id, price)


async def settle(session: AsyncSession, *, job_id: UUID, rev: int, captured: int) -> Settlement | None:
    """Take what a film has cost from what was set aside for it, and give the rest back. Once, when it has ended.

    Args:
        session: The transaction.
        job_id: The film.
        rev: The revision that ended.
        captured: What was delivered is worth: 0 where the film failed or was cancelled. No more is taken than was set
            aside, whatever was delivered: the price was agreed on.

    Returns:
        How the reservation ended. Where it had ended before, how it did then: a second settlement has no effect.
        None where nothing was set aside, as for a draft, or the account was deleted.
    """
    if captured < 0:
        raise ValueError(f"a film cannot have cost {captured} credits")
    what = "A film was delivered" if captured else "A film was not delivered, and costs nothing"
    settled = await Credits(session).settle(job_id, rev, captured, what)
    if settled is not None and settled.settled_now:
        moved = {EntryType.CAPTURE: settled.captured, EntryType.RELEASE: settled.released}
        once_committed(session, lambda: _count(moved))
    return settled


async def grant(session: AsyncSession, *, user_id: UUID, credits: int, reason: str, key: str) -> bool:
    """Give credits to a user.

    Args:
        session: The transaction.
        user_id: To whom.
        credits: How many; they last.
        reason: Why, for the user to read. It is kept for ever, and so names nobody.
        key: Unique for each grant: granting twice with one has the effect of granting once.

    Returns:
        Whether they were given now.

    Raises:
        InvalidRequest: There is no such user, the number is out of bounds, or the key was used for another grant.
    """
    _within(credits)
    return await Credits(session).add(user_id, EntryType.GRANT, credits, reason, _key(key))


async def purchase(session: AsyncSession, *, user_id: UUID, package: Package, key: str) -> bool:
    """Hand over credits that were paid for.

    Args:
        session: The transaction.
        user_id: Who bought them.
        package: What was bought.
        key: Id of the checkout. However often its payment is heard of, it is handed over once.

    Returns:
        Whether they were handed over now.

    Raises:
        InvalidRequest: There is no such user, or the key was used for another purchase.
    """
    what = f"Bought: {_credits(package.credits)}"
    return await Credits(session).add(user_id, EntryType.PURCHASE, package.credits, what, _key(key))


async def refund_purchase(session: AsyncSession, *, key: str, total: int) -> int:
    """Take back the credits of a purchase that was paid back, or is disputed.

    What was spent by then is owed: the account can reserve nothing until what comes in has paid for it. Never is a
    balance below zero.

    Args:
        session: The transaction.
        key: Id of the purchase's checkout.
        total: How many credits were paid back in all, counted from the purchase on: told twice, or late, it changes
            nothing.

    Returns:
        How many were taken back now.

    Raises:
        InvalidRequest: There is no such purchase, or it had fewer credits.
    """
    _within(total)
    return await Credits(session).refund(_key(key), total, "A purchase was paid back")


async def settle_purchase(session: AsyncSession, *, key: str, total: int) -> int:
    """Take back exactly so many credits of a purchase, and give back what was taken beyond that.

    Args:
        session: The transaction. It keeps others from settling the same purchase otherwise: this is the one word of
            the ledger that does not commute.
        key: Id of the purchase's checkout.
        total: How many credits' money is gone, counted from the purchase on: paid back, or held by a bank.

    Returns:
        How many were taken back now; below zero where some came back.

    Raises:
        InvalidRequest: There is no such purchase, or it had fewer credits.
    """
    if total:
        _within(total)
    told = "A purchase was paid back"
    return await Credits(session).refund(_key(key), total, told, undo="A purchase that was disputed stands")


async def renew_allowances(db: Database, now: datetime, price_list: PriceList | None = None) -> int:
    """Give everybody the allowance of the month, where it is due; what was left of the last one lapses.

    Months begin at midnight UTC, wherever the clock that is given stands. Run as often as you like, at once too: each
    user gets a month's allowance once, and none for months in which this never ran.

    Args:
        db: The database; each `RESET_AT_ONCE` users are a transaction.
        now: The time, with its zone.
        price_list: What tiers give; the prices of this version when left out.

    Returns:
        How many users got it.
    """
    terms = (price_list or prices()).tiers
    allowances = {tier.value: one.allowance for tier, one in terms.items()}
    month, following = month_of(now)
    total = 0
    for wait in (False, True):
        given = RESET_AT_ONCE
        while given:
            async with db.begin() as session:
                given = await Credits(session).reset(month, following, allowances, RESET_AT_ONCE, wait=wait)
            total += given
    return total


def month_of(now: datetime) -> tuple[date, date]:
    """Find the first day of a time's month, and of the month after it, in UTC.

    Raises:
        ValueError: The time has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("a time without its zone belongs to no month")
    first = now.astimezone(UTC).date().replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


async def release_abandoned(db: Database, *, for_s: float = SETTLED_WITHIN_S) -> list[OpenReservation]:
    """Give back what is still set aside for films that failed, were cancelled or are deleted.

    Their workflows settle them; this finds those whose workflow could not.

    Args:
        db: The database.
        for_s: For how many seconds a film has ended.

    Returns:
        What was given back. What is set aside for a completed film is left: how much it cost is not known here.
    """
    async with db.begin() as session:
        found = await Money(session).open_after(for_s, limit=1000, delivered=False)
    released = []
    for one in found:
        async with db.begin() as session:
            ended = await settle(session, job_id=one.job_id, rev=one.rev, captured=0)
        if ended is not None and ended.settled_now:
            released.append(one)
    return released


def _count(moved: Mapping[EntryType, int]) -> None:
    from infrastructure import metrics  # only here: `studio film` need not load what Prometheus reads

    for kind, credits in moved.items():
        metrics.CREDITS.labels(kind.value).inc(credits)


def _credits(number: int) -> str:
    return "1 credit" if number == 1 else f"{number} credits"


def _within(credits: int) -> None:
    if not 1 <= credits <= MAX_CREDITS:
        raise InvalidRequest(f"{credits} credits cannot be moved at once: choose 1 to {MAX_CREDITS:,}.")


def _key(key: str) -> str:
    if not 1 <= len(key) <= MAX_KEY or not key.isprintable():
        raise InvalidRequest(f"A key has 1 to {MAX_KEY} printable characters, and this one has {len(key)}.")
    return key
