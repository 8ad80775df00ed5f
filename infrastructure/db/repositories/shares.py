"""Links by which people without an account watch a film."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.sharing import ShareRow
from infrastructure.db.tables import JobRow, UserRow
from infrastructure.ids import new_id


class SharedFilm(NamedTuple):
    """The film that a link leads to, as it is now."""

    job_id: UUID
    title: str
    version: int
    """Which version of it is the film."""
    expires_at: datetime


class Shares:
    """Links to films."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, job_id: UUID, lasts: timedelta, most: int) -> ShareRow | None:
        """Make a link to a film, whose row the caller holds locked.

        Args:
            job_id: The film.
            lasts: How long the link is good.
            most: How many good ones a film may have.

        Returns:
            It; None where there are as many as there may be.
        """
        good = await self._session.scalar(
            select(func.count()).select_from(ShareRow).where(col(ShareRow.job_id) == job_id, *_good())
        )
        if (good or 0) >= most:
            return None
        added = await self._session.scalars(
            insert(ShareRow)
            .values(share_id=new_id(), job_id=job_id, expires_at=func.clock_timestamp() + lasts)
            .returning(ShareRow)
        )
        return added.one()

    async def good_ones(self, user_id: UUID, job_id: UUID) -> Sequence[ShareRow]:
        """List the links to a film of a user that still lead there, the newest first."""
        found = await self._session.scalars(
            select(ShareRow)
            .join(JobRow, col(JobRow.job_id) == col(ShareRow.job_id))
            .where(col(ShareRow.job_id) == job_id, col(JobRow.user_id) == user_id, *_good())
            .order_by(col(ShareRow.created_at).desc(), col(ShareRow.share_id).desc())
        )
        return found.all()

    async def revoke(self, user_id: UUID, job_id: UUID, share_id: UUID) -> bool:
        """End a link to a film of a user.

        Returns:
            Whether it was good until now.
        """
        revoked = await self._session.execute(
            update(ShareRow)
            .where(
                col(ShareRow.share_id) == share_id,
                col(ShareRow.job_id) == job_id,
                col(ShareRow.job_id) == col(JobRow.job_id),
                col(JobRow.user_id) == user_id,
                *_good(),
            )
            .values(revoked_at=func.clock_timestamp())
            .returning(col(ShareRow.share_id)),
            execution_options={"synchronize_session": False},
        )
        return revoked.first() is not None

    async def film(self, share_id: UUID) -> SharedFilm | None:
        """Find the film that a link leads to.

        Returns:
            None where it leads nowhere: it is unknown, was revoked or is too old, or its user is shut out.
        """
        found = await self._session.execute(
            select(
                col(JobRow.job_id),
                col(JobRow.input)["title"].astext,
                col(JobRow.version),
                col(ShareRow.expires_at),
            )
            .join(JobRow, col(JobRow.job_id) == col(ShareRow.job_id))
            .join(UserRow, col(UserRow.user_id) == col(JobRow.user_id))
            .where(
                col(ShareRow.share_id) == share_id,
                col(JobRow.version).is_not(None),
                col(UserRow.disabled_at).is_(None),
                *_good(),
            )
        )
        row = found.one_or_none()
        return None if row is None else SharedFilm(*row)


def _good() -> tuple[ColumnElement[bool], ...]:
    return col(ShareRow.revoked_at).is_(None), col(ShareRow.expires_at) > func.clock_timestamp()
