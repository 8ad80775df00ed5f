"""Versions of projects' scripts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Select, Text, Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import ProjectRow, ScriptRow

# The project's row is held until the transaction ends, and its version raised, so that the second of two who edited one
# text is told. The number is found in a statement of its own: within this one it would be that from before the wait.
_HOLD = text("""
    UPDATE projects SET script = :uri, version = version + 1, updated_at = clock_timestamp()
    WHERE project_id = :project_id AND user_id = :user_id AND coalesce(version = :version, true)
    RETURNING project_id
""").bindparams(
    *(bindparam(name, type_=Uuid) for name in ("project_id", "user_id")), bindparam("version", type_=Integer)
)

_ADD = text("""
    INSERT INTO scripts (project_id, number, file_name, key, original_key, sha256, format, characters)
    SELECT :project_id, 1 + coalesce(max(number), 0),
           :file_name, :key, :original_key, :sha256, :format, :characters
    FROM scripts WHERE project_id = :project_id
    RETURNING *
""").bindparams(
    bindparam("project_id", type_=Uuid),
    *(bindparam(name, type_=Text) for name in ("file_name", "key", "original_key", "sha256", "format")),
    bindparam("characters", type_=BigInteger),
)


class Scripts:
    """Versions of projects' scripts."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, user_id: UUID, script: ScriptRow, uri: str, version: int | None) -> ScriptRow | None:
        """Add a version to a project of a user.

        Args:
            user_id: The user.
            script: The version; its number is chosen here.
            uri: S3 URI of its text.
            version: The project's version that was edited; None whatever it is.

        Returns:
            The version as it was added; None where the user has no such project of that version.
        """
        project = {"project_id": script.project_id, "user_id": user_id, "version": version, "uri": uri}
        if (await self._session.execute(_HOLD, project)).first() is None:
            return None
        added = await self._session.execute(_ADD, script.model_dump(exclude={"number", "created_at"}))
        return ScriptRow.model_validate(dict(added.mappings().one()))

    async def newest(self, user_id: UUID, project_id: UUID) -> ScriptRow | None:
        """Find the newest version of a project of a user."""
        found = await self._session.scalars(self._of(user_id, project_id).limit(1))
        return found.one_or_none()

    async def numbered(self, user_id: UUID, project_id: UUID, number: int) -> ScriptRow | None:
        """Find a version of a project of a user."""
        found = await self._session.scalars(self._of(user_id, project_id).where(col(ScriptRow.number) == number))
        return found.one_or_none()

    async def all_of(self, user_id: UUID, project_id: UUID, limit: int = 200) -> Sequence[ScriptRow]:
        """List the versions of a project of a user, the newest first."""
        return (await self._session.scalars(self._of(user_id, project_id).limit(limit))).all()

    def _of(self, user_id: UUID, project_id: UUID) -> Select[ScriptRow]:
        return (
            select(ScriptRow)
            .join(ProjectRow, col(ProjectRow.project_id) == col(ScriptRow.project_id))
            .where(col(ScriptRow.project_id) == project_id, col(ProjectRow.user_id) == user_id)
            .order_by(col(ScriptRow.number).desc())
        )
