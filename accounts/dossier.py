"""All that an installation knows of somebody, as one JSON document, written while it is read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from infrastructure.db.engine import Database
from infrastructure.db.repositories.dossiers import FIRST, SECTIONS, Dossiers, Row, Section
from infrastructure.publishing import INTERMEDIATE, OUTPUT
from infrastructure.storage import PRESIGN_S, ObjectStore
from schemas.artifact import version_key
from schemas.errors import StudioError

FORMAT = 1
"""Raised when what the document holds is called otherwise."""
ABREAST = 4
"""Rows for which the store is asked at once: each may bring a script of 5 MiB."""


async def dossier(user_id: UUID, *, db: Database, store: ObjectStore) -> AsyncIterator[bytes]:
    """Write down what is known of somebody, a piece at a time, so that it may be of any size.

    Each page of it is a transaction of its own: no connection is held while somebody reads slowly.

    Args:
        user_id: Of whom.
        db: The database.
        store: Where their scripts and films lie. Where it is away, the document says so in their place.

    Yields:
        Pieces of a JSON document: an object with a member for each of `SECTIONS`.
    """
    about = {"format": FORMAT, "written_at": datetime.now(UTC), "links_last_s": PRESIGN_S}
    yield to_json(about)[:-1]
    for section in SECTIONS:
        async for piece in _section(section, user_id, db, store):
            yield piece
    yield b"}\n"


async def _section(
    section: Section, of: UUID, db: Database, store: ObjectStore, known: Sequence[Row] | None = None
) -> AsyncIterator[bytes]:
    """Write a member of an object: all rows of a section.

    Args:
        section: The section.
        of: Whose.
        db: The database.
        store: The store.
        known: How it begins, where that was read before.
    """
    yield b"," + to_json(section.name) + b":["
    between = b"\n"
    async for rows in _pages(section, of, db, known):
        begun = await _begun(section, rows, db)
        for some in (rows[at : at + ABREAST] for at in range(0, len(rows), ABREAST)):
            stored = await asyncio.gather(*(_stored(section, row, store) for _, row in some))
            for (_, row), found in zip(some, stored, strict=True):
                yield between + to_json(_shown(section, row) | found)[:-1]
                for inner in section.inside:
                    first = begun[inner.name].get(row[section.key], [])
                    async for piece in _section(inner, row[section.key], db, store, first):
                        yield piece
                yield b"}"
                between = b",\n"
    yield b"]"


async def _pages(section: Section, of: UUID, db: Database, known: Sequence[Row] | None) -> AsyncIterator[Sequence[Row]]:
    """Read a section, a page at a time."""
    after: tuple[Any, ...] | None = None
    if known is not None:
        yield known
        if len(known) < FIRST:
            return
        after = known[-1][0]
    while True:
        async with db.begin() as session:
            rows = await Dossiers(session).page(section, of, after)
        yield rows
        if len(rows) < section.at_once:
            return
        after = rows[-1][0]


async def _begun(section: Section, rows: Sequence[Row], db: Database) -> dict[str, dict[UUID, list[Row]]]:
    """Read how each section inside begins, of all rows of a page at once."""
    if not rows or not section.inside:
        return {inner.name: {} for inner in section.inside}
    holders = [row[section.key] for _, row in rows]
    async with db.begin() as session:
        return {inner.name: await Dossiers(session).first(inner, holders) for inner in section.inside}


def _shown(section: Section, row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in section.without}


async def _stored(section: Section, row: dict[str, Any], store: ObjectStore) -> dict[str, Any]:
    """What the store has of a row."""
    found: dict[str, Any] = {}
    try:
        if section.link and row.get("state", "ready") == "ready":  # what was only announced lies nowhere
            found["link"] = await store.presign_get(section.link.format_map(row))
        if section.text:
            found["text"] = (await store.get_bytes(row[section.text])).decode("utf-8")
        if section.files:
            found["files"] = await _files(row["job_id"], row["rev"], store)
    except StudioError as error:
        found["missing"] = str(error)
    return found


async def _files(job_id: UUID, rev: int, store: ObjectStore) -> list[dict[str, str]]:
    keys = [
        key for folder in (OUTPUT, INTERMEDIATE) async for key in store.list_keys(version_key(job_id, folder, rev, ""))
    ]
    return [{"name": PurePosixPath(key).name, "link": await store.presign_get(key)} for key in keys]
