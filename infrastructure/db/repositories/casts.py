"""The casts that projects keep."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.belongings import CastRow, ReferenceRow
from infrastructure.db.tables import ProjectRow
from schemas.cast import CastList
from schemas.references import ReferenceKind, ReferenceState


class KeptCast(NamedTuple):
    """A cast, and how it stands."""

    cast: CastList
    version: int
    """0 where nobody was ever kept."""
    pictures: dict[UUID, str]
    """Of the project's pictures that show somebody and can be used, by their ids, the sha256 of each."""


class Casts:
    """The casts that projects keep."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, user_id: UUID, project_id: UUID, *, hold: bool = False) -> KeptCast | None:
        """Find the cast of a project of a user. Pictures that were deleted show nobody in it.

        Args:
            user_id: The user.
            project_id: The project.
            hold: Whether nobody else may change it until the transaction ends.

        Returns:
            The cast, empty where none was kept; None where the user has no such project.
        """
        mine = self._mine(user_id, project_id)
        if (await self._session.scalar(mine.with_for_update(key_share=True) if hold else mine)) is None:
            return None
        # A statement of its own: within the one that waited, it would be the cast from before the wait.
        row = await self._session.scalar(
            select(CastRow).where(col(CastRow.project_id) == project_id), execution_options={"populate_existing": True}
        )
        pictures = await self._pictures(project_id)
        if row is None:
            return KeptCast(CastList(), 0, pictures)
        cast = CastList.model_validate({"people": row.people})
        return KeptCast(_without_deleted(cast, pictures), row.version, pictures)

    async def write(self, project_id: UUID, cast: CastList) -> int:
        """Write a cast down that was held in the same transaction; return its version."""
        statement = insert(CastRow).values(project_id=project_id, people=cast.model_dump(mode="json")["people"])
        statement = statement.on_conflict_do_update(
            index_elements=["project_id"],
            set_={
                "people": statement.excluded.people,
                "version": col(CastRow.version) + 1,
                "updated_at": func.clock_timestamp(),
            },
        )
        written = await self._session.scalars(statement.returning(col(CastRow.version)))
        return int(written.one())

    def _mine(self, user_id: UUID, project_id: UUID) -> Select[UUID]:
        return select(col(ProjectRow.project_id)).where(
            col(ProjectRow.project_id) == project_id, col(ProjectRow.user_id) == user_id
        )

    async def _pictures(self, project_id: UUID) -> dict[UUID, str]:
        found = await self._session.execute(
            select(col(ReferenceRow.reference_id), col(ReferenceRow.sha256)).where(
                col(ReferenceRow.project_id) == project_id,
                col(ReferenceRow.kind) == ReferenceKind.CHARACTER,
                col(ReferenceRow.state) == ReferenceState.READY,
            )
        )
        return {row.reference_id: row.sha256 for row in found}


def _without_deleted(cast: CastList, pictures: dict[UUID, str]) -> CastList:
    people = (
        one
        if pictures.keys() >= set(one.pictures)
        else one.model_copy(update={"pictures": tuple(shown for shown in one.pictures if shown in pictures)})
        for one in cast.people
    )
    return CastList(people=tuple(people))
