"""What lies in the store and no row of the database knows: found, and deleted when it is old enough.

An object is stored before the row that names it, and stays when its project is deleted, or when its worker died in
between. Nothing here deletes what a row refers to, what is younger than `retention.ORPHAN_AGE`, or what is not named as
this software names objects. What is deleted can be had back for `retention.OLD_VERSION_DAYS`, as an old version.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from infrastructure.db.engine import Database
from infrastructure.db.repositories.stored import StoredKeys
from infrastructure.retention import ORPHAN_AGE
from infrastructure.storage import ObjectStore, Stored
from schemas.housekeeping import StoreSwept

ARTIFACTS, JOBS, PROJECTS = PREFIXES = ("artifacts/", "jobs/", "projects/")
"""Below these, everything belongs to a project or a job."""

_ID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_ARTIFACT = re.compile(rf"artifacts/({_ID})/[A-Za-z0-9._/-]+")
_JOB = re.compile(rf"jobs/({_ID})/(?:(?:output|intermediate)/r(\d+)/)?.+")
_PROJECT = re.compile(rf"projects/({_ID})/.+", re.DOTALL)

log = structlog.get_logger(__name__)

Looking = Callable[[list[Stored]], None]
"""Is shown all objects, some at a time."""


async def orphans(db: Database, store: ObjectStore, looking: Looking = lambda _: None) -> AsyncIterator[list[Stored]]:
    """Find the objects that no row knows, however young they are.

    Args:
        db: The database.
        store: The store.
        looking: Is shown all objects that there are.

    Yields:
        Some, found a moment ago; at times none.

    Raises:
        DependencyDown: Store or database do not answer.
    """
    for prefix, find in ((ARTIFACTS, _artifacts), (JOBS, _jobs), (PROJECTS, _projects)):
        async for page in store.list_pages(prefix):
            looking(page)
            async with db.begin() as session:
                known = await find(StoredKeys(session), [one.key for one in page])
            yield [one for one in page if one.key not in known]


async def _artifacts(rows: StoredKeys, keys: list[str]) -> set[str]:
    """Find the known ones: most are kept as artifacts; the rest is looked for in all that its project has."""
    known = await rows.kept(keys)
    left = _by_owner(_ARTIFACT, (key for key in keys if key not in known))
    for project_id in left:
        known |= await rows.mentioned(project_id)
    return known


async def _jobs(rows: StoredKeys, keys: list[str]) -> set[str]:
    """Find the known ones: a job's own while there is the job, and a version's while there is the version."""
    versions = await rows.versions(_by_owner(_JOB, keys))
    known = set()
    for key in keys:
        match = _JOB.fullmatch(key)
        if match is not None and (job := UUID(match[1])) in versions:
            if match[2] is None or int(match[2]) in versions[job]:
                known.add(key)
    return known


async def _projects(rows: StoredKeys, keys: list[str]) -> set[str]:
    """Find the known ones: all of a project that there is."""
    owners = _by_owner(_PROJECT, keys)
    there = await rows.projects(owners)
    return {key for owner, own in owners.items() if owner in there for key in own}


def _by_owner(pattern: re.Pattern[str], keys: Iterable[str]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for key in keys:
        match = pattern.fullmatch(key)
        if match is not None:
            found.setdefault(UUID(match[1]), []).append(key)
    return found


def is_ours(key: str) -> bool:
    """Tell whether an object is named as this software names them: what is not, is no business of a sweep."""
    return any(pattern.fullmatch(key) for pattern in (_ARTIFACT, _JOB, _PROJECT))


async def sweep(db: Database, store: ObjectStore, *, older_than: timedelta = ORPHAN_AGE) -> StoreSwept:
    """Delete what no row knows, and end uploads in parts that nobody finished.

    Args:
        db: The database.
        store: The store.
        older_than: What is younger is left.

    Returns:
        What was done.

    Raises:
        DependencyDown: Store or database do not answer; what was deleted by then stays deleted.
    """
    before = datetime.now(UTC) - older_than
    looked_at, deleted, size = 0, 0, 0

    def looking(page: list[Stored]) -> None:
        nonlocal looked_at
        looked_at += len(page)

    async with db.begin() as session:
        if not await StoredKeys(session).anything():
            return StoreSwept(
                looked_at=0, deleted=0, bytes=0, uploads=0, note="Nothing is swept: the database knows no project."
            )
    async for found in orphans(db, store, looking):
        for one in found:
            if one.written_at < before and is_ours(one.key) and await _delete(store, one.key, before):
                deleted, size = deleted + 1, size + one.bytes
    uploads = 0
    for upload in await store.open_uploads():
        if upload.begun_at < before:
            await store.end_upload(upload)
            log.info("upload ended", key=upload.key, begun=str(upload.begun_at))
            uploads += 1
    return StoreSwept(looked_at=looked_at, deleted=deleted, bytes=size, uploads=uploads)


async def _delete(store: ObjectStore, key: str, before: datetime) -> bool:
    """Delete an object, unless it was written again since it was listed.

    Between this look and the deletion a worker may still take it for its own: whoever reads an artifact asks the store
    first, finds it gone, and makes it again.
    """
    written = await store.written_at(key)
    if written is None or written >= before:
        return False
    await store.delete(key)
    log.info("orphan deleted", key=key)
    return True
