import asyncio
from contextlib import suppress

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from infrastructure.db import engine, migrate
from infrastructure.db.engine import Database
from infrastructure.db.listen import EVENTS_CHANNEL, listen
from infrastructure.db.tables import REVISION
from infrastructure.ids import new_id
from schemas.errors import DependencyDown
from tests import servers

pytestmark = pytest.mark.lab

KILL_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()"


async def _cut(postgres: str, dsn: str) -> None:
    admin = await asyncpg.connect(postgres)
    await admin.execute(KILL_ALL, dsn.rpartition("/")[2])
    await admin.close()


async def test_a_database_that_answers_and_is_migrated_is_ready(db: Database) -> None:
    await db.ping()
    await db.ready()
    assert migrate.head() == REVISION


async def test_an_empty_database_is_not_ready(postgres: str) -> None:
    db = Database(postgres)
    await db.ping()
    with pytest.raises(DependencyDown, match="revision none"):
        await db.ready()
    await db.close()


async def test_a_database_that_is_away_is_named_without_its_password() -> None:
    [port] = servers.free_ports(1)
    dsn = f"postgresql://studio:hush@127.0.0.1:{port}/studio"
    db = Database(dsn)
    with pytest.raises(DependencyDown, match=f"127.0.0.1:{port}/studio") as caught:
        await db.ping()
    assert "hush" not in str(caught.value)
    with pytest.raises(DependencyDown):
        async with listen(dsn, EVENTS_CHANNEL):
            pass
    with pytest.raises(DependencyDown):
        migrate.upgrade(dsn)
    await db.close()


async def test_a_connection_lost_in_a_transaction_is_told_and_the_next_one_works(
    db: Database, postgres: str, dsn: str
) -> None:
    async def interrupted() -> None:
        async with db.begin() as session:
            await session.execute(text("SELECT 1"))
            await _cut(postgres, dsn)
            await session.execute(text("SELECT 1"))

    with pytest.raises(DependencyDown):
        await interrupted()
    await db.ping()


async def test_a_connection_that_was_cut_while_it_rested_is_replaced(db: Database, postgres: str, dsn: str) -> None:
    async with db.begin() as session:
        resting = (await (await session.connection()).get_raw_connection()).driver_connection
    assert resting is not None
    cut = asyncio.Event()
    resting.add_termination_listener(lambda _: cut.set())
    await _cut(postgres, dsn)
    await asyncio.wait_for(cut.wait(), 120)
    async with db.begin() as session:
        another = (await (await session.connection()).get_raw_connection()).driver_connection
        await session.execute(text("SELECT 1"))
    assert another is not resting


async def test_a_statement_that_takes_too_long_is_ended(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "COMMAND_TIMEOUT_S", 2)
    db = Database(dsn)
    with pytest.raises(DependencyDown, match="does not answer"):
        async with db.begin() as session:
            await session.execute(text("SELECT pg_sleep(60)"))
    await db.ping()
    await db.close()


async def test_a_listener_is_told_that_its_connection_was_lost(postgres: str, dsn: str) -> None:
    async with listen(dsn, EVENTS_CHANNEL) as notifications:
        await _cut(postgres, dsn)
        with pytest.raises(DependencyDown, match="connect again"):
            await notifications.wait_for(120)
        with pytest.raises(DependencyDown):
            await notifications.wait_for(120)


async def test_errors_of_the_caller_pass_unchanged(db: Database) -> None:
    with pytest.raises(FileNotFoundError):
        async with db.begin():
            raise FileNotFoundError("not about the database")


async def test_a_mistake_of_ours_is_not_taken_for_an_absence(db: Database) -> None:
    async def mistaken() -> None:
        async with db.begin() as session:
            await session.execute(text("SELECT CAST(:n AS int)"), {"n": "three"})

    with pytest.raises(DBAPIError, match="integer is required|an integer"):
        await mistaken()


@servers.needs_pgbouncer
async def test_it_works_through_pgbouncer_in_transaction_mode(dsn: str) -> None:
    with servers.pgbouncer(dsn, pool_size=2) as through:
        clients = [Database(through, pool_size=5, pgbouncer=True) for _ in range(2)]

        async def work(number: int) -> int:
            async with clients[number % 2].begin() as session:
                await session.execute(text("SELECT count(*) FROM jobs WHERE job_id = :id"), {"id": new_id()})
                return int(await session.scalar(text("SELECT CAST(:n AS int) + 1"), {"n": number}) or 0)

        assert await asyncio.gather(*(work(number) for number in range(60))) == list(range(1, 61))
        for client in clients:
            await client.close()


async def test_two_upgrades_at_once_run_one_after_the_other(postgres: str) -> None:
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE twice TEMPLATE template0")
    dsn = postgres.removesuffix("postgres") + "twice"
    await asyncio.gather(*(asyncio.to_thread(migrate.upgrade, dsn) for _ in range(3)))
    assert migrate.current(dsn) == migrate.head()
    await admin.close()


async def test_what_was_rolled_back_is_not_counted(db: Database) -> None:
    counted: list[str] = []
    async with db.begin() as session:
        engine.once_committed(session, lambda: counted.append("committed"))
        assert counted == []
    assert counted == ["committed"]
    with suppress(KeyError):
        async with db.begin() as session:
            engine.once_committed(session, lambda: counted.append("rolled back"))
            raise KeyError
    async with db.begin() as session:
        await session.execute(text("SELECT 1"))
    assert counted == ["committed"]
