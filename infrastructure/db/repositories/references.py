"""Pictures and sounds that projects have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, delete, func, or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.tables import ProjectRow
from schemas.references import Examined, ReferenceKind, ReferenceState

ABANDONED_AFTER = timedelta(days=1)
"""What was announced and not completed is dropped after that."""

# Both limits hold for a user's projects together, so the user's row is held while they are counted. What was deleted
# counts as long as its user could still upload it.
_HOLD = text("SELECT user_id FROM users WHERE user_id = :user_id FOR NO KEY UPDATE").bindparams(
    bindparam("user_id", type_=Uuid)
)

_NEVER_SYNCHRONIZED = {"synchronize_session": False, "populate_existing": True}


class Taken(NamedTuple):
    """How much is there already."""

    files: int
    """Of the project."""
    bytes: int
    """Of all projects of its user."""


class References:
    """What projects have. A row goes through `ReferenceState`, and leaves when it was swept."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def taken(self, user_id: UUID, project_id: UUID, uploads: timedelta) -> Taken | None:
        """Count what a user has; until the transaction ends, nobody else adds to it.

        Args:
            user_id: The user.
            project_id: A project of theirs.
            uploads: For how long a file may be uploaded after it was announced.

        Returns:
            The counts; None where the user has no such project.
        """
        await self._session.execute(_HOLD, {"user_id": user_id})
        owned = select(col(ProjectRow.project_id)).where(
            col(ProjectRow.project_id) == project_id, col(ProjectRow.user_id) == user_id
        )
        if await self._session.scalar(owned) is None:
            return None
        counted = await self._session.execute(
            select(
                func.count().filter(col(ReferenceRow.project_id) == project_id),
                func.coalesce(func.sum(col(ReferenceRow.bytes)), 0),
            )
            .select_from(ReferenceRow)
            .join(ProjectRow, col(ProjectRow.project_id) == col(ReferenceRow.project_id))
            .where(
                col(ProjectRow.user_id) == user_id,
                or_(
                    col(ReferenceRow.state) != ReferenceState.GONE,
                    col(ReferenceRow.upload_until) > func.clock_timestamp() + (ABANDONED_AFTER - uploads),
                ),
            )
        )
        files, size = counted.one()
        return Taken(int(files), int(size))

    async def announced(self, project_id: UUID, kind: ReferenceKind, sha256: str) -> ReferenceRow | None:
        """Find a file that a project has, or awaits. The caller has seen whose project it is."""
        found = await self._session.scalars(
            select(ReferenceRow).where(
                col(ReferenceRow.project_id) == project_id,
                col(ReferenceRow.kind) == kind,
                col(ReferenceRow.sha256) == sha256,
                col(ReferenceRow.state) != ReferenceState.GONE,
            )
        )
        return found.one_or_none()

    async def announce(self, row: ReferenceRow) -> ReferenceRow:
        """Write down that a file will be uploaded. `taken` was asked in the same transaction.

        Args:
            row: The file; with the id of one that is awaited already, that one is announced anew.
        """
        upload_until = func.clock_timestamp() + ABANDONED_AFTER
        changed = await self._session.scalars(
            update(ReferenceRow)
            .where(
                col(ReferenceRow.reference_id) == row.reference_id,
                col(ReferenceRow.state) == ReferenceState.AWAITED,
            )
            .values(name=row.name, media_type=row.media_type, bytes=row.bytes, upload_until=upload_until)
            .returning(ReferenceRow),
            execution_options=_NEVER_SYNCHRONIZED,
        )
        again = changed.one_or_none()
        if again is not None:
            return again
        row.upload_until = upload_until  # type: ignore[assignment]
        self._session.add(row)
        await self._session.flush()
        await self._session.refresh(row)
        return row

    async def owned(self, user_id: UUID, project_id: UUID, reference_id: UUID) -> ReferenceRow | None:
        """Find a file of a project of a user."""
        found = await self._session.scalars(
            self._of(user_id, project_id).where(col(ReferenceRow.reference_id) == reference_id)
        )
        return found.one_or_none()

    async def page(
        self,
        user_id: UUID,
        project_id: UUID,
        limit: int,
        after: tuple[datetime, UUID] | None,
        kind: ReferenceKind | None = None,
    ) -> Sequence[ReferenceRow]:
        """List the files of a project of a user, the newest first.

        Args:
            user_id: The user.
            project_id: The project.
            limit: How many at most.
            after: When the last one that is known was announced, and its id; None begins.
            kind: Only those of this kind.
        """
        statement = self._of(user_id, project_id)
        if kind is not None:
            statement = statement.where(col(ReferenceRow.kind) == kind)
        if after is not None:
            statement = statement.where(tuple_(col(ReferenceRow.created_at), col(ReferenceRow.reference_id)) < after)
        order = (col(ReferenceRow.created_at).desc(), col(ReferenceRow.reference_id).desc())
        return (await self._session.scalars(statement.order_by(*order).limit(limit))).all()

    async def ready(
        self, user_id: UUID, project_id: UUID, digests: Collection[str], kinds: Collection[ReferenceKind]
    ) -> Sequence[ReferenceRow]:
        """Find files of a project of a user that can be used, by their sha256 and what they are to the project."""
        found = await self._session.scalars(
            self._of(user_id, project_id).where(
                col(ReferenceRow.state) == ReferenceState.READY,
                col(ReferenceRow.sha256).in_(list(digests)),
                col(ReferenceRow.kind).in_(list(kinds)),
            )
        )
        return found.all()

    def _of(self, user_id: UUID, project_id: UUID) -> Select[ReferenceRow]:
        return (
            select(ReferenceRow)
            .join(ProjectRow, col(ProjectRow.project_id) == col(ReferenceRow.project_id))
            .where(
                col(ReferenceRow.project_id) == project_id,
                col(ReferenceRow.state) != ReferenceState.GONE,
                col(ProjectRow.user_id) == user_id,
            )
        )

    async def complete(self, reference_id: UUID, found: Examined) -> ReferenceRow | None:
        """Make a file usable that was awaited.

        Args:
            reference_id: The file.
            found: What was found when it was read.

        Returns:
            The file; None where it is not awaited, or not any more.
        """
        changed = await self._session.scalars(
            update(ReferenceRow)
            .where(col(ReferenceRow.reference_id) == reference_id, col(ReferenceRow.state) == ReferenceState.AWAITED)
            .values(state=ReferenceState.READY, completed_at=func.clock_timestamp(), **found.model_dump())
            .returning(ReferenceRow),
            execution_options=_NEVER_SYNCHRONIZED,
        )
        return changed.one_or_none()

    async def remove(self, user_id: UUID, project_id: UUID, reference_id: UUID) -> ReferenceRow | None:
        """Take a file away from a project of a user; what the store holds of it is swept.

        Returns:
            The file; None where the user has no such file.
        """
        mine = select(col(ProjectRow.project_id)).where(
            col(ProjectRow.project_id) == project_id, col(ProjectRow.user_id) == user_id
        )
        changed = await self._session.scalars(
            update(ReferenceRow)
            .where(
                col(ReferenceRow.reference_id) == reference_id,
                col(ReferenceRow.project_id).in_(mine),
                col(ReferenceRow.state) != ReferenceState.GONE,
            )
            .values(
                state=ReferenceState.GONE,
                upload_until=func.coalesce(col(ReferenceRow.upload_until), func.clock_timestamp()),
            )
            .returning(ReferenceRow),
            execution_options=_NEVER_SYNCHRONIZED,
        )
        return changed.one_or_none()

    async def due(self, limit: int) -> Sequence[ReferenceRow]:
        """Find what is to be swept. What was never completed is gone from here on: nobody can complete it meanwhile."""
        over = col(ReferenceRow.upload_until) < func.clock_timestamp()
        await self._session.execute(
            update(ReferenceRow)
            .where(over, col(ReferenceRow.state) == ReferenceState.AWAITED)
            .values(state=ReferenceState.GONE),
            execution_options={"synchronize_session": False},
        )
        found = await self._session.scalars(
            select(ReferenceRow).where(over).order_by(col(ReferenceRow.upload_until)).limit(limit),
            execution_options={"populate_existing": True},
        )
        return found.all()

    async def swept(self, reference_id: UUID) -> None:
        """Forget what is gone, and that something might lie where the rest was uploaded: the store holds it no more."""
        which = col(ReferenceRow.reference_id) == reference_id
        await self._session.execute(
            delete(ReferenceRow).where(which, col(ReferenceRow.state) == ReferenceState.GONE),
            execution_options={"synchronize_session": False},
        )
        await self._session.execute(
            update(ReferenceRow)
            .where(which, col(ReferenceRow.upload_until) < func.clock_timestamp())
            .values(upload_until=None),
            execution_options={"synchronize_session": False},
        )
