"""Projects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.tables import ProjectRow
from infrastructure.ids import new_id
from schemas.enums import JobStatus

ID_LOCATOR = "id:"
"""How the locators of projects begin that are found by their ids, and not by a name or a path."""

# In the order in which they are locked when their user goes: the films, then what they belong to.
_LOCK_FILMS = text("""
    SELECT job_id FROM jobs WHERE project_id = :project_id AND user_id = :user_id ORDER BY job_id FOR UPDATE
""").bindparams(bindparam("project_id", type_=Uuid), bindparam("user_id", type_=Uuid))

_DELETE = text(f"""
    DELETE FROM projects
    WHERE project_id = :project_id AND user_id = :user_id AND NOT EXISTS (
        SELECT 1 FROM jobs
        WHERE jobs.project_id = :project_id
          AND status NOT IN ({", ".join(repr(str(status)) for status in JobStatus if status.terminal)})
    )
    RETURNING project_id
""").bindparams(bindparam("project_id", type_=Uuid), bindparam("user_id", type_=Uuid))

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

    async def create(self, user_id: UUID, title: str) -> ProjectRow:
        """Create a project that its user finds by its id."""
        project_id = new_id()
        created = await self._session.scalars(
            insert(ProjectRow)
            .values(project_id=project_id, user_id=user_id, locator=f"{ID_LOCATOR}{project_id}", title=title)
            .returning(ProjectRow)
        )
        return created.one()

    async def owned(self, user_id: UUID, project_id: UUID) -> ProjectRow | None:
        """Find a project of a user."""
        found = await self._session.scalars(
            select(ProjectRow).where(col(ProjectRow.project_id) == project_id, col(ProjectRow.user_id) == user_id),
            execution_options={"populate_existing": True},
        )
        return found.one_or_none()

    async def page(
        self, user_id: UUID, limit: int, after: tuple[datetime, UUID] | None, search: str = ""
    ) -> Sequence[ProjectRow]:
        """List a user's projects, the newest first.

        Args:
            user_id: The user.
            limit: How many at most.
            after: When the last one that is known was created, and its id; None begins.
            search: What titles shall hold, in any case; empty for all.
        """
        statement = select(ProjectRow).where(col(ProjectRow.user_id) == user_id)
        if after is not None:
            statement = statement.where(tuple_(col(ProjectRow.created_at), col(ProjectRow.project_id)) < after)
        if search:
            statement = statement.where(col(ProjectRow.title).icontains(search, autoescape=True))
        order = (col(ProjectRow.created_at).desc(), col(ProjectRow.project_id).desc())
        return (await self._session.scalars(statement.order_by(*order).limit(limit))).all()

    async def rename(self, user_id: UUID, project_id: UUID, title: str, version: int | None) -> ProjectRow | None:
        """Give a project of a user another title.

        Args:
            user_id: The user.
            project_id: The project.
            title: Its title from now on.
            version: The version that was changed; None whatever it is.

        Returns:
            The project; None where the user has no such project of that version.
        """
        which = [col(ProjectRow.project_id) == project_id, col(ProjectRow.user_id) == user_id]
        if version is not None:
            which.append(col(ProjectRow.version) == version)
        changed = await self._session.scalars(
            update(ProjectRow)
            .where(*which)
            .values(title=title, version=col(ProjectRow.version) + 1, updated_at=func.clock_timestamp())
            .returning(ProjectRow),
            execution_options={"synchronize_session": False, "populate_existing": True},
        )
        return changed.one_or_none()

    async def delete(self, user_id: UUID, project_id: UUID) -> bool:
        """Delete a project of a user with all that belongs to it, unless a film of it is still being made.

        Triggers write down what must go from the store.

        Returns:
            Whether it was deleted.
        """
        await self._session.execute(_LOCK_FILMS, {"user_id": user_id, "project_id": project_id})
        deleted = await self._session.execute(_DELETE, {"user_id": user_id, "project_id": project_id})
        return deleted.first() is not None

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
