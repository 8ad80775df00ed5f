"""What a transaction keeps together, whichever way its statements take to the database."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.exc import DBAPIError, ResourceClosedError
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.db import direct
from infrastructure.db.direct import Direct
from infrastructure.db.engine import Database
from infrastructure.db.tables import UserRow
from infrastructure.ids import new_id
from schemas.errors import DependencyDown
from tests import servers

pytestmark = pytest.mark.lab

_USER = bindparam("user_id", type_=Uuid)
RENAME = Direct(
    text("UPDATE users SET email = user_id || '@direct' WHERE user_id = :user_id RETURNING email").bindparams(_USER)
)
TEXT = text("UPDATE users SET email = user_id || '@text' WHERE user_id = :user_id").bindparams(_USER)
EMAIL = text("SELECT email FROM users WHERE user_id = :user_id").bindparams(_USER)
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()"


async def _somebody(db: Database, email: str = "before") -> UUID:
    user = new_id()
    async with db.begin() as session:
        session.add(UserRow(user_id=user, email=email))
    return user


async def _email(db: Database, user: UUID) -> str:
    async with db.begin() as session:
        return str((await session.execute(EMAIL, {"user_id": user})).scalar_one())


async def _by_driver(session: AsyncSession, user: UUID) -> None:
    assert await RENAME.row(session, {"user_id": user})


async def _by_text(session: AsyncSession, user: UUID) -> None:
    await session.execute(TEXT, {"user_id": user})


async def _by_mapping(session: AsyncSession, user: UUID) -> None:
    row = await session.get(UserRow, user)
    assert row is not None
    row.email = f"{user}@mapping"


WAYS = {"direct": _by_driver, "text": _by_text, "mapping": _by_mapping}


@pytest.mark.parametrize("way", WAYS)
async def test_what_the_first_statement_did_is_there_after_the_block(db: Database, way: str) -> None:
    user = await _somebody(db)
    async with db.begin() as session:
        await WAYS[way](session, user)
    assert await _email(db, user) == f"{user}@{way}"


@pytest.mark.parametrize("way", WAYS)
async def test_what_the_first_statement_did_is_undone_where_the_block_raises(db: Database, way: str) -> None:
    user = await _somebody(db)
    with suppress(KeyError):
        async with db.begin() as session:
            await WAYS[way](session, user)
            await session.flush()
            raise KeyError
    assert await _email(db, user) == "before"


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("second", WAYS)
async def test_all_ways_are_one_transaction(db: Database, first: str, second: str) -> None:
    one, another = await _somebody(db, "elsewhere"), await _somebody(db)
    with suppress(KeyError):
        async with db.begin() as session:
            await WAYS[first](session, one)
            await WAYS[second](session, another)
            both = [(await session.execute(EMAIL, {"user_id": user})).scalar_one() for user in (one, another)]
            assert both == [f"{one}@{first}", f"{another}@{second}"]
            raise KeyError
    assert [await _email(db, user) for user in (one, another)] == ["elsewhere", "before"]


@pytest.mark.parametrize("way", ["direct", "text"])
async def test_statements_see_what_was_changed_before_and_not_written(db: Database, way: str) -> None:
    user = new_id()
    async with db.begin() as session:
        session.add(UserRow(user_id=user, email="added"))
        await WAYS[way](session, user)
    assert await _email(db, user) == f"{user}@{way}"


async def test_direct_statements_are_told_of_as_all_others(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    took: list[float] = []
    monkeypatch.setattr(direct, "TELL", [took.append])
    user = await _somebody(db)
    async with db.begin() as session:
        await _by_driver(session, user)
    assert len(took) == 1


async def test_nobody_else_sees_it_before_it_is_committed(db: Database) -> None:
    user = await _somebody(db)
    async with db.begin() as session:
        await _by_driver(session, user)
        assert await _email(db, user) == "before"


async def test_rows_stay_readable_after_the_block(db: Database) -> None:
    user = await _somebody(db)
    async with db.begin() as session:
        row = await session.get(UserRow, user)
    assert row is not None
    assert row.email == "before"
    assert row not in session


async def test_a_transaction_that_has_ended_runs_nothing_more(db: Database) -> None:
    user = await _somebody(db)
    async with db.begin() as session:
        await _by_driver(session, user)
    with pytest.raises(KeyError):
        await _by_driver(session, user)  # the connection is somebody else's by now
    with pytest.raises(ResourceClosedError):
        await _by_text(session, user)


async def _both(db: Database, first: Direct, user: UUID, second: Direct) -> None:
    async with db.begin() as session:
        assert await first.row(session, {"user_id": user})
        await second.row(session, {"user_id": user})


async def test_a_statement_that_is_refused_leaves_nothing_and_a_connection_that_works(db: Database) -> None:
    taken = await _somebody(db, "taken")
    user = await _somebody(db)
    refused = Direct(text("UPDATE users SET email = 'taken' WHERE user_id = :user_id").bindparams(_USER))
    with pytest.raises(asyncpg.UniqueViolationError):
        await _both(db, RENAME, user, refused)
    assert [await _email(db, one) for one in (taken, user)] == ["taken", "before"]


async def test_what_is_refused_at_commit_leaves_nothing(db: Database) -> None:
    user = await _somebody(db)
    unledgered = Direct(text("UPDATE users SET credits = 7 WHERE user_id = :user_id RETURNING 1").bindparams(_USER))
    with pytest.raises(DBAPIError, match="entry 1 of the ledger says 3"):
        await _both(db, unledgered, user, RENAME)
    assert await _email(db, user) == "before"


async def test_a_connection_lost_before_a_direct_statement_is_told_and_the_next_one_works(
    db: Database, postgres: str, dsn: str
) -> None:
    user = await _somebody(db)
    admin = await asyncpg.connect(postgres)

    async def interrupted() -> None:
        async with db.begin() as session:
            await _by_driver(session, user)
            await admin.execute(CUT, dsn.rpartition("/")[2])
            await _by_driver(session, user)

    with pytest.raises(DependencyDown):
        await interrupted()
    await admin.close()
    assert await _email(db, user) == "before"


WAITING = """
    CREATE FUNCTION wait_for_7() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER waits AFTER UPDATE ON users DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION wait_for_7()
"""
WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
async def held(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """Whoever commits a change of a user waits until this one has committed."""
    connection = await asyncpg.connect(dsn)
    await connection.execute(WAITING)
    await connection.execute("BEGIN; SELECT pg_advisory_xact_lock(7)")
    yield connection
    await connection.execute("ROLLBACK; DROP FUNCTION wait_for_7() CASCADE")
    await connection.close()


async def test_whoever_is_cancelled_while_it_commits_has_committed(
    db: Database, held: asyncpg.Connection, postgres: str
) -> None:
    user = await _somebody(db)

    async def work() -> None:
        async with db.begin() as session:
            await _by_driver(session, user)

    task = asyncio.create_task(work())
    admin = await asyncpg.connect(postgres)
    while not await admin.fetchval(WAITS):
        assert not task.done()
    task.cancel()
    await admin.fetchval("SELECT 1")  # by now it has heard of it
    await held.execute("COMMIT")
    with pytest.raises(asyncio.CancelledError):
        await task
    await admin.close()
    assert await _email(db, user) == f"{user}@direct"


async def test_whoever_is_cancelled_while_a_transaction_begins_leaves_none_behind(dsn: str) -> None:
    db = Database(dsn, pool_size=1)
    user = await _somebody(db)
    async with db.begin() as session:
        backend = int((await session.execute(text("SELECT pg_backend_pid()"))).scalar_one())

    async def work() -> None:
        async with db.begin() as session:
            await _by_driver(session, user)

    os.kill(backend, signal.SIGSTOP)  # BEGIN is on its way, and will not be answered
    try:
        task = asyncio.create_task(work())
        for _ in range(100):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    finally:
        os.kill(backend, signal.SIGCONT)
    async with db.begin() as session:
        await _by_driver(session, user)
    await db.close()
    other = Database(dsn)
    assert await _email(other, user) == f"{user}@direct"
    await other.close()


@servers.needs_pgbouncer
async def test_direct_statements_go_through_pgbouncer_in_transaction_mode(dsn: str) -> None:
    with servers.pgbouncer(dsn, pool_size=2) as through:
        clients = [Database(through, pool_size=5, pgbouncer=True) for _ in range(2)]
        users = [await _somebody(clients[0], f"{number}") for number in range(20)]

        async def work(number: int) -> None:
            async with clients[number % 2].begin() as session:
                await _by_driver(session, users[number])

        await asyncio.gather(*(work(number) for number in range(20)))
        assert [await _email(clients[0], user) for user in users] == [f"{user}@direct" for user in users]
        for client in clients:
            await client.close()
