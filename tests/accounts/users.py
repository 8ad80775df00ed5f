"""Users, films and what they cost, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from accounts import ledger
from accounts.prices import Package
from infrastructure.db import engine
from infrastructure.db.engine import Database
from infrastructure.db.tables import UserRow
from infrastructure.ids import new_id
from schemas.credits import Balance, LedgerEntry, Settlement
from schemas.enums import Tier

PATIENCE_S = 600.0


def patient(dsn: str) -> Database:
    """A database for many at once, whose statements may wait for each other however busy the machine is."""
    with patch.object(engine, "COMMAND_TIMEOUT_S", PATIENCE_S):
        return Database(dsn, pool_size=32)


async def new_user(db: Database, credits: int = 3, tier: Tier = Tier.FREE) -> UUID:
    """Somebody new, who begins with so many credits of this month."""
    user_id = new_id()
    async with db.begin() as session:
        values = {"user_id": user_id, "email": f"{user_id}@example.org", "credits": credits, "tier": tier}
        await session.execute(insert(UserRow).values(**values))
    return user_id


async def leave(db: Database, *users: UUID) -> None:
    async with db.begin() as session:
        await session.execute(delete(UserRow).where(col(UserRow.user_id).in_(users)))


async def balance(db: Database, user: UUID) -> Balance:
    async with db.begin() as session:
        return await ledger.balance(session, user)


async def history(db: Database, user: UUID, page: int = ledger.HISTORY_PAGE) -> list[LedgerEntry]:
    """All of it, page by page, the newest first."""
    entries: list[LedgerEntry] = []
    while True:
        async with db.begin() as session:
            before = entries[-1].seq if entries else None
            more: Sequence[LedgerEntry] = await ledger.history(session, user, before=before, limit=page)
        entries.extend(more)
        if len(more) < page:
            return entries


async def reserve(db: Database, user: UUID, price: int, job: UUID | None = None, rev: int = 0) -> bool:
    async with db.begin() as session:
        return await ledger.reserve(session, user_id=user, job_id=job or new_id(), rev=rev, price=price)


async def settle(db: Database, job: UUID, captured: int, rev: int = 0) -> Settlement | None:
    async with db.begin() as session:
        return await ledger.settle(session, job_id=job, rev=rev, captured=captured)


async def grant(db: Database, user: UUID, credits: int, key: str | None = None) -> bool:
    async with db.begin() as session:
        return await ledger.grant(session, user_id=user, credits=credits, reason="A gift", key=key or str(new_id()))


async def purchase(db: Database, user: UUID, credits: int, key: str) -> bool:
    package = Package(id="any", credits=credits, price=100, currency="eur")
    async with db.begin() as session:
        return await ledger.purchase(session, user_id=user, package=package, key=key)


async def refund(db: Database, key: str, total: int) -> int:
    async with db.begin() as session:
        return await ledger.refund_purchase(session, key=key, total=total)
