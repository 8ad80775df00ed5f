"""Notices of EC2 that a spot machine will be taken away, as its metadata tell them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from infrastructure.settings import Settings
from workers.spot import heed_notices

PATH = "/latest/meta-data/spot/instance-action"


@dataclass
class Metadata:
    """The metadata of a machine, IMDSv2: who has no token that it knows is refused."""

    notice: bool = False
    token: str = "one"
    asked: list[int] = field(default_factory=list)
    address: str = ""

    async def give_token(self, request: web.Request) -> web.Response:
        assert int(request.headers["X-aws-ec2-metadata-token-ttl-seconds"]) <= 21600
        return web.Response(text=self.token)

    async def tell(self, request: web.Request) -> web.Response:
        known = request.headers.get("X-aws-ec2-metadata-token") == self.token
        status = 401 if not known else 200 if self.notice else 404
        self.asked.append(status)
        return web.json_response({"action": "terminate", "time": "2026-11-30T08:22:00Z"}, status=status)


@asynccontextmanager
async def machine() -> AsyncIterator[Metadata]:
    """Serve a machine's metadata."""
    metadata, app = Metadata(), web.Application()
    app.router.add_put("/latest/api/token", metadata.give_token)
    app.router.add_get(PATH, metadata.tell)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    metadata.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield metadata
    finally:
        await runner.cleanup()


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
        await until(lambda: metadata.asked[-2:] == [401, 404])
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
