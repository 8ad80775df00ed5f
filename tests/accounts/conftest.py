"""One database for all tests of this folder: a ledger cannot be emptied, so each test brings its own users."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from infrastructure.db.engine import Database
from infrastructure.db.repositories import Money
from tests import servers
from tests.accounts.users import new_user, patient


@pytest.fixture(scope="session")
async def shared_ledger(postgres: str) -> str:
    return await servers.migrated(postgres, "ledger")


@pytest.fixture
async def ledger_dsn(shared_ledger: str) -> str:
    """A database without users; what others have left is their ledger."""
    connection = await asyncpg.connect(shared_ledger)
    await connection.execute("DELETE FROM users")
    await connection.close()
    return shared_ledger


@pytest.fixture
async def db(ledger_dsn: str) -> AsyncIterator[Database]:
    """The database; after the test, all that must hold of its ledger is looked at."""
    database = patient(ledger_dsn)
    yield database
    try:
        async with database.begin() as session:
            assert await Money(session).faults(100) == []
    finally:
        await database.close()


@pytest.fixture
async def user(db: Database) -> UUID:
    """Somebody new, with the 3 credits everybody begins with."""
    return await new_user(db)
