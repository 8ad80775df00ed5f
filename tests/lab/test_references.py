"""How much projects may have, however many ask at once."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator

import pytest

from api.usecases.references import remove_reference
from api.usecases.take_references import Announcement, announce_reference
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Projects
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from schemas.errors import Conflict, NotFound
from schemas.jobs import FilmInput
from schemas.references import ReferenceKind

pytestmark = pytest.mark.lab


@pytest.fixture
async def store(s3_settings: Settings) -> AsyncIterator[ObjectStore]:
    async with ObjectStore(s3_settings) as opened:
        assert await opened.ensure_bucket() == []
        yield opened


def _file(bytes: int = 1024) -> Announcement:
    return Announcement("Anna", ReferenceKind.CHARACTER, "image/png", bytes, uuid.uuid4().hex * 2)


async def test_no_more_are_taken_than_a_project_may_have(
    db: Database, film: FilmInput, store: ObjectStore, s3_settings: Settings
) -> None:
    settings = s3_settings.model_copy(update={"references_per_project": 5})
    refusals: set[str] = set()

    async def announce(project_id: uuid.UUID = film.project_id) -> str | None:
        try:
            row, _ = await announce_reference(film.user_id, project_id, _file(), db=db, store=store, settings=settings)
        except Conflict as error:
            refusals.add(str(error))
            return None
        return str(row.reference_id)

    announced = [one for one in await asyncio.gather(*(announce() for _ in range(20))) if one is not None]
    assert len(announced) == 5
    assert refusals == {"A project has 5 files at most; delete one first."}
    async with db.begin() as session:
        other = await Projects(session).create(film.user_id, "another")
    assert await announce(other.project_id) is not None
    # What is deleted can still be uploaded for a while, and counts as long.
    await remove_reference(film.user_id, film.project_id, uuid.UUID(announced[0]), db=db, store=store)
    assert await announce() is None
    with pytest.raises(NotFound):
        await announce(uuid.uuid4())


async def test_no_more_is_taken_than_a_user_may_have(
    db: Database, film: FilmInput, store: ObjectStore, s3_settings: Settings
) -> None:
    settings = s3_settings.model_copy(update={"references_per_user_bytes": 10 * 1024})
    async with db.begin() as session:
        other = await Projects(session).create(film.user_id, "another")
    refusals: set[str] = set()

    async def announce(number: int) -> bool:
        project_id = film.project_id if number % 2 else other.project_id
        try:
            await announce_reference(film.user_id, project_id, _file(3 * 1024), db=db, store=store, settings=settings)
        except Conflict as error:
            refusals.add(str(error))
            return False
        return True

    assert sum(await asyncio.gather(*(announce(number) for number in range(20)))) == 3
    assert refusals == {"Your files may be 10 KiB large together; delete some first."}


async def test_announcing_one_file_at_once_announces_it_once(
    db: Database, film: FilmInput, store: ObjectStore, s3_settings: Settings
) -> None:
    file = _file()
    announced = await asyncio.gather(
        *(
            announce_reference(film.user_id, film.project_id, file, db=db, store=store, settings=s3_settings)
            for _ in range(10)
        )
    )
    assert len({row.reference_id for row, _ in announced}) == 1
