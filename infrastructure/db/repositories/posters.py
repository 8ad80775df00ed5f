"""Pictures that stand for projects: the posters of their newest films."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from infrastructure.retention import expired

POSTER = "poster.jpg"
"""Lies beside every film."""

_NEWEST = text("""
    SELECT DISTINCT ON (jobs.project_id) jobs.project_id, jobs.output_key, job_versions.completed_at
    FROM jobs JOIN job_versions ON job_versions.job_id = jobs.job_id AND job_versions.rev = jobs.version
    WHERE jobs.project_id = ANY(:projects) AND jobs.output_key IS NOT NULL AND job_versions.completed_at IS NOT NULL
    ORDER BY jobs.project_id, job_versions.completed_at DESC
""").bindparams(bindparam("projects", type_=ARRAY(Uuid)))


class Posters:
    """Pictures that stand for projects."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, projects: Collection[UUID]) -> dict[UUID, str]:
        """Find the keys of projects' posters.

        Args:
            projects: The projects; whose they are was asked before.

        Returns:
            A key each; projects without a film are left out, and those whose newest film has expired.
        """
        found = await self._session.execute(_NEWEST, {"projects": list(projects)})
        return {
            row.project_id: str(PurePosixPath(row.output_key).with_name(POSTER))
            for row in found
            if not expired(row.completed_at)
        }
