"""Projects."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import ProjectRow
from infrastructure.ids import new_id

TITLE_LENGTH = 255
"""Code points of a title that are kept."""


class Projects:
    """Scripts, and what belongs to them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ensure(self, user_id: UUID, locator: str, title: str) -> ProjectRow:
        """Find a user's project, or create it. Safe to call from several processes at once.

        Args:
            user_id: Its user.
            locator: How the user finds it again; unique for the user.
            title: Its title from now on; cut to `TITLE_LENGTH`.

        Returns:
            The project.
        """
        statement = insert(ProjectRow).values(
            project_id=new_id(), user_id=user_id, locator=locator, title=title[:TITLE_LENGTH]
        )
        statement = statement.on_conflict_do_update(
            index_elements=["user_id", "locator"],
            set_={"title": statement.excluded.title, "updated_at": func.clock_timestamp()},
        )
        written = await self._session.scalars(
            statement.returning(ProjectRow), execution_options={"populate_existing": True}
        )
        return written.one()

    async def get(self, project_id: UUID) -> ProjectRow | None:
        """Find a project by its id."""
        found = await self._session.scalars(select(ProjectRow).where(col(ProjectRow.project_id) == project_id))
        return found.one_or_none()

    async def set_script(self, project_id: UUID, uri: str) -> None:
        """Remember where the decoded text of the project's script lies.

        Args:
            project_id: The project.
            uri: S3 URI of the text.
        """
        await self._session.execute(
            update(ProjectRow)
            .where(col(ProjectRow.project_id) == project_id)
            .values(script=uri, updated_at=func.clock_timestamp())
        )
