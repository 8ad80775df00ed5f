"""Projects: a script, its versions, and all that is made of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from uuid import UUID

from film.script.intake import Script, open_script
from infrastructure.db.engine import Database
from infrastructure.db.repositories.projects import Projects
from infrastructure.db.repositories.scripts import Scripts
from infrastructure.db.tables import ProjectRow, ScriptRow
from infrastructure.storage import ObjectStore
from schemas.artifact import project_key
from schemas.errors import Conflict, NotFound, Outdated


async def project_of(user_id: UUID, project_id: UUID, *, db: Database) -> ProjectRow:
    """Find a project of a user.

    Raises:
        NotFound: They have no such project.
    """
    async with db.begin() as session:
        project = await Projects(session).owned(user_id, project_id)
    if project is None:
        raise _unknown()
    return project


async def rename_project(
    user_id: UUID, project_id: UUID, title: str, version: int | None, *, db: Database
) -> ProjectRow:
    """Give a project another title.

    Args:
        user_id: Whose it is.
        project_id: The project.
        title: Its title from now on.
        version: The version that was edited; None whatever it is.
        db: The database.

    Raises:
        NotFound: They have no such project.
        Outdated: It was changed since that version.
    """
    async with db.begin() as session:
        changed = await Projects(session).rename(user_id, project_id, title, version)
        if changed is None:
            raise await _refused(Projects(session), user_id, project_id)
    return changed


async def delete_project(user_id: UUID, project_id: UUID, *, db: Database) -> None:
    """Delete a project with all that belongs to it.

    Raises:
        NotFound: They have no such project.
        Conflict: A film of it is being made.
    """
    async with db.begin() as session:
        projects = Projects(session)
        if not await projects.delete(user_id, project_id):
            if await projects.owned(user_id, project_id) is None:
                raise _unknown()
            raise Conflict("A film of this project is being made; wait for it, or cancel it first.")


async def hand_in_script(
    user_id: UUID,
    project_id: UUID,
    data: bytes,
    file_name: str,
    version: int | None,
    *,
    db: Database,
    store: ObjectStore,
) -> ScriptRow:
    """Give a project a new version of its script.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        data: The file as it is given.
        file_name: Its name.
        version: The project's version that was edited; None whatever it is.
        db: The database.
        store: Where text and file go.

    Raises:
        NotFound: They have no such project.
        InvalidScript: It cannot be read; the sentence says what to do.
        Outdated: The project was changed since that version.
    """
    await project_of(user_id, project_id, db=db)
    script = await asyncio.to_thread(open_script, data, file_name)
    row, uri = await _store(project_id, file_name, script, store)
    async with db.begin() as session:
        added = await Scripts(session).add(user_id, row, uri, version)
        if added is None:
            raise await _refused(Projects(session), user_id, project_id)
    return added


async def script_of(user_id: UUID, project_id: UUID, number: int | None, *, db: Database) -> ScriptRow:
    """Find a version of a project's script.

    Args:
        user_id: Whose project it is.
        project_id: The project.
        number: Of the version; None for the newest.
        db: The database.

    Raises:
        NotFound: They have no such project, or it has no such version.
    """
    async with db.begin() as session:
        scripts = Scripts(session)
        found = (
            await scripts.newest(user_id, project_id)
            if number is None
            else await scripts.numbered(user_id, project_id, number)
        )
    if found is None:
        await project_of(user_id, project_id, db=db)
        raise NotFound("This project has no script yet." if number is None else f"There is no version {number}.")
    return found


async def scripts_of(user_id: UUID, project_id: UUID, *, db: Database) -> Sequence[ScriptRow]:
    """List the versions of a project's script, the newest first.

    Raises:
        NotFound: They have no such project.
    """
    async with db.begin() as session:
        found = await Scripts(session).all_of(user_id, project_id)
    if not found:
        await project_of(user_id, project_id, db=db)
    return found


async def _store(project_id: UUID, file_name: str, script: Script, store: ObjectStore) -> tuple[ScriptRow, str]:
    """Keep text and file under their digests, as long as the project: versions are never written over."""
    text = script.text.encode("utf-8")
    digest, original = hashlib.sha256(text).hexdigest(), hashlib.sha256(script.original).hexdigest()
    key = project_key(project_id, "scripts", f"{digest}.txt")
    original_key = project_key(project_id, "scripts", f"{original}.bin")
    await asyncio.gather(
        store.put_bytes(key, text, "text/plain; charset=utf-8"),
        store.put_bytes(original_key, script.original, "application/octet-stream"),
    )
    row = ScriptRow(
        project_id=project_id,
        number=0,
        file_name=file_name,
        key=key,
        original_key=original_key,
        sha256=digest,
        format=script.screenplay.format.value,
        characters=len(script.text),
    )
    return row, store.uri(key)


async def _refused(projects: Projects, user_id: UUID, project_id: UUID) -> NotFound | Outdated:
    found = await projects.owned(user_id, project_id)
    if found is None:
        return _unknown()
    return Outdated(f"This project was changed meanwhile: it is at version {found.version}. Read it again.")


def _unknown() -> NotFound:
    return NotFound("There is no such project.")
