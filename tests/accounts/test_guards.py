"""What the database itself refuses, whoever asks for it; and that `verify_money` would see it all the same."""

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from accounts.ledger import release_abandoned
from accounts.verify import verify_money
from infrastructure.db import migrate
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Events, Jobs, Projects
from infrastructure.ids import new_id
from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput
from tests.accounts.users import balance, grant, history, leave, new_user, purchase, refund, reserve, settle
from tests.conftest import film_input

pytestmark = pytest.mark.lab


async def _run(db: Database, *statements: str) -> None:
    async with db.begin() as session:
        for statement in statements:
            await session.execute(text(statement))


@pytest.mark.parametrize("table", ["credit_transactions", "credit_postings"])
@pytest.mark.parametrize("change", ["UPDATE {} SET amount = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
async def test_what_was_entered_stays(db: Database, table: str, change: str) -> None:
    await new_user(db)
    with pytest.raises(DBAPIError, match="append-only"):
        await _run(db, change.format(table))


ENTRY = (
    "INSERT INTO credit_transactions (transaction_id, user_id, seq, type, amount, balance_after, request_key) "
    "VALUES ('{entry}', '{user}', {seq}, '{type}', {amount}, {after}, '{entry}')"
)
POSTINGS = "INSERT INTO credit_postings VALUES ('{entry}', 'lasting', {own}), ('{entry}', 'grants', {house})"
MOVE = "UPDATE users SET credits = credits + 2, ledger_entries = ledger_entries + 1 WHERE user_id = '{user}'"
RIGHT = {"seq": 2, "type": "grant", "amount": 2, "after": 5, "own": 2, "house": -2}


@pytest.mark.parametrize(
    ("wrong", "statements", "refused"),
    [
        ({}, [MOVE, ENTRY], "has no postings"),
        ({"house": -1}, [MOVE, ENTRY, POSTINGS], "does not balance"),
        ({"own": 1, "house": -1}, [MOVE, ENTRY, POSTINGS], "does not balance"),
        ({"after": 6}, [MOVE, ENTRY, POSTINGS], "follow the one before|and entry"),
        ({"seq": 3}, [MOVE, ENTRY, POSTINGS], "follow the one before|and entry"),
        ({"seq": 1}, [MOVE, ENTRY, POSTINGS], "uq_credit_transactions_user_id_seq"),
        ({"type": "bribe"}, [MOVE, ENTRY, POSTINGS], "ck_credit_transactions_(type|request)"),
        ({"type": "refund"}, [MOVE, ENTRY, POSTINGS], "ck_credit_transactions"),
        ({}, [MOVE], "ledger says"),
        ({}, ["UPDATE users SET credits = 1000000 WHERE user_id = '{user}'"], "ledger says"),
        ({}, ["UPDATE users SET credits = -1 WHERE user_id = '{user}'"], "ck_users_credits"),
        ({}, ["UPDATE users SET credits_owed = 1 WHERE user_id = '{user}'"], "ck_users_owes_or_has"),
        ({}, ["UPDATE users SET credits_monthly = 4 WHERE user_id = '{user}'"], "ck_users_credits_monthly"),
        ({}, [MOVE, ENTRY, POSTINGS, POSTINGS.replace("lasting", "lapsed")], "pk_credit_postings"),
        ({}, [MOVE, ENTRY, POSTINGS.replace("{own}", "{own}), ('{entry}', 'sales', 1")], "does not balance"),
    ],
)
async def test_no_transaction_ends_with_an_account_that_is_wrong(
    db: Database, wrong: dict[str, object], statements: list[str], refused: str
) -> None:
    user = await new_user(db)
    values = {**RIGHT, **wrong, "user": user, "entry": new_id()}
    with pytest.raises(DBAPIError, match=refused):
        await _run(db, *(statement.format(**values) for statement in statements))
    assert (await balance(db, user)).credits == 3
    values = {**RIGHT, "user": user, "entry": new_id()}
    await _run(db, *(statement.format(**values) for statement in (MOVE, ENTRY, POSTINGS)))
    with pytest.raises(DBAPIError, match="does not balance"):
        await _run(db, "INSERT INTO credit_postings VALUES ('{entry}', 'sales', 1)".format(**values))


async def test_a_film_is_reserved_for_once_and_ends_once(db: Database) -> None:
    user, job = await new_user(db), new_id()
    await reserve(db, user, 1, job)
    await settle(db, job, 1)
    for kind, amount, after in (("reserve", -1, 1), ("capture", 0, 2), ("release", 0, 2)):
        with pytest.raises(DBAPIError, match="uq_credit_transactions"):
            await _run(
                db,
                "INSERT INTO credit_transactions "
                "(transaction_id, user_id, seq, type, amount, balance_after, job_id, rev) "
                f"VALUES ('{new_id()}', '{user}', 4, '{kind}', {amount}, {after}, '{job}', 0)",
            )


FORGED = [
    ("UPDATE users SET credits = credits + 1", "the ledger says"),
    ("UPDATE users SET credits_reserved = 7", "the ledger says"),
    ("UPDATE users SET ledger_entries = 1", "after 1 entries"),
    ("UPDATE credit_postings SET amount = amount + 1 WHERE account = 'earned'", "sum to 1"),
    ("UPDATE credit_transactions SET amount = amount + 1 WHERE type = 'grant'", "whose postings move"),
    ("UPDATE credit_transactions SET balance_after = 77 WHERE type = 'grant'", "leaves 77"),
    ("UPDATE credit_transactions SET seq = seq + 5 WHERE type = 'capture'", "in order"),
    ("DELETE FROM credit_postings WHERE account = 'grants'", "over 1 accounts"),
    ("UPDATE credit_transactions SET rev = 9 WHERE type = 'capture'", "revision 9 has 0 reservations"),
    ("UPDATE credit_postings SET amount = 50 WHERE account = 'sales' AND amount > 0", "more was paid back"),
    ("UPDATE credit_postings SET account = 'reserved' WHERE account = 'grants'", "account reserved was at -"),
    ("DELETE FROM users", "user who is gone"),
]


@pytest.mark.parametrize(("forgery", "seen"), FORGED)
async def test_verify_sees_what_a_forger_leaves(dsn: str, forgery: str, seen: str) -> None:
    """With the triggers switched off, as only the owner of the database can."""
    db = Database(dsn)
    user, job, key = await new_user(db), new_id(), str(new_id())
    await grant(db, user, 5)
    await purchase(db, user, 4, key)
    await reserve(db, user, 6, job)
    await settle(db, job, 4)
    await refund(db, key, 4)
    found = await verify_money(db)
    assert (found.faults, found.entries) == ([], 6)
    owner = await asyncpg.connect(dsn)
    await owner.execute(f"SET session_replication_role = replica; {forgery}")
    await owner.close()
    faults = (await verify_money(db)).faults
    await db.close()
    assert any(seen in fault for fault in faults), faults


async def _film(db: Database) -> FilmInput:
    user = await new_user(db, 9)
    async with db.begin() as session:
        project = await Projects(session).ensure(user, str(user), "The Lighthouse")
        film = film_input(user, project.project_id)
        await Jobs(session).create(film)
    await reserve(db, user, 4, film.job_id)
    return film


async def _ends(db: Database, film: FilmInput, status: JobStatus) -> None:
    data = {}
    if status is JobStatus.COMPLETED:
        data = {"output": film.script.model_dump(mode="json")}
    event = NewEvent(job_id=film.job_id, key="end", kind=EventKind(status.value), status=status, data=data)
    async with db.begin() as session:
        await Events(session).record(event)


async def test_what_was_set_aside_for_a_film_that_ended_is_found_and_given_back(dsn: str) -> None:
    db = Database(dsn)
    works, failed, cancelled, completed, deleted, settled = [await _film(db) for _ in range(6)]
    await _ends(db, failed, JobStatus.FAILED)
    await _ends(db, cancelled, JobStatus.CANCELLED)
    await _ends(db, completed, JobStatus.COMPLETED)
    await _ends(db, settled, JobStatus.FAILED)
    await settle(db, settled.job_id, 0)
    await _run(db, f"DELETE FROM projects WHERE project_id = '{deleted.project_id}'")
    assert [fault[:36] for fault in (await verify_money(db)).faults] == [str(deleted.job_id)]  # the others may yet be
    await _run(db, "UPDATE job_versions SET completed_at = completed_at - interval '61 s'")
    found = {fault[:36] for fault in (await verify_money(db)).faults}
    assert found == {str(film.job_id) for film in (failed, cancelled, completed, deleted)}
    released = await release_abandoned(db)
    assert {one.job_id for one in released} == {film.job_id for film in (failed, cancelled, deleted)}
    assert await release_abandoned(db) == []
    assert {fault[:36] for fault in (await verify_money(db)).faults} == {str(completed.job_id)}
    for film, credits in ((failed, 9), (cancelled, 9), (deleted, 9), (works, 5), (completed, 5)):
        assert (await balance(db, film.user_id)).credits == credits
    await settle(db, completed.job_id, 4)
    assert (await verify_money(db)).faults == []
    await leave(db, works.user_id)
    assert (await verify_money(db)).faults == []
    await db.close()


async def test_what_users_had_before_there_was_a_ledger_is_entered(postgres: str) -> None:
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE before_money TEMPLATE template0")
    await admin.close()
    dsn = postgres.removesuffix("postgres") + "before_money"
    migrate.upgrade(dsn, "0003")
    connection = await asyncpg.connect(dsn)
    users = [new_id() for _ in range(3)]
    rows = list(zip(users, ("a", "b", "c"), (3, 0, 41), strict=True))
    await connection.executemany("INSERT INTO users (user_id, email, credits) VALUES ($1, $2, $3)", rows)
    migrate.upgrade(dsn)
    db = Database(dsn)
    assert [(await balance(db, user)).credits for user in users] == [3, 0, 41]
    assert [[entry.amount for entry in await history(db, user)] for user in users] == [[3], [], [41]]
    assert (await verify_money(db)).faults == []
    # Code from before goes on as it did.
    await connection.execute("INSERT INTO users (user_id, email) VALUES ($1, 'd')", late := new_id())
    assert (await balance(db, late)).credits == 3
    await grant(db, late, 4)
    await db.close()
    migrate.downgrade(dsn, "0003")
    assert await connection.fetchval("SELECT array_agg(credits ORDER BY email) FROM users") == [3, 0, 41, 7]
    migrate.upgrade(dsn)
    db = Database(dsn)
    assert (await balance(db, late)).credits == 7
    assert (await verify_money(db)).faults == []
    await db.close()
    await connection.close()
