"""Pictures, sounds and fonts of a project on their way in: announced, uploaded straight to the store, looked at."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

import anyio

from api.apart import PATIENCE_S, apart
from api.usecases.references import reference_of, remove_reference
from infrastructure.db.belongings import ReferenceRow
from infrastructure.db.engine import Database
from infrastructure.db.repositories.references import References
from infrastructure.references import kept_ref, upload_ref
from infrastructure.settings import Settings
from infrastructure.storage import PRESIGN_S, ObjectStore, Upload
from schemas.errors import ArtifactMissing, Conflict, DependencyDown, InputError, InvalidRequest, NotFound, ProcessDied
from schemas.references import Examined, ReferenceKind, ReferenceState

AT_ONCE = 4
"""Files that one process looks at, at once."""


class ExamineReference(Protocol):
    """Reads a file as the film would; `film.references.examine_reference` does. It runs in a process of its own."""

    def __call__(self, path: Path, kind: ReferenceKind, media_type: str, name: str, /) -> Examined:
        """Say what it is.

        Raises:
            InputError: It cannot be used; the sentence says why.
        """


@dataclass(frozen=True)
class Announcement:
    """A file that is about to be uploaded."""

    name: str
    kind: ReferenceKind
    media_type: str
    bytes: int
    sha256: str


async def announce_reference(
    user_id: UUID, project_id: UUID, file: Announcement, *, db: Database, store: ObjectStore, settings: Settings
) -> tuple[ReferenceRow, Upload]:
    """Let a user upload a file of a project. Announcing one again that has not come yet gives a new address.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        file: What will be uploaded.
        db: The database.
        store: Where to.
        settings: How many there may be, and how large.

    Returns:
        The file, and the request that uploads it.

    Raises:
        NotFound: They have no such project.
        InvalidRequest: It is too large, or of a type that is not read.
        Conflict: The project has this file already, or as many as it may have.
    """
    _must_be_readable(file, settings)
    async with db.begin() as session:
        references = References(session)
        taken = await references.taken(user_id, project_id, timedelta(seconds=PRESIGN_S))
        if taken is None:
            raise NotFound("There is no such project.")
        before = await references.announced(project_id, file.kind, file.sha256)
        if before is not None and before.state is ReferenceState.READY:
            raise Conflict(f"This project has this file already, as “{before.name}”.")
        if taken.files + (before is None) > settings.references_per_project:
            raise Conflict(f"A project has {settings.references_per_project} files at most; delete one first.")
        if taken.bytes + file.bytes - (0 if before is None else before.bytes) > settings.references_per_user_bytes:
            most = _size(settings.references_per_user_bytes)
            raise Conflict(f"Your files may be {most} large together; delete some first.")
        row = ReferenceRow(project_id=project_id, **vars(file))
        if before is not None:
            row.reference_id = before.reference_id
        row = await references.announce(row)
    return row, await store.presign_put(upload_ref(row))


def _must_be_readable(file: Announcement, settings: Settings) -> None:
    if file.media_type not in file.kind.media_types:
        types = ", ".join(file.kind.media_types)
        raise InvalidRequest(f"media_type: a file of kind “{file.kind}” is one of {types}.")
    most = {
        "sound": settings.reference_sound_bytes,
        "font": settings.reference_font_bytes,
        "picture": settings.reference_picture_bytes,
    }[file.kind.word]
    if file.bytes > most:
        raise InvalidRequest(f"bytes: a {file.kind.word} may be {_size(most)} large at most.")


def _size(count: int) -> str:
    for power, unit in ((30, "GiB"), (20, "MiB"), (10, "KiB")):
        if count >= 1 << power:
            return f"{count / (1 << power):g} {unit}"
    return f"{count} bytes"


async def complete_reference(
    user_id: UUID,
    project_id: UUID,
    reference_id: UUID,
    *,
    db: Database,
    store: ObjectStore,
    settings: Settings,
    examine: ExamineReference,
) -> ReferenceRow:
    """Look at a file that was uploaded, and make it usable. Doing it again has the same effect.

    What is used afterwards is a copy that this makes of what was looked at: nobody can upload over it.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        reference_id: The file.
        db: The database.
        store: Where it was uploaded.
        settings: Says where temporary files lie.
        examine: Reads it.

    Raises:
        NotFound: They have no such file.
        Conflict: Nothing was uploaded yet.
        InvalidRequest: What was uploaded is not what was announced; it is removed, and may be uploaded again.
        InputError: It cannot be used; it is removed, and so is the file's entry.
        DependencyDown: So many are looked at that its turn did not come.
    """
    row = await reference_of(user_id, project_id, reference_id, db=db)
    if row.state is ReferenceState.READY:
        return row
    async with turn():
        with tempfile.TemporaryDirectory(prefix="reference-", dir=settings.work_dir) as folder:
            path = Path(folder) / "file"
            try:
                await _fetch(row, path, store)
            except (Conflict, InvalidRequest):
                row = await reference_of(user_id, project_id, reference_id, db=db)
                if row.state is ReferenceState.READY:  # another completed it meanwhile, and took the upload away
                    return row
                raise
            try:
                found = await _examined(row, path, examine)
            except InputError:
                await remove_reference(user_id, project_id, reference_id, db=db, store=store)
                raise
            await store.put_file(kept_ref(row).key, path, row.media_type)
    async with db.begin() as session:
        done = await References(session).complete(reference_id, found)
    if done is None:
        return await _completed_meanwhile(row, user_id, db=db, store=store)
    with suppress(DependencyDown):  # it is swept
        await store.delete(upload_ref(row).key)
    return done


@asynccontextmanager
async def turn(places: anyio.CapacityLimiter | None = None) -> AsyncIterator[None]:
    """Wait for a place: each file that is looked at lies on the disk meanwhile.

    Args:
        places: Where; None for where files are completed.

    Raises:
        DependencyDown: Its turn did not come.
    """
    places = places or _places()
    try:
        with anyio.fail_after(PATIENCE_S):
            await places.acquire()
    except TimeoutError as error:
        raise DependencyDown("So many files are looked at that the turn of this one did not come.") from error
    try:
        yield
    finally:
        places.release()


@cache
def _places() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(AT_ONCE)


async def _examined(row: ReferenceRow, path: Path, examine: ExamineReference) -> Examined:
    try:
        return await apart(examine, path, row.kind, row.media_type, row.name)
    except ProcessDied as error:  # whatever did this to a reader is not read again
        raise InvalidRequest(f"{row.name} cannot be read; give another file.") from error


async def _fetch(row: ReferenceRow, path: Path, store: ObjectStore) -> None:
    """Fetch what was uploaded, if it is what was announced."""
    announced = upload_ref(row)
    try:
        found = await store.head(announced.key)
        if found is None:
            raise Conflict("Nothing was uploaded yet: PUT the file to the address that came with the announcement.")
        if found == announced:
            await store.get_file(announced, path)
            return
    except ArtifactMissing:
        pass  # without a digest, or with another than it says: no store of ours lets that in
    await store.delete(announced.key)
    raise InvalidRequest(
        f"What was uploaded is not the file that was announced ({row.bytes} bytes, {row.media_type}); upload it again."
    )


async def _completed_meanwhile(row: ReferenceRow, user_id: UUID, *, db: Database, store: ObjectStore) -> ReferenceRow:
    """Two completed one file at once, or it was deleted under this one's hands."""
    try:
        return await reference_of(user_id, row.project_id, row.reference_id, db=db)
    except NotFound:
        await store.delete(kept_ref(row).key)
        raise
