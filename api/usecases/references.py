"""Pictures, sounds and fonts that a project has: found, listed, deleted, and lent to its films."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from api.usecases.projects import project_of
from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.engine import Database
from infrastructure.db.repositories.references import References
from infrastructure.references import clear, kept_ref, lent_ref
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef
from schemas.errors import DependencyDown, InvalidRequest, NotFound
from schemas.references import ReferenceKind


async def reference_of(user_id: UUID, project_id: UUID, reference_id: UUID, *, db: Database) -> ReferenceRow:
    """Find a file of a project of a user.

    Raises:
        NotFound: They have no such project, or it has no such file.
    """
    async with db.begin() as session:
        row = await References(session).owned(user_id, project_id, reference_id)
    if row is None:
        raise _unknown()
    return row


async def references_of(
    user_id: UUID,
    project_id: UUID,
    limit: int,
    after: tuple[datetime, UUID] | None,
    kind: ReferenceKind | None,
    *,
    db: Database,
) -> Sequence[ReferenceRow]:
    """List files of a project of a user, the newest first; see `References.page`.

    Raises:
        NotFound: They have no such project.
    """
    await project_of(user_id, project_id, db=db)
    async with db.begin() as session:
        return await References(session).page(user_id, project_id, limit, after, kind)


async def remove_reference(
    user_id: UUID, project_id: UUID, reference_id: UUID, *, db: Database, store: ObjectStore
) -> None:
    """Delete a file of a project of a user. Films that were ordered with it keep what they were lent.

    Raises:
        NotFound: They have no such file.
    """
    async with db.begin() as session:
        row = await References(session).remove(user_id, project_id, reference_id)
    if row is None:
        raise _unknown()
    with suppress(DependencyDown):  # it is gone for its user; the store's part is swept
        await clear(row, store)


async def usable(
    user_id: UUID,
    project_id: UUID,
    digests: Collection[str],
    *,
    db: Database,
    kinds: Collection[ReferenceKind] = tuple(ReferenceKind),
) -> list[ReferenceRow]:
    """Find files of a project that an order names by their sha256.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        digests: The files' sha256.
        db: The database.
        kinds: What they may be to the project.

    Raises:
        InvalidRequest: The project has no such file that can be used.
    """
    if not digests:
        return []
    async with db.begin() as session:
        rows = await References(session).ready(user_id, project_id, digests, kinds)
    missing = sorted(set(digests) - {row.sha256 for row in rows})
    if missing:
        what = "file" if len(kinds) > 1 else f"file of kind “{next(iter(kinds))}”"
        raise InvalidRequest(f"This project has no {what} {missing[0]} that can be used; upload it first.")
    return list(rows)


async def lend(rows: Collection[ReferenceRow], store: ObjectStore) -> list[ArtifactRef]:
    """Put files where films look for them: a copy, which stays when the file is deleted.

    Raises:
        ArtifactMissing: One is gone from the store.
    """
    lent = {lent_ref(row).key: row for row in rows}  # one picture may be a character's and a style's
    return await asyncio.gather(*(_lend(row, store) for row in lent.values()))


async def _lend(row: ReferenceRow, store: ObjectStore) -> ArtifactRef:
    there = lent_ref(row)
    # One that is about to expire is none: it is copied again.
    return await store.head(there.key) or await store.copy(kept_ref(row), there.key)


def _unknown() -> NotFound:
    return NotFound("There is no such file.")
