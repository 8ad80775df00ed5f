"""Notices of EC2 that a spot machine will be taken away, as its metadata tell them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from structlog.testing import capture_logs

from infrastructure.settings import Settings
from tests.metadata import Metadata, machine
from workers.spot import heed_notices


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.005)


def told(address: str | None) -> Settings:
    return Settings.model_validate({"spot_metadata": address})


@pytest.fixture
async def metadata() -> AsyncIterator[Metadata]:
    async with machine() as there:
        yield there


async def test_a_notice_is_a_stop(metadata: Metadata) -> None:
    stop = asyncio.Event()
    async with heed_notices(told(metadata.address), stop, poll_s=0.01):
        await until(lambda: metadata.asked.count(404) >= 3)
        assert not stop.is_set()
        metadata.token = "two"  # the first is too old
        await until(lambda: 401 in metadata.asked and metadata.asked[-1] == 404)
        metadata.notice = True
        await stop.wait()
    assert metadata.asked[-1] == 200
    assert metadata.asked.count(401) == 1


async def test_metadata_that_do_not_answer_are_said_once_and_asked_again() -> None:
    stop, tries = asyncio.Event(), list[int]()

    def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tries.append(1)
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as silent:
        address = f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}"
        with capture_logs() as logs:
            async with heed_notices(told(address), stop, poll_s=0.01):
                await until(lambda: len(tries) >= 4)
    assert [entry["event"] for entry in logs] == ["metadata do not answer"]
    assert not stop.is_set()


async def test_nobody_is_asked_unless_it_is_said_where() -> None:
    stop = asyncio.Event()
    async with heed_notices(told(None), stop):
        pass
    assert not stop.is_set()
