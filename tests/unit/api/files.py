"""Files of a project, in memory: what use cases ask of the database and the store about them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

import pytest

from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.engine import Database
from infrastructure.db.repositories.references import References
from infrastructure.storage import ObjectStore
from schemas.artifact import ArtifactRef
from schemas.references import ReferenceKind, ReferenceState

PROJECT, USER = UUID(int=1), UUID(int=2)


class NoDatabase:
    """A database of which only repositories are asked that a test has replaced."""

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[None]:
        """Begin a transaction of nothing."""
        yield None


class Shelf:
    """A store of which every key has a file of a few bytes; it remembers which were read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    async def head(self, key: str) -> ArtifactRef:
        """Find a file."""
        return ArtifactRef(bucket="b", key=key, sha256=key.rpartition("/")[2][:64], bytes=1, media_type="image/png")

    async def get_bytes(self, ref: ArtifactRef) -> bytes:
        """Read a file."""
        self.read.append(ref.key)
        return ref.sha256.encode()


def database() -> Database:
    """A database that is not asked."""
    return cast(Database, NoDatabase())


def shelf() -> tuple[Shelf, ObjectStore]:
    """A store, and what was read of it."""
    shelf = Shelf()
    return shelf, cast(ObjectStore, shelf)


def file(number: int, kind: ReferenceKind, size: int = 1000) -> ReferenceRow:
    """A file that can be used; its sha256 is its number."""
    return ReferenceRow(
        reference_id=UUID(int=number + 100),
        project_id=PROJECT,
        name=f"file {number}",
        kind=kind,
        media_type=kind.media_types[0],
        bytes=size,
        sha256=f"{number:064x}",
        state=ReferenceState.READY,
    )


def have(monkeypatch: pytest.MonkeyPatch, *rows: ReferenceRow) -> None:
    """Let the project have files."""

    async def ready(
        _self: Any, _user: UUID, project_id: UUID, digests: Collection[str], kinds: Collection[ReferenceKind]
    ) -> Sequence[ReferenceRow]:
        return [row for row in rows if row.sha256 in digests and row.kind in kinds and row.project_id == project_id]

    monkeypatch.setattr(References, "ready", ready)
