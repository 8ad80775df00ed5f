"""What nobody knows in the store is deleted, and nothing else: on a real store and a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from infrastructure.aws import client
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Artifacts, Projects, Users
from infrastructure.db.repositories.scripts import Scripts
from infrastructure.db.tables import ScriptRow
from infrastructure.ids import new_id
from infrastructure.settings import Settings
from infrastructure.storage import ObjectStore
from infrastructure.sweeping import orphans, sweep
from schemas.artifact import artifact_key, job_key, project_key, version_key
from schemas.jobs import FilmInput

pytestmark = pytest.mark.lab

AT_ONCE = timedelta(minutes=-5)
"""As if all that was just written had been for long."""


@pytest.fixture
async def store(s3_settings: Settings) -> AsyncIterator[ObjectStore]:
    async with ObjectStore(s3_settings) as opened:
        await opened.ensure_bucket()
        yield opened


@pytest.fixture
async def raw(s3_settings: Settings) -> AsyncIterator[Any]:
    async with client("s3", s3_settings, s3_settings.s3_endpoint_url) as opened:
        yield opened


async def put(store: ObjectStore, *keys: str) -> set[str]:
    for key in keys:
        await store.put_bytes(key, b"seven b", "text/plain")
    return set(keys)


async def kept(store: ObjectStore) -> set[str]:
    return {key async for key in store.list_keys("")}


def picture(project_id: UUID) -> str:
    return artifact_key(project_id, "keyframes", new_id().hex, "png")


async def known(db: Database, store: ObjectStore, film: FilmInput) -> set[str]:
    """Objects of every kind that rows refer to."""
    project = film.project_id
    artifact = await store.put_bytes(picture(project), b"seven b", "image/png")
    text_key, original_key = (artifact_key(project, "source", new_id().hex, one) for one in ("txt", "bin"))
    row = ScriptRow(
        project_id=project,
        number=0,
        file_name="a.fountain",
        key=text_key,
        original_key=original_key,
        sha256="0" * 64,
        format="fountain",
        characters=7,
    )
    async with db.begin() as session:
        await Artifacts(session).keep(project, "keyframes", "0" * 64, artifact)
        assert await Scripts(session).add(film.user_id, row, store.uri(text_key), None)
    others = await put(
        store,
        text_key,
        original_key,
        job_key(film.job_id, "scenes", "scene_001.png"),
        job_key(film.job_id, "output", "final.mp4"),
        version_key(film.job_id, "output", 0, "final.mp4"),
        version_key(film.job_id, "intermediate", 0, "timeline.otio"),
        project_key(project, "original", "Ünïcode of mine.pdf"),
    )
    return others | {artifact.key}


async def unknown(store: ObjectStore, film: FilmInput) -> set[str]:
    """Objects of every kind that no row refers to."""
    gone = new_id()
    return await put(
        store,
        picture(film.project_id),
        picture(gone),
        job_key(gone, "output", "final.mp4"),
        version_key(film.job_id, "output", 7, "final.mp4"),
        version_key(film.job_id, "intermediate", 7, "timeline.otio"),
        project_key(gone, "script.txt"),
    )


async def test_what_no_row_knows_is_deleted_and_all_else_stays(
    db: Database, store: ObjectStore, film: FilmInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infrastructure.storage.PAGE_KEYS", 3)
    theirs, nobodys = await known(db, store, film), await unknown(store, film)
    foreign = await put(store, "artifacts/readme.txt", "jobs/x/y", f"artifacts/{new_id()}/a b.png", "elsewhere/a")
    young = await sweep(db, store)
    assert (young.looked_at, young.deleted) == (len(theirs | nobodys | foreign) - 1, 0)
    assert await kept(store) == theirs | nobodys | foreign
    named = {one.key async for found in orphans(db, store) for one in found}
    assert named == nobodys | foreign - {"elsewhere/a"}
    swept = await sweep(db, store, older_than=AT_ONCE)
    assert (swept.deleted, swept.bytes) == (len(nobodys), 7 * len(nobodys))
    assert await kept(store) == theirs | foreign
    assert (await sweep(db, store, older_than=AT_ONCE)).deleted == 0


async def test_what_was_swept_can_be_had_back(db: Database, store: ObjectStore, film: FilmInput, raw: Any) -> None:
    [key] = await put(store, picture(film.project_id))
    await sweep(db, store, older_than=AT_ONCE)
    assert not await store.exists(key)
    [marker] = (await raw.list_object_versions(Bucket=store.bucket, Prefix=key))["DeleteMarkers"]
    await raw.delete_object(Bucket=store.bucket, Key=key, VersionId=marker["VersionId"])
    assert await store.get_bytes(key) == b"seven b"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE jobs SET input = jsonb_set(input, '{style}', jsonb_build_object('key', '{key}'))",
        "UPDATE jobs SET summary = jsonb_build_object('timeline', jsonb_build_object('key', '{key}'))",
        "UPDATE job_versions SET asked = jsonb_build_object('deep', jsonb_build_array('{key}'))",
        "UPDATE projects SET thumbnail_url = 's3://bucket/{key}'",
        "UPDATE workflow_commands SET payload = jsonb_build_object('key', '{key}')",
        "INSERT INTO job_events (job_id, seq, event_key, rev, kind, progress, status, message, data) "
        "SELECT job_id, 9, 'e', 0, 'queued', 0, 'queued', 'see {key}', '{}' FROM jobs",
    ],
)
async def test_whatever_column_of_whatever_table_holds_a_key_keeps_its_object(
    db: Database, store: ObjectStore, film: FilmInput, statement: str
) -> None:
    key, other = picture(film.project_id), picture(film.project_id)
    await put(store, key, other)
    async with db.begin() as session:
        await session.execute(
            text(
                "INSERT INTO workflow_commands (command_id, job_id, rev, kind, payload) "
                "SELECT gen_random_uuid(), job_id, 0, 'start', '{}' FROM jobs"
            )
        )
        await session.execute(text(statement.replace("{key}", key).replace(":", r"\:")))
    await sweep(db, store, older_than=AT_ONCE)
    assert await kept(store) == {key}


async def test_a_deleted_project_leaves_nothing(db: Database, store: ObjectStore, film: FilmInput) -> None:
    async with db.begin() as session:
        user = await Users(session).ensure_local()
        await Projects(session).ensure(user.user_id, "another", "Another")
    assert await known(db, store, film)
    async with db.begin() as session:
        await session.execute(text("DELETE FROM projects WHERE project_id = :id"), {"id": film.project_id})
    await sweep(db, store, older_than=AT_ONCE)
    assert await kept(store) == set()


async def test_a_database_that_knows_nothing_deletes_nothing(db: Database, store: ObjectStore) -> None:
    there = await put(store, picture(new_id()))
    swept = await sweep(db, store, older_than=AT_ONCE)
    assert "knows no project" in swept.note
    assert await kept(store) == there


async def test_uploads_that_nobody_finished_are_ended(
    db: Database, store: ObjectStore, film: FilmInput, raw: Any
) -> None:
    key = job_key(film.job_id, "output", "final.mp4")
    for _ in range(2):
        upload = await raw.create_multipart_upload(Bucket=store.bucket, Key=key)
        await raw.upload_part(
            Bucket=store.bucket, Key=key, UploadId=upload["UploadId"], PartNumber=1, Body=b"x" * (5 << 20)
        )
    assert len(found := await store.open_uploads()) == 2
    assert (await sweep(db, store)).uploads == 0
    assert await store.open_uploads() == found
    assert (await sweep(db, store, older_than=AT_ONCE)).uploads == 2
    assert await store.open_uploads() == []
    await store.end_upload(found[0])  # somebody else was faster
