"""Whoever watches a film, or asks how far it is, is told of it: once, in order, and however many do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI, Response
from pydantic import SecretStr

from api.routers.job_events import Stream
from api.streams import Watchers
from infrastructure.db.engine import Database
from infrastructure.db.glances import Glances
from infrastructure.db.repositories import Events, Jobs
from infrastructure.db.repositories.glances import JobGlances
from infrastructure.ids import new_id
from schemas.enums import JobStatus
from schemas.jobs import FilmInput
from tests.connections import Client, served
from tests.lab.watched import PATIENCE_S, Watched, numbers, told

pytestmark = pytest.mark.lab


@pytest.fixture
async def watched(db: Database, film: FilmInput, dsn: str) -> AsyncIterator[Watched]:
    async with db.begin() as session:
        await Jobs(session).create(film)
    watchers = Watchers(db)
    running = asyncio.create_task(watchers.run(SecretStr(dsn)))
    yield Watched(db, film, watchers)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_all_are_told_all_from_where_they_were(watched: Watched) -> None:
    await watched.tell("one")
    many = [watched.watch(known) for known in (0, 1, 0, 2)]
    await watched.seated(4)
    for number in range(3):
        await watched.tell(f"step {number}")
    late = watched.watch()
    await watched.end()
    async with asyncio.timeout(PATIENCE_S):
        told = await asyncio.gather(*many, late)
    everything = [1, 2, 3, 4, 5]
    assert told == [everything, everything[1:], everything, everything[2:], everything]
    assert watched.watchers.count == 0


async def test_an_event_is_read_once_for_all_who_watch(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    await watched.tell("one")
    many = [watched.watch(1) for _ in range(100)]
    await watched.seated(100)
    read, after = [], Events.after

    async def counted(self: Events, *asked: object) -> object:
        read.append(asked)
        return await after(self, *asked)  # type: ignore[arg-type]

    monkeypatch.setattr(Events, "after", counted)
    await watched.end()
    async with asyncio.timeout(PATIENCE_S):
        assert await asyncio.gather(*many) == [[2]] * 100
    assert len(read) <= 4  # one for those who came, one for the event, and one each for what came while it was read


@pytest.mark.parametrize("others", [0, 1])
async def test_who_takes_nothing_for_a_while_is_told_the_rest_later(
    watched: Watched, film: FilmInput, others: int
) -> None:
    await watched.tell("one")
    quick = [watched.watch() for _ in range(others)]
    with watched.watchers.watching(film.job_id, 0) as slow:
        taking = numbers(slow)
        assert await anext(taking) == 1
        for number in range(20):
            await watched.tell(f"step {number}")
        await watched.end()
        async with asyncio.timeout(PATIENCE_S):
            assert await asyncio.gather(*quick) == [list(range(1, 23))] * others
            assert [number async for number in taking] == list(range(2, 23))


@pytest.mark.parametrize("version", ["1.1", "1.0"])
async def test_who_reads_slowly_is_told_all_in_order_and_holds_up_nobody(
    watched: Watched, film: FilmInput, version: str
) -> None:
    """Over connections to which what is told is written at once (1.1), or is not."""
    app = FastAPI()

    @app.get("/")
    async def events() -> Response:
        return Stream(watched.watchers, film.job_id, 0)

    async with served(app) as server, asyncio.timeout(PATIENCE_S):
        quick, slow = await Client.ask(server.port), await Client.ask(server.port, version)
        reading = asyncio.create_task(quick.read())
        await watched.seated(2)
        for number in range(30):
            await watched.tell(f"step {number}", more="x" * 20_000)
            await slow.read_on()
        await watched.end()
        everything = list(range(1, 32))
        assert told(await reading) == everything
        assert server.paused() == 1
        assert told(await slow.read()) == everything
    assert watched.watchers.count == 0


async def test_what_nobody_tells_of_is_seen_in_a_while(
    db: Database, film: FilmInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that is gone without a word tells nothing, and does not say so."""
    monkeypatch.setattr("api.streams.KEEP_ALIVE_S", 0.05)
    async with db.begin() as session:
        await Jobs(session).create(film)
    watchers = Watchers(db)
    keeping = asyncio.create_task(watchers._keep_alive())
    watched = Watched(db, film, watchers)
    await watched.tell("one")
    watching = watched.watch()
    await watched.seated(1)
    await watched.end()
    async with asyncio.timeout(PATIENCE_S):
        assert await watching == [1, 2]
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)


async def test_who_watches_a_film_that_is_gone_is_not_kept(watched: Watched) -> None:
    with watched.watchers.watching(new_id(), 0) as seat:
        async with asyncio.timeout(PATIENCE_S):
            assert [number async for number in numbers(seat)] == []


async def test_who_watches_is_told_when_the_database_is_away(film: FilmInput) -> None:
    away = Watchers(Database("postgresql://studio@127.0.0.1:1/none"))
    with away.watching(film.job_id, 0) as seat, pytest.raises(Exception, match="does not answer"):
        async with asyncio.timeout(PATIENCE_S):
            await anext(aiter(seat))


async def test_each_who_asks_at_once_gets_what_is_theirs(db: Database, film: FilmInput, dsn: str) -> None:
    async with db.begin() as session:
        await Jobs(session).create(film)
    looks = Glances(SecretStr(dsn))
    glances, stranger, nowhere = JobGlances(looks), new_id(), new_id()
    asked = [(film.user_id, film.job_id), (stranger, film.job_id), (film.user_id, nowhere)] * 120
    found = await asyncio.gather(*(glances.owned(user_id, job_id) for user_id, job_id in asked))
    await looks.close()
    told = [one and (one.job_id, one.title, one.status) for one in found]
    assert told == [(film.job_id, film.title, JobStatus.QUEUED), None, None] * 120


async def test_all_who_ask_are_told_when_the_database_is_away(film: FilmInput) -> None:
    glances = JobGlances(Glances(SecretStr("postgresql://studio@127.0.0.1:1/none")))
    asked = (glances.owned(film.user_id, film.job_id) for _ in range(5))
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(one).__name__ for one in found] == ["DependencyDown"] * 5
