"""Artifacts: what was made before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Text, Uuid, bindparam, delete, func, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import ArtifactRow
from infrastructure.retention import REUSE_DAYS
from schemas.artifact import ArtifactRef

_FIND = (
    text("""
        SELECT spec_hash, key, sha256, bytes, media_type FROM artifacts
        WHERE project_id = :project_id AND stage = :stage AND spec_hash = ANY(:specs)
          AND created_at > now() - make_interval(days => :days)
    """)
    .bindparams(
        bindparam("project_id", type_=Uuid),
        bindparam("specs", type_=ARRAY(Text)),
        bindparam("days", REUSE_DAYS, type_=Integer),
    )
    .columns(bytes=BigInteger)
)


class Artifacts:
    """The table behind "nothing that is finished is made again"."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, project_id: UUID, stage: str, specs: Sequence[str]) -> dict[str, ArtifactRef]:
        """Look up what a project already has of a stage.

        Args:
            project_id: The project; artifacts are never shared between projects.
            stage: The stage that made them.
            specs: Hashes of what would be made.

        Returns:
            What exists, by hash. What the store is about to delete for its age is left out.
        """
        if not specs:
            return {}
        found = await self._session.execute(_FIND, {"project_id": project_id, "stage": stage, "specs": list(specs)})
        return {
            row.spec_hash: ArtifactRef(key=row.key, sha256=row.sha256, bytes=row.bytes, media_type=row.media_type)
            for row in found
        }

    async def keep(self, project_id: UUID, stage: str, spec_hash: str, ref: ArtifactRef) -> None:
        """Remember an artifact whose object was just written; the last one written is the one that counts.

        Args:
            project_id: The project.
            stage: The stage that made it.
            spec_hash: Hash of what it was made from.
            ref: The object.
        """
        await self.keep_all(project_id, stage, {spec_hash: ref})

    async def keep_all(self, project_id: UUID, stage: str, refs: Mapping[str, ArtifactRef]) -> None:
        """Remember several artifacts of a stage by one statement; see `keep`.

        Args:
            project_id: The project.
            stage: The stage that made them.
            refs: The objects, by the hashes of what they were made from.
        """
        if not refs:
            return
        # In one order, so that no two who keep the same wait for each other.
        rows = [
            {"project_id": project_id, "stage": stage, "spec_hash": spec, **ref.model_dump()}
            for spec, ref in sorted(refs.items())
        ]
        kept = insert(ArtifactRow).values(rows)
        written = {name: kept.excluded[name] for name in ("key", "sha256", "bytes", "media_type")}
        await self._session.execute(
            kept.on_conflict_do_update(
                index_elements=["project_id", "stage", "spec_hash"],
                set_={**written, "created_at": func.clock_timestamp()},
            )
        )

    async def forget(self, project_id: UUID, stage: str, spec_hash: str) -> None:
        """Remove an artifact whose object is gone, so that it is made again."""
        await self._session.execute(
            delete(ArtifactRow).where(
                col(ArtifactRow.project_id) == project_id,
                col(ArtifactRow.stage) == stage,
                col(ArtifactRow.spec_hash) == spec_hash,
            ),
            execution_options={"synchronize_session": False},
        )
