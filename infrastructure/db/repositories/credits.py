"""Credits: the ledger's entries, each with the balance it leaves.

Every entry moves the user's row and is written by the same statement. What an entry holds depends on that row: it is
computed in the statement that locks it (`reserve`, `reset`), or while the row is locked (all others).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Result
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db.repositories import credit_statements as sql
from infrastructure.ids import new_id
from schemas.credits import SPENDABLE, Balance, CreditAccount, EntryType, LedgerEntry, Settlement
from schemas.errors import AccountFrozen, InsufficientCredits, InvalidRequest


class Credits:
    """What users have, and every movement of it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def balance(self, user_id: UUID, *, lock: bool = False) -> Balance | None:
        """Read what a user has.

        Args:
            user_id: The user.
            lock: Whether nobody else shall move it until the transaction ends.

        Returns:
            The balance; None where there is no such user.
        """
        found = (await self._run(sql.LOCK if lock else sql.BALANCE, user_id=user_id)).mappings().first()
        return None if found is None else Balance.model_validate(dict(found))

    async def history(self, user_id: UUID, before: int | None, limit: int) -> list[LedgerEntry]:
        """Read a user's ledger, the newest entry first.

        Args:
            user_id: The user, who may be gone.
            before: `seq` of the last entry that is known; None for the newest.
            limit: How many at most.
        """
        return await self._entries(sql.HISTORY, user_id=user_id, before=before, limit=limit)

    async def reserve(self, user_id: UUID, job_id: UUID, rev: int, credits: int, description: str) -> bool:
        """Set credits aside for a film. Doing it twice for a revision has the effect of doing it once.

        Args:
            user_id: The user.
            job_id: The film.
            rev: Its revision.
            credits: How many, 1 or more.
            description: For the user to read.

        Returns:
            Whether they were set aside now; False where they had been before.

        Raises:
            InsufficientCredits: The user has fewer.
            AccountFrozen: The user owes credits.
            InvalidRequest: There is no such user.
        """
        asked = {"user_id": user_id, "job_id": job_id, "rev": rev, "credits": credits, "description": description}
        if await self._reserved(asked):
            return True
        balance = await self._locked(user_id)  # what is read from here on holds until the transaction ends
        if await self.reservation(job_id, rev) is not None:
            return False
        _refuse(balance, credits)
        return await self._reserved(asked)  # more came in while the first statement looked

    async def must_have(self, user_id: UUID, credits: int) -> None:
        """See that credits could be set aside now; errors as for `reserve`."""
        _refuse(await self._locked(user_id), credits)

    async def _reserved(self, asked: Mapping[str, Any]) -> bool:
        moved = await sql.RESERVE.row(self._session, {"transaction_id": new_id(), **asked})
        assert moved is not None  # it always says what it did
        if moved["monthly"] is not None and not moved["entered"]:
            # Another transaction reserved for the same film while this one waited for it. The row is locked by now.
            undone = {"user_id": asked["user_id"], "credits": asked["credits"], "monthly": moved["monthly"]}
            await self._run(sql.UNDO_RESERVE, **undone)
        return bool(moved["entered"])

    async def reservation(self, job_id: UUID, rev: int) -> LedgerEntry | None:
        """Find what was set aside for a revision of a film."""
        return await self._entry(sql.OF_FILM, job_id=job_id, rev=rev, types=[EntryType.RESERVE.value])

    async def ending(self, job_id: UUID, rev: int) -> Settlement | None:
        """Find out how the reservation for a revision of a film ended; None where it has not, or there is none."""
        types = [EntryType.CAPTURE.value, EntryType.RELEASE.value]
        entry = await self._entry(sql.OF_FILM, job_id=job_id, rev=rev, types=types)
        if entry is None:
            return None
        captured = entry.postings.get(CreditAccount.EARNED, 0)
        reserved = -entry.postings[CreditAccount.RESERVED]
        return Settlement(captured=captured, released=reserved - captured, settled_now=False)

    async def settle(self, job_id: UUID, rev: int, captured: int, description: str) -> Settlement | None:
        """End a reservation: a part of it is taken, and the rest goes back to where it came from. Once.

        Args:
            job_id: The film.
            rev: Its revision.
            captured: How many are taken, 0 or more; never more than were reserved.
            description: For the user to read.

        Returns:
            How it ended, now or before; None where nothing was reserved, or the user is gone.
        """
        reserved = await self.reservation(job_id, rev)
        if reserved is None:
            return None
        balance = await self.balance(reserved.user_id, lock=True)
        if balance is None:
            return None
        taken = min(captured, -reserved.amount)
        monthly = -reserved.postings.get(CreditAccount.MONTHLY, 0)
        lasting = -reserved.postings.get(CreditAccount.LASTING, 0)
        from_monthly = min(taken, monthly)  # what lapses first was spent first
        postings = _incoming(balance, monthly=monthly - from_monthly, lasting=lasting - (taken - from_monthly))
        postings |= {CreditAccount.RESERVED: reserved.amount, CreditAccount.EARNED: taken}
        kind = EntryType.CAPTURE if taken else EntryType.RELEASE
        film = {"job_id": job_id, "rev": rev}
        if not await self._post(reserved.user_id, kind, postings, description, statement=sql.END, **film):
            return await self.ending(job_id, rev)
        return Settlement(captured=taken, released=-reserved.amount - taken, settled_now=True)

    async def add(self, user_id: UUID, kind: EntryType, credits: int, description: str, request_key: str) -> bool:
        """Give lasting credits to a user, by a grant or a purchase. Doing it twice has the effect of doing it once.

        What the user owes is paid from them first.

        Args:
            user_id: The user.
            kind: GRANT or PURCHASE.
            credits: How many, 1 or more.
            description: For the user to read.
            request_key: Unique for the kind: of a purchase, the id of its checkout.

        Returns:
            Whether they were given now; False where they had been before.

        Raises:
            InvalidRequest: There is no such user, or the key was used for another one or another number.
        """
        source = {EntryType.GRANT: CreditAccount.GRANTS, EntryType.PURCHASE: CreditAccount.SALES}[kind]
        balance = await self._locked(user_id)
        postings = _incoming(balance, lasting=credits) | {source: -credits}
        if await self._post(user_id, kind, postings, description, request_key=request_key):
            return True
        before = await self._entry(sql.BY_KEY, type=kind.value, request_key=request_key)
        if before is None or (before.user_id, before.postings[source]) != (user_id, -credits):
            raise InvalidRequest(
                f"The {kind} {request_key} was made for another account or another number of credits: "
                "use a key of its own for each."
            )
        return False

    async def refund(self, purchase_key: str, total: int, description: str, *, undo: str | None = None) -> int:
        """See to it that of a purchase's credits at least `total` were taken back; with `undo`, exactly as many.

        They are taken from what the user has, what lasts first; what was spent or is reserved already is owed. What
        comes back goes where it came from, after what is owed.

        Args:
            purchase_key: Key of the purchase.
            total: Credits that were paid back in all, this time and before; no more than were bought.
            description: For the user to read.
            undo: The same, where more was taken back before, and comes back now; None leaves it taken.

        Returns:
            How many were taken back now, below zero where some came back; 0 where it was so before, or the user is
            gone.

        Raises:
            InvalidRequest: There is no such purchase, or it had fewer credits.
        """
        bought = await self._entry(sql.BY_KEY, type=EntryType.PURCHASE.value, request_key=purchase_key)
        if bought is None:
            raise InvalidRequest(f"There is no purchase {purchase_key}: what was not bought cannot be paid back.")
        if total > -bought.postings[CreditAccount.SALES]:
            raise InvalidRequest(
                f"Purchase {purchase_key} had {-bought.postings[CreditAccount.SALES]} credits: "
                f"{total} cannot be paid back."
            )
        balance = await self.balance(bought.user_id, lock=True)
        if balance is None:
            return 0
        before = (await self._run(sql.REFUNDED, purchase_id=bought.transaction_id)).one()
        back = total - int(before.credits)
        if back == 0 or (back < 0 and undo is None):
            return 0
        if back > 0:
            postings = _outgoing(balance, back)
        else:
            monthly = min(-back, max(0, int(before.monthly)))
            postings = _incoming(balance, monthly=monthly, lasting=-back - monthly)
        # Numbered, since totals may come again where a dispute is won and another follows.
        reference = {
            "request_key": f"{bought.transaction_id}:{before.entries + 1}:{total}",
            "purchase_id": bought.transaction_id,
        }
        text = description if back > 0 or undo is None else undo
        postings |= {CreditAccount.SALES: back}
        await self._post(bought.user_id, EntryType.REFUND, postings, text, **reference)
        return back

    async def reset(
        self, month: date, following: date, allowances: Mapping[str, int], limit: int, *, wait: bool
    ) -> int:
        """Give users the allowance of a month, once, where it is due; what was left of the last one lapses.

        Months that were missed are not made up for. What a user owes is paid from the allowance first.

        Args:
            month: The month's first day.
            following: First day of the month after it.
            allowances: Credits by tier, each 1 or more; users of other tiers are left out.
            limit: How many users at most.
            wait: Whether to wait for accounts that somebody else moves just then. While one is waited for, the others
                are held, so that it is better to wait only for those that are left.

        Returns:
            How many users got it; 0 when nothing is due any more, except, unless waiting, for who is busy.
        """
        given = await self._run(
            sql.RESET if wait else sql.RESET_IDLE,
            month=month,
            following=following,
            tiers=list(allowances),
            allowances=list(allowances.values()),
            limit=limit,
            name=f"{month:%Y-%m}",
            description=f"Allowance for {month:%B %Y}",
        )
        return int(given.scalar_one())

    async def _locked(self, user_id: UUID) -> Balance:
        balance = await self.balance(user_id, lock=True)
        if balance is None:
            raise InvalidRequest(f"There is no user {user_id}: credits need an account.")
        return balance

    async def _post(
        self,
        user_id: UUID,
        kind: EntryType,
        postings: Mapping[CreditAccount, int],
        description: str,
        *,
        statement: Any = sql.POST,
        **more: Any,
    ) -> bool:
        """Write an entry of a user whose row is locked; False where it was written before."""
        moved = {account: amount for account, amount in postings.items() if amount}
        written = await self._run(
            statement,
            user_id=user_id,
            transaction_id=new_id(),
            type=kind.value,
            description=description,
            credits=sum(moved.get(account, 0) for account in SPENDABLE),
            monthly=moved.get(CreditAccount.MONTHLY, 0),
            reserved=moved.get(CreditAccount.RESERVED, 0),
            owed=-moved.get(CreditAccount.DEBT, 0),
            accounts=[account.value for account in moved],
            amounts=list(moved.values()),
            **({"job_id": None, "rev": None, "request_key": None, "purchase_id": None} | more),
        )
        return bool(written.scalar_one())

    async def _entry(self, statement: Executable, **parameters: Any) -> LedgerEntry | None:
        found = await self._entries(statement, **parameters)
        return found[0] if found else None

    async def _entries(self, statement: Executable, **parameters: Any) -> list[LedgerEntry]:
        found = await self._run(statement, **parameters)
        return [LedgerEntry.model_validate(dict(row)) for row in found.mappings()]

    async def _run(self, statement: Executable, **parameters: Any) -> Result[Any]:
        return await self._session.execute(statement, parameters)


def _refuse(balance: Balance, price: int) -> None:
    """Raise what keeps a user from paying a price, if anything does."""
    if balance.owed:
        raise AccountFrozen(
            f"The account owes {balance.owed} credits, spent before their purchase was paid back: once as many have "
            "come in, it can make films again. Storyboards cost nothing meanwhile.",
            owed=balance.owed,
        )
    if balance.credits < price:
        raise InsufficientCredits(
            f"The film costs {price} credits and the account has {balance.credits}: buy {price - balance.credits} "
            "more, make it shorter, or draw it as a storyboard, which costs nothing.",
            balance=balance.credits,
            price=price,
        )


def _incoming(balance: Balance, *, monthly: int = 0, lasting: int = 0) -> dict[CreditAccount, int]:
    """Divide credits that come in between what the user owes and what can be spent."""
    from_monthly = min(balance.owed, monthly)
    from_lasting = min(balance.owed - from_monthly, lasting)
    return {
        CreditAccount.DEBT: from_monthly + from_lasting,
        CreditAccount.MONTHLY: monthly - from_monthly,
        CreditAccount.LASTING: lasting - from_lasting,
    }


def _outgoing(balance: Balance, credits: int) -> dict[CreditAccount, int]:
    """Divide credits that are taken back between what can be spent, what lasts first, and what is owed then."""
    lasting = min(credits, balance.credits - balance.monthly)
    monthly = min(credits - lasting, balance.monthly)
    return {
        CreditAccount.LASTING: -lasting,
        CreditAccount.MONTHLY: -monthly,
        CreditAccount.DEBT: lasting + monthly - credits,
    }
