import asyncpg
import pytest

from cli.upgrading import migrate_database
from infrastructure.db import migrate
from schemas.errors import InvalidRequest

pytestmark = pytest.mark.lab


async def _tables(dsn: str) -> set[str]:
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    functions = await connection.fetchval("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
    await connection.close()
    return {row["tablename"] for row in rows} | ({"functions"} if functions else set())


async def test_up_down_up(postgres: str) -> None:
    """Down leaves nothing, up again everything; both from within a running event loop."""
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE up_down TEMPLATE template0")
    await admin.close()
    dsn = postgres.removesuffix("postgres") + "up_down"
    migrate.upgrade(dsn)
    full = await _tables(dsn)
    assert {"users", "projects", "jobs", "job_events", "artifacts", "renders", "workflow_commands"} < full
    assert migrate.current(dsn) == migrate.head()
    migrate.downgrade(dsn)
    assert await _tables(dsn) == {"alembic_version"}
    assert migrate.current(dsn) is None
    migrate.upgrade(dsn)
    migrate.upgrade(dsn)
    assert await _tables(dsn) == full


async def test_the_command_goes_to_a_revision_and_back_and_knows_what_it_does_not_know(
    postgres: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE by_command TEMPLATE template0")
    await admin.close()
    dsn = postgres.removesuffix("postgres") + "by_command"
    monkeypatch.setenv("STUDIO_DATABASE_URL", dsn)
    newest = migrate.head()
    for to, was, is_ in (("0003", "base", "0003"), ("head", "0003", newest), ("0005", newest, "0005")):
        migrate_database(to)
        assert migrate.current(dsn) == is_
        assert capsys.readouterr().out == f"The database was at {was} and is at {is_}.\n"
    with pytest.raises(InvalidRequest, match="This code knows no revision 9999 of the database: it knows 0001 to"):
        migrate_database("9999")
    # A database that newer code has migrated is left alone by older code.
    connection = await asyncpg.connect(dsn)
    await connection.execute("UPDATE alembic_version SET version_num = '9998'")
    await connection.close()
    migrate_database("head")
    assert "9998, of a newer version" in capsys.readouterr().out
    assert migrate.current(dsn) == "9998"
    with pytest.raises(InvalidRequest, match="This code knows no revision 9998"):
        migrate_database("0005")


def test_tables_in_code_are_those_in_the_migrations(shared: str) -> None:
    assert migrate.differences(shared) == []


async def test_films_that_were_held_before_there_was_a_queue_are_found_in_it(postgres: str) -> None:
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE held_before TEMPLATE template0")
    await admin.close()
    dsn = postgres.removesuffix("postgres") + "held_before"
    migrate.upgrade(dsn, "0003")
    connection = await asyncpg.connect(dsn)
    await connection.execute(_HELD)
    migrate.upgrade(dsn)
    rows = await connection.fetch("SELECT job_id, state, held_for, flags FROM moderation_items")
    assert [(str(row["job_id"])[-1], *tuple(row)[1:]) for row in rows] == [("3", "open", "For this.", '[{"line": 7}]')]
    migrate.downgrade(dsn, "0003")
    migrate.upgrade(dsn)
    assert await connection.fetchval("SELECT count(*) FROM moderation_items") == 1
    await connection.close()


_HELD = """
    INSERT INTO users (user_id, email) VALUES ('00000000-0000-7000-8000-000000000001', 'a@b');
    INSERT INTO projects (project_id, user_id, locator, title)
        VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'p', 't');
    INSERT INTO jobs (job_id, project_id, user_id, workflow_id, status, options, input)
    SELECT job::uuid, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'w', status, '{}',
           jsonb_build_object('review_reason', reason)
    FROM (VALUES ('00000000-0000-7000-8000-000000000003', 'awaiting_review', 'For this.'),
                 ('00000000-0000-7000-8000-000000000004', 'awaiting_review', ''),
                 ('00000000-0000-7000-8000-000000000005', 'cancelled', 'For that.'),
                 ('00000000-0000-7000-8000-000000000006', 'running', 'Approved since.')) AS row (job, status, reason);
    INSERT INTO job_events (job_id, seq, event_key, rev, kind, progress, status, data)
    VALUES ('00000000-0000-7000-8000-000000000003', 1, 'f', 0, 'flagged', 0, 'queued', '{"flags": [{"line": 7}]}'),
           ('00000000-0000-7000-8000-000000000006', 1, 'a', 0, 'approved', 0, 'running', '{}');
"""


async def test_logos_and_fonts_leave_with_the_version_that_has_them(postgres: str) -> None:
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE kinds TEMPLATE template0")
    await admin.close()
    dsn = postgres.removesuffix("postgres") + "kinds"
    migrate.upgrade(dsn)
    connection = await asyncpg.connect(dsn)
    await connection.execute(_REFERENCES)
    migrate.downgrade(dsn, "0011")
    assert [row["kind"] for row in await connection.fetch("SELECT kind FROM project_references")] == ["music"]
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute("UPDATE project_references SET kind = 'font'")
    migrate.upgrade(dsn)
    await connection.execute("UPDATE project_references SET kind = 'font'")
    await connection.close()


_REFERENCES = """
    INSERT INTO users (user_id, email) VALUES ('00000000-0000-7000-8000-000000000001', 'a@b');
    INSERT INTO projects (project_id, user_id, locator, title)
        VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'p', 't');
    INSERT INTO project_references
        (reference_id, project_id, kind, state, name, media_type, bytes, sha256, completed_at)
    SELECT gen_random_uuid(), '00000000-0000-7000-8000-000000000002', kind, 'ready', 'n', 'm', 1, kind, now()
    FROM unnest(ARRAY['music', 'logo', 'font']) AS kind;
"""
_COLUMNS = """
    SELECT table_name || '.' || column_name AS name, data_type, is_nullable = 'YES' AS nullable,
           column_default IS NOT NULL OR is_identity = 'YES' OR is_generated = 'ALWAYS' AS filled,
           table_name || '.' AS belongs
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
"""


async def test_an_api_of_the_version_before_runs_on_the_tables_of_each(postgres: str) -> None:
    """While a version is rolled out, the one before reads and writes the same tables: they only grow.

    What it selects is still there, of the same type; what it inserts needs nothing that it does not know.
    """
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE grows TEMPLATE template0")
    await admin.close()
    dsn = postgres.removesuffix("postgres") + "grows"
    connection = await asyncpg.connect(dsn)
    before: dict[str, asyncpg.Record] = {}
    broken: list[str] = []
    for revision in migrate.revisions():
        migrate.upgrade(dsn, revision)
        await connection.reload_schema_state()
        now = {row["name"]: row for row in await connection.fetch(_COLUMNS)}
        tables = {row["belongs"] for row in before.values()}
        for name, row in before.items():
            if name not in now:
                broken.append(f"{revision} takes {name} away")
            elif now[name]["data_type"] != row["data_type"]:
                broken.append(f"{revision} makes {name} a {now[name]['data_type']}")
            elif row["nullable"] and not now[name]["nullable"] and not now[name]["filled"]:
                broken.append(f"{revision} asks for {name}")
        for name in set(now) - set(before):
            row = now[name]
            if row["belongs"] in tables and not row["nullable"] and not row["filled"]:
                broken.append(f"{revision} asks for {name}, which is new")
        before = now
    await connection.close()
    assert broken == ["0004 asks for users.credit_reset_date"]  # older than the first version that ran anywhere
