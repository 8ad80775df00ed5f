"""Where pictures, sounds and fonts of projects lie in the store, and how what is left of them is swept."""

from __future__ import annotations

from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.engine import Database
from infrastructure.db.repositories.references import References
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef, graphics_key, project_key, reference_key, sound_key
from schemas.references import ReferenceKind, ReferenceState

SWEPT_AT_ONCE = 200
"""Rows that one sweep looks at, at most."""


def upload_ref(row: ReferenceRow) -> ArtifactRef:
    """Say where a file is uploaded, and as what. Nothing is ever used from there."""
    return _ref(row, project_key(row.project_id, "uploads", str(row.reference_id)))


def kept_ref(row: ReferenceRow) -> ArtifactRef:
    """Say where a file lies that was looked at: as long as its project does."""
    return _ref(row, project_key(row.project_id, "references", str(row.reference_id)))


def lent_ref(row: ReferenceRow) -> ArtifactRef:
    """Say where films look for a file: under its digest, among the artifacts, which expire."""
    graphics = row.kind in {ReferenceKind.LOGO, ReferenceKind.FONT}
    key = sound_key if row.kind.is_sound else graphics_key if graphics else reference_key
    return _ref(row, key(row.project_id, row.sha256))


def _ref(row: ReferenceRow, key: str) -> ArtifactRef:
    return ArtifactRef(key=key, sha256=row.sha256, bytes=row.bytes, media_type=row.media_type)


async def sweep_references(db: Database, store: ObjectStore, limit: int = SWEPT_AT_ONCE) -> int:
    """Drop what was announced a day ago and never completed, and remove from the store what was deleted.

    Doing it again has the same effect, and several may do it at once. To be called every hour or so.

    Args:
        db: The database.
        store: The store.
        limit: How many files at most.

    Returns:
        How many were swept: as many as `limit` where there are more.

    Raises:
        DependencyDown: The store does not answer, or refuses; what is left is swept the next time.
    """
    async with db.begin() as session:
        due = await References(session).due(limit)
    for row in due:
        await clear(row, store)
        async with db.begin() as session:
            await References(session).swept(row.reference_id)
    return len(due)


async def clear(row: ReferenceRow, store: ObjectStore) -> None:
    """Remove from the store what is left of a file that is gone, or of the upload of one that is ready.

    Raises:
        DependencyDown: The store does not answer, or refuses.
    """
    await store.delete(upload_ref(row).key)
    if row.state is ReferenceState.GONE:
        await store.delete(kept_ref(row).key)
