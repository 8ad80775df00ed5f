import asyncpg
import pytest

from infrastructure.db import migrate

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


def test_tables_in_code_are_those_in_the_migrations(shared: str) -> None:
    assert migrate.differences(shared) == []
