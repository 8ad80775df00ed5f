"""Where somebody is found in a database and a store: everywhere, since every row of every table is read."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from temporalio.client import Client

from infrastructure.db.engine import Database
from infrastructure.db.metadata import METADATA
from infrastructure.db.repositories.dossiers import KEPT
from infrastructure.storage import ObjectStore
from workers.sweeper import sweep_once


async def traces(db: Database, *words: object) -> set[str]:
    """Find the tables in which any row holds any of some words, in whatever column; those that are kept left out."""
    found = set()
    async with db.begin() as session:
        for table in METADATA.tables:
            for word in words:
                statement = text(f"SELECT 1 FROM {table} AS held WHERE held::text ILIKE :word LIMIT 1")
                if (await session.execute(statement, {"word": f"%{word}%"})).first() and table not in KEPT:
                    found.add(f"{table}: {word}")
    return found


async def prefixes(db: Database, user_id: UUID) -> list[str]:
    """Where the store keeps what is somebody's."""
    async with db.begin() as session:
        asked = {"user_id": user_id}
        projects = await session.scalars(text("SELECT project_id FROM projects WHERE user_id = :user_id"), asked)
        jobs = await session.scalars(text("SELECT job_id FROM jobs WHERE user_id = :user_id"), asked)
        return [
            *(f"{folder}/{project}/" for project in projects.all() for folder in ("artifacts", "projects")),
            *(f"jobs/{job}/" for job in jobs.all()),
        ]


async def objects(store: ObjectStore, below: Collection[str]) -> set[str]:
    """All that lies below some prefixes."""
    return {key for prefix in below for key in [one async for one in store.list_keys(prefix)]}


async def sweep(db: Database, store: ObjectStore, client: Client) -> None:
    """Make all removals, those that wait as well, as the relay's process does as time goes by."""
    while True:
        while await sweep_once(db, store, client):
            pass
        async with db.begin() as session:
            waiting = await session.scalar(text("SELECT count(*) FROM removals WHERE swept_at IS NULL"))
            if not waiting:
                return
            await session.execute(text("UPDATE removals SET next_try_at = clock_timestamp() WHERE swept_at IS NULL"))
