"""One database for all tests of this folder, emptied before each: a copy for each takes ten times as long."""

from __future__ import annotations

from collections.abc import Iterator

import asyncpg
import pytest

from tests import servers


@pytest.fixture(scope="session")
async def shared(postgres: str) -> str:
    return await servers.migrated(postgres, "shared")


@pytest.fixture
async def dsn(shared: str) -> str:
    """A database with all tables and no rows."""
    connection = await asyncpg.connect(shared)
    await connection.execute("DELETE FROM users")  # all else belongs to somebody
    await connection.close()
    return shared


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """Address of an SQS, whose queues each test names for itself."""
    with servers.sqs() as url:
        yield url
