"""Versions: what is kept of each revision of a film, and which of them is the job's."""

from __future__ import annotations

import asyncpg
import pytest

from infrastructure.db import migrate
from infrastructure.db.engine import Database
from infrastructure.db.repositories import Events, Jobs, Versions
from infrastructure.ids import new_id
from schemas.artifact import ArtifactRef
from schemas.edits import Changes
from schemas.enums import JobStatus
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput

pytestmark = pytest.mark.lab


def output(rev: int) -> ArtifactRef:
    key = f"jobs/j/output/r{rev}/final.mp4"
    return ArtifactRef(key=key, sha256=f"{rev:064x}", bytes=1000, media_type="video/mp4")


async def tell(db: Database, film: FilmInput, rev: int, kind: EventKind, status: JobStatus, **data: object) -> None:
    event = NewEvent(
        job_id=film.job_id, rev=rev, key=f"r{rev}/{kind}", kind=kind, status=status, message=f"{kind}.", data=data
    )
    async with db.begin() as session:
        await Events(session).record(event)


async def delivered(db: Database, film: FilmInput, rev: int) -> None:
    made = {"output": output(rev).model_dump(mode="json"), "summary": {"frames": 10 + rev}}
    await tell(db, film, rev, EventKind.COMPLETED, JobStatus.COMPLETED, **made)


async def asked(db: Database, film: FilmInput, rev: int, key: str | None = None) -> bool:
    async with db.begin() as session:
        new = await Versions(session).create(film.model_copy(update={"rev": rev, "base": rev - 1}), Changes(), key)
    await tell(db, film, rev, EventKind.QUEUED, JobStatus.QUEUED)
    return new


async def test_a_version_goes_along_with_its_job_and_a_failed_one_leaves_the_film(
    db: Database, film: FilmInput
) -> None:
    await delivered(db, film, 0)
    assert await asked(db, film, 1)
    assert not await asked(db, film, 1)
    await tell(db, film, 1, EventKind.STARTED, JobStatus.RUNNING)
    async with db.begin() as session:
        job = await Jobs(session).get(film.job_id)
        first, second = await Versions(session).of_job(film.job_id)
    assert job is not None
    assert (job.rev, job.version, job.output) == (1, 0, output(0))
    assert (first.status, first.film, second.status, second.film) == (
        JobStatus.COMPLETED, output(0), JobStatus.RUNNING, None,
    )  # fmt: skip
    await tell(db, film, 1, EventKind.FAILED, JobStatus.FAILED)
    await delivered(db, film, 1)  # too late: it has ended
    async with db.begin() as session:
        job = await Jobs(session).get(film.job_id)
        failed = await Versions(session).get(film.job_id, 1)
        assert [one.job_id for one in await Jobs(session).completed_jobs()] == [film.job_id]
    assert job is not None
    assert (job.status, job.version, job.output) == (JobStatus.FAILED, 0, output(0))
    assert failed is not None
    assert (failed.status, failed.film, failed.message) == (JobStatus.FAILED, None, "failed.")


async def test_a_version_that_is_shown_is_the_jobs_film(db: Database, film: FilmInput) -> None:
    await delivered(db, film, 0)
    await asked(db, film, 1)
    await delivered(db, film, 1)
    async with db.begin() as session:
        first = await Versions(session).get(film.job_id, 0)
        assert first is not None
        await Jobs(session).show(first, "s3://bucket/first")
    async with db.begin() as session:
        job = await Jobs(session).get(film.job_id)
    assert job is not None
    assert (job.rev, job.version, job.output, job.output_url) == (1, 0, output(0), "s3://bucket/first")
    assert job.summary == {"frames": 10}


async def test_a_request_is_found_by_its_key(db: Database, film: FilmInput) -> None:
    await delivered(db, film, 0)
    await asked(db, film, 1, "key")
    async with db.begin() as session:
        found = await Versions(session).asked_by(film.job_id, "key")
        assert await Versions(session).asked_by(new_id(), "key") is None
    assert found is not None
    assert (found.rev, found.film_input.base) == (1, 0)


async def test_films_from_before_have_one_version(postgres: str) -> None:
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE from_before TEMPLATE template0")
    await admin.close()
    dsn = postgres.removesuffix("postgres") + "from_before"
    migrate.upgrade(dsn, "0001")
    connection = await asyncpg.connect(dsn)
    await connection.execute(_FROM_BEFORE)
    migrate.upgrade(dsn)
    rows = await connection.fetch("SELECT rev, status, output->>'key' AS key FROM job_versions ORDER BY key")
    assert [tuple(row) for row in rows] == [(0, "completed", "jobs/a/output/final.mp4"), (0, "failed", None)]
    assert await connection.fetchval("SELECT array_agg(version ORDER BY version) FROM jobs") == [0, None]
    migrate.downgrade(dsn, "0001")
    assert await connection.fetchval("SELECT count(*) FROM jobs") == 2
    await connection.close()


_FROM_BEFORE = """
    INSERT INTO users (user_id, email) VALUES ('00000000-0000-7000-8000-000000000001', 'a@b');
    INSERT INTO projects (project_id, user_id, locator, title)
        VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'p', 't');
    INSERT INTO jobs (job_id, project_id, user_id, workflow_id, status, progress, options, input, output_key,
                      output_sha256, output_bytes, output_media_type)
    SELECT job::uuid, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'w', status,
           progress, '{}', '{}', key, sha, size, kind
    FROM (VALUES ('00000000-0000-7000-8000-000000000003', 'completed', 100, 'jobs/a/output/final.mp4', repeat('a', 64),
                  10::bigint, 'video/mp4'),
                 ('00000000-0000-7000-8000-000000000004', 'failed', 5, NULL, NULL, NULL, NULL))
         AS row (job, status, progress, key, sha, size, kind);
"""
