"""Films whose job is deleted while they are made: called off, quietly, and nothing of them stays."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError
from temporalio.exceptions import ActivityError, ApplicationError

from accounts import ledger
from accounts.leaving import delete_account
from activities.projection import ProjectionActivities
from api.usecases.submit_film import Submitted
from infrastructure.db.engine import Database
from infrastructure.db.repositories.events import Events
from infrastructure.db.repositories.jobs import Jobs
from infrastructure.db.repositories.money import Money
from infrastructure.db.repositories.projects import Projects
from infrastructure.db.repositories.removals import Removals
from infrastructure.ids import new_id
from infrastructure.storage import ObjectStore
from schemas.enums import JobStatus
from schemas.errors import Gone, InvalidRequest
from schemas.events import EventKind, NewEvent
from schemas.jobs import FilmInput, FilmOptions
from tests.accounts.users import new_user, patient
from tests.api.leaving import objects, prefixes, sweep, traces
from tests.studio import SMALL, Studio, refusing_one_shot
from workers.relay import serve
from workers.sweeper import sweep_once
from workflows.film import FilmWorkflow

pytestmark = pytest.mark.lab

ROUNDS, AT_ONCE = 5, 10


async def order(studio: Studio, user: UUID, options: FilmOptions = SMALL) -> Submitted:
    submitted = await studio.submit(options=options, user_id=user)
    await studio.relay()
    await studio.until_sent(submitted)
    return submitted


async def activities_of(studio: Studio, submitted: Submitted) -> list[str]:
    """What a film's workflow asked for, in order."""
    history = await studio.workflow(submitted).fetch_history()
    return [
        event.activity_task_scheduled_event_attributes.activity_type.name
        for event in history.events
        if event.HasField("activity_task_scheduled_event_attributes")
    ]


async def test_a_film_in_work_is_called_off_and_nothing_of_it_stays(studio: Studio) -> None:
    """A shot of it failed for good, so that it would wait for three days."""
    db, store = studio.deps.db, studio.deps.store
    user = await new_user(db)
    async with studio.working(refusing_one_shot(studio)):
        submitted = await order(studio, user)
        await studio.until(submitted, EventKind.SHOT_PARKED)
        below = await prefixes(db, user)
        assert await objects(store, below)
        assert await delete_account(user, db=db)
        await sweep(db, store, studio.client)
        with pytest.raises(WorkflowFailureError):
            await studio.workflow(submitted).result()
        assert (await studio.workflow(submitted).describe()).status is WorkflowExecutionStatus.CANCELED
        assert await objects(store, below) == set()
    assert "send_dead_letter" not in await activities_of(studio, submitted)
    assert not await delete_account(user, db=db)
    removed = text("UPDATE removals SET next_try_at = clock_timestamp()")
    async with db.begin() as session:
        await session.execute(removed)
    await sweep(db, store, studio.client)
    assert await traces(db, user, submitted.film.job_id) == {f"mails: {user}"}  # the last letter, with the address


async def test_a_film_that_nobody_called_off_ends_by_itself(studio: Studio) -> None:
    """The relay is away: the film finds out by the first thing that it tells, fails once, and writes to nobody."""
    db = studio.deps.db
    user = await new_user(db)
    async with studio.working():
        submitted = await order(studio, user, SMALL.model_copy(update={"review": True}))
        await studio.until(submitted, EventKind.AWAITING_REVIEW)
        assert await delete_account(user, db=db)
        handle = studio.workflow(submitted)
        await handle.execute_update(FilmWorkflow.approve)
        with pytest.raises(WorkflowFailureError) as failed:
            await handle.result()
    assert isinstance(failed.value.cause, ActivityError)
    assert isinstance(failed.value.cause.cause, ApplicationError)
    assert failed.value.cause.cause.type == "Gone"
    asked = await activities_of(studio, submitted)
    assert "send_dead_letter" not in asked
    assert asked[-1] == "record_event"
    await sweep(db, studio.deps.store, studio.client)


async def test_nothing_is_lost_while_the_store_is_away_or_a_sweeper_dies(studio: Studio) -> None:
    db, store = studio.deps.db, studio.deps.store
    user = await new_user(db)
    await studio.submit(user_id=user)
    below = await prefixes(db, user)
    there = await objects(store, below)
    assert there
    assert await delete_account(user, db=db)
    away = studio.settings.model_copy(update={"s3_endpoint_url": "http://127.0.0.1:1"})
    async with ObjectStore(away) as nowhere:
        assert await sweep_once(db, nowhere, studio.client)
    async with db.begin() as session:
        reasons = (await session.scalars(text("SELECT last_error FROM removals WHERE swept_at IS NULL"))).all()
        assert reasons
        assert all("does not answer" in reason for reason in reasons if reason)
    async with db.begin() as session:
        await session.execute(text("UPDATE removals SET next_try_at = clock_timestamp()"))
    async with db.begin() as session:
        assert await Removals(session).claim(100)  # and whoever did that is gone
    assert await sweep_once(db, store, studio.client) == 0
    await sweep(db, store, studio.client)
    assert await objects(store, below) == set()


async def test_the_process_of_the_relay_does_all_that(studio: Studio) -> None:
    db, store = studio.deps.db, studio.deps.store
    config = studio.client.service_client.config
    where = {"temporal_address": config.target_host, "temporal_namespace": studio.client.namespace}
    stop = asyncio.Event()
    relay = asyncio.create_task(serve(studio.settings.model_copy(update=where), stop))
    async with studio.working():
        user = await new_user(db)
        await studio.submit(user_id=user)
        below = await prefixes(db, user)
        assert await objects(store, below)
        assert await delete_account(user, db=db)
        while await objects(store, below):
            await asyncio.sleep(0.1)
    stop.set()
    await relay


async def ordered(db: Database, user: UUID) -> FilmInput:
    """A film for which credits are set aside; no workflow makes it."""
    async with db.begin() as session:
        await Jobs(session).count_open(user)
        project = await Projects(session).create(user, "Rain")
        film = FilmInput.model_validate(
            {
                "job_id": new_id(),
                "project_id": project.project_id,
                "user_id": user,
                "title": "Rain",
                "script": {"key": "k", "sha256": "0" * 64, "bytes": 1, "media_type": "text/plain"},
                "file_name": "rain.fountain",
                "options": FilmOptions(),
                "versions": {},
            }
        )
        assert await Jobs(session).create(film)
        await Events(session).record(NewEvent(job_id=film.job_id, key="queued", kind=EventKind.QUEUED))
        assert await ledger.reserve(session, user_id=user, job_id=film.job_id, rev=0, price=2)
    return film


async def test_leaving_while_films_end_leaves_the_ledger_right_and_nobody_waiting(studio: Studio) -> None:
    """Who ends a film locks it, then its user; so does who deletes its user. Neither ever ends the other's work."""
    db = patient(studio.settings.database_url.get_secret_value())
    ends = ProjectionActivities(replace(studio.deps, db=db))
    before = await deadlocks(studio)

    async def end(film: FilmInput) -> None:
        event = NewEvent(job_id=film.job_id, key="r0/cancelled", kind=EventKind.CANCELLED, status=JobStatus.CANCELLED)
        await ends.record_event(event)

    gone = []
    for _ in range(ROUNDS):
        work: list[Awaitable[object]] = []
        for _ in range(AT_ONCE):
            user = await new_user(studio.deps.db, credits=6)
            first, second = await ordered(db, user), await ordered(db, user)
            work += [end(first), delete_account(user, db=db), ordered_late(db, user), end(second)]
            gone.append(user)
        assert (await asyncio.gather(*work)).count(True) == AT_ONCE
    assert await deadlocks(studio) == before
    async with db.begin() as session:
        assert await Money(session).faults(10) == []
        left = text("SELECT count(*) FROM users WHERE user_id = ANY(:gone)")
        assert await session.scalar(left, {"gone": gone}) == 0
    await db.close()


async def deadlocks(studio: Studio) -> int:
    """How often two of the database's transactions waited for each other."""
    async with studio.deps.db.begin() as session:
        counted = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(await session.scalar(counted) or 0)


async def ordered_late(db: Database, user: UUID) -> None:
    """Order one more film, or be told that there is no such account any more."""
    with suppress(Gone, InvalidRequest):
        await ordered(db, user)
