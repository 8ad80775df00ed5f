"""Keys by which programs act for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, bindparam, select, text, update
from sqlalchemy import func as sql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from infrastructure.db.people import ApiKeyRow
from infrastructure.db.tables import UserRow
from schemas.people import Scope

# Written down once an hour: what is read a hundred times a second is not written as often.
_USED = text("""
    UPDATE api_keys SET used_at = clock_timestamp()
    WHERE digest = :digest AND (used_at IS NULL OR used_at < clock_timestamp() - interval '1 hour')
""").bindparams(bindparam("digest", type_=LargeBinary))


class ApiKeys:
    """Keys by which programs act for somebody."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, user_id: UUID, digest: bytes, name: str, hint: str, scopes: Iterable[Scope], expires_at: datetime | None
    ) -> ApiKeyRow:
        """Remember a new key by its digest."""
        row = ApiKeyRow(
            user_id=user_id,
            digest=digest,
            name=name,
            hint=hint,
            scopes=sorted(scope.value for scope in scopes),
            expires_at=expires_at,
        )
        self._session.add(row)
        await self._session.flush()
        await self._session.refresh(row)
        return row

    async def owner(self, digest: bytes) -> tuple[UserRow, frozenset[Scope]] | None:
        """Find for whom a key acts, and what it may do.

        Returns:
            None where it is unknown, revoked or too old, or where its owner is shut out.
        """
        found = await self._session.execute(
            select(UserRow, ApiKeyRow)
            .join(ApiKeyRow, col(ApiKeyRow.user_id) == col(UserRow.user_id))
            .where(
                col(ApiKeyRow.digest) == digest,
                col(ApiKeyRow.revoked_at).is_(None),
                sql.coalesce(col(ApiKeyRow.expires_at) > sql.clock_timestamp(), True),
                col(UserRow.disabled_at).is_(None),
            )
        )
        row = found.one_or_none()
        if row is None:
            return None
        await self._session.execute(_USED, {"digest": digest})
        known = {scope.value for scope in Scope}
        return row[0], frozenset(Scope(scope) for scope in row[1].scopes if scope in known)

    async def valid_ones(self, user_id: UUID) -> Sequence[ApiKeyRow]:
        """A user's keys that are not revoked, the newest first."""
        found = await self._session.scalars(
            select(ApiKeyRow)
            .where(col(ApiKeyRow.user_id) == user_id, col(ApiKeyRow.revoked_at).is_(None))
            .order_by(col(ApiKeyRow.created_at).desc())
        )
        return found.all()

    async def revoke(self, user_id: UUID, key_id: UUID | None = None) -> int:
        """Revoke a key of a user, or all of them.

        Returns:
            How many were valid.
        """
        which = [col(ApiKeyRow.user_id) == user_id, col(ApiKeyRow.revoked_at).is_(None)]
        if key_id is not None:
            which.append(col(ApiKeyRow.key_id) == key_id)
        revoked = await self._session.execute(
            update(ApiKeyRow).where(*which).values(revoked_at=sql.clock_timestamp()).returning(col(ApiKeyRow.key_id)),
            execution_options={"synchronize_session": False},
        )
        return len(revoked.all())
