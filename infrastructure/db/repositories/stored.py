"""What of the store the database knows: which objects its rows refer to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import TextClause

from infrastructure.db.metadata import METADATA


def _mentions() -> TextClause:
    """Write the statement that reads every row of a project, in whatever table, and finds keys in it.

    It is made from the tables as they are, so that a new one need not be thought of here: whatever column, document or
    sentence holds a key keeps its object.
    """
    parts = []
    for table in METADATA.sorted_tables:
        if "project_id" in table.c:
            which = "held.project_id = :project_id"
        elif "job_id" in table.c:
            which = "held.job_id IN (SELECT job_id FROM jobs WHERE project_id = :project_id)"
        else:
            continue
        parts.append(
            f"SELECT found[1] AS key FROM {table.name} AS held, "
            f"regexp_matches(held::text, :pattern, 'g') AS found WHERE {which}"
        )
    return text(" UNION ".join(parts)).bindparams(bindparam("project_id", type_=Uuid), bindparam("pattern", type_=Text))


_MENTIONS = _mentions()
_KEY = "[A-Za-z0-9._/-]+"

_KEPT = text("SELECT key FROM artifacts WHERE key = ANY(:keys)").bindparams(bindparam("keys", type_=ARRAY(Text)))
_VERSIONS = text("""
    SELECT job_id, array(SELECT rev FROM job_versions version WHERE version.job_id = jobs.job_id) AS revs
    FROM jobs WHERE job_id = ANY(:jobs)
""").bindparams(bindparam("jobs", type_=ARRAY(Uuid)))
_PROJECTS = text("SELECT project_id FROM projects WHERE project_id = ANY(:projects)").bindparams(
    bindparam("projects", type_=ARRAY(Uuid))
)
_NAMED = text("""
    SELECT 'artifact' AS what, key, created_at AS written_at FROM artifacts
    UNION ALL
    SELECT 'script', name, created_at FROM scripts, LATERAL (VALUES (key), (original_key)) AS both_files (name)
    UNION ALL
    SELECT 'version ' || rev || ' of job ' || job_id, output->>'key', coalesce(completed_at, created_at)
    FROM job_versions WHERE output IS NOT NULL
    UNION ALL
    SELECT 'job ' || job_id, output_key, coalesce(completed_at, created_at) FROM jobs WHERE output_key IS NOT NULL
""")
_ANYTHING = text("SELECT EXISTS (SELECT 1 FROM projects)")


class Named(NamedTuple):
    """An object that a row names."""

    what: str
    """Whose it is, for people."""
    key: str
    written_at: datetime


class StoredKeys:
    """Which objects rows refer to."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def anything(self) -> bool:
        """Whether the database knows any project: one that knows none is new, or not the store's own."""
        return bool(await self._session.scalar(_ANYTHING))

    async def kept(self, keys: Collection[str]) -> set[str]:
        """Find those of some keys that an artifact has."""
        return set(await self._session.scalars(_KEPT, {"keys": list(keys)}))

    async def mentioned(self, project_id: UUID) -> set[str]:
        """Find all keys of artifacts of a project that any of its rows holds, in any column of any table."""
        pattern = f"(artifacts/{project_id}/{_KEY})"
        return set(await self._session.scalars(_MENTIONS, {"project_id": project_id, "pattern": pattern}))

    async def versions(self, jobs: Collection[UUID]) -> dict[UUID, set[int]]:
        """Find those of some jobs that there are, and the numbers of their versions."""
        found = await self._session.execute(_VERSIONS, {"jobs": list(jobs)})
        return {row.job_id: set(row.revs) for row in found}

    async def projects(self, projects: Collection[UUID]) -> set[UUID]:
        """Find those of some projects that there are."""
        return set(await self._session.scalars(_PROJECTS, {"projects": list(projects)}))

    async def named(self) -> AsyncIterator[Named]:
        """Read all objects that artifacts, scripts, jobs and versions of films name, without holding them all."""
        rows = await self._session.stream(_NAMED, execution_options={"yield_per": 500})
        async for row in rows:
            yield Named(row.what, row.key, row.written_at)
